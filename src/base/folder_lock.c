#define _DEFAULT_SOURCE /* flock */

#include "base/folder_lock.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/replacement.h"
#include "base/retry.h"

void folder_unlock(struct folder_lock *lock)
{
    if (lock->descriptor >= 0) {
        close(lock->descriptor);
        lock->descriptor = -1;
    }
}

static void release(void *resource)
{
    folder_unlock(resource);
}

/* Opens what the path leads to now. */
static bool open_again(struct folder_lock *lock, const char **reason)
{
    struct stat facts;
    int failed = -1;
    folder_unlock(lock);
    RETRY(lock->descriptor, open(lock->folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (lock->descriptor >= 0) {
        RETRY(failed, fstat(lock->descriptor, &facts));
    }
    if (failed != 0) {
        *reason = strerror(errno);
        return false;
    }
    lock->device = (uint64_t)facts.st_dev;
    lock->inode = (uint64_t)facts.st_ino;
    return true;
}

struct folder_lock *folder_open(struct arena *arena, const char *folder, const char **reason)
{
    struct folder_lock *lock = arena_alloc(arena, sizeof *lock);
    lock->folder = folder;
    lock->descriptor = -1;
    arena_defer(arena, release, lock);
    return open_again(lock, reason) ? lock : NULL;
}

/* Nobody else writes in the folder: temporary files in it belong to nobody. */
static void remove_leftovers(const struct folder_lock *lock)
{
    DIR *list = opendir(lock->folder);
    if (list == NULL) {
        return; /* the next program removes them */
    }
    for (struct dirent *entry = readdir(list); entry != NULL; entry = readdir(list)) {
        if (replacement_is_temporary(entry->d_name)) {
            unlinkat(dirfd(list), entry->d_name, 0);
        }
    }
    closedir(list);
}

/* True for what a file system says that does not lock folders. */
static bool is_unsupported(int failure)
{
    return failure == EBADF || failure == ENOLCK || failure == ENOSYS || failure == EOPNOTSUPP ||
           failure == EINVAL;
}

static bool try_lock(const struct folder_lock *lock, int operation)
{
    int failed;
    RETRY(failed, flock(lock->descriptor, operation | LOCK_NB));
    return failed == 0;
}

/* True when another folder has taken the place of the one that is locked. */
static bool has_moved(const struct folder_lock *lock)
{
    struct stat facts;
    int failed;
    RETRY(failed, stat(lock->folder, &facts));
    return failed != 0 || (uint64_t)facts.st_dev != lock->device ||
           (uint64_t)facts.st_ino != lock->inode;
}

enum folder_lock_result folder_lock(struct folder_lock *lock, bool alone, const char **reason)
{
    if (lock->descriptor < 0 && !open_again(lock, reason)) {
        return FOLDER_FAILED;
    }
    bool is_alone = try_lock(lock, LOCK_EX);
    if (!is_alone && is_unsupported(errno)) {
        return FOLDER_LOCKED;
    }
    if (!is_alone && errno != EWOULDBLOCK) {
        *reason = strerror(errno);
        return FOLDER_FAILED;
    }
    if (alone && !is_alone) {
        return FOLDER_BUSY;
    }
    if (is_alone && has_moved(lock)) {
        folder_unlock(lock);
        return FOLDER_BUSY;
    }
    if (is_alone) {
        remove_leftovers(lock);
    }
    return alone || try_lock(lock, LOCK_SH) ? FOLDER_LOCKED : FOLDER_BUSY;
}

void folder_tidy(struct arena *arena, const char *folder)
{
    const char *reason;
    struct folder_lock *lock = folder_open(arena, folder, &reason);
    if (lock != NULL) {
        folder_lock(lock, true, &reason);
        folder_unlock(lock);
    }
}
