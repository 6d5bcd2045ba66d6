/*
 * Writing the files of users: exports, templates, projects, conversations.
 *
 * Their folders are locked while they are written, and from before they are read when they are
 * changed (output_lock), so that two commands at once do not undo each other's changes. All of them
 * are written, or none; and they are on the disk before the command ends, unless the command line
 * has --no-sync. base/replacement.h and base/folder_lock.h say how.
 *
 * Artifacts and depfiles are not flushed: a build that has lost them makes them again, and flushing
 * each of them would make a build several times as slow. Builds share the lock of a folder.
 */
#ifndef DIALOGC_CLI_OUTPUT_H
#define DIALOGC_CLI_OUTPUT_H

#include "base/folder_lock.h"
#include "base/replacement.h"
#include "cli/cli.h"

/* What a file is to hold. */
struct file_content {
    const char *path;
    struct slice bytes;
    enum replacement_expectation expects;
    struct slice before; /* REPLACE_BYTES: what was read */
    bool removes;        /* the file goes, once it has been replaced by `bytes` */
};

struct output {
    struct arena *arena;
    const struct options *options;
    struct findings *findings;
    bool makes_folders; /* where a file's folder does not exist */
    bool is_derived;    /* what is written can be made again: artifacts, depfiles */
    struct folder_lock **locks;
    size_t lock_count;
};

static inline struct output output_new(struct arena *arena, const struct options *options,
                                       struct findings *findings)
{
    return (struct output){.arena = arena, .options = options, .findings = findings};
}

/*
 * Locks the folders of files that are going to be read and replaced; waits for other programs,
 * though not for ever. Folders that do not exist are left out, and those that are locked already.
 * False with a failure among the findings. The locks end with the arena, or with output_unlock.
 */
bool output_lock(struct output *output, const char *const *paths, size_t count);
void output_unlock(struct output *output);

/*
 * Writes all files, or none of them with a failure. REPLACEMENT_CONFLICT, with the path of the file
 * in `*conflict` and nothing among the findings: a file is not what it was expected to be.
 */
enum replacement_result output_write(struct output *output, const struct file_content *files,
                                     size_t count, const char **conflict);

/* Adds the failure that a conflict is to those who cannot do their work again. */
void output_fail(struct output *output, const char *conflict);

/* As output_write, where a conflict is a failure. */
bool output_write_or_fail(struct output *output, const struct file_content *files, size_t count);

/*
 * Writes the document that a command is for to `path`, whose folder is made where it does not exist
 * (NULL or "-": to standard output), and reports; returns the exit status.
 */
int output_document(struct arena *arena, struct options *options, struct findings *findings,
                    const char *path, struct slice bytes);

#endif
