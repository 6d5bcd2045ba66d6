/* dialogc lsp: the language server on standard input and output. */
#define _POSIX_C_SOURCE 200809L

#include <errno.h>
#include <poll.h>
#include <unistd.h>

#include "cli/child.h"
#include "cli/cli.h"
#include "editor/server/lsp.h"

#define READ_BYTES ((size_t)64 * 1024)

struct streams {
    bool is_closed; /* the client reads no more */
};

static void send_bytes(void *context, struct slice bytes)
{
    struct streams *streams = context;
    streams->is_closed = streams->is_closed || !cli_print(bytes);
}

/* True when bytes of the client, or the end of them, can be read. */
static bool has_input(bool waits)
{
    struct pollfd input = {.fd = STDIN_FILENO, .events = POLLIN};
    return poll(&input, 1, waits ? -1 : 0) > 0;
}

/* Reads what has come; false at the end of the stream. */
static bool receive(struct lsp *lsp, char *room)
{
    ssize_t length = read(STDIN_FILENO, room, READ_BYTES);
    if (length > 0) {
        lsp_receive(lsp, (struct slice){room, (size_t)length});
    }
    return length > 0 || (length < 0 && errno == EINTR);
}

static struct tool_outcome run(void *context, struct arena *arena, const char *folder,
                               const struct tool_command *command)
{
    struct child_bounds bounds = {.folder = folder};
    (void)context;
    return child_run(arena, &bounds, command);
}

int command_lsp(struct arena *arena, struct options *options)
{
    struct streams streams = {false};
    struct lsp_host host = {&streams, send_bytes, run};
    struct lsp *lsp = lsp_new(arena, &host);
    char *room = arena_alloc(arena, READ_BYTES);
    bool is_open = true;
    (void)options;
    while (!lsp_is_over(lsp) && !streams.is_closed) {
        bool has_work = lsp_has_work(lsp);
        if (is_open && !lsp_is_full(lsp) && has_input(!has_work)) {
            is_open = receive(lsp, room);
        } else if (has_work) {
            lsp_work(lsp);
        } else if (!is_open) {
            break;
        }
    }
    return lsp_was_shut_down(lsp) ? STATUS_OK : STATUS_FINDINGS;
}
