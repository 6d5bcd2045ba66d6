/* Values inside trees, by paths such as "owner.name" and "items[0].state". */
#ifndef DIALOGC_TRIAL_EXPLORE_PATH_H
#define DIALOGC_TRIAL_EXPLORE_PATH_H

#include "document/tree/node.h"

/* The value at a path, `from` itself for an empty one; NULL: none. Takes NULL. */
const struct node *path_value(struct arena *arena, const struct node *from, struct slice path);

/*
 * `from` with another value at a path; NULL takes out what is there. What is missing on the way is
 * made, but a list gets at most one item. `from` stays as it is.
 */
const struct node *path_put(struct arena *arena, const struct node *from, struct slice path,
                            const struct node *value);

#endif
