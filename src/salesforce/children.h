/* Relationships to children, which subqueries name: `Contacts` of Account leads to Contact. */
#ifndef DIALOGC_SALESFORCE_CHILDREN_H
#define DIALOGC_SALESFORCE_CHILDREN_H

#include "base/slice.h"

struct child_relationship {
    const char *parent, *name, *child; /* of objects, and of the relationship */
};

/* The relationship of this name, in any letter case, or NULL: child_relationship.def. */
const struct child_relationship *children_find(struct slice parent, struct slice name);

/*
 * The relationship that was meant by `name`: one that leads to an object of that name, or one of
 * nearly that name; NULL for none.
 */
const struct child_relationship *children_meant(struct slice parent, struct slice name);

/* Calls `offer` with the name of every relationship of an object to children. */
void children_offer(struct slice parent, void (*offer)(void *context, struct slice name),
                    void *context);

#endif
