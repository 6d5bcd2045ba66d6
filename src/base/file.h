/* Files: reading whole ones, listing folders, replacing atomically. */
#ifndef DIALOGC_BASE_FILE_H
#define DIALOGC_BASE_FILE_H

#include <stdint.h>

#include "base/arena.h"

enum file_status {
    FILE_OK,
    FILE_FAILED,    /* the system refused: see `reason` */
    FILE_TOO_LARGE, /* more bytes than the limit */
    FILE_DIRECTORY, /* a folder stands where a file was expected */
};

/*
 * Reads the whole file `path` ("-" is standard input) of at most `limit` bytes into the arena.
 * On FILE_FAILED `*reason` is a text of the C library.
 */
enum file_status file_read(struct arena *arena, const char *path, size_t limit, struct slice *bytes,
                           const char **reason);

/*
 * What the system knows of a file: another stamp means that it may have been changed. Times are
 * nanoseconds since 1970; all is 0 where there is no such file.
 */
struct file_stamp {
    uint64_t size;
    uint64_t inode;
    int64_t modified; /* its bytes */
    int64_t changed;  /* its bytes, name or attributes; nobody but the system sets it */
};

/* False, with a stamp of zeros, when there is no regular file at `path`. */
bool file_stamp_of(const char *path, struct file_stamp *stamp);

static inline bool file_stamp_equal(const struct file_stamp *a, const struct file_stamp *b)
{
    return a->size == b->size && a->inode == b->inode && a->modified == b->modified &&
           a->changed == b->changed;
}

/* As file_read; the stamp is that of the file before it was read. */
enum file_status file_read_stamped(struct arena *arena, const char *path, size_t limit,
                                   struct slice *bytes, struct file_stamp *stamp,
                                   const char **reason);

/* True when the file at `path` consists of `bytes`. */
bool file_has_bytes(const char *path, struct slice bytes);

bool file_is_directory(const char *path);
bool file_exists(const char *path);

/* `path` as seen from `folder`, when it begins with it; else `path` itself. */
const char *file_inside(const char *folder, const char *path);

/* True when both paths lead to one file, by whatever way. */
bool file_is_same(const char *a, const char *b);

struct file_list {
    const char **paths;
    size_t count;
};

/* Kinds of files, by their names. */
enum file_kind {
    FILE_YAML,         /* .yaml, .yml */
    FILE_YAML_OR_JSON, /* and .json */
};

/*
 * Appends the paths of all files of a kind below the folder `path`, in byte order, hidden files
 * and folders left out. Returns false with `*reason` when a folder cannot be read. Links to folders
 * are not followed.
 */
bool file_find(struct arena *arena, const char *path, enum file_kind kind, struct file_list *list,
               const char **reason);

void file_list_add(struct arena *arena, struct file_list *list, const char *path);

/* Sets the time of the last change to now. False with `*reason` on failure. */
bool file_touch(const char *path, const char **reason);

/* Writes all of `bytes` to an open file; false, with errno, on failure. */
bool file_write_all(int descriptor, struct slice bytes);

/* Creates the folder `path` and what is missing above it. False with `*reason` on failure. */
bool file_make_directory(struct arena *arena, const char *path, const char **reason);

/*
 * A file that is being replaced: its new bytes stand complete in a temporary file beside it, and
 * nothing changes until file_replacement_commit, which is one rename.
 */
struct file_replacement {
    const char *path;
    const char *temporary;   /* NULL when the file already has these bytes */
    struct file_stamp stamp; /* of the temporary file, or of the one that stays */
};

/*
 * Writes `bytes` beside `path`. False with `*reason` on failure, and then nothing is left behind.
 * Permissions of an existing file are kept; where `path` is a link, what it leads to is replaced.
 */
bool file_replacement_prepare(struct arena *arena, const char *path, struct slice bytes,
                              struct file_replacement *replacement, const char **reason);
bool file_replacement_commit(struct file_replacement *replacement, const char **reason);
void file_replacement_discard(struct file_replacement *replacement);

#endif
