/*
 * The language server: the Language Server Protocol 3.17, without the streams.
 *
 *     struct lsp *lsp = lsp_new(arena, send, context);
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

#include "base/arena.h"

struct lsp;

/* The server lives in `arena`; `send` is called with what goes to the client. */
struct lsp *lsp_new(struct arena *arena, void (*send)(void *context, struct slice bytes),
                    void *context);

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
