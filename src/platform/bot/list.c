#include "platform/bot/list.h"
#include "platform/artifact/node_type.h"

#include "base/percent.h"

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
    builder_printf(out, "%*s%-13.*s %.*s", indentation, "", SLICE_ARG(type),
                   SLICE_ARG(bot_node_name(bot, stub)));
    if (node_type_is(stub, DIALOG_ENTITY)) {
        builder_printf(out, " (%.*s)", SLICE_ARG(node_text(component, "entityType")));
    } else if (node_type_is(stub, DIALOG_SERVICE) && node_get(component, "endPoint") != NULL) {
        const struct node *end_point = node_get(component, "endPoint");
        struct slice method = node_text(end_point, "method");
        struct slice profile = node_text(component, "idp");
        for (size_t i = 0; i < method.length; i++) {
            char c = method.data[i];
            builder_printf(out, "%s%c", i == 0 ? ": " : "",
                           c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c);
        }
        builder_printf(out, " %.*s", SLICE_ARG(request_url(out->arena, end_point)));
        if (profile.length > 0 && !slice_is(profile, "none")) {
            builder_printf(out, ", profile `%.*s`", SLICE_ARG(profile));
        }
    } else if (called != NULL) {
        builder_printf(out, ": starts `%.*s`", SLICE_ARG(bot_dialog_name(called)));
    }
    builder_add_char(out, '\n');
}

void bot_list(struct builder *out, const struct bot *bot, const char *path)
{
    const struct node *dialogs = bot_section(bot, "dialogs");
    const struct node *profiles = bot_section(bot, "idpConfigurations");
    struct map counts = count_sentences(out->arena, bot);
    size_t components = node_length(bot_section(bot, "dialogComponents"));
    size_t sentences = node_length(bot_section(bot, "sentences"));
    builder_printf(out, "%s: %.*s, %zu dialog%s, %zu component%s, %zu training sentence%s\n", path,
                   SLICE_ARG(bot_name(bot)), dialogs->count, plural(dialogs->count), components,
                   plural(components), sentences, plural(sentences));
    for (size_t i = 0; i < dialogs->count; i++) {
        const struct node *dialog = dialogs->items[i];
        const struct node *nodes = node_get(dialog, "nodes");
        size_t trained = sentences_of(&counts, bot, dialog);
        builder_printf(out, "\n%.*s: %zu node%s, %zu training sentence%s\n",
                       SLICE_ARG(bot_dialog_name(dialog)), node_length(nodes),
                       plural(node_length(nodes)), trained, plural(trained));
        for (size_t j = 0; j < node_length(nodes); j++) {
            const struct node *members = node_get(nodes->items[j], "nodes");
            list_node(out, bot, dialog, nodes->items[j], 2);
            for (size_t m = 0; m < node_length(members); m++) {
                list_node(out, bot, dialog, members->items[m], 4);
            }
        }
    }
    for (size_t i = 0; i < node_length(profiles); i++) {
        builder_printf(out, "%sauthorization profile `%.*s` (%.*s)\n", i == 0 ? "\n" : "",
                       SLICE_ARG(node_text(profiles->items[i], "name")),
                       SLICE_ARG(node_text(profiles->items[i], "sso_type")));
    }
}

/* ---- for programs ---- */

static void write_request(struct json_writer *json, const struct node *component)
{
    const struct node *end_point = node_get(component, "endPoint");
    json_key(json, "request");
    json_begin_object(json);
    json_text_member(json, "method", node_text(end_point, "method"));
    json_text_member(json, "url", request_url(json->out->arena, end_point));
    json_text_member(json, "profile", node_text(component, "idp"));
    json_end_object(json);
}

static void write_node(struct json_writer *json, const struct bot *bot, const struct node *dialog,
                       const struct node *stub)
{
    const struct node *component = bot_component(bot, stub);
    const struct node *called = called_dialog(bot, dialog, stub);
    struct slice type = node_text(stub, "type");
    json_begin_object(json);
    json_text_member(json, "id", node_text(stub, "nodeId"));
    json_text_member(json, "type", type);
    json_text_member(json, "name", bot_node_name(bot, stub));
    if (node_type_is(stub, DIALOG_ENTITY)) {
        json_text_member(json, "entityType", node_text(component, "entityType"));
    }
    if (node_type_is(stub, DIALOG_SERVICE) && node_get(component, "endPoint") != NULL) {
        write_request(json, component);
    }
    if (called != NULL) {
        json_text_member(json, "calls", node_text(called, "_id"));
    }
    const struct node *members = node_get(stub, "nodes");
    if (node_type_is(stub, DIALOG_ACTION)) {
        json_key(json, "nodes");
        json_begin_array(json);
        for (size_t i = 0; i < node_length(members); i++) {
            /* a node inside a bot action has no nodes of its own: one level */
            const struct node *inner = bot_component(bot, members->items[i]);
            json_begin_object(json);
            json_text_member(json, "id", node_text(members->items[i], "nodeId"));
            json_text_member(json, "type", node_text(members->items[i], "type"));
            json_text_member(json, "name", bot_node_name(bot, members->items[i]));
            if (node_get(inner, "endPoint") != NULL) {
                write_request(json, inner);
            }
            json_end_object(json);
        }
        json_end_array(json);
    }
    json_end_object(json);
}

void bot_list_json(struct json_writer *json, const struct bot *bot, const char *path)
{
    const struct node *dialogs = bot_section(bot, "dialogs");
    const struct node *profiles = bot_section(bot, "idpConfigurations");
    const struct node *languages = node_get(bot->root, "localeData");
    struct map counts = count_sentences(json->out->arena, bot);
    json_begin_object(json);
    json_text_member(json, "file", slice_of(path));
    json_text_member(json, "name", bot_name(bot));
    json_key(json, "languages");
    json_begin_array(json);
    for (size_t i = 0; node_is(languages, NODE_MAPPING) && i < languages->count; i++) {
        json_string(json, languages->members[i].key->text);
    }
    json_end_array(json);
    json_key(json, "dialogs");
    json_begin_array(json);
    for (size_t i = 0; i < dialogs->count; i++) {
        const struct node *nodes = node_get(dialogs->items[i], "nodes");
        json_begin_object(json);
        json_text_member(json, "id", node_text(dialogs->items[i], "_id"));
        json_text_member(json, "name", bot_dialog_name(dialogs->items[i]));
        json_key(json, "trainingSentences");
        json_integer(json, (long long)sentences_of(&counts, bot, dialogs->items[i]));
        json_key(json, "nodes");
        json_begin_array(json);
        for (size_t j = 0; j < node_length(nodes); j++) {
            write_node(json, bot, dialogs->items[i], nodes->items[j]);
        }
        json_end_array(json);
        json_end_object(json);
    }
    json_end_array(json);
    json_key(json, "profiles");
    json_begin_array(json);
    for (size_t i = 0; i < node_length(profiles); i++) {
        json_begin_object(json);
        json_text_member(json, "name", node_text(profiles->items[i], "name"));
        json_text_member(json, "type", node_text(profiles->items[i], "sso_type"));
        json_end_object(json);
    }
    json_end_array(json);
    json_end_object(json);
}
