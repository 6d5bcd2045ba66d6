#define _POSIX_C_SOURCE 200809L

#include "cli/git.h"

#include <errno.h>
#include <spawn.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"
#include "base/retry.h"
#include "base/system.h"
#include "base/table.h"

extern char **environ;

/* Files in memory: git never waits for somebody to read, and nobody for git. */
enum { INPUT, OUTPUT, COMPLAINT, FILE_COUNT };

struct process {
    int files[FILE_COUNT];
};

/*
 * What git finds in the environment instead. An empty list of transports allows none, even where
 * the configuration of the repository allows some; and nothing is written for a speed-up.
 */
static char *const own_variables[] = {(char *)"GIT_ALLOW_PROTOCOL=", (char *)"GIT_OPTIONAL_LOCKS=0",
                                      (char *)"LC_ALL=C"};

static char **make_environment(struct arena *arena)
{
    size_t count = 0;
    while (environ[count] != NULL) {
        count++;
    }
    char **made = arena_alloc_array(arena, count + TABLE_LENGTH(own_variables) + 1, sizeof *made);
    memcpy(made, own_variables, sizeof own_variables);
    memcpy(made + TABLE_LENGTH(own_variables), environ, count * sizeof *made);
    return made;
}

static void close_files(void *resource)
{
    struct process *process = resource;
    for (size_t i = 0; i < FILE_COUNT; i++) {
        if (process->files[i] >= 0) {
            close(process->files[i]);
            process->files[i] = -1;
        }
    }
}

/* 0, or an error number. */
static int open_files(struct process *process, struct slice input)
{
    for (size_t i = 0; i < FILE_COUNT; i++) {
        process->files[i] = system_memory_file();
        if (process->files[i] < 0) {
            return errno;
        }
    }
    bool written = file_write_all(process->files[INPUT], input) &&
                   lseek(process->files[INPUT], 0, SEEK_SET) == 0;
    return written ? 0 : errno;
}

/* Starts git and waits for its end; 0, or an error number. */
static int run(struct process *process, char *const *arguments, char **environment, int *status)
{
    posix_spawn_file_actions_t actions;
    pid_t child;
    pid_t ended;
    int error = posix_spawn_file_actions_init(&actions);
    if (error != 0) {
        return error;
    }
    for (int i = 0; error == 0 && i < FILE_COUNT; i++) { /* the numbers of the standard files */
        error = posix_spawn_file_actions_adddup2(&actions, process->files[i], i);
    }
    if (error == 0) {
        error = posix_spawnp(&child, "git", &actions, NULL, arguments, environment);
    }
    posix_spawn_file_actions_destroy(&actions);
    if (error == 0) {
        RETRY(ended, waitpid(child, status, 0));
        error = ended == child ? 0 : errno;
    }
    return error;
}

/* The bytes that were written to a file; false with errno. */
static bool read_back(struct arena *arena, int file, struct slice *bytes)
{
    off_t end = lseek(file, 0, SEEK_END);
    size_t length = end > 0 ? (size_t)end : 0;
    char *room = arena_alloc(arena, length + 1);
    size_t done = 0;
    ssize_t got = end < 0 ? -1 : 1;
    while (got > 0 && done < length) {
        RETRY(got, pread(file, room + done, length - done, (off_t)done));
        done += got > 0 ? (size_t)got : 0;
    }
    *bytes = (struct slice){room, done};
    return got >= 0;
}

/* The reason in "warning: …\nfatal: REASON\n…", else the first line. */
static struct slice find_reason(struct slice complaint)
{
    static const char fatal[] = "fatal: ";
    struct slice reason = SLICE("");
    struct slice line;
    bool is_found = false;
    for (size_t at = 0; !is_found && slice_next_part(complaint, '\n', &at, &line);) {
        is_found = slice_starts_with(line, fatal);
        reason = is_found             ? slice_part(line, sizeof fatal - 1, line.length)
                 : reason.length == 0 ? line
                                      : reason;
    }
    return reason;
}

struct git_answer git_run(struct arena *arena, const char *const *arguments, struct slice input)
{
    struct process *process = arena_alloc(arena, sizeof *process);
    char *all[GIT_ARGUMENTS + 2] = {(char *)"git"};
    struct git_answer answer = {0};
    int status = 0;
    for (size_t i = 0; i < GIT_ARGUMENTS && arguments[i] != NULL; i++) {
        all[i + 1] = (char *)arguments[i];
    }
    for (size_t i = 0; i < FILE_COUNT; i++) {
        process->files[i] = -1;
    }
    arena_defer(arena, close_files, process);
    int error = open_files(process, input);
    error = error != 0 ? error : run(process, all, make_environment(arena), &status);
    bool read = error == 0 && read_back(arena, process->files[OUTPUT], &answer.output) &&
                read_back(arena, process->files[COMPLAINT], &answer.complaint);
    if (error == 0 && !read) {
        error = errno;
    }
    answer.complaint = error != 0 ? arena_printf(arena, "cannot run git: %s", strerror(error))
                                  : find_reason(answer.complaint);
    answer.succeeded = error == 0 && WIFEXITED(status) && WEXITSTATUS(status) == 0;
    close_files(process);
    return answer;
}
