#include "editor/mcp/tool.h"

#include "base/table.h"

/* ---- the table ---- */

#define VALUES(id, ...)                                                                            \
    static const struct tool_value values_of_##id[] = {__VA_ARGS__, {.name = NULL}};
#define TOOL(id, name, title, writes, command, description)
#include "editor/mcp/tools.def"
#undef VALUES
#undef TOOL

static const struct tool tools[] = {
#define VALUES(id, ...)
#define TOOL(id, name, title, writes, command, description)                                        \
    {name, title, description, writes, command, values_of_##id},
#include "editor/mcp/tools.def"
#undef VALUES
#undef TOOL
};

const struct tool *tool_find(struct slice name, bool may_write)
{
    for (size_t i = 0; i < TABLE_LENGTH(tools); i++) {
        if (slice_is(name, tools[i].name) && (may_write || !tools[i].writes)) {
            return &tools[i];
        }
    }
    return NULL;
}

/* ---- descriptions ---- */

static bool is_list(enum tool_value_kind kind)
{
    return kind == TOOL_FILES || kind == TOOL_NAMES;
}

/* The schema of a tool's values. */
static void describe_values(struct cjson tool, const struct tool_value *values)
{
    struct cjson schema = cjson_add_object(tool, "inputSchema");
    cjson_add_text(schema, "type", SLICE("object"));
    struct cjson properties = cjson_add_object(schema, "properties");
    struct cjson required = cjson_add_array(schema, "required");
    for (; values->name != NULL; values++) {
        struct cjson property = cjson_add_object(properties, values->name);
        cjson_add_text(property, "type", is_list(values->kind) ? SLICE("array") : SLICE("string"));
        if (is_list(values->kind)) {
            cjson_add_text(cjson_add_object(property, "items"), "type", SLICE("string"));
        }
        cjson_add_text(property, "description", slice_of(values->description));
        if (values->is_required) {
            cjson_add_text(required, NULL, slice_of(values->name));
        }
    }
    cjson_add_boolean(schema, "additionalProperties", false);
}

void tools_describe(struct cjson list, bool may_write)
{
    for (size_t i = 0; i < TABLE_LENGTH(tools); i++) {
        const struct tool *tool = &tools[i];
        if (tool->writes && !may_write) {
            continue;
        }
        struct cjson one = cjson_add_object(list, NULL);
        cjson_add_text(one, "name", slice_of(tool->name));
        cjson_add_text(one, "title", slice_of(tool->title));
        cjson_add_text(one, "description", slice_of(tool->description));
        describe_values(one, tool->values);
        struct cjson notes = cjson_add_object(one, "annotations");
        cjson_add_boolean(notes, "readOnlyHint", !tool->writes);
        cjson_add_boolean(notes, "openWorldHint", false);
    }
}

/* ---- command lines ---- */

struct composing {
    struct rpc_call *call;
    const struct tool *tool;
    const struct node *given;
    const struct tool_folder *folder;
    struct tool_command *command;
    bool failed;
};

static void fail(struct composing *c, const struct tool_value *value, const char *what)
{
    c->failed = true;
    rpc_fail(c->call, RPC_INVALID_PARAMS, "`%s` of the tool `%s` %s", value->name, c->tool->name,
             what);
}

static void add_word(struct composing *c, struct slice before, struct slice text)
{
    struct arena *arena = c->call->arena;
    struct tool_command *command = c->command;
    command->words = arena_append(arena, command->words, command->count, sizeof *command->words);
    command->words[command->count++] =
        arena_printf(arena, "%.*s%.*s", SLICE_ARG(before), SLICE_ARG(text)).data;
}

/* A text of a value, as a word or behind the start of one, such as `--output=`. */
static void add_text(struct composing *c, const struct tool_value *value, struct slice before,
                     struct slice text)
{
    struct arena *arena = c->call->arena;
    bool is_file = value->kind == TOOL_FILE || value->kind == TOOL_FILES;
    bool looks_special = text.length > 0 && (text.data[0] == '-' || text.data[0] == '@');
    if (text.length == 0 || memchr(text.data, '\0', text.length) != NULL) {
        fail(c, value, "is empty, or has a NUL character");
    } else if (is_file && !c->folder->holds(c->folder->context, arena,
                                            arena_printf(arena, "%.*s", SLICE_ARG(text)).data)) {
        fail(c, value, "is outside of the folder that the server has");
    } else if (!is_file && looks_special && before.length == 0) {
        fail(c, value, "begins with a sign that no name begins with");
    } else {
        bool needs_dot = is_file && looks_special;
        add_word(c, before, needs_dot ? arena_printf(arena, "./%.*s", SLICE_ARG(text)) : text);
    }
}

static void add_value(struct composing *c, const struct tool_value *value, struct slice before)
{
    const struct node *node = node_get(c->given, value->name);
    if (node == NULL && !value->is_required) {
        return;
    }
    if (node == NULL) {
        fail(c, value, "is missing");
    } else if (!is_list(value->kind) && node->kind == NODE_STRING) {
        add_text(c, value, before, node->text);
    } else if (is_list(value->kind) && node->kind == NODE_SEQUENCE) {
        for (size_t i = 0; i < node->count && !c->failed; i++) {
            if (node->items[i]->kind == NODE_STRING) {
                add_text(c, value, before, node->items[i]->text);
            } else {
                fail(c, value, "has an element that is not a text");
            }
        }
    } else {
        fail(c, value, is_list(value->kind) ? "is not a list of texts" : "is not a text");
    }
}

static const struct tool_value *find_value(const struct tool *tool, struct slice name)
{
    const struct tool_value *value = tool->values;
    while (value->name != NULL && !slice_is(name, value->name)) {
        value++;
    }
    return value->name != NULL ? value : NULL;
}

/* What is not a value of the tool is a mistake that the caller wants to know of. */
static void reject_unknown(struct composing *c)
{
    for (size_t i = 0; node_is(c->given, NODE_MAPPING) && i < c->given->count; i++) {
        struct slice name = c->given->members[i].key->text;
        if (find_value(c->tool, name) == NULL) {
            c->failed = true;
            rpc_fail(c->call, RPC_INVALID_PARAMS, "the tool `%s` takes no `%.*s`", c->tool->name,
                     SLICE_ARG(name));
            return;
        }
    }
}

static void take_source(struct composing *c)
{
    for (const struct tool_value *value = c->tool->values; value->name != NULL; value++) {
        const struct node *node = node_get(c->given, value->name);
        if (value->kind == TOOL_SOURCE && node_is(node, NODE_STRING)) {
            c->command->input = node->text;
        } else if (value->kind == TOOL_SOURCE) {
            fail(c, value, node == NULL ? "is missing" : "is not a text");
        }
    }
}

bool tool_compose(struct rpc_call *call, const struct tool *tool, const struct node *given,
                  const struct tool_folder *folder, struct tool_command *command)
{
    struct composing c = {call, tool, given, folder, command, false};
    struct slice line = slice_of(tool->command);
    struct slice word;
    *command = (struct tool_command){.input = SLICE("")};
    reject_unknown(&c);
    if (!c.failed) {
        take_source(&c);
    }
    for (size_t at = 0; !c.failed && slice_next_part(line, ' ', &at, &word);) {
        size_t open = slice_find(word, "{", 0);
        if (open == SIZE_MAX) {
            add_word(&c, word, SLICE(""));
        } else {
            struct slice name = slice_part(word, open + 1, word.length - 1);
            add_value(&c, find_value(tool, name), slice_part(word, 0, open));
        }
    }
    command->words =
        arena_append(call->arena, command->words, command->count, sizeof *command->words);
    command->words[command->count] = NULL;
    return !c.failed;
}
