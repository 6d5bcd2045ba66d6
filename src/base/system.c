#define _GNU_SOURCE /* dl_iterate_phdr, memfd_create, sched_getaffinity */

#include "base/system.h"

#include <errno.h>
#include <fcntl.h>
#include <link.h>
#include <linux/fs.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/auxv.h>
#include <sys/inotify.h>
#include <sys/mman.h>
#include <sys/random.h>
#include <sys/syscall.h>
#include <unistd.h>

/* ---- this process ---- */

struct slice system_program(char *path, size_t size)
{
    ssize_t length = readlink(SYSTEM_PROGRAM_AGAIN, path, size);
    if (length > 0) {
        return (struct slice){path, (size_t)length};
    }
    const char *called = (const char *)getauxval(AT_EXECFN); /* where /proc is not mounted */
    return slice_of(called != NULL ? called : "");
}

/* The note with the build id, in the segments of the program itself (the first that is named). */
static int find_build_id(struct dl_phdr_info *info, size_t size, void *context)
{
    (void)size;
    struct slice *id = context;
    for (size_t i = 0; i < info->dlpi_phnum; i++) {
        const ElfW(Phdr) *segment = &info->dlpi_phdr[i];
        if (segment->p_type != PT_NOTE) {
            continue;
        }
        const char *at = (const char *)(info->dlpi_addr + segment->p_vaddr);
        const char *end = at + segment->p_memsz;
        while (at + sizeof(ElfW(Nhdr)) <= end) {
            const ElfW(Nhdr) *note = (const void *)at;
            const char *name = at + sizeof *note;
            const char *content = name + ((note->n_namesz + 3U) & ~3U);
            if (note->n_type == NT_GNU_BUILD_ID && note->n_namesz == 4 &&
                memcmp(name, "GNU", 4) == 0) {
                *id = (struct slice){content, note->n_descsz};
                return 1;
            }
            at = content + ((note->n_descsz + 3U) & ~3U);
        }
    }
    return 1; /* libraries are of no interest */
}

struct slice system_build_id(void)
{
    struct slice id = {0};
    dl_iterate_phdr(find_build_id, &id);
    return id;
}

/* One call, where counting the machine's cores reads files. */
size_t system_cores(void)
{
    cpu_set_t cores;
    if (sched_getaffinity(0, sizeof cores, &cores) != 0) {
        return 1; /* more cores than CPU_SETSIZE: the user can give their number by -j */
    }
    size_t count = (size_t)CPU_COUNT(&cores);
    return count < 1 ? 1 : count > 64 ? 64 : count;
}

uint64_t system_process_size(void)
{
    char text[64] = "";
    FILE *file = fopen("/proc/self/statm", "r");
    if (file == NULL) {
        return 0;
    }
    uint64_t pages = fgets(text, sizeof text, file) != NULL ? strtoull(text, NULL, 10) : 0;
    fclose(file);
    return pages * (uint64_t)sysconf(_SC_PAGESIZE);
}

const unsigned char *system_process_bytes(void)
{
    return (const unsigned char *)getauxval(AT_RANDOM);
}

bool system_random(unsigned char *bytes, size_t count)
{
    ssize_t got;
    do {
        got = getrandom(bytes, count, 0);
    } while (got < 0 && errno == EINTR);
    return got == (ssize_t)count;
}

int system_memory_file(void)
{
    return memfd_create("dialogc", MFD_CLOEXEC);
}

/* ---- files ---- */

/* musl has had renameat2 only lately. */
int system_rename(const char *from, const char *to, enum system_rename how)
{
    static const unsigned flags[] = {
        [SYSTEM_RENAME_OVER] = 0,
        [SYSTEM_RENAME_NEW] = RENAME_NOREPLACE,
        [SYSTEM_RENAME_EXCHANGE] = RENAME_EXCHANGE,
    };
    return (int)syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, flags[how]);
}

/* ---- changes in folders ---- */

#define CHANGES                                                                                    \
    (IN_CLOSE_WRITE | IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO | IN_DELETE_SELF |       \
     IN_MOVE_SELF | IN_ATTRIB)

int system_watch_new(void)
{
    return inotify_init1(IN_CLOEXEC);
}

bool system_watch_add(int watch, const char *path)
{
    return inotify_add_watch(watch, path, CHANGES | IN_ONLYDIR) >= 0;
}

bool system_watch_take(int watch, bool matters(void *context, const struct system_change *change),
                       void *context)
{
    _Alignas(struct inotify_event) char buffer[16 * 1024];
    bool any = false;
    ssize_t length = read(watch, buffer, sizeof buffer);
    for (ssize_t at = 0; at < length;) {
        const struct inotify_event *event = (const void *)(buffer + at);
        struct system_change change = {
            .name = event->len > 0 ? slice_of(event->name) : SLICE(""),
            .is_folder = (event->mask & IN_ISDIR) != 0,
            .is_loss = (event->mask & (IN_Q_OVERFLOW | IN_DELETE_SELF | IN_MOVE_SELF)) != 0,
        };
        any = any || matters(context, &change);
        at += (ssize_t)(sizeof *event + event->len);
    }
    return any;
}
