/* Files: what is at a path, reading whole files, listing folders. */
#ifndef DIALOGC_BASE_FILE_H
#define DIALOGC_BASE_FILE_H

#include <stdint.h>

#include "base/arena.h"

/* What is at a path. */
enum file_type {
    FILE_TYPE_ABSENT,  /* nothing: the file, or a folder on the way to it, does not exist */
    FILE_TYPE_UNKNOWN, /* the system does not say; not to be taken for "nothing" */
    FILE_TYPE_REGULAR,
    FILE_TYPE_FOLDER,
    FILE_TYPE_OTHER, /* a named pipe, a socket, a device */
};

/*
 * Links are followed; a link that leads nowhere is absent. `*reason` is a text of the C library on
 * FILE_TYPE_UNKNOWN, else NULL.
 */
enum file_type file_type_of(const char *path, const char **reason);

enum file_status {
    FILE_OK,
    FILE_FAILED,    /* the system refused: see `reason` */
    FILE_TOO_LARGE, /* more bytes than the limit */
    FILE_NO_FILE,   /* something else: `reason` says what, such as "a folder" */
};

/*
 * Reads the whole file `path` ("-" is standard input) of at most `limit` bytes into the arena.
 * On FILE_FAILED `*reason` is a text of the C library. Named pipes and devices are not read, since
 * nobody knows whether they ever end; but what the command line passes as a descriptor (/dev/stdin,
 * and /dev/fd/N, which is what `<(…)` in a shell stands for) is read, whatever it is.
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

struct stat;

struct file_stamp file_stamp_from(const struct stat *facts);

/* As file_type_of; the stamp is all zeros unless there is a regular file. */
enum file_type file_stamp_of(const char *path, struct file_stamp *stamp);

static inline bool file_stamp_equal(const struct file_stamp *a, const struct file_stamp *b)
{
    return a->size == b->size && a->inode == b->inode && a->modified == b->modified &&
           a->changed == b->changed;
}

/* As file_read; the stamp is that of the file before it was read. */
enum file_status file_read_stamped(struct arena *arena, const char *path, size_t limit,
                                   struct slice *bytes, struct file_stamp *stamp,
                                   const char **reason);

enum file_comparison {
    FILE_SAME,
    FILE_DIFFERENT, /* or something that is not a regular file */
    FILE_MISSING,
    FILE_NOT_COMPARED, /* the system failed: see `reason` */
};

/* Whether the file at `path` consists of `bytes`. */
enum file_comparison file_compare(const char *path, struct slice bytes, const char **reason);

/* `path` as seen from `folder`, when it begins with it; else `path` itself. */
const char *file_inside(const char *folder, const char *path);

/*
 * True when both paths lead to one file, by whatever way. False with a `*reason` when the system
 * does not say; otherwise that is NULL.
 */
bool file_is_same(const char *a, const char *b, const char **reason);

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

/*
 * The path that was meant with one that does not exist: its name, or that of the folder it would be
 * in, is nearly that of one beside it. NULL when there is none.
 */
const char *file_meant(struct arena *arena, const char *path);

/* Sets the time of the last change to now. False with `*reason` on failure. */
bool file_touch(const char *path, const char **reason);

/* Writes all of `bytes` to an open file; false, with errno, on failure. */
bool file_write_all(int descriptor, struct slice bytes);

/*
 * Creates the folder `path` and what is missing above it. Adds the folders that it creates to
 * `made` (may be NULL), outer ones first. False with `*reason` on failure.
 */
bool file_make_directory(struct arena *arena, const char *path, struct file_list *made,
                         const char **reason);

/* Removes folders that were made in vain, inner ones first; those that are not empty stay. */
void file_remove_directories(const struct file_list *made);

/* The names in a folder are on the disk after this. False with `*reason` on failure. */
bool file_sync_folder(const char *folder, const char **reason);

/*
 * Where `path` leads when it is a link, else `path` itself, as for a link that leads nowhere. NULL
 * with `*reason` when the system does not say.
 */
const char *file_target(struct arena *arena, const char *path, const char **reason);

/*
 * True when `path` is `folder` or in it, whatever links and `..` are in both; what does not exist
 * yet is where it would be made. False with a `*reason` when the system does not say; otherwise
 * that is NULL.
 */
bool file_is_inside(struct arena *arena, const char *folder, const char *path, const char **reason);

/* `folder`/`path`, unless `path` is absolute or the folder is the current one. */
const char *file_join(struct arena *arena, const char *folder, struct slice path);

/* `dir` for `dir/`, so that paths in messages are the same for both. */
const char *file_without_slash(struct arena *arena, const char *path);

/* The name of the file `path` in its folder. */
const char *file_name(const char *path);

/* The folder of the file `path`: "." when the path names none. */
const char *file_folder(struct arena *arena, const char *path);

#endif
