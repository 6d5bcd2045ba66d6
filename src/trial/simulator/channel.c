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

/* ---- templates ---- */

/* The first of some keys that has text. */
static struct slice text_under(const struct node *payload, const char *const *keys)
{
    for (; *keys != NULL; keys++) {
        struct slice text = node_text(payload, *keys);
        if (text.length > 0) {
            return text;
        }
    }
    return SLICE("");
}

static void show_buttons(struct arena *arena, struct node *shown, const struct node *payload)
{
    node_set(arena, shown, SLICE("buttons"), buttons_of(arena, node_get(payload, "buttons")));
}

static void show_quick_replies(struct arena *arena, struct node *shown, const struct node *payload)
{
    node_set(arena, shown, SLICE("quickReplies"),
             buttons_of(arena, node_get(payload, "quick_replies")));
}

/* A list has buttons of its own below it, now and then. */
static void show_list(struct arena *arena, struct node *shown, const struct node *payload)
{
    const struct node *items = node_get(payload, "listItems");
    node_set(arena, shown, SLICE("list"),
             elements_of(arena, items != NULL ? items : node_get(payload, "elements")));
    if (node_length(node_get(payload, "buttons")) > 0) {
        show_buttons(arena, shown, payload);
    }
}

static void show_carousel(struct arena *arena, struct node *shown, const struct node *payload)
{
    node_set(arena, shown, SLICE("carousel"), elements_of(arena, node_get(payload, "elements")));
}

static void show_table(struct arena *arena, struct node *shown, const struct node *payload)
{
    node_set(arena, shown, SLICE("table"), table_of(arena, payload));
}

/* [["Account"], ["300", "right"]]: the first one of each. */
static const struct node *first_of_each(struct arena *arena, const struct node *cells)
{
    struct node *firsts = node_new_sequence(arena);
    for (size_t i = 0; i < node_length(cells); i++) {
        const struct node *cell = cells->items[i];
        node_append(arena, firsts, node_length(cell) > 0 ? cell->items[0] : cell);
    }
    return firsts;
}

/* Cards {primary: [[title], [value, alignment]], additional: [rows]}: those behind the first are
 * rows. */
static void show_mini_table(struct arena *arena, struct node *shown, const struct node *payload)
{
    const struct node *cards = node_get(payload, "elements");
    struct node *table = node_new_mapping(arena);
    struct node *rows = node_new_sequence(arena);
    for (size_t i = 0; i < node_length(cards); i++) {
        const struct node *title = first_of_each(arena, node_get(cards->items[i], "primary"));
        const struct node *more = node_get(cards->items[i], "additional");
        if (i == 0) {
            node_set(arena, table, SLICE("columns"), title);
        } else {
            node_append(arena, rows, title);
        }
        for (size_t j = 0; j < node_length(more); j++) {
            node_append(arena, rows, more->items[j]);
        }
    }
    node_set(arena, table, SLICE("rows"), rows);
    node_set(arena, shown, SLICE("table"), table);
}

/* Options to choose from, under whatever key a template has them. */
static void show_options(struct arena *arena, struct node *shown, const struct node *payload)
{
    static const char *const lists[] = {"elements",         "radioOptions", "numbersArrays",
                                        "smileyArrays",     "starArrays",   "thumpsUpDownArrays",
                                        "experienceContent"};
    static const char *const titles[] = {"title", "reviewText", "value", NULL};
    struct node *replies = node_new_sequence(arena);
    for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++) {
        const struct node *options = node_get(payload, lists[i]);
        for (size_t j = 0; j < node_length(options); j++) {
            struct node *reply = node_new_mapping(arena);
            struct slice title = text_under(options->items[j], titles);
            node_set_text(arena, reply, "title", title);
            if (!slice_equal(node_text(options->items[j], "value"), title)) {
                copy_text(arena, reply, "payload", options->items[j], "value");
            }
            node_append(arena, replies, reply);
        }
    }
    node_set(arena, shown, SLICE("quickReplies"), replies);
}

static void show_likes(struct arena *arena, struct node *shown, const struct node *payload)
{
    static const char *const titles[] = {"Like", "Dislike"};
    (void)payload;
    struct node *replies = node_new_sequence(arena);
    for (size_t i = 0; i < 2; i++) {
        struct node *reply = node_new_mapping(arena);
        node_set_text(arena, reply, "title", slice_of(titles[i]));
        node_append(arena, replies, reply);
    }
    node_set(arena, shown, SLICE("quickReplies"), replies);
}

/* {title, value, displayValue} */
static void show_pie(struct arena *arena, struct node *shown, const struct node *payload)
{
    const struct node *parts = node_get(payload, "elements");
    struct node *list = node_new_sequence(arena);
    for (size_t i = 0; i < node_length(parts); i++) {
        struct node *part = node_new_mapping(arena);
        copy_text(arena, part, "title", parts->items[i], "title");
        copy_text(arena, part, "subtitle", parts->items[i], "value");
        copy_text(arena, part, "subtitle", parts->items[i], "displayValue");
        node_append(arena, list, part);
    }
    node_set(arena, shown, SLICE("list"), list);
}

