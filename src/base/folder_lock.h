/*
 * Locks on folders, for programs that write the files in them, and what killed ones have left
 * there.
 *
 * A program that reads a file to replace it holds the lock of the file's folder alone, from before
 * it reads until it has replaced the file. The lock is on the folder because that is what replacing
 * a file changes: a lock on the file would be one on what is about to go, a file that does not
 * exist yet has none, and a lock file would be litter. A program that writes what others do not
 * read (artifacts) shares the lock of the folder with others of its kind.
 *
 * Whoever gets the lock of a folder alone knows that nobody is replacing files there: temporary
 * files in it are from programs that were killed, and are removed.
 *
 * The locks are flock(2), so they end with the process. They bind only programs that ask for them:
 * hence the comparison in replacement.h, right before a file is replaced. Where a file system does
 * not lock folders (NFS), that comparison is all there is, and killed programs' files stay.
 */
#ifndef DIALOGC_BASE_FOLDER_LOCK_H
#define DIALOGC_BASE_FOLDER_LOCK_H

#include <stdint.h>

#include "base/arena.h"

enum folder_lock_result {
    FOLDER_LOCKED,
    FOLDER_BUSY, /* another program holds the lock: try again later */
    FOLDER_FAILED,
};

struct folder_lock {
    const char *folder;
    int descriptor; /* -1: closed */
    uint64_t device, inode;
};

/*
 * Opens a folder to be locked; in the arena, which closes it and thus ends the lock. NULL with
 * `*reason` on failure.
 */
struct folder_lock *folder_open(struct arena *arena, const char *folder, const char **reason);

/*
 * Locks the folder, `alone` or with others who share it, and removes what killed programs have left
 * in it. It does not wait. `*reason` comes with FOLDER_FAILED.
 */
enum folder_lock_result folder_lock(struct folder_lock *lock, bool alone, const char **reason);

/* Removes what killed programs have left in a folder, if nobody is writing there. */
void folder_tidy(struct arena *arena, const char *folder);

/* Ends the lock before the arena does. */
void folder_unlock(struct folder_lock *lock);

#endif
