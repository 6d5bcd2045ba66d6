#include "platform/bot/list.h"

#include "base/percent.h"
#include "base/printable.h"
#include "platform/artifact/node_type.h"
#include "report/cjson.h"

/* ---- what both forms show ---- */

/* "https://host:port/path", decoded, without the query. */
static struct slice request_url(struct arena *arena, const struct node *end_point)
{
    struct builder out = builder_new(arena);
    struct slice port = node_text(end_point, "port");
    struct slice path = node_text(end_point, "path");
    size_t query = slice_find(path, "?", 0);
    builder_printf(&out, "%.*s://%.*s", SLICE_ARG(node_text(end_point, "protocol")),
                   SLICE_ARG(node_text(end_point, "host")));
    if (port.length > 0) {
        builder_printf(&out, ":%.*s", SLICE_ARG(port));
    }
    struct slice shown = slice_part(path, 0, query < path.length ? query : path.length);
    if (!percent_decode(&out, shown)) {
        builder_add(&out, shown);
    }
    builder_add_text(&out, query < path.length ? "?…" : "");
    return builder_slice(&out);
}

/* The dialog that a node starts: not the dialog's own intent. NULL for other nodes. */
static const struct node *called_dialog(const struct bot *bot, const struct node *dialog,
                                        const struct node *stub)
{
    const struct node *component = bot_component(bot, stub);
    struct slice id = node_text(component, "dialogId");
    if (!node_type_is(stub, DIALOG_INTENT) || slice_equal(id, node_text(dialog, "_id"))) {
        return NULL;
    }
    return map_get(&bot->dialogs, id);
}

/* The number of training sentences of each intent: a count for each `_id` of a component. */
static struct map count_sentences(struct arena *arena, const struct bot *bot)
{
    struct map counts = map_new(arena);
    const struct node *sentences = bot_section(bot, "sentences");
    for (size_t i = 0; i < node_length(sentences); i++) {
        map_increment(&counts, node_text(sentences->items[i], "taskId"));
    }
    return counts;
}

static size_t sentences_of(const struct map *counts, const struct bot *bot,
                           const struct node *dialog)
{
    return map_number(counts, node_text(bot_intent(bot, dialog), "_id"));
}

/* ---- for people ---- */

static void list_node(struct builder *out, const struct bot *bot, const struct node *dialog,
                      const struct node *stub, int indentation)
{
    struct slice type = node_text(stub, "type");
    const struct node *component = bot_component(bot, stub);
    const struct node *called = called_dialog(bot, dialog, stub);
    size_t start = out->length;
    builder_printf(out, "%*s%-13.*s %.*s", indentation, "", SLICE_ARG(type),
                   SLICE_ARG(bot_node_name(bot, stub)));
    if (node_type_is(stub, DIALOG_ENTITY)) {
        builder_printf(out, " (%.*s)", SLICE_ARG(node_text(component, "entityType")));
    } else if (node_type_is(stub, DIALOG_SERVICE) && node_get(component, "endPoint") != NULL) {
        const struct node *end_point = node_get(component, "endPoint");
        struct slice method = node_text(end_point, "method");
        struct slice profile = node_text(component, "idp");
        builder_add_text(out, method.length > 0 ? ": " : "");
        builder_add(out, arena_upper_case(out->arena, method));
        builder_printf(out, " %.*s", SLICE_ARG(request_url(out->arena, end_point)));
        if (profile.length > 0 && !slice_is(profile, "none")) {
            builder_printf(out, ", profile `%.*s`", SLICE_ARG(profile));
        }
    } else if (called != NULL) {
        builder_printf(out, ": starts `%.*s`", SLICE_ARG(bot_dialog_name(called)));
    }
    printable_end_line(out, start);
}

void bot_list(struct builder *out, const struct bot *bot, const char *path)
{
    const struct node *dialogs = bot_section(bot, "dialogs");
    const struct node *profiles = bot_section(bot, "idpConfigurations");
    struct map counts = count_sentences(out->arena, bot);
    size_t components = node_length(bot_section(bot, "dialogComponents"));
    size_t sentences = node_length(bot_section(bot, "sentences"));
    size_t start = out->length;
    builder_printf(out, "%s: %.*s, %zu dialog%s, %zu component%s, %zu utterance%s", path,
                   SLICE_ARG(bot_name(bot)), node_length(dialogs), plural(dialogs->count),
                   components, plural(components), sentences, plural(sentences));
    printable_end_line(out, start);
    for (size_t i = 0; i < dialogs->count; i++) {
        const struct node *dialog = dialogs->items[i];
        const struct node *nodes = node_get(dialog, "nodes");
        size_t trained = sentences_of(&counts, bot, dialog);
        builder_add_char(out, '\n');
        start = out->length;
        builder_printf(out, "%.*s: %zu node%s, %zu utterance%s", SLICE_ARG(bot_dialog_name(dialog)),
                       node_length(nodes), plural(node_length(nodes)), trained, plural(trained));
        printable_end_line(out, start);
        for (size_t j = 0; j < node_length(nodes); j++) {
            const struct node *members = node_get(nodes->items[j], "nodes");
            list_node(out, bot, dialog, nodes->items[j], 2);
            for (size_t m = 0; m < node_length(members); m++) {
                list_node(out, bot, dialog, members->items[m], 4);
            }
        }
    }
    for (size_t i = 0; i < node_length(profiles); i++) {
        builder_add_text(out, i == 0 ? "\n" : "");
        start = out->length;
        builder_printf(out, "auth profile `%.*s` (%.*s)",
                       SLICE_ARG(node_text(profiles->items[i], "name")),
                       SLICE_ARG(node_text(profiles->items[i], "sso_type")));
        printable_end_line(out, start);
    }
}

