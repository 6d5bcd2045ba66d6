/* The table of methods, and what is done when. */
#include "editor/server/lsp.h"

#include "base/table.h"
#include "editor/server/server.h"

/* ---- the methods ---- */

/* Notifications that ask for nothing here. */
static void ignore(struct lsp *lsp, struct rpc_call *call)
{
    (void)lsp;
    (void)call;
}

struct lsp_method {
    const char *name;
    void (*handle)(struct lsp *lsp, struct rpc_call *call);
};

static const struct lsp_method methods[] = {
    {"initialize", lsp_initialize},
    {"initialized", lsp_initialized},
    {"shutdown", lsp_shutdown},
    {"exit", lsp_exit},
    {"$/setTrace", ignore},
    {"textDocument/didOpen", lsp_did_open},
    {"textDocument/didChange", lsp_did_change},
    {"textDocument/didSave", lsp_did_save},
    {"textDocument/didClose", lsp_did_close},
    {"workspace/didChangeWatchedFiles", lsp_did_change_files},
    {"workspace/didChangeWorkspaceFolders", lsp_change_folders},
    {"workspace/didChangeConfiguration", ignore},
    {"textDocument/diagnostic", lsp_document_diagnostics},
    {"workspace/diagnostic", lsp_workspace_diagnostics},
    {"textDocument/codeAction", lsp_code_actions},
    {"textDocument/completion", lsp_completion},
    {"textDocument/hover", lsp_hover},
    {"textDocument/formatting", lsp_formatting},
    {"textDocument/definition", lsp_definition},
    {"textDocument/references", lsp_references},
    {"textDocument/documentHighlight", lsp_highlights},
    {"textDocument/prepareRename", lsp_prepare_rename},
    {"textDocument/rename", lsp_rename},
    {"textDocument/documentSymbol", lsp_document_symbols},
    {"workspace/symbol", lsp_workspace_symbols},
    {"textDocument/foldingRange", lsp_folding},
    {"textDocument/selectionRange", lsp_selection},
    {"textDocument/documentLink", lsp_links},
    {"textDocument/inlayHint", lsp_hints},
    {"textDocument/semanticTokens/full", lsp_semantic_tokens},
    {"textDocument/codeLens", lsp_lenses},
    {"workspace/executeCommand", lsp_execute},
};

/* Before `initialize` nothing but that is handled, and after `shutdown` nothing but `exit`. */
static bool admits(const struct lsp *lsp, struct rpc_call *call)
{
    bool begins = slice_is(call->method, "initialize");
    bool ends = slice_is(call->method, "exit");
    if (lsp->phase == LSP_STARTED && !begins && !ends) {
        rpc_fail(call, RPC_NOT_INITIALIZED, "the server is not initialized yet");
        return false;
    }
    if (lsp->phase == LSP_SHUT_DOWN && !ends) {
        rpc_fail(call, RPC_INVALID_REQUEST, "the server is shut down");
        return false;
    }
    return true;
}

static bool handle(void *context, struct rpc_call *call)
{
    struct lsp *lsp = context;
    if (!admits(lsp, call)) {
        return true;
    }
    for (size_t i = 0; i < TABLE_LENGTH(methods); i++) {
        if (slice_is(call->method, methods[i].name)) {
            methods[i].handle(lsp, call);
            return true;
        }
    }
    return slice_starts_with(call->method, "$/"); /* a client may send these to any server */
}

/* Memory ran out: what is known of projects can be made again, documents cannot. */
static void recover(void *context)
{
    struct lsp *lsp = context;
    workspace_forget_projects(&lsp->workspace);
}

static void send_bytes(void *context, struct slice bytes)
{
    const struct lsp *lsp = context;
    lsp->host.send(lsp->host.context, bytes);
}

/* ---- life ---- */

static void release(void *resource)
{
    struct lsp *lsp = resource;
    workspace_free(&lsp->workspace);
    lsp_forget_trials(lsp);
    arena_free(&lsp->published_arena);
    arena_free(&lsp->schema_arena);
}

struct lsp *lsp_new(struct arena *arena, const struct lsp_host *host)
{
    struct lsp *lsp = arena_alloc(arena, sizeof *lsp);
    struct rpc_server server = {lsp, handle, recover, send_bytes};
    lsp->host = *host;
    workspace_init(&lsp->workspace);
    arena_init(&lsp->published_arena);
    arena_init(&lsp->schema_arena);
    schema_texts_init(&lsp->schemas, &lsp->schema_arena);
    lsp->published = map_new(&lsp->published_arena);
    arena_defer(arena, release, lsp);
    lsp->connection = connection_new(arena, FRAMING_HEADERS, &server);
    return lsp;
}

void lsp_receive(struct lsp *lsp, struct slice bytes)
{
    connection_receive(lsp->connection, bytes);
}

bool lsp_is_full(const struct lsp *lsp)
{
    return connection_is_full(lsp->connection);
}

bool lsp_is_over(const struct lsp *lsp)
{
    return lsp->phase == LSP_OVER;
}

bool lsp_was_shut_down(const struct lsp *lsp)
{
    return lsp->was_shut_down;
}

/* ---- work ---- */

static struct document *dirty_document(const struct lsp *lsp)
{
    struct document *document = lsp->workspace.documents;
    while (document != NULL && !document->is_dirty) {
        document = document->next;
    }
    return document;
}

static struct project_state *busy_project(const struct lsp *lsp)
{
    const struct workspace_project *p = lsp->workspace.projects;
    while (p != NULL && !project_state_has_work(p->state)) {
        p = p->next;
    }
    return p != NULL ? p->state : NULL;
}

bool lsp_has_work(const struct lsp *lsp)
{
    return connection_has_message(lsp->connection) || dirty_document(lsp) != NULL ||
           busy_project(lsp) != NULL;
}

/* Brings some findings up to date: those of open documents first. */
static void work_on_findings(struct lsp *lsp, struct arena *arena)
{
    struct document *document = dirty_document(lsp);
    struct project_state *state = document != NULL
                                      ? workspace_project_of(&lsp->workspace, arena, document)
                                      : busy_project(lsp);
    if (document != NULL) {
        document->is_dirty = false;
    }
    if (state != NULL) {
        struct given_inputs given;
        struct file_list bounds;
        struct project_work work = lsp_work_on(lsp, arena, state, &given, &bounds);
        if (document != NULL) {
            project_state_check(state, &work, document->path);
        } else {
            project_state_step(state, &work);
        }
    }
    lsp_publish(lsp, arena);
}

/* What has no message to answer: when memory runs out, it is tried again with less of it in use. */
static void work_between(struct lsp *lsp)
{
    struct arena arena;
    jmp_buf recovery;
    arena_init(&arena);
    arena.recovery = &recovery;
    if (setjmp(recovery) == 0) {
        work_on_findings(lsp, &arena);
    } else {
        recover(lsp);
    }
    arena_free(&arena);
}

void lsp_work(struct lsp *lsp)
{
    if (connection_has_message(lsp->connection)) {
        connection_handle(lsp->connection);
    } else if (lsp_has_work(lsp)) {
        work_between(lsp);
    }
}
