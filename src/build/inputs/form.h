/* The one form of files, which `dialogc fmt` writes and editors ask for. */
#ifndef DIALOGC_BUILD_INPUTS_FORM_H
#define DIALOGC_BUILD_INPUTS_FORM_H

#include "build/inputs/schema_texts.h"

/*
 * Sets `*text` to the form of the file in `bytes`, whose tree is `root`; all memory is from
 * `arena`. False when it cannot be written so that it says the same, with all of its comments.
 */
bool form_write(struct schema_texts *schemas, struct arena *arena, const char *path,
                const struct node *root, struct slice bytes, struct slice *text);

/* The form of a text that dialogc has made itself: of a valid file, without what has no form. */
struct slice form_of(struct arena *arena, const char *path, struct slice text);

#endif