/* ---- for programs ---- */

static void add_request(struct cjson node, const struct node *component)
{
    const struct node *end_point = node_get(component, "endPoint");
    struct cjson request = cjson_add_object(node, "request");
    cjson_add_text(request, "method", node_text(end_point, "method"));
    cjson_add_text(request, "url", request_url(node.arena, end_point));
    cjson_add_text(request, "profile", node_text(component, "idp"));
}

/* What a node is, without what it does. */
static struct cjson add_node(struct cjson nodes, const struct bot *bot, const struct node *stub)
{
    struct cjson node = cjson_add_object(nodes, NULL);
    cjson_add_text(node, "id", node_text(stub, "nodeId"));
    cjson_add_text(node, "type", node_text(stub, "type"));
    cjson_add_text(node, "name", bot_node_name(bot, stub));
    return node;
}

/* A node inside a bot action has no nodes of its own: one level. */
static void add_inner_nodes(struct cjson node, const struct bot *bot, const struct node *members)
{
    struct cjson nodes = cjson_add_array(node, "nodes");
    for (size_t i = 0; i < node_length(members); i++) {
        const struct node *component = bot_component(bot, members->items[i]);
        struct cjson inner = add_node(nodes, bot, members->items[i]);
        if (node_get(component, "endPoint") != NULL) {
            add_request(inner, component);
        }
    }
}

static void add_outer_node(struct cjson nodes, const struct bot *bot, const struct node *dialog,
                           const struct node *stub)
{
    const struct node *component = bot_component(bot, stub);
    const struct node *called = called_dialog(bot, dialog, stub);
    struct cjson node = add_node(nodes, bot, stub);
    if (node_type_is(stub, DIALOG_ENTITY)) {
        cjson_add_text(node, "entityType", node_text(component, "entityType"));
    }
    if (node_type_is(stub, DIALOG_SERVICE) && node_get(component, "endPoint") != NULL) {
        add_request(node, component);
    }
    if (called != NULL) {
        cjson_add_text(node, "calls", node_text(called, "_id"));
    }
    if (node_type_is(stub, DIALOG_ACTION)) {
        add_inner_nodes(node, bot, node_get(stub, "nodes"));
    }
}

static void add_dialogs(struct cjson list, const struct bot *bot)
{
    const struct node *dialogs = bot_section(bot, "dialogs");
    struct map counts = count_sentences(list.arena, bot);
    struct cjson items = cjson_add_array(list, "dialogs");
    for (size_t i = 0; i < dialogs->count; i++) {
        const struct node *dialog = dialogs->items[i];
        const struct node *stubs = node_get(dialog, "nodes");
        struct cjson item = cjson_add_object(items, NULL);
        cjson_add_text(item, "id", node_text(dialog, "_id"));
        cjson_add_text(item, "name", bot_dialog_name(dialog));
        cjson_add_count(item, "trainingSentences", sentences_of(&counts, bot, dialog));
        struct cjson nodes = cjson_add_array(item, "nodes");
        for (size_t j = 0; j < node_length(stubs); j++) {
            add_outer_node(nodes, bot, dialog, stubs->items[j]);
        }
    }
}

void bot_list_json(struct builder *out, const struct bot *bot, const char *path)
{
    const struct node *profiles = bot_section(bot, "idpConfigurations");
    const struct node *languages = node_get(bot->root, "localeData");
    struct cjson list = cjson_new_object(out->arena);
    cjson_add_text(list, "file", slice_of(path));
    cjson_add_text(list, "name", bot_name(bot));
    struct cjson items = cjson_add_array(list, "languages");
    for (size_t i = 0; node_is(languages, NODE_MAPPING) && i < languages->count; i++) {
        cjson_add_text(items, NULL, languages->members[i].key->text);
    }
    add_dialogs(list, bot);
    items = cjson_add_array(list, "profiles");
    for (size_t i = 0; i < node_length(profiles); i++) {
        struct cjson item = cjson_add_object(items, NULL);
        cjson_add_text(item, "name", node_text(profiles->items[i], "name"));
        cjson_add_text(item, "type", node_text(profiles->items[i], "sso_type"));
    }
    cjson_print(out, list, CJSON_LINES);
    builder_add_char(out, '\n');
}
