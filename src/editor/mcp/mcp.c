/* The methods of the protocol: https://modelcontextprotocol.io/specification/2025-06-18. */
#include "editor/mcp/mcp.h"

#include "base/ascii.h"
#include "base/table.h"
#include "base/version.h"

/* Those that this server speaks, the latest first: what they differ in does not concern it. */
static const char *const versions[] = {"2025-06-18", "2025-03-26", "2024-11-05"};

/* Not of JSON-RPC: the protocol's own, for a resource that is not there. */
#define RESOURCE_NOT_FOUND ((enum rpc_error)RPC_NOT_INITIALIZED)

struct mcp {
    struct connection *connection;
    struct mcp_host host;
    bool may_write;
};

/* ---- the beginning ---- */

static const char *version_for(const struct node *params)
{
    struct slice wanted = node_text(params, "protocolVersion");
    for (size_t i = 0; i < TABLE_LENGTH(versions); i++) {
        if (slice_is(wanted, versions[i])) {
            return versions[i];
        }
    }
    return versions[0];
}

static void initialize(struct mcp *mcp, struct rpc_call *call)
{
    struct cjson result = cjson_add_object(call->response, "result");
    cjson_add_text(result, "protocolVersion", slice_of(version_for(call->params)));
    struct cjson abilities = cjson_add_object(result, "capabilities");
    cjson_add_object(abilities, "tools");
    cjson_add_object(abilities, "resources");
    struct cjson about = cjson_add_object(result, "serverInfo");
    cjson_add_text(about, "name", SLICE("dialogc"));
    cjson_add_text(about, "title", SLICE("dialogc"));
    cjson_add_text(about, "version", slice_of(version_string()));
    cjson_add_text(
        result, "instructions",
        mcp->may_write
            ? SLICE(
                  "Action templates for bots on the Kore.ai XO Platform, as YAML. Read the schema "
                  "`dialogc://schema/action-template` before writing one, call `describe_object` "
                  "before using a Salesforce object, and `check` after every change.")
            : SLICE(
                  "Action templates for bots on the Kore.ai XO Platform, as YAML. Read the schema "
                  "`dialogc://schema/action-template` before writing one, call `describe_object` "
                  "before using a Salesforce object, and `check_text` with what you have written. "
                  "This server changes no files."));
}

static void ping(struct mcp *mcp, struct rpc_call *call)
{
    (void)mcp;
    cjson_add_object(call->response, "result");
}

static void ignore(struct mcp *mcp, struct rpc_call *call)
{
    (void)mcp;
    (void)call;
}

/* ---- tools ---- */

static void list_tools(struct mcp *mcp, struct rpc_call *call)
{
    struct cjson result = cjson_add_object(call->response, "result");
    tools_describe(cjson_add_array(result, "tools"), mcp->may_write);
}

/* What a command said, and how it ended where that is not plain. */
static struct slice words_of(struct arena *arena, const struct tool_outcome *outcome)
{
    struct builder out = builder_new(arena);
    builder_add(&out, outcome->output);
    if (outcome->left_out > 0) {
        builder_printf(&out, "\n(%zu more bytes are left out: ask for less)", outcome->left_out);
    }
    if (outcome->is_over_time) {
        builder_add_text(&out, "\n(ended: it took too long; ask for less)");
    } else if (outcome->started && outcome->status != 0) {
        builder_printf(&out, "\n(exit status %d: %s)", outcome->status,
                       outcome->status == 1   ? "there are findings"
                       : outcome->status == 2 ? "the call is wrong"
                                              : "the system failed; what is outside of the "
                                                "server's folder cannot be read");
    }
    return builder_slice(&out);
}

static void call_tool(struct mcp *mcp, struct rpc_call *call)
{
    struct slice name = node_text(call->params, "name");
    const struct node *given = node_get(call->params, "arguments");
    const struct tool *tool = tool_find(name, mcp->may_write);
    const struct tool_folder folder = {mcp->host.holds, mcp->host.context};
    struct tool_command command;
    if (tool == NULL) {
        bool writes = tool_find(name, true) != NULL;
        rpc_fail(call, RPC_INVALID_PARAMS,
                 writes ? "the tool `%.*s` changes files: start the server with --write"
                        : "there is no tool `%.*s`",
                 SLICE_ARG(name));
        return;
    }
    if (given != NULL && given->kind != NODE_MAPPING) {
        rpc_fail(call, RPC_INVALID_PARAMS, "`arguments` is not an object");
        return;
    }
    if (!tool_compose(call, tool, given, &folder, &command)) {
        return;
    }
    struct tool_outcome outcome = mcp->host.run(mcp->host.context, call->arena, &command);
    struct cjson result = cjson_add_object(call->response, "result");
    struct cjson text = cjson_add_object(cjson_add_array(result, "content"), NULL);
    cjson_add_text(text, "type", SLICE("text"));
    cjson_add_text(text, "text", words_of(call->arena, &outcome));
    cjson_add_boolean(result, "isError",
                      !outcome.started || outcome.is_over_time || outcome.status > 1);
}

/* ---- resources ---- */

