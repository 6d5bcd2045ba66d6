/*
 * Trials: conversations and explorations that an editor starts. dialogc runs in a process of its
 * own, on what is saved; where something goes wrong becomes a finding of the file, and what there
 * is to say goes to the log of the editor.
 */
#include "base/file.h"
#include "document/json/reader.h"
#include "document/yaml/reader.h"
#include "editor/server/server.h"

enum { MESSAGE_ERROR = 1, MESSAGE_INFORMATION = 3 };

const char *const lsp_commands[] = {"dialogc.test", "dialogc.explore", NULL};

/* ---- what is said ---- */

struct running {
    struct lsp *lsp;
    struct rpc_call *call;
    const char *path; /* of the file that the client names */
    const char *file; /* that the failures are in */
    struct trial_failure *failures;
    size_t count;
    size_t passed, failed; /* conversations, or ways */
};

static void say(struct running *r, const char *method, size_t type, struct slice text)
{
    struct cjson message = connection_notification(r->call->arena, method);
    struct cjson params = cjson_add_object(message, "params");
    cjson_add_count(params, "type", type);
    cjson_add_text(params, "message", text);
    connection_send(r->lsp->connection, message);
}

static void add_failure(struct running *r, long long line, struct slice message)
{
    struct arena *arena = r->call->arena;
    r->failures = arena_append(arena, r->failures, r->count, sizeof *r->failures);
    r->failures[r->count++] = (struct trial_failure){line > 0 ? (size_t)line - 1 : 0, message};
}

/* ---- conversations ---- */

static void take_failure(struct running *r, const struct node *failure, struct builder *log)
{
    static const char *const parts[] = {"expected", "actual", "help"};
    struct builder message = builder_new(r->call->arena);
    builder_add(&message, node_text(failure, "message"));
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        struct slice text = slice_trim(node_text(failure, parts[i]));
        if (text.length > 0) {
            builder_printf(&message, "\n%s: %.*s", parts[i], SLICE_ARG(text));
        }
    }
    builder_printf(log, "\n%.*s", SLICE_ARG(builder_slice(&message)));
    add_failure(r, node_integer(node_get(failure, "line"), 1), builder_slice(&message));
}

static void take_conversation(struct running *r, const struct node *conversation)
{
    const struct node *failures = node_get(conversation, "failures");
    struct builder log = builder_new(r->call->arena);
    bool has_failed = node_length(failures) > 0;
    builder_printf(&log, "%s: %.*s", has_failed ? "failed" : "passed",
                   SLICE_ARG(node_text(conversation, "name")));
    for (size_t i = 0; i < node_length(failures); i++) {
        take_failure(r, failures->items[i], &log);
    }
    r->failed += has_failed;
    r->passed += !has_failed;
    say(r, "window/logMessage", has_failed ? MESSAGE_ERROR : MESSAGE_INFORMATION,
        builder_slice(&log));
}

/* The file of the conversations of a run; that of the client's when there are none. */
static const char *file_of(struct running *r, const struct node *conversations)
{
    struct slice file = node_length(conversations) > 0 ? node_text(conversations->items[0], "file")
                                                       : slice_of(r->path);
    return file.length > 0 && file.data[0] == '/' ? arena_copy(r->call->arena, file) : r->path;
}

/* ---- explorations ---- */

/* The line of the key `template`, from 1. */
static long long line_of_template(struct running *r)
{
    struct slice text, line;
    long long number = 1;
    if (!lsp_text(r->lsp, r->call->arena, r->path, &text)) {
        return 1;
    }
    for (size_t at = 0; slice_next_part(text, '\n', &at, &line); number++) {
        if (slice_starts_with(line, "template:")) {
            return number;
        }
    }
    return 1;
}

static void take_exploration(struct running *r, const struct node *result)
{
    const struct node *findings = node_get(result, "findings");
    const struct node *unreached = node_get(result, "unreached");
    long long line = line_of_template(r);
    struct arena *arena = r->call->arena;
    for (size_t i = 0; i < node_length(findings); i++) {
        struct builder message = builder_new(arena);
        const struct node *turns = node_get(findings->items[i], "turns");
        builder_add(&message, node_text(findings->items[i], "message"));
        for (size_t j = 0; j < node_length(turns); j++) {
            builder_printf(&message, "\nuser: %.*s", SLICE_ARG(node_text(turns->items[j], "user")));
        }
        add_failure(r, line, builder_slice(&message));
    }
    for (size_t i = 0; i < node_length(unreached); i++) {
        struct slice reason = node_text(unreached->items[i], "reason");
        add_failure(r, line,
                    arena_printf(arena, "%.*s%s%.*s",
                                 SLICE_ARG(node_text(unreached->items[i], "message")),
                                 reason.length > 0 ? "\n" : "", SLICE_ARG(reason)));
    }
    for (size_t i = 0; i < r->count; i++) {
        say(r, "window/logMessage", MESSAGE_ERROR, r->failures[i].message);
    }
    r->failed = r->count;
    r->passed = (size_t)node_integer(node_get(result, "conversations"), 0);
}

