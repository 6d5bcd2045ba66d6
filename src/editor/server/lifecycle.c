/* The beginning and the end, and what client and server tell each other about themselves. */
#include "base/table.h"
#include "base/version.h"
#include "editor/server/server.h"
#include "editor/workspace/uri.h"

/* ---- what the client can do ---- */

/* The value behind several keys; NULL when one of them is missing. */
static const struct node *at(const struct node *node, const char *const *keys)
{
    for (; *keys != NULL; keys++) {
        node = node_get(node, *keys);
    }
    return node;
}

#define AT(node, ...) at(node, (const char *const[]){__VA_ARGS__, NULL})

static bool is_true(const struct node *node)
{
    return node_is(node, NODE_BOOLEAN) && node->boolean;
}

/* True when edits can make new files. */
static bool creates_files(const struct node *operations)
{
    bool found = false;
    for (size_t i = 0; i < node_length(operations); i++) {
        found = found || (node_is(operations->items[i], NODE_STRING) &&
                          slice_is(operations->items[i]->text, "create"));
    }
    return found;
}

static void read_abilities(struct lsp *lsp, const struct node *client)
{
    const struct node *document = node_get(client, "textDocument");
    const struct node *workspace = node_get(client, "workspace");
    const struct node *published = node_get(document, "publishDiagnostics");
    lsp->client = (struct client_abilities){
        .pulls_diagnostics = node_get(document, "diagnostic") != NULL,
        .refreshes_diagnostics = is_true(AT(workspace, "diagnostics", "refreshSupport")),
        .watches_files = is_true(AT(workspace, "didChangeWatchedFiles", "dynamicRegistration")),
        .shows_related = is_true(node_get(published, "relatedInformation")) ||
                         is_true(AT(document, "diagnostic", "relatedInformation")),
        .shows_tags = node_get(published, "tagSupport") != NULL ||
                      node_get(node_get(document, "diagnostic"), "tagSupport") != NULL,
        .links_codes = is_true(node_get(published, "codeDescriptionSupport")) ||
                       is_true(AT(document, "diagnostic", "codeDescriptionSupport")),
        .creates_files = creates_files(AT(workspace, "workspaceEdit", "resourceOperations")),
        .takes_snippets = is_true(AT(document, "completion", "completionItem", "snippetSupport")),
    };
}

/* True when the client says that it has a command of this name. */
static bool has_command(const struct node *params, const char *name)
{
    const struct node *commands = AT(params, "initializationOptions", "commands");
    bool found = false;
    for (size_t i = 0; i < node_length(commands); i++) {
        found = found || (node_is(commands->items[i], NODE_STRING) &&
                          slice_is(commands->items[i]->text, name));
    }
    return found;
}

/* UTF-8 where the client offers it. */
static void choose_encoding(struct lsp *lsp, const struct node *client)
{
    const struct node *offered = AT(client, "general", "positionEncodings");
    lsp->workspace.encoding = ENCODING_UTF16;
    for (size_t i = 0; i < node_length(offered); i++) {
        if (node_is(offered->items[i], NODE_STRING) && slice_is(offered->items[i]->text, "utf-8")) {
            lsp->workspace.encoding = ENCODING_UTF8;
        }
    }
}

/* ---- folders ---- */

static void add_folder(struct lsp *lsp, struct arena *arena, struct slice uri)
{
    const char *path = uri.length > 0 ? uri_path(arena, uri) : NULL;
    if (path != NULL) {
        workspace_add_folder(&lsp->workspace, arena, path);
    }
}

/* `workspaceFolders`, or what was in its place before there were several. */
static void read_folders(struct lsp *lsp, struct arena *arena, const struct node *params)
{
    const struct node *folders = node_get(params, "workspaceFolders");
    for (size_t i = 0; i < node_length(folders); i++) {
        add_folder(lsp, arena, node_text(folders->items[i], "uri"));
    }
    if (folders == NULL) {
        add_folder(lsp, arena, node_text(params, "rootUri"));
    }
}

void lsp_change_folders(struct lsp *lsp, struct rpc_call *call)
{
    const struct node *event = node_get(call->params, "event");
    const struct node *removed = node_get(event, "removed");
    const struct node *added = node_get(event, "added");
    for (size_t i = 0; i < node_length(removed); i++) {
        const char *path = uri_path(call->arena, node_text(removed->items[i], "uri"));
        if (path != NULL) {
            workspace_remove_folder(&lsp->workspace, path);
        }
    }
    for (size_t i = 0; i < node_length(added); i++) {
        add_folder(lsp, call->arena, node_text(added->items[i], "uri"));
    }
    workspace_forget_projects(&lsp->workspace);
    for (struct document *d = lsp->workspace.documents; d != NULL; d = d->next) {
        d->is_dirty = true;
    }
}

/* ---- what the server can do ---- */

static void add_synchronization(struct cjson abilities)
{
    struct cjson synchronization = cjson_add_object(abilities, "textDocumentSync");
    cjson_add_boolean(synchronization, "openClose", true);
    cjson_add_count(synchronization, "change", 2); /* what has changed, not the whole text */
    struct cjson save = cjson_add_object(synchronization, "save");
    cjson_add_boolean(save, "includeText", false);
}

/* Methods that need no more words. */
static const char *const providers[] = {
    "documentFormattingProvider", "hoverProvider",
    "definitionProvider",         "referencesProvider",
    "documentHighlightProvider",  "documentSymbolProvider",
    "workspaceSymbolProvider",    "foldingRangeProvider",
    "selectionRangeProvider",     "inlayHintProvider",
};

