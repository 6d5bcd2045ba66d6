/* Files, by POSIX calls. */
#define _DEFAULT_SOURCE /* realpath, d_type */

#include "base/file.h"

#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#define READ_STEP ((size_t)64 * 1024)

/* Reads to the end of `descriptor`; `expected` is a guess of the size. */
static enum file_status read_all(struct arena *arena, int descriptor, size_t expected, size_t limit,
                                 struct slice *bytes, const char **reason)
{
    size_t capacity = expected + 1;
    size_t length = 0;
    char *data = arena_alloc_array(arena, capacity + 1, 1);
    for (;;) {
        if (length == capacity) {
            size_t bigger = capacity + (capacity > READ_STEP ? capacity : READ_STEP);
            data = arena_grow(arena, data, capacity + 1, bigger + 1, 1);
            capacity = bigger;
        }
        ssize_t got = read(descriptor, data + length, capacity - length);
        if (got < 0) {
            if (errno == EINTR) {
                continue;
            }
            *reason = strerror(errno);
            return errno == EISDIR ? FILE_DIRECTORY : FILE_FAILED;
        }
        if (got == 0) {
            break;
        }
        length += (size_t)got;
        if (length > limit) {
            return FILE_TOO_LARGE;
        }
    }
    data[length] = '\0';
    *bytes = (struct slice){data, length};
    return FILE_OK;
}

