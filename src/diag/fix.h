/*
 * Fixes: the suggestions of findings ("did you mean") as edits of a text. Editors offer them, and
 * `dialogc check --fix` makes them.
 */
#ifndef DIALOGC_DIAG_FIX_H
#define DIALOGC_DIAG_FIX_H

#include "base/edit.h"
#include "diag/diagnostic.h"

/* The fix of a finding that has a suggestion. A value in quotes stays in quotes. */
struct edit fix_of(struct arena *arena, const struct diagnostic *diagnostic);

/*
 * The fixes of all findings in the file at `path`, with `code` (CODE_COUNT: any). Where two are for
 * one place, the first is taken.
 */
struct edits fixes_of(struct arena *arena, const struct diagnostics *list, const char *path,
                      enum code code);

#endif
