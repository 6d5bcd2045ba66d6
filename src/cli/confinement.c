#define _GNU_SOURCE /* O_PATH */

#include "cli/confinement.h"

#include <fcntl.h>
#include <linux/landlock.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/retry.h"
#include "base/system.h"
#include "base/table.h"

enum {
    RUN = LANDLOCK_ACCESS_FS_EXECUTE,
    READ = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR,
    WRITE = LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_REMOVE_DIR |
            LANDLOCK_ACCESS_FS_REMOVE_FILE | LANDLOCK_ACCESS_FS_MAKE_DIR |
            LANDLOCK_ACCESS_FS_MAKE_REG | LANDLOCK_ACCESS_FS_MAKE_SYM,
    /* What there is besides: nobody gets it. */
    DEVICES = LANDLOCK_ACCESS_FS_MAKE_CHAR | LANDLOCK_ACCESS_FS_MAKE_BLOCK |
              LANDLOCK_ACCESS_FS_MAKE_SOCK | LANDLOCK_ACCESS_FS_MAKE_FIFO,
    OF_FILES =
        LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_WRITE_FILE,
};

/* What programs need to start and to run, where it is there. */
static const struct {
    const char *path;
    uint64_t access;
} surroundings[] = {
    {"/usr", RUN | READ},
    {"/lib", RUN | READ},
    {"/lib64", RUN | READ},
    {"/etc/ld.so.cache", READ},
    {"/etc/localtime", READ},
    {"/proc", READ},
    {"/sys/devices/system/cpu", READ},
    {"/dev/urandom", READ},
    {"/dev/null", READ | LANDLOCK_ACCESS_FS_WRITE_FILE},
};

bool confinement_is_possible(void)
{
    return syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION) >= 1;
}

/* Allows `access` below `path`, which may be absent; false when the kernel refuses. */
static bool allow(int rules, const char *path, uint64_t access)
{
    struct stat facts;
    int descriptor;
    RETRY(descriptor, open(path, O_PATH | O_CLOEXEC));
    if (descriptor < 0) {
        return true; /* what is not there need not be allowed */
    }
    if (fstat(descriptor, &facts) == 0 && !S_ISDIR(facts.st_mode)) {
        access &= OF_FILES;
    }
    struct landlock_path_beneath_attr rule = {.allowed_access = access, .parent_fd = descriptor};
    long added = syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
    close(descriptor);
    return added == 0;
}

/* The program itself may be anywhere, with those that it passes commands on to beside it. */
static bool allow_program(int rules)
{
    char path[4096];
    struct slice folder = system_program(path, sizeof path - 1);
    while (folder.length > 0 && folder.data[folder.length - 1] != '/') {
        folder.length--;
    }
    memmove(path, folder.data, folder.length);
    path[folder.length] = '\0';
    return folder.length <= 1 || allow(rules, path, RUN | READ);
}

static bool allow_all(int rules, const char *folder, bool may_write)
{
    bool allowed = allow(rules, folder, may_write ? READ | WRITE : READ) && allow_program(rules);
    for (size_t i = 0; allowed && i < TABLE_LENGTH(surroundings); i++) {
        allowed = allow(rules, surroundings[i].path, surroundings[i].access);
    }
    return allowed;
}

bool confinement_begin(const char *folder, bool may_write)
{
    struct landlock_ruleset_attr handled = {.handled_access_fs = RUN | READ | WRITE | DEVICES};
    int rules = (int)syscall(SYS_landlock_create_ruleset, &handled, sizeof handled, 0);
    if (rules < 0) {
        return false;
    }
    bool begun = allow_all(rules, folder, may_write) &&
                 prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
                 syscall(SYS_landlock_restrict_self, rules, 0) == 0;
    close(rules);
    return begun;
}
