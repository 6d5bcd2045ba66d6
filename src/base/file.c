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

#include "base/retry.h"

#define READ_STEP ((size_t)64 * 1024)

/* Reads to the end of `descriptor`; `expected` is a guess of the size. */
static enum file_status read_all(struct arena *arena, int descriptor, size_t expected, size_t limit,
                                 struct slice *bytes, const char **reason)
{
    size_t capacity = expected + 1;
    size_t length = 0;
    char *data = arena_grow_bytes(arena, NULL, 0, capacity + 1);
    for (;;) {
        if (length == capacity) {
            size_t bigger = capacity + (capacity > READ_STEP ? capacity : READ_STEP);
            data = arena_grow_bytes(arena, data, capacity + 1, bigger + 1);
            capacity = bigger;
        }
        ssize_t got;
        RETRY(got, read(descriptor, data + length, capacity - length));
        if (got < 0 && errno == EISDIR) {
            *reason = "a folder";
            return FILE_NO_FILE;
        }
        if (got < 0) {
            *reason = strerror(errno);
            return FILE_FAILED;
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

struct file_stamp file_stamp_from(const struct stat *facts)
{
    return (struct file_stamp){(uint64_t)facts->st_size, (uint64_t)facts->st_ino,
                               nanoseconds_of(facts->st_mtim), nanoseconds_of(facts->st_ctim)};
}

/* stat, with what it means that it fails. */
static enum file_type look(const char *path, struct stat *facts, const char **reason)
{
    int failed;
    *reason = NULL;
    RETRY(failed, stat(path, facts));
    if (failed != 0 && (errno == ENOENT || errno == ENOTDIR)) {
        return FILE_TYPE_ABSENT;
    }
    if (failed != 0) {
        *reason = strerror(errno);
        return FILE_TYPE_UNKNOWN;
    }
    return S_ISREG(facts->st_mode)   ? FILE_TYPE_REGULAR
           : S_ISDIR(facts->st_mode) ? FILE_TYPE_FOLDER
                                     : FILE_TYPE_OTHER;
}

enum file_type file_type_of(const char *path, const char **reason)
{
    struct stat facts;
    return look(path, &facts, reason);
}

enum file_type file_stamp_of(const char *path, struct file_stamp *stamp)
{
    struct stat facts;
    const char *reason;
    enum file_type type = look(path, &facts, &reason);
    *stamp = type == FILE_TYPE_REGULAR ? file_stamp_from(&facts) : (struct file_stamp){0};
    return type;
}

enum file_status file_read(struct arena *arena, const char *path, size_t limit, struct slice *bytes,
                           const char **reason)
{
    struct file_stamp ignored;
    return file_read_stamped(arena, path, limit, bytes, &ignored, reason);
}

/* What is no file, in the words of a message. */
static const char *kind_of(mode_t mode)
{
    return S_ISDIR(mode)    ? "a folder"
           : S_ISFIFO(mode) ? "a named pipe"
           : S_ISSOCK(mode) ? "a socket"
                            : "a device";
}

/* True for the names of what this process has open already. */
static bool is_descriptor(const char *path)
{
    struct slice s = slice_of(path);
    return slice_is(s, "/dev/stdin") || slice_starts_with(s, "/dev/fd/") ||
           slice_starts_with(s, "/proc/self/fd/");
}

/*
 * Opens a file to be read, without waiting for somebody to write into it where it is a named pipe.
 * FILE_OK, or why not.
 */
static enum file_status open_to_read(const char *path, int *descriptor, const char **reason)
{
    struct stat facts;
    int waiting = is_descriptor(path) ? 0 : O_NONBLOCK;
    RETRY(*descriptor, open(path, O_RDONLY | O_CLOEXEC | waiting));
    if (*descriptor >= 0) {
        return FILE_OK;
    }
    int failure = errno; /* ENXIO is what the system says of sockets */
    if (failure == ENXIO && stat(path, &facts) == 0 && S_ISSOCK(facts.st_mode)) {
        *reason = kind_of(facts.st_mode);
        return FILE_NO_FILE;
    }
    *reason = strerror(failure);
    return FILE_FAILED;
}

/* Reads an open file whose `facts` are known. */
static enum file_status read_open(struct arena *arena, int descriptor, const struct stat *facts,
                                  size_t limit, struct slice *bytes, const char **reason)
{
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
    size_t expected = S_ISREG(facts->st_mode) ? (size_t)facts->st_size : READ_STEP;
    enum file_status status = read_all(arena, descriptor, expected, limit, bytes, reason);
    arena->recovery = outer;
    return status;
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
    struct stat facts;
    int descriptor;
    enum file_status status = open_to_read(path, &descriptor, reason);
    if (status != FILE_OK) {
        return status;
    }
    int failed;
    RETRY(failed, fstat(descriptor, &facts));
    if (failed != 0) {
        *reason = strerror(errno);
        status = FILE_FAILED;
    } else if (S_ISDIR(facts.st_mode) || (!S_ISREG(facts.st_mode) && !is_descriptor(path))) {
        *reason = kind_of(facts.st_mode);
        status = FILE_NO_FILE;
    } else if (S_ISREG(facts.st_mode) && (uintmax_t)facts.st_size > limit) {
        status = FILE_TOO_LARGE;
    } else {
        *stamp = file_stamp_from(&facts);
        status = read_open(arena, descriptor, &facts, limit, bytes, reason);
    }
    close(descriptor);
    return status;
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

bool file_is_same(const char *a, const char *b, const char **reason)
{
    struct stat of_a;
    struct stat of_b;
    *reason = NULL;
    if (strcmp(a, b) == 0) {
        return true;
    }
    enum file_type type_of_a = look(a, &of_a, reason);
    enum file_type type_of_b = *reason == NULL ? look(b, &of_b, reason) : FILE_TYPE_UNKNOWN;
    bool is_known = type_of_a >= FILE_TYPE_REGULAR && type_of_b >= FILE_TYPE_REGULAR;
    return is_known && of_a.st_dev == of_b.st_dev && of_a.st_ino == of_b.st_ino;
}

static bool is_of_kind(const char *name, enum file_kind kind)
{
    struct slice s = slice_of(name);
    return slice_ends_with(s, ".yaml") || slice_ends_with(s, ".yml") ||
           (kind == FILE_YAML_OR_JSON && slice_ends_with(s, ".json"));
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

/*
 * What a folder has under a name: a folder, and not a link to one, or something else. Most file
 * systems say so at once; where they do not, the file is asked.
 */
static bool is_folder(const struct dirent *entry, const char *path, const char **reason)
{
    struct stat facts;
    int failed = 0;
    if (entry->d_type != DT_UNKNOWN) {
        return entry->d_type == DT_DIR;
    }
    RETRY(failed, lstat(path, &facts));
    if (failed != 0 && errno != ENOENT) {
        *reason = strerror(errno);
    }
    return failed == 0 && S_ISDIR(facts.st_mode);
}

/* The next entry; NULL at the end, or with a `*reason` when the system fails. */
static struct dirent *next_entry(DIR *folder, const char **reason)
{
    struct dirent *entry;
    do {
        errno = 0;
        entry = readdir(folder);
    } while (entry == NULL && errno == EINTR);
    if (entry == NULL && errno != 0) {
        *reason = strerror(errno);
    }
    return entry;
}

static bool find_below(struct arena *arena, const char *path, DIR *folder, enum file_kind kind,
                       struct file_list *list, const char **reason)
{
    struct file_list folders = {0};
    struct dirent *entry;
    *reason = NULL;
    while ((entry = next_entry(folder, reason)) != NULL) {
        if (entry->d_name[0] == '.') {
            continue;
        }
        const char *child = join(arena, path, entry->d_name);
        if (is_folder(entry, child, reason)) {
            file_list_add(arena, &folders, child);
        } else if (is_of_kind(entry->d_name, kind)) {
            file_list_add(arena, list, child);
        }
    }
    if (*reason != NULL) {
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
    DIR *folder;
    do {
        folder = opendir(path);
    } while (folder == NULL && errno == EINTR);
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

bool file_make_directory(struct arena *arena, const char *path, struct file_list *made,
                         const char **reason)
{
    char *partial = arena_copy(arena, slice_of(path));
    for (char *at = partial + 1; *partial != '\0'; at++) {
        if (*at != '/' && *at != '\0') {
            continue;
        }
        char end = *at;
        int failed;
        *at = '\0';
        RETRY(failed, mkdir(partial, 0777));
        if (failed != 0 && errno != EEXIST) {
            *reason = strerror(errno);
            return false;
        }
        if (failed == 0 && made != NULL) {
            file_list_add(arena, made, arena_copy(arena, slice_of(partial)));
        }
        if (end == '\0') {
            break;
        }
        *at = end;
    }
    enum file_type type = file_type_of(path, reason);
    if (type != FILE_TYPE_FOLDER && *reason == NULL) {
        *reason = strerror(ENOTDIR);
    }
    return type == FILE_TYPE_FOLDER;
}

void file_remove_directories(const struct file_list *made)
{
    for (size_t i = made->count; i-- > 0;) {
        rmdir(made->paths[i]);
    }
}

bool file_sync_folder(const char *folder, const char **reason)
{
    int descriptor;
    int failed = -1;
    RETRY(descriptor, open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (descriptor >= 0) {
        RETRY(failed, fsync(descriptor));
    }
    bool synced = failed == 0 || errno == EINVAL; /* a file system that cannot do it for folders */
    if (!synced) {
        *reason = strerror(errno);
    }
    if (descriptor >= 0) {
        close(descriptor);
    }
    return synced;
}

/* realpath; NULL with errno. */
static const char *resolve(struct arena *arena, const char *path)
{
    char *target = arena_alloc(arena, PATH_MAX);
    const char *found;
    do {
        found = realpath(path, target);
    } while (found == NULL && errno == EINTR);
    return found;
}

const char *file_target(struct arena *arena, const char *path, const char **reason)
{
    struct stat facts;
    int failed;
    RETRY(failed, lstat(path, &facts));
    if (failed == 0 && !S_ISLNK(facts.st_mode)) {
        return path;
    }
    const char *found = failed == 0 ? resolve(arena, path) : NULL;
    if (found == NULL && errno != ENOENT && errno != ENOTDIR) {
        *reason = strerror(errno);
        return NULL;
    }
    return found != NULL ? found : path;
}

/* True for a path whose last part is "..": where that leads depends on what is made before it. */
static bool ends_above(const char *path)
{
    struct slice s = slice_of(path);
    return slice_is(s, "..") || slice_ends_with(s, "/..");
}

bool file_is_inside(struct arena *arena, const char *folder, const char *path, const char **reason)
{
    const char *outer = resolve(arena, folder);
    const char *inner = outer != NULL ? resolve(arena, path) : NULL;
    *reason = NULL;
    while (outer != NULL && inner == NULL && errno == ENOENT && !ends_above(path)) {
        path = file_folder(arena, path);
        inner = resolve(arena, path);
    }
    if (outer == NULL || (inner == NULL && errno != ENOENT)) {
        *reason = strerror(errno);
        return false;
    }
    size_t length = strlen(outer);
    bool is_below = inner != NULL && strncmp(inner, outer, length) == 0 &&
                    (inner[length] == '/' || inner[length] == '\0' || outer[length - 1] == '/');
    return is_below;
}

const char *file_join(struct arena *arena, const char *folder, struct slice path)
{
    if (strcmp(folder, ".") == 0 || (path.length > 0 && path.data[0] == '/')) {
        return arena_copy(arena, path);
    }
    return arena_printf(arena, "%s/%.*s", folder, SLICE_ARG(path)).data;
}

const char *file_without_slash(struct arena *arena, const char *path)
{
    size_t length = strlen(path);
    while (length > 1 && path[length - 1] == '/') {
        length--;
    }
    return arena_copy(arena, (struct slice){path, length});
}

const char *file_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash != NULL ? slash + 1 : path;
}

const char *file_folder(struct arena *arena, const char *path)
{
    const char *slash = strrchr(path, '/');
    if (slash == NULL) {
        return ".";
    }
    size_t length = slash == path ? 1 : (size_t)(slash - path);
    return arena_copy(arena, (struct slice){path, length});
}

bool file_touch(const char *path, const char **reason)
{
    int failed;
    RETRY(failed, utimensat(AT_FDCWD, path, NULL, 0));
    if (failed != 0) {
        *reason = strerror(errno);
    }
    return failed == 0;
}

bool file_write_all(int descriptor, struct slice bytes)
{
    size_t written = 0;
    while (written < bytes.length) {
        ssize_t got;
        RETRY(got, write(descriptor, bytes.data + written, bytes.length - written));
        if (got < 0) {
            return false;
        }
        written += (size_t)got;
    }
    return true;
}

/* Compares an open file with `bytes`. */
static enum file_comparison compare_open(int descriptor, struct slice bytes, const char **reason)
{
    char part[8192];
    size_t compared = 0;
    for (;;) {
        ssize_t got;
        RETRY(got, read(descriptor, part, sizeof part));
        if (got < 0) {
            *reason = strerror(errno);
            return FILE_NOT_COMPARED;
        }
        if (got == 0) {
            return compared == bytes.length ? FILE_SAME : FILE_DIFFERENT;
        }
        if ((size_t)got > bytes.length - compared ||
            memcmp(part, bytes.data + compared, (size_t)got) != 0) {
            return FILE_DIFFERENT;
        }
        compared += (size_t)got;
    }
}

enum file_comparison file_compare(const char *path, struct slice bytes, const char **reason)
{
    struct stat facts;
    enum file_type type = look(path, &facts, reason);
    if (type == FILE_TYPE_ABSENT || type == FILE_TYPE_UNKNOWN) {
        return type == FILE_TYPE_ABSENT ? FILE_MISSING : FILE_NOT_COMPARED;
    }
    if (type != FILE_TYPE_REGULAR || (uintmax_t)facts.st_size != bytes.length) {
        return FILE_DIFFERENT;
    }
    int descriptor;
    RETRY(descriptor, open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK));
    if (descriptor < 0) {
        *reason = strerror(errno);
        return FILE_NOT_COMPARED;
    }
    enum file_comparison comparison = compare_open(descriptor, bytes, reason);
    close(descriptor);
    return comparison;
}
