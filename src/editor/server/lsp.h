/*
 * The language server: the Language Server Protocol 3.17, without the streams.
 *
 *     struct lsp *lsp = lsp_new(arena, &host);
 *     while (!lsp_is_over(lsp)) {
 *         ... wait for bytes, unless lsp_has_work(lsp) ...
 *         lsp_receive(lsp, bytes);
 *         lsp_work(lsp);
 *     }
 *
 * Messages go first; what is left of the time goes into bringing findings up to date. So a row of
 * keystrokes is checked once, behind the last of them.
 */
#ifndef DIALOGC_EDITOR_SERVER_LSP_H
#define DIALOGC_EDITOR_SERVER_LSP_H

#include "editor/mcp/tool.h"

struct lsp;

/* What the server needs of the program. */
struct lsp_host {
    void *context;
    /* Is called with what goes to the client. */
    void (*send)(void *context, struct slice bytes);
    /*
     * Runs a command line of dialogc that reads nothing outside of a folder; the output lives in
     * `arena`. NULL: there are no commands to run.
     */
    struct tool_outcome (*run)(void *context, struct arena *arena, const char *folder,
                               const struct tool_command *command);
};

/* The server lives in `arena`. */
struct lsp *lsp_new(struct arena *arena, const struct lsp_host *host);

/* Takes what the client has sent. */
void lsp_receive(struct lsp *lsp, struct slice bytes);

/* True when there are messages to handle, or findings to bring up to date. */
bool lsp_has_work(const struct lsp *lsp);

/* True when the client sends more than is handled: nothing more should be read for now. */
bool lsp_is_full(const struct lsp *lsp);

/* Handles a message, or does a step of other work. */
void lsp_work(struct lsp *lsp);

/* True after `exit`. */
bool lsp_is_over(const struct lsp *lsp);

/* True when `shutdown` came before `exit`, as it should. */
bool lsp_was_shut_down(const struct lsp *lsp);

#endif
