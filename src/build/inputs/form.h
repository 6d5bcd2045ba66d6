/* The one form of files, which `dialogc fmt` writes and editors ask for. */
#ifndef DIALOGC_BUILD_INPUTS_FORM_H
#define DIALOGC_BUILD_INPUTS_FORM_H

#include "base/map.h"
#include "document/tree/node.h"

/* What writes files in their form; schemas are read once. */
struct form_writer {
    struct arena *arena;
    struct map schemas; /* by name */
};

struct form_writer form_writer_new(struct arena *arena);

/*
 * Sets `*text` to the form of the file in `bytes`, whose tree is `root`. False when it cannot be
 * written so that it says the same, with all of its comments.
 */
bool form_write(struct form_writer *writer, const char *path, const struct node *root,
                struct slice bytes, struct slice *text);

#endif
