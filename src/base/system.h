/*
 * What the C library and POSIX have no call for: facts about this process, files that change
 * places, and changes in folders. All that is Linux's own is behind these functions, but for two
 * files that are about it as a whole: cli/confinement.c (Landlock) and trial/script/machine.c (the
 * heap of the C library). Another system needs another system.c.
 */
#ifndef DIALOGC_BASE_SYSTEM_H
#define DIALOGC_BASE_SYSTEM_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/slice.h"

/* ---- this process ---- */

/*
 * The path of the program that runs, in `path` of `size` bytes, without a NUL behind it; how it was
 * called where the system does not say. Empty: not known.
 */
struct slice system_program(char *path, size_t size);

/* What execv takes to start the program that runs once more, wherever it is by now. */
#define SYSTEM_PROGRAM_AGAIN "/proc/self/exe"

/* The build id that the linker gave the program; empty when it gave none. It lasts. */
struct slice system_build_id(void);

/* The cores that this process may run on, 1 to 64. */
size_t system_cores(void);

/* The bytes of address space that this process has; 0: not known. */
uint64_t system_process_size(void);

/* 16 random bytes that each process has from its start, at no cost; NULL: there are none. They
 * last. */
const unsigned char *system_process_bytes(void);

/* Fills `bytes` for keys and tokens; false when there is no randomness. */
bool system_random(unsigned char *bytes, size_t count);

/* A file that has no name and is gone when it is closed; -1 with errno. */
int system_memory_file(void);

/* ---- files ---- */

enum system_rename {
    SYSTEM_RENAME_OVER,     /* what is there is gone */
    SYSTEM_RENAME_NEW,      /* nothing may be there */
    SYSTEM_RENAME_EXCHANGE, /* both are there, and change places */
};

/*
 * Renames a file in one step: 0, or -1 with errno, which is EINVAL, ENOSYS or EOPNOTSUPP where the
 * file system cannot do so.
 */
int system_rename(const char *from, const char *to, enum system_rename how);

/* ---- changes in folders ---- */

/* Something in a folder that is watched was written, made, removed or renamed. */
struct system_change {
    struct slice name; /* in the folder; empty: of the folder itself */
    bool is_folder;
    bool is_loss; /* the folder is gone, or there were more changes than the system could keep */
};

/* A watch, to be polled for reading and to be closed; -1 with errno. */
int system_watch_new(void);

/* Watches the folder `path`, not those in it; false with errno. */
bool system_watch_add(int watch, const char *path);

/* Takes the changes that have come: true when `matters` is for one of them. */
bool system_watch_take(int watch, bool matters(void *context, const struct system_change *change),
                       void *context);

#endif