static void add_commands(struct cjson abilities)
{
    struct cjson commands =
        cjson_add_array(cjson_add_object(abilities, "executeCommandProvider"), "commands");
    cjson_add_boolean(cjson_add_object(abilities, "codeLensProvider"), "resolveProvider", false);
    for (size_t i = 0; lsp_commands[i] != NULL; i++) {
        cjson_add_text(commands, NULL, slice_of(lsp_commands[i]));
    }
}

/* Behind these there is something to offer, though no word has begun. */
static const char *const triggering[] = {".", "{", "|", " "};

static void add_abilities(const struct lsp *lsp, struct cjson abilities)
{
    bool is_utf8 = lsp->workspace.encoding == ENCODING_UTF8;
    cjson_add_text(abilities, "positionEncoding", is_utf8 ? SLICE("utf-8") : SLICE("utf-16"));
    add_synchronization(abilities);
    struct cjson diagnostics = cjson_add_object(abilities, "diagnosticProvider");
    cjson_add_text(diagnostics, "identifier", SLICE("dialogc"));
    cjson_add_boolean(diagnostics, "interFileDependencies", true);
    cjson_add_boolean(diagnostics, "workspaceDiagnostics", true);
    struct cjson kinds =
        cjson_add_array(cjson_add_object(abilities, "codeActionProvider"), "codeActionKinds");
    cjson_add_text(kinds, NULL, SLICE("quickfix"));
    cjson_add_text(kinds, NULL, SLICE("source.fixAll"));
    cjson_add_text(kinds, NULL, SLICE("refactor.rewrite"));
    cjson_add_text(kinds, NULL, SLICE("refactor.extract"));
    for (size_t i = 0; i < TABLE_LENGTH(providers); i++) {
        cjson_add_boolean(abilities, providers[i], true);
    }
    cjson_add_boolean(cjson_add_object(abilities, "renameProvider"), "prepareProvider", true);
    cjson_add_boolean(cjson_add_object(abilities, "documentLinkProvider"), "resolveProvider",
                      false);
    lsp_add_legend(abilities);
    if (lsp->host.run != NULL) {
        add_commands(abilities);
    }
    struct cjson triggers =
        cjson_add_array(cjson_add_object(abilities, "completionProvider"), "triggerCharacters");
    for (size_t i = 0; i < TABLE_LENGTH(triggering); i++) {
        cjson_add_text(triggers, NULL, slice_of(triggering[i]));
    }
    struct cjson folders =
        cjson_add_object(cjson_add_object(abilities, "workspace"), "workspaceFolders");
    cjson_add_boolean(folders, "supported", true);
    cjson_add_boolean(folders, "changeNotifications", true);
}

void lsp_initialize(struct lsp *lsp, struct rpc_call *call)
{
    if (lsp->phase != LSP_STARTED) {
        rpc_fail(call, RPC_INVALID_REQUEST, "the server is initialized already");
        return;
    }
    const struct node *client = node_get(call->params, "capabilities");
    struct slice url = node_text(node_get(call->params, "initializationOptions"), "checksUrl");
    read_abilities(lsp, client);
    lsp->client.chats = has_command(call->params, "dialogc.chat");
    choose_encoding(lsp, client);
    read_folders(lsp, call->arena, call->params);
    if (url.length > 0) {
        lsp->published_arena.recovery = call->arena->recovery;
        lsp->checks_url = arena_copy(&lsp->published_arena, url);
    }
    struct cjson result = cjson_add_object(call->response, "result");
    add_abilities(lsp, cjson_add_object(result, "capabilities"));
    struct cjson server = cjson_add_object(result, "serverInfo");
    cjson_add_text(server, "name", SLICE("dialogc"));
    cjson_add_text(server, "version", slice_of(version_string()));
    lsp->phase = LSP_INITIALIZED;
}

/* Asks the client to say when files change on the disk. */
static void watch_files(struct lsp *lsp, struct arena *arena)
{
    struct cjson request = connection_request(lsp->connection, arena, "client/registerCapability");
    struct cjson registrations =
        cjson_add_array(cjson_add_object(request, "params"), "registrations");
    struct cjson registration = cjson_add_object(registrations, NULL);
    cjson_add_text(registration, "id", SLICE("files"));
    cjson_add_text(registration, "method", SLICE("workspace/didChangeWatchedFiles"));
    struct cjson watchers =
        cjson_add_array(cjson_add_object(registration, "registerOptions"), "watchers");
    cjson_add_text(cjson_add_object(watchers, NULL), "globPattern", SLICE("**/*.{yaml,yml,json}"));
    connection_send(lsp->connection, request);
}

void lsp_initialized(struct lsp *lsp, struct rpc_call *call)
{
    const struct file_list *folders = &lsp->workspace.folders;
    struct findings ignored = findings_new(call->arena, -1);
    if (lsp->client.watches_files) {
        watch_files(lsp, call->arena);
    }
    for (size_t i = 0; i < folders->count; i++) { /* the projects that the client has opened */
        const char *file = file_join(call->arena, folders->paths[i], SLICE(PROJECT_FILE));
        if (input_exists(&ignored, file)) {
            workspace_project_around(&lsp->workspace, call->arena, file);
        }
    }
}

void lsp_shutdown(struct lsp *lsp, struct rpc_call *call)
{
    (void)call;
    lsp->phase = LSP_SHUT_DOWN;
    lsp->was_shut_down = true;
}

void lsp_exit(struct lsp *lsp, struct rpc_call *call)
{
    (void)call;
    lsp->phase = LSP_OVER;
}