/* Texts that a command prints: the word behind `uri` is the command's operand. */
static const struct {
    const char *uri;
    const char *command;
    const char *type;
    const char *before, *behind; /* the operand: what a resource is, in words */
    const char *const *operands;
} resource_kinds[] = {
    {"dialogc://schema/", "schema", "application/schema+json", "The JSON Schema of", "files.",
     (const char *const[]){"action-template", "fragment", "auth-profile", "project", "conversation",
                           "sobject", NULL}},
    {"dialogc://code/", "explain", "text/plain", "What the finding", "means, with examples.",
     (const char *const[]){NULL}},
};

static void list_resources(struct mcp *mcp, struct rpc_call *call)
{
    (void)mcp;
    struct cjson list = cjson_add_array(cjson_add_object(call->response, "result"), "resources");
    for (size_t i = 0; i < TABLE_LENGTH(resource_kinds); i++) {
        for (const char *const *operand = resource_kinds[i].operands; *operand != NULL; operand++) {
            struct cjson one = cjson_add_object(list, NULL);
            cjson_add_text(one, "uri",
                           arena_printf(call->arena, "%s%s", resource_kinds[i].uri, *operand));
            cjson_add_text(one, "name", slice_of(*operand));
            cjson_add_text(one, "mimeType", slice_of(resource_kinds[i].type));
            cjson_add_text(one, "description",
                           arena_printf(call->arena, "%s %s %s", resource_kinds[i].before, *operand,
                                        resource_kinds[i].behind));
        }
    }
}

static void list_resource_templates(struct mcp *mcp, struct rpc_call *call)
{
    (void)mcp;
    struct cjson list =
        cjson_add_array(cjson_add_object(call->response, "result"), "resourceTemplates");
    struct cjson one = cjson_add_object(list, NULL);
    cjson_add_text(one, "uriTemplate", SLICE("dialogc://code/{code}"));
    cjson_add_text(one, "name", SLICE("code"));
    cjson_add_text(one, "mimeType", SLICE("text/plain"));
    cjson_add_text(one, "description",
                   SLICE("What the code of a finding means, with examples, such as E0202."));
}

/* A word that is no option and no list of operands. */
static bool is_operand(struct slice word)
{
    for (size_t i = 0; i < word.length; i++) {
        char c = word.data[i];
        if (!ascii_is_letter(c) && !ascii_is_digit(c) && (c != '-' || i == 0)) {
            return false;
        }
    }
    return word.length > 0;
}

static void read_resource(struct mcp *mcp, struct rpc_call *call)
{
    struct slice uri = node_text(call->params, "uri");
    for (size_t i = 0; i < TABLE_LENGTH(resource_kinds); i++) {
        const char *start = resource_kinds[i].uri;
        struct slice operand =
            slice_starts_with(uri, start) ? slice_part(uri, strlen(start), uri.length) : SLICE("");
        if (!is_operand(operand)) {
            continue;
        }
        const char *words[] = {resource_kinds[i].command,
                               arena_printf(call->arena, "%.*s", SLICE_ARG(operand)).data, NULL};
        struct tool_command command = {words, 2, SLICE("")};
        struct tool_outcome outcome = mcp->host.run(mcp->host.context, call->arena, &command);
        if (!outcome.started || outcome.is_over_time || outcome.status != 0) {
            break;
        }
        struct cjson contents =
            cjson_add_array(cjson_add_object(call->response, "result"), "contents");
        struct cjson one = cjson_add_object(contents, NULL);
        cjson_add_text(one, "uri", uri);
        cjson_add_text(one, "mimeType", slice_of(resource_kinds[i].type));
        cjson_add_text(one, "text", outcome.output);
        return;
    }
    rpc_fail(call, RESOURCE_NOT_FOUND, "there is no resource `%.*s`", SLICE_ARG(uri));
}

/* ---- the table of methods ---- */

static const struct {
    const char *name;
    void (*handle)(struct mcp *mcp, struct rpc_call *call);
} methods[] = {
    {"initialize", initialize},
    {"ping", ping},
    {"tools/list", list_tools},
    {"tools/call", call_tool},
    {"resources/list", list_resources},
    {"resources/templates/list", list_resource_templates},
    {"resources/read", read_resource},
    {"notifications/initialized", ignore},
    {"notifications/cancelled", ignore},
    {"notifications/progress", ignore},
    {"notifications/roots/list_changed", ignore},
};

static bool handle(void *context, struct rpc_call *call)
{
    struct mcp *mcp = context;
    for (size_t i = 0; i < TABLE_LENGTH(methods); i++) {
        if (slice_is(call->method, methods[i].name)) {
            methods[i].handle(mcp, call);
            return true;
        }
    }
    return false;
}

/* Nothing is kept from one call to the next. */
static void recover(void *context)
{
    (void)context;
}

static void send_bytes(void *context, struct slice bytes)
{
    const struct mcp *mcp = context;
    mcp->host.send(mcp->host.context, bytes);
}

struct mcp *mcp_new(struct arena *arena, const struct mcp_host *host, bool may_write)
{
    struct mcp *mcp = arena_alloc(arena, sizeof *mcp);
    struct rpc_server server = {mcp, handle, recover, send_bytes};
    mcp->host = *host;
    mcp->may_write = may_write;
    mcp->connection = connection_new(arena, FRAMING_LINES, &server);
    return mcp;
}

void mcp_receive(struct mcp *mcp, struct slice bytes)
{
    connection_receive(mcp->connection, bytes);
    while (connection_has_message(mcp->connection)) {
        connection_handle(mcp->connection);
    }
}
