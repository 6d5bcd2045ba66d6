/* config.json, the companion of an export: its environment variables. */
#include <assert.h>

#include "base/ascii.h"
#include "platform/bot/bundle.h"
#include "platform/bot/install.h"
#include "platform/bot/section.h"
#include "document/json/reader.h"
#include "document/json/writer.h"

/* What dialogc has made for its variables. */
enum origin {
    ORIGIN_VARIABLE, /* the variables alone */
    ORIGIN_LIST,     /* the list, in a file that had none */
    ORIGIN_FILE,     /* the file */
    ORIGIN_COUNT,
};

/* The hints of the variables that dialogc has added, by which they are recognised later. */
#define ENV_HINT "Used by dialogs that dialogc has installed"
static const char *const hints[] = {
    [ORIGIN_VARIABLE] = ENV_HINT,
    [ORIGIN_LIST] = ENV_HINT ", which made this list",
    [ORIGIN_FILE] = ENV_HINT ", which made this file",
};
static_assert(sizeof hints / sizeof hints[0] == ORIGIN_COUNT, "a hint for each origin");

/* The origin that the hint of a variable names; ORIGIN_COUNT for a variable that is not ours. */
static enum origin origin_of(const struct node *variable)
{
    struct slice hint = node_text(variable, "hint");
    int origin = ORIGIN_VARIABLE;
    while (origin < ORIGIN_COUNT && !slice_is(hint, hints[origin])) {
        origin++;
    }
    return (enum origin)origin;
}

struct config_search {
    struct arena *arena;
    struct map names; /* of variables to themselves, in order of appearance in `list` */
    struct slice *list;
    bool *secured;
    size_t count;
};

/* True when `env.` at `at` begins a reference: `{{env.`, its encoded form, or, in a script, alone.
 */
static bool is_reference(struct slice text, size_t at, bool script)
{
    struct slice before = slice_part(text, 0, at);
    while (before.length > 0 &&
           (before.data[before.length - 1] == ' ' || slice_ends_with(before, "%20"))) {
        before.length -= before.data[before.length - 1] == ' ' ? 1 : 3;
    }
    if (slice_ends_with(before, "{{") || slice_ends_with(before, "%7B%7B")) {
        return true;
    }
    if (!script || before.length == 0) {
        return script;
    }
    bool escape = before.length >= 3 && before.data[before.length - 3] == '%';
    char last = before.data[before.length - 1];
    return escape || (!ascii_is_word(last) && last != '.' && last != '$');
}

static void add_name(struct config_search *search, struct slice name, bool secured)
{
    size_t *known = map_get(&search->names, name);
    if (known != NULL) {
        search->secured[*known] = search->secured[*known] || secured;
        return;
    }
    search->list = arena_append(search->arena, search->list, search->count, sizeof *search->list);
    search->secured =
        arena_append(search->arena, search->secured, search->count, sizeof *search->secured);
    known = arena_alloc(search->arena, sizeof *known);
    *known = search->count;
    search->list[search->count] = name;
    search->secured[search->count] = secured;
    search->count++;
    map_add(&search->names, name, known);
}

static void search_text(struct config_search *search, struct slice text, bool script, bool secured)
{
    for (size_t at = slice_find(text, "env.", 0); at < text.length;
         at = slice_find(text, "env.", at + 1)) {
        size_t end = at + 4;
        while (end < text.length && ascii_is_word(text.data[end])) {
            end++;
        }
        if (end > at + 4 && is_reference(text, at, script)) {
            add_name(search, slice_part(text, at + 4, end), secured);
        }
    }
}

/* Recursion is safe: artifacts are written by dialogc, and not nested deeply. */
static void search_node(struct config_search *search, const struct node *node, bool script,
                        bool secured)
{
    if (node->kind == NODE_STRING) {
        search_text(search, node->text, script, secured);
    } else if (node->kind == NODE_SEQUENCE) {
        for (size_t i = 0; i < node->count; i++) {
            search_node(search, node->items[i], script, secured);
        }
    } else if (node->kind == NODE_MAPPING) {
        bool uxmap = slice_is(node_text(node, "type"), "uxmap");
        for (size_t i = 0; i < node->count; i++) {
            struct slice key = node->members[i].key->text;
            search_node(search, node->members[i].value, script || uxmap || slice_is(key, "script"),
                        secured || slice_is(key, "idpConfigurations"));
        }
    }
}

