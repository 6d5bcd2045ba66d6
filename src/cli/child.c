#define _POSIX_C_SOURCE 200809L
#include "cli/child.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/retry.h"
#include "base/system.h"
#include "cli/cli.h"
#include "cli/confinement.h"

#define READ_BYTES      ((size_t)64 * 1024)
#define COMMAND_SECONDS 120

/* A file in memory with the bytes, to be read from its beginning; -1 with errno. */
static int input_of(struct slice bytes)
{
    int file = system_memory_file();
    if (file >= 0 && (!file_write_all(file, bytes) || lseek(file, 0, SEEK_SET) != 0)) {
        close(file);
        return -1;
    }
    return file;
}

/* In the new process: becomes the command. Its exit status is that of the system when it cannot. */
_Noreturn static void become(const struct child_bounds *bounds, const struct tool_command *command,
                             int input, int output)
{
    char **arguments = calloc(command->count + 2, sizeof *arguments);
    static char name[] = "dialogc";
    dup2(input, STDIN_FILENO);
    dup2(output, STDOUT_FILENO);
    if (bounds->joins_errors) {
        dup2(output, STDERR_FILENO);
    }
    setpgid(0, 0);
    if (arguments != NULL &&
        (!confinement_is_possible() || confinement_begin(bounds->folder, bounds->may_write))) {
        arguments[0] = name;
        memcpy(arguments + 1, command->words, command->count * sizeof *arguments);
        execv(SYSTEM_PROGRAM_AGAIN, arguments);
    }
    cli_message("cannot start dialogc: %s", strerror(errno));
    _exit(STATUS_SYSTEM);
}

static long long now_in_milliseconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (long long)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* Takes what the command says until it ends; false when its time is over before. */
static bool take_output(struct arena *arena, int file, struct tool_outcome *outcome)
{
    struct builder out = builder_new(arena);
    char *room = arena_alloc(arena, READ_BYTES);
    long long end = now_in_milliseconds() + COMMAND_SECONDS * 1000LL;
    ssize_t got = 1;
    while (got > 0) {
        long long left = end - now_in_milliseconds();
        struct pollfd ready = {.fd = file, .events = POLLIN};
        int count = left > 0 ? poll(&ready, 1, (int)left) : 0;
        if (count == 0) {
            break;
        }
        RETRY(got, count > 0 ? read(file, room, READ_BYTES) : 1);
        size_t length = count > 0 && got > 0 ? (size_t)got : 0;
        size_t fits =
            TOOL_OUTPUT_LIMIT - out.length < length ? TOOL_OUTPUT_LIMIT - out.length : length;
        builder_add(&out, (struct slice){room, fits});
        outcome->left_out += length - fits;
    }
    outcome->output = builder_slice(&out);
    return got <= 0;
}

static struct tool_outcome failure(int reason)
{
    return (struct tool_outcome){.output = slice_of(strerror(reason))};
}

struct tool_outcome child_run(struct arena *arena, const struct child_bounds *bounds,
                              const struct tool_command *command)
{
    struct tool_outcome outcome = {.started = true};
    int ends[2];
    int status = 0;
    pid_t ended;
    int input = input_of(command->input);
    if (input < 0) {
        return failure(errno);
    }
    if (pipe(ends) != 0) {
        int reason = errno;
        close(input);
        return failure(reason);
    }
    fflush(NULL);
    pid_t process = fork();
    if (process == 0) {
        close(ends[0]);
        become(bounds, command, input, ends[1]);
    }
    int reason = errno;
    close(input);
    close(ends[1]);
    if (process < 0) {
        close(ends[0]);
        return failure(reason);
    }
    outcome.is_over_time = !take_output(arena, ends[0], &outcome);
    close(ends[0]);
    if (outcome.is_over_time) {
        kill(-process, SIGKILL);
        kill(process, SIGKILL);
    }
    RETRY(ended, waitpid(process, &status, 0));
    outcome.status = WIFEXITED(status) ? WEXITSTATUS(status) : STATUS_SYSTEM;
    return outcome;
}
