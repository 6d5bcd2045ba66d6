/* Replacing files: the old and the new file change places in one step, so that it can be undone. */
#define _GNU_SOURCE /* realpath */

#include "base/replacement.h"

#include <fcntl.h>
#include <inttypes.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/hash.h"
#include "base/retry.h"
#include "base/system.h"

#define TEMPORARY_PREFIX ".dialogc."
#define TEMPORARY_SUFFIX ".tmp"

/* Another program's files may be in the way, but not many. */
#define ATTEMPT_LIMIT 100

bool replacement_is_temporary(const char *name)
{
    struct slice s = slice_of(name);
    return slice_starts_with(s, TEMPORARY_PREFIX) && slice_ends_with(s, TEMPORARY_SUFFIX);
}

/* Removing is tried twice: there is nobody who could do it later. */
static void remove_file(const char *path)
{
    if (unlink(path) != 0 && errno != ENOENT) {
        unlink(path);
    }
}

/* ---- the temporary file ---- */

/*
 * What is at `path`, and where a link leads, so that the file is replaced and not the link; a link
 * that leads nowhere gives way to the file (its mode is 0). False with `*reason` when the system
 * does not say, or something is there that is no file.
 */
static bool find_target(struct arena *arena, const char **path, unsigned flags, struct stat *facts,
                        bool *exists, const char **reason)
{
    int failed;
    RETRY(failed, lstat(*path, facts));
    *exists = failed == 0;
    bool is_link = *exists && S_ISLNK(facts->st_mode);
    if (is_link && (flags & REPLACEMENT_LINK) != 0) {
        facts->st_mode = 0;
        return true;
    }
    if (is_link) {
        const char *target = file_target(arena, *path, reason);
        if (target == NULL) {
            return false;
        }
        *path = target;
        RETRY(failed, stat(target, facts));
    }
    if (failed != 0 && errno != ENOENT && errno != ENOTDIR) {
        *reason = strerror(errno);
        return false;
    }
    if (failed == 0 && !S_ISREG(facts->st_mode)) {
        *reason = S_ISDIR(facts->st_mode) ? "it is a folder" : "it is a device or a pipe";
        return false;
    }
    if (failed != 0) {
        facts->st_mode = 0;
    }
    return true;
}

int replacement_create(struct arena *arena, const char *path, mode_t mode, const char **temporary)
{
    const char *name = file_name(path);
    int folder = (int)(name - path);
    uint64_t mark = hash_short(slice_of(name));
    int descriptor = -1;
    for (unsigned attempt = 0; descriptor < 0; attempt++) {
        *temporary =
            arena_printf(arena, "%.*s" TEMPORARY_PREFIX "%016" PRIx64 ".%ld-%u" TEMPORARY_SUFFIX,
                         folder, path, mark, (long)getpid(), attempt)
                .data;
        RETRY(descriptor, open(*temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode));
        if (descriptor < 0 && (errno != EEXIST || attempt > ATTEMPT_LIMIT)) {
            return -1;
        }
    }
    return descriptor;
}

/*
 * Gives a new file the owner, group and permissions of the old one, whatever the umask. What the
 * system does not allow of the owner and group is left, and with it set-user-id and set-group-id.
 */
static bool take_attributes(int descriptor, const struct stat *old, struct stat *now,
                            bool *loses_owner)
{
    mode_t mode = old->st_mode & 07777;
    int failed = 0;
    if (now->st_uid != old->st_uid || now->st_gid != old->st_gid) {
        RETRY(failed, fchown(descriptor, old->st_uid, old->st_gid));
        if (failed != 0 && now->st_gid != old->st_gid) {
            RETRY(failed, fchown(descriptor, (uid_t)-1, old->st_gid));
        }
        RETRY(failed, fstat(descriptor, now));
        if (failed != 0) {
            return false;
        }
        *loses_owner = now->st_uid != old->st_uid || now->st_gid != old->st_gid;
        mode = *loses_owner ? mode & 0777 : mode;
    }
    if ((now->st_mode & 07777) != mode) {
        RETRY(failed, fchmod(descriptor, mode));
    }
    return failed == 0;
}

/* Fills the temporary file and closes it; false with errno. */
static bool fill(int descriptor, struct slice bytes, const struct stat *old, bool sync,
                 struct file_replacement *replacement)
{
    struct stat facts;
    int failed = 0;
    bool written = file_write_all(descriptor, bytes);
    if (written) {
        RETRY(failed, fstat(descriptor, &facts));
        written = failed == 0 && (old->st_mode == 0 || take_attributes(descriptor, old, &facts,
                                                                       &replacement->loses_owner));
        if (written && sync) {
            RETRY(failed, fsync(descriptor));
            written = failed == 0;
        }
    }
    int failure = errno;
    if (close(descriptor) != 0 && errno != EINTR && written) {
        return false;
    }
    errno = failure;
    if (written) {
        replacement->stamp = file_stamp_from(&facts);
    }
    return written;
}

