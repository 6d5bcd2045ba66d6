/* What a message shows: the templates of the platform's message scripts, in a form to compare. */
#include "document/json/reader.h"
#include "language/model/link.h"
#include "trial/simulator/channel.h"
#include "document/tree/build.h"

static void copy_text(struct arena *arena, struct node *to, const char *key,
                      const struct node *from, const char *platform_key)
{
    const struct node *value = node_get(from, platform_key);
    if (node_is(value, NODE_STRING) && value->text.length > 0) {
        node_set_text(arena, to, key, value->text);
    } else if (value != NULL && !node_is(value, NODE_STRING) && value->kind != NODE_NULL) {
        node_set(arena, to, slice_of(key), value);
    }
}

/* {title, url} or {title, payload}. */
static struct node *buttons_of(struct arena *arena, const struct node *buttons)
{
    struct node *list = node_new_sequence(arena);
    for (size_t i = 0; i < node_length(buttons); i++) {
        struct node *button = node_new_mapping(arena);
        copy_text(arena, button, "title", buttons->items[i], "title");
        copy_text(arena, button, "url", buttons->items[i], "url");
        copy_text(arena, button, "payload", buttons->items[i], "payload");
        node_append(arena, list, button);
    }
    return list;
}

static struct node *elements_of(struct arena *arena, const struct node *elements)
{
    struct node *list = node_new_sequence(arena);
    for (size_t i = 0; i < node_length(elements); i++) {
        const struct node *element = elements->items[i];
        struct node *shown = node_new_mapping(arena);
        copy_text(arena, shown, "title", element, "title");
        copy_text(arena, shown, "subtitle", element, "subtitle");
        copy_text(arena, shown, "image", element, "image_url");
        copy_text(arena, shown, "url", node_get(element, "default_action"), "url");
        if (node_length(node_get(element, "buttons")) > 0) {
            node_set(arena, shown, SLICE("buttons"),
                     buttons_of(arena, node_get(element, "buttons")));
        }
        node_append(arena, list, shown);
    }
    return list;
}

/* Columns are titles, or lists of a title and an alignment. */
static struct node *table_of(struct arena *arena, const struct node *payload)
{
    struct node *table = node_new_mapping(arena);
    struct node *columns = node_new_sequence(arena);
    struct node *rows = node_new_sequence(arena);
    const struct node *given = node_get(payload, "columns");
    for (size_t i = 0; i < node_length(given); i++) {
        const struct node *column = given->items[i];
        node_append(arena, columns, node_length(column) > 0 ? column->items[0] : column);
    }
    const struct node *elements = node_get(payload, "elements");
    for (size_t i = 0; i < node_length(elements); i++) {
        const struct node *values = node_get(elements->items[i], "Values");
        node_append(arena, rows, values != NULL ? values : elements->items[i]);
    }
    node_set(arena, table, SLICE("columns"), columns);
    node_set(arena, table, SLICE("rows"), rows);
    return table;
}

static const struct node *template_message(struct arena *arena, const struct node *payload)
{
    struct slice type = node_text(payload, "template_type");
    struct node *shown = node_new_mapping(arena);
    copy_text(arena, shown, "text", payload, "text");
    if (slice_is(type, "button")) {
        node_set(arena, shown, SLICE("buttons"), buttons_of(arena, node_get(payload, "buttons")));
    } else if (slice_is(type, "quick_replies")) {
        node_set(arena, shown, SLICE("quickReplies"),
                 buttons_of(arena, node_get(payload, "quick_replies")));
    } else if (slice_is(type, "list") || slice_is(type, "carousel")) {
        node_set(arena, shown, type, elements_of(arena, node_get(payload, "elements")));
    } else if (slice_is(type, "table")) {
        node_set(arena, shown, type, table_of(arena, payload));
    } else {
        node_set(arena, shown, SLICE("payload"), payload);
    }
    return shown;
}

/* Reports nothing: most of what is printed is not JSON. */
static struct node *read_json(struct arena *arena, struct slice text)
{
    struct slice trimmed = slice_trim(text);
    bool is_object = slice_starts_with(trimmed, "{") || slice_starts_with(trimmed, "[");
    return is_object ? json_read_quietly(arena, trimmed) : NULL;
}

const struct node *channel_message(struct arena *arena, struct slice printed, bool is_script)
{
    const struct node *root = is_script ? read_json(arena, printed) : NULL;
    if (root == NULL) {
        return node_new_text(arena, printed);
    }
    const struct node *payload = node_get(root, "payload");
    if (node_is(payload, NODE_MAPPING) && node_get(payload, "template_type") != NULL) {
        return template_message(arena, payload);
    }
    const struct node *text = node_get(root, "text");
    if (node_is(text, NODE_STRING) && root->count == 1) {
        return text;
    }
    struct node *shown = node_new_mapping(arena);
    node_set(arena, shown, SLICE("payload"), root);
    return shown;
}

static struct slice dangerous_link(const struct node *node, struct slice key)
{
    struct slice found = SLICE("");
    for (size_t i = 0; node->kind == NODE_MAPPING && found.length == 0 && i < node->count; i++) {
        found = dangerous_link(node->members[i].value, node->members[i].key->text);
    }
    for (size_t i = 0; node->kind == NODE_SEQUENCE && found.length == 0 && i < node->count; i++) {
        found = dangerous_link(node->items[i], key);
    }
    if (node->kind == NODE_STRING && link_is_key(key)) {
        bool shown = link_is_picture(key, node->text);
        return !shown && link_is_dangerous(node->text) ? node->text : SLICE("");
    }
    struct slice link;
    for (size_t at = 0; node->kind == NODE_STRING && link_next(node->text, &at, &link);) {
        if (link_is_dangerous(link) && !link_is_picture(SLICE("src"), link)) {
            return link;
        }
    }
    return found;
}

struct slice channel_dangerous_link(const struct node *message)
{
    return dangerous_link(message, SLICE(""));
}