/* ---- running ---- */

/* The path that the client names, when it is a file of the workspace that is saved; else NULL. */
static const char *path_of(struct lsp *lsp, struct rpc_call *call)
{
    const struct node *arguments = node_get(call->params, "arguments");
    struct slice uri = node_length(arguments) > 0 && node_is(arguments->items[0], NODE_STRING)
                           ? arguments->items[0]->text
                           : SLICE("");
    const struct document *document = workspace_document(&lsp->workspace, uri);
    const char *path = document != NULL ? document->path : NULL;
    const char *reason;
    struct slice saved;
    if (path == NULL) {
        rpc_fail(call, RPC_INVALID_PARAMS, "the document is not open");
        return NULL;
    }
    if (file_read(call->arena, path, YAML_BYTES_LIMIT, &saved, &reason) != FILE_OK ||
        !slice_equal(saved, document->text)) {
        rpc_fail(call, RPC_REQUEST_FAILED, "save %s first: what is saved is run", file_name(path));
        return NULL;
    }
    return path;
}

/* The folder of the project around a file, or its own. */
static const char *folder_of(struct lsp *lsp, struct arena *arena, const char *path)
{
    const struct project_state *state = workspace_project_around(&lsp->workspace, arena, path);
    return state != NULL ? project_state_folder(state) : file_folder(arena, path);
}

static const struct node *run(struct running *r, bool explores)
{
    struct arena *arena = r->call->arena;
    const char *folder = folder_of(r->lsp, arena, r->path);
    const char *words[] = {"test", "--format=json", "-C", folder, r->path, NULL, NULL};
    struct tool_command command = {.words = words, .count = 5};
    if (explores) {
        words[command.count++] = "--explore";
    }
    struct tool_outcome outcome = r->lsp->host.run(r->lsp->host.context, arena, folder, &command);
    if (!outcome.started || outcome.is_over_time) {
        rpc_fail(r->call, RPC_REQUEST_FAILED, "%s",
                 outcome.started ? "this took longer than two minutes, and was ended"
                                 : "dialogc cannot be started");
        return NULL;
    }
    return json_read_quietly(arena, outcome.output);
}

/* Shows what has been found, in the file, and in a sentence. */
static void show(struct running *r, bool explored)
{
    struct arena *arena = r->call->arena;
    lsp_keep_trial(r->lsp, arena, r->file, r->failures, r->count);
    const struct project_state *state =
        workspace_project_around(&r->lsp->workspace, arena, r->file);
    const struct document *document = workspace_document_at(&r->lsp->workspace, r->file);
    if (state == NULL && document != NULL) {
        state = workspace_project_of(&r->lsp->workspace, arena, document);
    }
    lsp_publish_file(r->lsp, arena, state, r->file);
    say(r, "window/showMessage", r->failed > 0 ? MESSAGE_ERROR : MESSAGE_INFORMATION,
        arena_printf(arena,
                     explored ? "%s: %zu ways through the dialog, %zu problems"
                              : "%s: %zu passed, %zu failed",
                     file_name(r->file), r->passed, r->failed));
    struct cjson result = cjson_add_object(r->call->response, "result");
    cjson_add_count(result, "passed", r->passed);
    cjson_add_count(result, "failed", r->failed);
}

void lsp_execute(struct lsp *lsp, struct rpc_call *call)
{
    struct slice command = node_text(call->params, "command");
    bool explores = slice_is(command, "dialogc.explore");
    if (lsp->host.run == NULL || (!explores && !slice_is(command, "dialogc.test"))) {
        rpc_fail(call, RPC_INVALID_PARAMS, "there is no command `%.*s`", SLICE_ARG(command));
        return;
    }
    struct running r = {.lsp = lsp, .call = call, .path = path_of(lsp, call)};
    const struct node *found = r.path != NULL ? run(&r, explores) : NULL;
    if (call->error != RPC_OK) {
        return;
    }
    const struct node *conversations = node_get(found, "conversations");
    bool is_list = node_is(found, NODE_SEQUENCE) && found->count > 0;
    if (explores ? !is_list : conversations == NULL) {
        rpc_fail(call, RPC_REQUEST_FAILED,
                 "nothing was run: what is wrong with the files comes first");
        return;
    }
    r.file = r.path;
    if (explores) {
        take_exploration(&r, found->items[0]);
    } else {
        r.file = file_of(&r, conversations);
    }
    for (size_t i = 0; i < node_length(conversations); i++) {
        take_conversation(&r, conversations->items[i]);
    }
    show(&r, explores);
}