bool replacement_prepare(struct arena *arena, const char *path, struct slice bytes, unsigned flags,
                         struct file_replacement *replacement, const char **reason)
{
    struct stat old;
    bool exists;
    *replacement = (struct file_replacement){0};
    if (!find_target(arena, &path, flags, &old, &exists, reason)) {
        return false;
    }
    *replacement = (struct file_replacement){.path = path, .had_file = exists};
    if (old.st_mode != 0 && file_compare(path, bytes, reason) == FILE_SAME) {
        replacement->stamp = file_stamp_from(&old);
        return true;
    }
    bool sync = (flags & REPLACEMENT_SYNC) != 0;
    replacement->folder = sync ? file_folder(arena, path) : NULL;
    const char *temporary;
    mode_t mode = old.st_mode != 0 ? old.st_mode & 0777 : 0666;
    int descriptor = replacement_create(arena, path, mode, &temporary);
    if (descriptor < 0) {
        *reason = strerror(errno);
        return false;
    }
    if (!fill(descriptor, bytes, &old, sync, replacement)) {
        *reason = strerror(errno);
        remove_file(temporary);
        return false;
    }
    replacement->temporary = temporary;
    return true;
}

void replacement_discard(struct file_replacement *replacement)
{
    if (replacement->temporary != NULL) {
        remove_file(replacement->temporary);
        replacement->temporary = NULL;
    }
}

/* ---- one file and its place ---- */

/* True for what a file system says that can neither exchange files nor refuse to replace one. */
static bool is_unknown_rename(int failure)
{
    return failure == EINVAL || failure == ENOSYS || failure == EOPNOTSUPP;
}

static bool rename_file(const char *from, const char *to, enum system_rename how)
{
    int failed;
    RETRY(failed, system_rename(from, to, how));
    return failed == 0;
}

/* What stands in the way of a replacement. */
static enum replacement_result look(const struct file_replacement *replacement, const char *path,
                                    const char **reason)
{
    if (replacement->expects != REPLACE_BYTES) {
        return REPLACED;
    }
    switch (file_compare(path, replacement->before, reason)) {
    case FILE_SAME:
        return REPLACED;
    case FILE_DIFFERENT:
    case FILE_MISSING:
        return REPLACEMENT_CONFLICT;
    case FILE_NOT_COMPARED:
        return REPLACEMENT_FAILED;
    }
    return REPLACEMENT_FAILED;
}

/*
 * For file systems that cannot exchange two files: the old file is copied, then replaced. The copy
 * takes the name of the temporary file's part in an exchange.
 */
static enum replacement_result
place_over_copy(struct arena *arena, struct file_replacement *replacement, const char **reason)
{
    struct slice bytes;
    struct file_replacement copy = {0};
    struct stat old;
    const char *temporary;
    int failed;
    RETRY(failed, stat(replacement->path, &old));
    if (failed == 0 &&
        file_read(arena, replacement->path, SIZE_MAX - 1, &bytes, reason) != FILE_OK) {
        return REPLACEMENT_FAILED;
    }
    int descriptor =
        failed == 0 ? replacement_create(arena, replacement->path, 0600, &temporary) : -1;
    if (descriptor < 0 || !fill(descriptor, bytes, &old, false, &copy)) {
        *reason = strerror(errno);
        if (descriptor >= 0) {
            remove_file(temporary);
        }
        return REPLACEMENT_FAILED;
    }
    bool conflict =
        replacement->expects == REPLACE_BYTES && !slice_equal(bytes, replacement->before);
    if (conflict || !rename_file(replacement->temporary, replacement->path, SYSTEM_RENAME_OVER)) {
        *reason = strerror(errno);
        remove_file(temporary);
        return conflict ? REPLACEMENT_CONFLICT : REPLACEMENT_FAILED;
    }
    replacement->temporary = temporary;
    replacement->is_placed = true;
    return REPLACED;
}

/*
 * Over a file: the two change places. What has come out is compared once more, because somebody may
 * have changed the file in the last moment.
 */
