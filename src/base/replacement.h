/*
 * Replacing files, one or several: all of them, or none.
 *
 *     replacement_prepare   each file's new bytes are complete in a temporary file beside it
 *     replacements_place    the files change places with the temporary ones; when that fails for
 *                           one of them, those before it are put back
 *     replacements_finish   the old files go
 *
 * Whoever reads a file at any time finds the old one or the new one. A file keeps its permissions
 * and, as far as the system allows, its owner and group. Where the path is a link, what it leads to
 * is replaced, unless somebody else may have made it (REPLACEMENT_LINK). Temporary files are named
 * so that folder_lock.h finds those of programs that were killed.
 */
#ifndef DIALOGC_BASE_REPLACEMENT_H
#define DIALOGC_BASE_REPLACEMENT_H

#include <sys/types.h>

#include "base/file.h"

/* What must be at the path for the file to be replaced. */
enum replacement_expectation {
    REPLACE_ANY,     /* whatever is there */
    REPLACE_NOTHING, /* nothing: the file is a new one */
    REPLACE_BYTES,   /* a file with the bytes that were read */
};

struct file_replacement {
    const char *path;        /* of the file itself: links have been followed */
    const char *folder;      /* of the file; NULL unless it is to be synced */
    const char *temporary;   /* NULL when the file already has these bytes */
    struct file_stamp stamp; /* of the new file */
    enum replacement_expectation expects;
    struct slice before; /* REPLACE_BYTES: the bytes */
    bool removes;        /* in the end the new file goes, too */
    bool had_file;       /* there was a file when the replacement was prepared */
    bool is_placed;      /* the new file is in its place, and the old one is `temporary` */
    bool loses_owner;    /* the system does not let the new file belong to the old one's owner */
};

enum replacement_result {
    REPLACED,
    REPLACEMENT_CONFLICT, /* what is at the path is not what was expected; nothing is changed */
    REPLACEMENT_FAILED,   /* the system failed: see `reason`; nothing is changed */
};

/* How a file is replaced: flags. */
enum {
    REPLACEMENT_SYNC = 1, /* its bytes are on the disk before it gets its place */
    REPLACEMENT_LINK = 2, /* of a link, and not of what it leads to */
};

/*
 * Writes `bytes` beside `path`. False with `*reason` on failure, and then nothing is left behind.
 * The replacement expects nothing particular.
 */
bool replacement_prepare(struct arena *arena, const char *path, struct slice bytes, unsigned flags,
                         struct file_replacement *replacement, const char **reason);

/*
 * Puts all files in their places, and flushes the folders of those that are synced. When that fails
 * for the one whose index is then in `*failed`, the others are put back and no temporary file
 * remains.
 */
enum replacement_result replacements_place(struct arena *arena, struct file_replacement *items,
                                           size_t count, size_t *failed, const char **reason);

/* Undoes replacements_place. */
void replacements_put_back(struct file_replacement *items, size_t count);

/* Removes the old files, after replacements_place, and the new ones of those that are to go. */
void replacements_finish(struct file_replacement *items, size_t count);

/* Removes the temporary file of a replacement that is not wanted any more. */
void replacement_discard(struct file_replacement *replacement);

/* What there is to say of a replacement that loses the owner: a format with the path. */
#define REPLACEMENT_LOSES_OWNER                                                                    \
    "%s has another owner or group now: the system does not let you keep them"

/*
 * Creates a temporary file beside `path`; gives its descriptor, or -1 with errno. The name is short
 * enough wherever that of `path` is, unless that is very short.
 */
int replacement_create(struct arena *arena, const char *path, mode_t mode, const char **temporary);

/* True for the name of a temporary file. */
bool replacement_is_temporary(const char *name);

#endif
