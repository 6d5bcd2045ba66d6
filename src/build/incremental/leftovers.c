/* Temporary files of builds that were killed: a living build holds a lock on its state file. */
#define _GNU_SOURCE /* flock */

#include <dirent.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/file.h>
#include <unistd.h>

#include "build/incremental/plan_parts.h"

/* The process in ".NAME.PROCESS-N.tmp" or "state.PROCESS-N.tmp"; false for other names. */
static bool process_of(const char *name, long *process)
{
    struct slice rest = slice_of(name);
    if (!slice_ends_with(rest, ".tmp")) {
        return false;
    }
    const char *dash = strrchr(name, '-');
    const char *dot = dash;
    while (dot != NULL && dot > name && *dot != '.') {
        dot--;
    }
    char *end;
    *process = dot != NULL ? strtol(dot + 1, &end, 10) : 0;
    return dot != NULL && end == dash && *process > 0;
}

/* True when no build holds the file: its process is gone. */
static bool is_abandoned(const char *path)
{
    int descriptor = open(path, O_RDWR | O_CLOEXEC);
    bool abandoned = descriptor >= 0 && flock(descriptor, LOCK_EX | LOCK_NB) == 0;
    if (descriptor >= 0) {
        close(descriptor);
    }
    return abandoned;
}

/* Calls `visit` with every temporary file in a folder. */
static void for_each_temporary(struct plan *plan, const char *folder, bool hidden, long wanted,
                               void (*visit)(struct plan *plan, const char *path, long process))
{
    struct file_list paths = {0};
    DIR *list = opendir(folder);
    if (list == NULL) {
        return;
    }
    jmp_buf *outer = plan->arena->recovery;
    jmp_buf recovery;
    if (setjmp(recovery) != 0) {
        closedir(list);
        plan->arena->recovery = outer;
        arena_fail(plan->arena);
    }
    plan->arena->recovery = &recovery;
    for (struct dirent *entry = readdir(list); entry != NULL; entry = readdir(list)) {
        long process;
        if ((entry->d_name[0] == '.') == hidden && process_of(entry->d_name, &process) &&
            (wanted == 0 || process == wanted)) {
            file_list_add(plan->arena, &paths,
                          arena_printf(plan->arena, "%s/%s", folder, entry->d_name).data);
        }
    }
    plan->arena->recovery = outer;
    closedir(list);
    for (size_t i = 0; i < paths.count; i++) {
        long process = 0;
        process_of(strrchr(paths.paths[i], '/') + 1, &process);
        visit(plan, paths.paths[i], process);
    }
}

static void remove_temporary(struct plan *plan, const char *path, long process)
{
    (void)plan;
    (void)process;
    unlink(path);
}

/* A state file of a build that was killed, and with it that build's artifacts. */
static void remove_abandoned(struct plan *plan, const char *path, long process)
{
    if (is_abandoned(path)) {
        for_each_temporary(plan, plan->run->output_directory, true, process, remove_temporary);
        unlink(path);
    }
}

void leftovers_remove(struct plan *plan)
{
    for_each_temporary(plan, plan->state_folder, false, 0, remove_abandoned);
}