/* An environment variable in the form of exports. */
static const struct node *make_variable(const struct bot *bot, struct slice name, bool secured,
                                        enum origin origin, struct diagnostics *diagnostics)
{
    struct builder out = builder_new(diagnostics->arena);
    struct json_writer json = json_writer_new(&out, true);
    const struct node *spaces = bot_namespaces(bot);
    struct source *source;
    json_begin_object(&json);
    json_text_member(&json, "key", name);
    json_text_member(&json, "value", SLICE(""));
    json_text_member(&json, "variableType", SLICE("env"));
    json_text_member(&json, "hint", slice_of(hints[origin]));
    json_text_member(&json, "scope", SLICE("prePopulated"));
    json_text_member(&json, "group", SLICE(""));
    json_boolean_member(&json, "propagateValue", false);
    json_key(&json, "vNameSpace");
    if (spaces != NULL) {
        json_node(&json, spaces);
    } else {
        json_begin_array(&json);
        json_end_array(&json);
    }
    json_boolean_member(&json, "isSecured", secured);
    json_end_object(&json);
    return json_read(diagnostics->arena, "", builder_slice(&out), diagnostics, &source);
}

/* As bot_read, for config.json. */
static bool read_config(const char *path, struct slice bytes, struct diagnostics *diagnostics,
                        struct bot *config)
{
    struct source *source;
    config->root = json_read(diagnostics->arena, path, bytes, diagnostics, &source);
    config->source = source;
    const struct node *variables = node_get(config->root, "envVariables");
    bool usable = config->root != NULL && config->root->kind == NODE_MAPPING &&
                  (variables == NULL || variables->kind == NODE_SEQUENCE);
    if (config->root != NULL && !usable) {
        diag_report(diagnostics, E1001, source,
                    variables != NULL ? variables->range : (struct range){0, 1},
                    "not a config.json: it must be an object with a list `envVariables`");
    }
    if (usable) {
        config->layout = bot_layout_of(bytes, config->root);
    }
    return usable;
}

static void tell_variable(struct arena *arena, struct install_plan *plan, enum change change,
                          struct slice name)
{
    install_plan_add(arena, plan, change,
                     arena_printf(arena, "environment variable `%.*s`", SLICE_ARG(name)));
}

/* What dialogc has made of a list that is there, as its variables in it say. */
static enum origin list_origin(const struct node *list)
{
    enum origin found = ORIGIN_VARIABLE;
    for (size_t i = 0; i < list->count; i++) {
        enum origin origin = origin_of(list->items[i]);
        found = origin != ORIGIN_COUNT && origin > found ? origin : found;
    }
    return found;
}

/*
 * Marks the variables of ours that have no value and that nothing names any more. Returns how many
 * others there are.
 */
static size_t claim_variables(struct section *section, const struct config_search *search,
                              struct slice bot_bytes, struct arena *arena,
                              struct install_plan *plan)
{
    size_t staying = 0;
    for (size_t i = 0; i < node_length(section->array); i++) {
        const struct node *variable = section->array->items[i];
        struct slice key = node_text(variable, "key");
        section->ours[i] =
            origin_of(variable) != ORIGIN_COUNT && node_text(variable, "value").length == 0 &&
            map_get(&search->names, key) == NULL && !bot_names_variable(bot_bytes, "env.", key);
        if (section->ours[i]) {
            tell_variable(arena, plan, CHANGE_REMOVE, key);
        } else {
            staying++;
        }
    }
    return staying;
}

/* True for a config.json that has no keys but those that dialogc writes into a new one. */
static bool has_only_ours(const struct node *root)
{
    return root->count == 2 && node_get(root, "name") != NULL;
}