static enum replacement_result place_over(struct arena *arena, struct file_replacement *replacement,
                                          const char **reason)
{
    enum replacement_result result = look(replacement, replacement->path, reason);
    if (result != REPLACED) {
        return result;
    }
    if (rename_file(replacement->temporary, replacement->path, SYSTEM_RENAME_EXCHANGE)) {
        replacement->is_placed = true;
        return look(replacement, replacement->temporary, reason);
    }
    *reason = strerror(errno);
    return is_unknown_rename(errno) ? place_over_copy(arena, replacement, reason)
                                    : REPLACEMENT_FAILED;
}

/* Where nothing was; with REPLACE_NOTHING also if something is there by now. */
static enum replacement_result place_new(struct file_replacement *replacement, const char **reason)
{
    const char *from = replacement->temporary;
    bool is_new = replacement->expects != REPLACE_ANY;
    bool placed =
        rename_file(from, replacement->path, is_new ? SYSTEM_RENAME_NEW : SYSTEM_RENAME_OVER);
    if (!placed && is_new && is_unknown_rename(errno)) { /* a link does not replace either */
        placed = link(from, replacement->path) == 0;
        if (placed) {
            remove_file(from);
        }
    }
    if (!placed) {
        *reason = strerror(errno);
        return errno == EEXIST ? REPLACEMENT_CONFLICT : REPLACEMENT_FAILED;
    }
    replacement->is_placed = true;
    return REPLACED;
}

static enum replacement_result place(struct arena *arena, struct file_replacement *replacement,
                                     const char **reason)
{
    enum replacement_expectation expects = replacement->expects;
    if ((expects == REPLACE_NOTHING && replacement->had_file) ||
        (expects == REPLACE_BYTES && !replacement->had_file)) {
        return REPLACEMENT_CONFLICT;
    }
    if (replacement->temporary == NULL) {
        return REPLACED;
    }
    return replacement->had_file ? place_over(arena, replacement, reason)
                                 : place_new(replacement, reason);
}

static void put_back(struct file_replacement *replacement)
{
    bool had_file = replacement->had_file;
    if (!had_file) {
        remove_file(replacement->path);
    } else if (rename_file(replacement->temporary, replacement->path, SYSTEM_RENAME_EXCHANGE)) {
        remove_file(replacement->temporary);
    } else {
        rename_file(replacement->temporary, replacement->path, SYSTEM_RENAME_OVER);
    }
    replacement->temporary = NULL;
    replacement->is_placed = false;
}

/* ---- all of them ---- */

static bool sync_folders(const struct file_replacement *items, size_t count, size_t *failed,
                         const char **reason)
{
    const char *last = "";
    for (size_t i = 0; i < count; i++) {
        bool is_due = items[i].is_placed && items[i].folder != NULL;
        if (!is_due || strcmp(items[i].folder, last) == 0) {
            continue;
        }
        last = items[i].folder;
        if (!file_sync_folder(last, reason)) {
            *failed = i;
            return false;
        }
    }
    return true;
}

void replacements_put_back(struct file_replacement *items, size_t count)
{
    for (size_t i = count; i-- > 0;) {
        if (items[i].is_placed) {
            put_back(&items[i]);
        }
        replacement_discard(&items[i]);
    }
}

void replacements_finish(struct file_replacement *items, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (items[i].is_placed && items[i].had_file) {
            remove_file(items[i].temporary);
        }
        if (items[i].removes) {
            remove_file(items[i].path);
        }
        items[i].temporary = NULL;
        items[i].is_placed = false;
    }
}

/* What can be interrupted only as a whole. */
static enum replacement_result place_all(struct arena *arena, struct file_replacement *items,
                                         size_t count, size_t *failed, const char **reason)
{
    enum replacement_result result = REPLACED;
    for (size_t i = 0; i < count && result == REPLACED; i++) {
        *failed = i;
        result = place(arena, &items[i], reason);
    }
    if (result == REPLACED && !sync_folders(items, count, failed, reason)) {
        result = REPLACEMENT_FAILED;
    }
    return result;
}

enum replacement_result replacements_place(struct arena *arena, struct file_replacement *items,
                                           size_t count, size_t *failed, const char **reason)
{
    sigset_t all, before;
    jmp_buf *outer = arena->recovery;
    jmp_buf recovery;
    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, &before); /* Ctrl+C comes before or after all of it */
    enum replacement_result result;
    bool out_of_memory = false;
    if (setjmp(recovery) == 0) {
        arena->recovery = &recovery;
        result = place_all(arena, items, count, failed, reason);
    } else {
        result = REPLACEMENT_FAILED;
        out_of_memory = true;
    }
    arena->recovery = outer;
    if (result != REPLACED) {
        replacements_put_back(items, count);
    }
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    if (out_of_memory) {
        arena_fail(arena);
    }
    return result;
}