/* Lines or bars: {X_axis: […], elements: [{title, values, displayValues}]}. */
static void show_chart(struct arena *arena, struct node *shown, const struct node *payload)
{
    const struct node *axis = node_get(payload, "X_axis");
    const struct node *series = node_get(payload, "elements");
    struct node *columns = node_new_sequence(arena);
    struct node *rows = node_new_sequence(arena);
    struct node *table = node_new_mapping(arena);
    node_append(arena, columns, node_new_text(arena, SLICE("")));
    for (size_t i = 0; i < node_length(axis); i++) {
        node_append(arena, columns, axis->items[i]);
    }
    for (size_t i = 0; i < node_length(series); i++) {
        const struct node *shown_values = node_get(series->items[i], "displayValues");
        const struct node *values =
            shown_values != NULL ? shown_values : node_get(series->items[i], "values");
        struct node *row = node_new_sequence(arena);
        node_append(arena, row, node_new_text(arena, node_text(series->items[i], "title")));
        for (size_t j = 0; j < node_length(values); j++) {
            node_append(arena, row, values->items[j]);
        }
        node_append(arena, rows, row);
    }
    node_set(arena, table, SLICE("columns"), columns);
    node_set(arena, table, SLICE("rows"), rows);
    node_set(arena, shown, SLICE("table"), table);
}

/* A picker shows its text; what it picks is the user's answer. */
static void show_text(struct arena *arena, struct node *shown, const struct node *payload)
{
    (void)arena;
    (void)shown;
    (void)payload;
}

typedef void show_function(struct arena *arena, struct node *shown, const struct node *payload);

static const struct {
    const char *type;
    show_function *show;
} templates[] = {
    {"button", show_buttons},
    {"quick_replies", show_quick_replies},
    {"quick_replies_welcome", show_quick_replies},
    {"list", show_list},
    {"listView", show_list},
    {"advancedListTemplate", show_list},
    {"carousel", show_carousel},
    {"generic", show_carousel},
    {"table", show_table},
    {"mini_table", show_mini_table},
    {"dropdown_template", show_options},
    {"multi_select", show_options},
    {"advanced_multi_select", show_options},
    {"radioOptionTemplate", show_options},
    {"feedbackTemplate", show_options},
    {"like_dislike", show_likes},
    {"piechart", show_pie},
    {"pie chart", show_pie},
    {"barchart", show_chart},
    {"linechart", show_chart},
    {"dateTemplate", show_text},
    {"daterange", show_text},
    {"clockTemplate", show_text},
};

static const struct node *template_message(struct arena *arena, const struct node *payload)
{
    static const char *const texts[] = {"text", "heading", "text_message", "title", NULL};
    struct slice type = node_text(payload, "template_type");
    struct slice text = text_under(payload, texts);
    struct node *shown = node_new_mapping(arena);
    for (size_t i = 0; i < sizeof templates / sizeof templates[0]; i++) {
        if (slice_is(type, templates[i].type)) {
            if (text.length > 0) {
                node_set_text(arena, shown, "text", text);
            }
            templates[i].show(arena, shown, payload);
            return shown;
        }
    }
    copy_text(arena, shown, "text", payload, "text");
    node_set(arena, shown, SLICE("payload"), payload);
    return shown;
}

/* Pictures, sounds and films are links: {type: "image", payload: {url}}, {payload: {videoUrl}}. */
static const struct node *media_message(struct arena *arena, const struct node *root)
{
    static const struct {
        const char *key, *kind;
    } links[] = {
        {"url", NULL}, {"audioUrl", "audio"}, {"videoUrl", "video"}, {"imageUrl", "image"}};
    const struct node *payload = node_get(root, "payload");
    struct slice type = node_text(root, "type");
    bool is_media = slice_is(type, "image") || slice_is(type, "video") || slice_is(type, "audio") ||
                    slice_is(type, "message") || slice_is(type, "error");
    if (!is_media || !node_is(payload, NODE_MAPPING)) {
        return NULL;
    }
    struct node *buttons = node_new_sequence(arena);
    for (size_t i = 0; i < sizeof links / sizeof links[0]; i++) {
        struct slice url = slice_trim(node_text(payload, links[i].key));
        if (url.length > 0) {
            struct node *button = node_new_mapping(arena);
            node_set_text(arena, button, "title",
                          links[i].kind != NULL ? slice_of(links[i].kind) : type);
            node_set_text(arena, button, "url", url);
            node_append(arena, buttons, button);
        }
    }
    const struct node *text = node_get(payload, "text");
    if (buttons->count == 0) {
        return node_is(text, NODE_STRING) ? text : NULL;
    }
    struct node *shown = node_new_mapping(arena);
    copy_text(arena, shown, "text", payload, "text");
    node_set(arena, shown, SLICE("buttons"), buttons);
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
    /* some channels have the template in an attachment */
    const struct node *attachment = node_get(root, "attachment");
    const struct node *payload = node_get(attachment != NULL ? attachment : root, "payload");
    if (node_is(payload, NODE_MAPPING) && node_get(payload, "template_type") != NULL) {
        return template_message(arena, payload);
    }
    const struct node *media = media_message(arena, root);
    if (media != NULL) {
        return media;
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