bool install_plan_config(const char *path, struct slice bytes, const struct bot *bot,
                         const struct artifact *artifacts, size_t count, struct slice bot_bytes,
                         struct diagnostics *diagnostics, struct install_plan *plan)
{
    struct arena *arena = diagnostics->arena;
    struct config_search search = {.arena = arena, .names = map_new(arena)};
    *plan = (struct install_plan){0};
    for (size_t i = 0; i < count; i++) {
        search_node(&search, artifacts[i].root, false, false);
    }
    if (bytes.length == 0 && search.count == 0) {
        return true;
    }
    bool is_new = bytes.length == 0;
    if (is_new) {
        struct builder empty = builder_new(arena);
        config_write_new(&empty, bot_name(bot));
        bytes = builder_slice(&empty);
    }
    struct bot config = {0};
    if (!read_config(path, bytes, diagnostics, &config)) {
        return false;
    }
    struct section section = section_of(arena, config.root, SLICE("envVariables"), "key", 2);
    enum origin origin = is_new                  ? ORIGIN_FILE
                         : section.array == NULL ? ORIGIN_LIST
                                                 : list_origin(section.array);
    size_t staying = claim_variables(&section, &search, bot_bytes, arena, plan);
    for (size_t i = 0; i < search.count; i++) {
        if (section_find(&section, search.list[i]) == NULL) {
            section_want(
                arena, &section, search.list[i],
                make_variable(bot, search.list[i], search.secured[i], origin, diagnostics));
            tell_variable(arena, plan, CHANGE_ADD, search.list[i]);
        }
    }
    section.is_added = origin == ORIGIN_LIST;
    struct edits edits = edits_new(arena);
    section_merge(&section, &config, &edits);
    plan->changes = edits.count > 0;
    plan->bytes = edits_apply(&edits, bytes);
    plan->removes_file = origin == ORIGIN_FILE && !is_new && section.wanted_count == 0 &&
                         staying == 0 && has_only_ours(config.root);
    if (plan->removes_file) {
        install_plan_add(arena, plan, CHANGE_REMOVE, SLICE("this file, which dialogc made"));
    }
    return true;
}

/* ---- values ---- */

/* The variable of this name; NULL when there is none. */
static const struct node *find_variable(const struct bot *config, struct slice name)
{
    const struct node *list = node_get(config->root, "envVariables");
    for (size_t i = 0; i < node_length(list); i++) {
        if (slice_equal(node_text(list->items[i], "key"), name)) {
            return list->items[i];
        }
    }
    return NULL;
}

/* Replaces the value of a variable in the text of the file. */
static void set_value(const struct node *variable, const struct member *wanted, struct edits *edits,
                      struct install_plan *plan)
{
    struct arena *arena = edits->arena;
    const struct node *value = node_get(variable, "value");
    struct slice text = wanted->value->text;
    if (value == NULL || (node_is(value, NODE_STRING) && slice_equal(value->text, text))) {
        return;
    }
    struct builder quoted = builder_new(arena);
    json_quote(&quoted, text);
    edits_add(edits, value->range.start, value->range.end, builder_slice(&quoted));
    install_plan_add(arena, plan, CHANGE_REPLACE,
                     arena_printf(arena, "the value of the environment variable `%.*s`",
                                  SLICE_ARG(wanted->key->text)));
}

bool install_set_values(const char *path, const struct node *values,
                        struct diagnostics *diagnostics, struct install_plan *plan,
                        struct slice *missing)
{
    struct bot config = {0};
    struct edits edits = edits_new(diagnostics->arena);
    *missing = SLICE("");
    if (plan->bytes.length > 0 && !read_config(path, plan->bytes, diagnostics, &config)) {
        return false;
    }
    for (size_t i = 0; i < values->count; i++) {
        const struct node *variable = find_variable(&config, values->members[i].key->text);
        if (variable == NULL) {
            *missing = values->members[i].key->text;
            return false;
        }
        set_value(variable, &values->members[i], &edits, plan);
    }
    plan->changes = plan->changes || edits.count > 0;
    plan->bytes = edits.count > 0 ? edits_apply(&edits, plan->bytes) : plan->bytes;
    return true;
}
