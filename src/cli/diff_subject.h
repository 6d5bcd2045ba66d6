/* What dialogc diff compares: two files, or a project or bot at two times. */
#ifndef DIALOGC_CLI_DIFF_SUBJECT_H
#define DIALOGC_CLI_DIFF_SUBJECT_H

#include "cli/cli.h"

struct version {
    const char *name; /* of the file, or the revision; "." for the project as it is now */
    struct bot bot;
    struct slice title; /* of all of it; empty: it has none */
    /* Of each dialog of the bot; NULL for an export: all are in the file `name`. */
    const char **files;
    const struct template **templates;
};

struct versions {
    struct version old;
    struct version new;
};

/*
 * Reads what the operands name: OLD NEW, or REVISION [REVISION] [PATH]..., where a path is an
 * export or templates; without one, the templates of the project are compared. STATUS_OK, or
 * another status after a report. Templates of an older revision that have errors are left out, with
 * a note.
 */
int versions_read(struct arena *arena, struct options *options, struct versions *versions);

#endif
