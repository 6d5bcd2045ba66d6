/* The difference between two texts, line by line, as `diff -u` shows it. */
#ifndef DIALOGC_BASE_LINE_DIFF_H
#define DIALOGC_BASE_LINE_DIFF_H

#include "base/builder.h"

/*
 * Appends a unified difference with three lines of context, under the names of both texts; nothing
 * when they are equal. Where very much has changed, the whole middle is shown as changed.
 */
void line_diff(struct builder *out, const char *old_name, struct slice old, const char *new_name,
               struct slice new);

#endif
