/* dialogc mcp: the Model Context Protocol on standard input and output; its tools run dialogc. */
#define _POSIX_C_SOURCE 200809L

#include <errno.h>
#include <unistd.h>

#include "base/retry.h"
#include "cli/child.h"
#include "cli/cli.h"
#include "cli/confinement.h"
#include "editor/mcp/mcp.h"

#define READ_BYTES ((size_t)64 * 1024)

struct serving {
    const char *folder;
    bool may_write;
    bool is_closed; /* the client reads no more */
};

static void send_bytes(void *context, struct slice bytes)
{
    struct serving *serving = context;
    serving->is_closed = serving->is_closed || !cli_print(bytes);
}

static bool holds(void *context, struct arena *arena, const char *path)
{
    const struct serving *serving = context;
    const char *reason = NULL;
    return file_is_inside(arena, serving->folder, path, &reason);
}

static struct tool_outcome run(void *context, struct arena *arena,
                               const struct tool_command *command)
{
    const struct serving *serving = context;
    struct child_bounds bounds = {serving->folder, serving->may_write, true};
    return child_run(arena, &bounds, command);
}

int command_mcp(struct arena *arena, struct options *options)
{
    struct serving serving = {.folder = ".", .may_write = options->may_write};
    struct mcp_host host = {&serving, send_bytes, run, holds};
    char *room = arena_alloc(arena, READ_BYTES);
    ssize_t length = 1;
    if (options->directory != NULL && chdir(options->directory) != 0) {
        cli_message("cannot go to %s: %s", options->directory, strerror(errno));
        return STATUS_SYSTEM;
    }
    if (!confinement_is_possible()) {
        cli_message("this kernel cannot confine processes: what a project file names outside of "
                    "the folder is read");
    }
    struct mcp *mcp = mcp_new(arena, &host, options->may_write);
    while (length > 0 && !serving.is_closed) {
        RETRY(length, read(STDIN_FILENO, room, READ_BYTES));
        if (length > 0) {
            mcp_receive(mcp, (struct slice){room, (size_t)length});
        }
    }
    return length < 0 ? STATUS_SYSTEM : STATUS_OK;
}
