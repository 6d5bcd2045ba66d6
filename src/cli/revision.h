/*
 * The files of a git work tree as they were in a revision.
 *
 *     work_tree_find     which work tree a folder is in
 *     revision_find      which state of it a name stands for
 *     revision_open      the files of that state are in a temporary folder of their own
 *     revision_close     the folder is gone
 *
 * The work tree and its repository are only read. Files are as the repository has them: no filter,
 * hook or attribute takes part.
 */
#ifndef DIALOGC_CLI_REVISION_H
#define DIALOGC_CLI_REVISION_H

#include "diag/findings.h"

struct work_tree {
    const char *top; /* its absolute path */
};

/*
 * The work tree that `folder` is in, for the operand `revision`; false, after a message, when it is
 * in none.
 */
bool work_tree_find(struct arena *arena, const char *folder, const char *revision,
                    struct work_tree *tree);

/*
 * A path as seen from the top of the work tree, without `.` and `..`; empty for the top itself.
 * NULL, after a message, when it leads out of the work tree. Links are not followed, as in git.
 */
const char *work_tree_path(struct arena *arena, const struct work_tree *tree, const char *path);

struct revision {
    const char *name;   /* as the user gave it */
    struct slice state; /* the id of its tree */
    const char *folder; /* the temporary one; NULL unless it is open */
    struct file_list files;
    struct file_list folders; /* in the temporary one */
    unsigned blocked;         /* the signals that wait: bits of ending_signals */
};

/*
 * The revision with a name. With `other`, it is the last one that both have in common: the merge
 * base. False, after a message, when there is none.
 */
bool revision_find(struct arena *arena, const struct work_tree *tree, const char *name,
                   const char *other, struct revision *revision);

/*
 * Writes the YAML and JSON files of the revision, and those that `named` lists (see
 * work_tree_path), to a temporary folder. False with a failure, and then there is no such folder.
 * The signals that end a program wait until revision_close.
 */
bool revision_open(struct arena *arena, struct findings *findings, const struct work_tree *tree,
                   const struct file_list *named, struct revision *revision);

/* Removes the temporary folder. It also goes when the arena does. */
void revision_close(struct revision *revision);

/* Where a file of the work tree is in the temporary folder. */
const char *revision_path(struct arena *arena, const struct revision *revision, const char *path);

/* How messages name a file of the temporary folder, as git does: HEAD~1:templates/order.yaml. */
const char *revision_shown_path(struct arena *arena, const struct revision *revision,
                                const char *path);

#endif