static int64_t nanoseconds_of(struct timespec time)
{
    return (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
}

static struct file_stamp stamp_from(const struct stat *facts)
{
    return (struct file_stamp){(uint64_t)facts->st_size, (uint64_t)facts->st_ino,
                               nanoseconds_of(facts->st_mtim), nanoseconds_of(facts->st_ctim)};
}

bool file_stamp_of(const char *path, struct file_stamp *stamp)
{
    struct stat facts;
    bool found = stat(path, &facts) == 0 && S_ISREG(facts.st_mode);
    *stamp = found ? stamp_from(&facts) : (struct file_stamp){0};
    return found;
}

enum file_status file_read(struct arena *arena, const char *path, size_t limit, struct slice *bytes,
                           const char **reason)
{
    struct file_stamp ignored;
    return file_read_stamped(arena, path, limit, bytes, &ignored, reason);
}

enum file_status file_read_stamped(struct arena *arena, const char *path, size_t limit,
                                   struct slice *bytes, struct file_stamp *stamp,
                                   const char **reason)
{
    *reason = NULL;
    *stamp = (struct file_stamp){0};
    if (strcmp(path, "-") == 0) {
        return read_all(arena, STDIN_FILENO, READ_STEP, limit, bytes, reason);
    }
    int descriptor;
    do {
        descriptor = open(path, O_RDONLY | O_CLOEXEC);
    } while (descriptor < 0 && errno == EINTR);
    if (descriptor < 0) {
        *reason = strerror(errno);
        return FILE_FAILED;
    }
    struct stat facts;
    enum file_status status;
    if (fstat(descriptor, &facts) != 0) {
        *reason = strerror(errno);
        status = FILE_FAILED;
    } else if (S_ISDIR(facts.st_mode)) {
        status = FILE_DIRECTORY;
    } else if (S_ISREG(facts.st_mode) && (uintmax_t)facts.st_size > limit) {
        status = FILE_TOO_LARGE;
    } else {
        /*
         * When memory runs out the descriptor must not stay open: the arena unwinds to here first.
         */
        jmp_buf *outer = arena->recovery;
        jmp_buf recovery;
        if (setjmp(recovery) != 0) {
            close(descriptor);
            arena->recovery = outer;
            arena_fail(arena);
        }
        arena->recovery = &recovery;
        *stamp = stamp_from(&facts);
        size_t expected = S_ISREG(facts.st_mode) ? (size_t)facts.st_size : READ_STEP;
        status = read_all(arena, descriptor, expected, limit, bytes, reason);
        arena->recovery = outer;
    }
    close(descriptor);
    return status;
}

bool file_is_directory(const char *path)
{
    struct stat facts;
    return stat(path, &facts) == 0 && S_ISDIR(facts.st_mode);
}

bool file_exists(const char *path)
{
    struct stat facts;
    return stat(path, &facts) == 0;
}

void file_list_add(struct arena *arena, struct file_list *list, const char *path)
{
    list->paths = arena_append(arena, list->paths, list->count, sizeof *list->paths);
    list->paths[list->count++] = path;
}

static int compare_paths(const void *a, const void *b)
{
    const char *const *left = a;
    const char *const *right = b;
    return strcmp(*left, *right);
}

const char *file_inside(const char *folder, const char *path)
{
    size_t length = strlen(folder);
    return strncmp(path, folder, length) == 0 && path[length] == '/' ? path + length + 1 : path;
}

bool file_is_same(const char *a, const char *b)
{
    struct stat of_a;
    struct stat of_b;
    return strcmp(a, b) == 0 || (stat(a, &of_a) == 0 && stat(b, &of_b) == 0 &&
                                 of_a.st_dev == of_b.st_dev && of_a.st_ino == of_b.st_ino);
}

static bool is_of_kind(const char *name, enum file_kind kind)
{
    struct slice s = slice_of(name);
    return slice_ends_with(s, ".yaml") || slice_ends_with(s, ".yml") ||
           (kind == FILE_YAML_OR_JSON && slice_ends_with(s, ".json"));
}

/* True for a folder, and not for a link to one. */
static bool is_folder(const struct dirent *entry, const char *path)
{
    struct stat facts;
    return entry->d_type == DT_DIR ||
           (entry->d_type == DT_UNKNOWN && lstat(path, &facts) == 0 && S_ISDIR(facts.st_mode));
}

/* `folder`/`name`; `name` alone in the current folder. */
static const char *join(struct arena *arena, const char *folder, const char *name)
{
    size_t length = strcmp(folder, ".") == 0 ? 0 : strlen(folder);
    size_t name_length = strlen(name);
    char *path = arena_alloc(arena, length + 1 + name_length + 1);
    memcpy(path, folder, length);
    path[length] = '/';
    size_t start = length > 0 ? length + 1 : 0;
    memcpy(path + start, name, name_length + 1);
    return path;
}

static bool find_below(struct arena *arena, const char *path, DIR *folder, enum file_kind kind,
                       struct file_list *list, const char **reason)
{
    struct file_list folders = {0};
    struct dirent *entry;
    while (errno = 0, (entry = readdir(folder)) != NULL) {
        if (entry->d_name[0] == '.') {
            continue;
        }
        const char *child = join(arena, path, entry->d_name);
        if (is_folder(entry, child)) {
            file_list_add(arena, &folders, child);
        } else if (is_of_kind(entry->d_name, kind)) {
            file_list_add(arena, list, child);
        }
    }
    if (errno != 0) {
        *reason = strerror(errno);
        return false;
    }
    for (size_t i = 0; i < folders.count; i++) {
        if (!file_find(arena, folders.paths[i], kind, list, reason)) {
            return false;
        }
    }
    return true;
}

bool file_find(struct arena *arena, const char *path, enum file_kind kind, struct file_list *list,
               const char **reason)
{
    size_t first = list->count;
    DIR *folder = opendir(path);
    if (folder == NULL) {
        *reason = strerror(errno);
        return false;
    }
    jmp_buf *outer = arena->recovery;
    jmp_buf recovery;
    if (setjmp(recovery) != 0) {
        closedir(folder);
        arena->recovery = outer;
        arena_fail(arena);
    }
    arena->recovery = &recovery;
    bool found = find_below(arena, path, folder, kind, list, reason);
    arena->recovery = outer;
    closedir(folder);
    if (list->count > first) {
        qsort(list->paths + first, list->count - first, sizeof *list->paths, compare_paths);
    }
    return found;
}

bool file_make_directory(struct arena *arena, const char *path, const char **reason)
{
    char *partial = arena_copy(arena, slice_of(path));
    for (char *at = partial + 1; *partial != '\0'; at++) {
        if (*at != '/' && *at != '\0') {
            continue;
        }
        char end = *at;
        *at = '\0';
        if (mkdir(partial, 0777) != 0 && errno != EEXIST) {
            *reason = strerror(errno);
            return false;
        }
        if (end == '\0') {
            break;
        }
        *at = end;
    }
    if (!file_is_directory(path)) {
        *reason = strerror(ENOTDIR);
        return false;
    }
    return true;
}

bool file_touch(const char *path, const char **reason)
{
    if (utimensat(AT_FDCWD, path, NULL, 0) != 0) {
        *reason = strerror(errno);
        return false;
    }
    return true;
}

bool file_write_all(int descriptor, struct slice bytes)
{
    size_t written = 0;
    while (written < bytes.length) {
        ssize_t got = write(descriptor, bytes.data + written, bytes.length - written);
        if (got < 0) {
            if (errno == EINTR) {
                continue;
            }
            return false;
        }
        written += (size_t)got;
    }
    return true;
}

/* True when the file at `path` already consists of `bytes`. */
static bool has_bytes(const char *path, const struct stat *facts, struct slice bytes)
{
    if (!S_ISREG(facts->st_mode) || (uintmax_t)facts->st_size != bytes.length) {
        return false;
    }
    int descriptor = open(path, O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) {
        return false;
    }
    char part[8192];
    size_t compared = 0;
    bool same = true;
    while (same && compared < bytes.length) {
        ssize_t got = read(descriptor, part, sizeof part);
        same = got > 0 && (size_t)got <= bytes.length - compared &&
               memcmp(part, bytes.data + compared, (size_t)got) == 0;
        compared += same ? (size_t)got : 0;
    }
    close(descriptor);
    return same;
}

bool file_has_bytes(const char *path, struct slice bytes)
{
    struct stat facts;
    return stat(path, &facts) == 0 && has_bytes(path, &facts, bytes);
}

/*
 * What is at `path`, and where a link leads, so that the file is replaced and not the link; one
 * that leads nowhere gives way to the file. False when there is nothing.
 */
static bool find_target(struct arena *arena, const char **path, struct stat *facts)
{
    if (lstat(*path, facts) != 0) {
        return false;
    }
    if (!S_ISLNK(facts->st_mode)) {
        return true;
    }
    char *target = arena_alloc(arena, PATH_MAX);
    if (realpath(*path, target) == NULL) {
        return false;
    }
    *path = target;
    return stat(target, facts) == 0;
}

bool file_replacement_prepare(struct arena *arena, const char *path, struct slice bytes,
                              struct file_replacement *replacement, const char **reason)
{
    struct stat facts;
    bool exists = find_target(arena, &path, &facts);
    *replacement = (struct file_replacement){.path = path};
    if (exists && S_ISDIR(facts.st_mode)) {
        *reason = strerror(EISDIR);
        return false;
    }
    if (exists && has_bytes(path, &facts, bytes)) {
        replacement->stamp = stamp_from(&facts);
        return true;
    }
    /* Beside the target (a rename must stay within one file system), hidden, unlikely to exist. */
    const char *slash = strrchr(path, '/');
    size_t folder = slash == NULL ? 0 : (size_t)(slash - path) + 1;
    char *temporary = NULL;
    int descriptor = -1;
    for (unsigned attempt = 0; descriptor < 0; attempt++) {
        temporary = arena_copy(arena, arena_printf(arena, "%.*s.%s.%ld-%u.tmp", (int)folder, path,
                                                   path + folder, (long)getpid(), attempt));
        mode_t mode = exists ? facts.st_mode & 0777 : 0666;
        descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
        if (descriptor < 0 && (errno != EEXIST || attempt > 100)) {
            *reason = strerror(errno);
            return false;
        }
    }
    struct stat done;
    bool written = file_write_all(descriptor, bytes) && fstat(descriptor, &done) == 0;
    int failure = errno;
    if (close(descriptor) != 0 && written) {
        written = false;
        failure = errno;
    }
    if (!written) {
        unlink(temporary);
        *reason = strerror(failure);
        return false;
    }
    replacement->temporary = temporary;
    replacement->stamp = stamp_from(&done);
    return true;
}

bool file_replacement_commit(struct file_replacement *replacement, const char **reason)
{
    if (replacement->temporary == NULL) {
        return true;
    }
    if (rename(replacement->temporary, replacement->path) != 0) {
        *reason = strerror(errno);
        file_replacement_discard(replacement);
        return false;
    }
    replacement->temporary = NULL;
    return true;
}

void file_replacement_discard(struct file_replacement *replacement)
{
    if (replacement->temporary != NULL) {
        unlink(replacement->temporary);
        replacement->temporary = NULL;
    }
}
