/* Writing recorded conversations in the forms of other tools. */
#include "trial/conversation/export.h"

#include "base/ascii.h"
#include "report/cjson.h"

bool export_is_possible(const struct node *recorded)
{
    const struct node *turns = node_get(recorded, "turns");
    bool possible = node_get(recorded, "set") == NULL;
    for (size_t i = 0; i < node_length(turns); i++) {
        possible = possible && node_get(turns->items[i], "answers") == NULL &&
                   node_get(turns->items[i], "set") == NULL &&
                   slice_trim(node_text(turns->items[i], "user")).length > 0;
    }
    return possible;
}

struct slice export_file_name(struct arena *arena, struct slice dialog, struct slice name)
{
    struct builder out = builder_new(arena);
    struct slice whole = arena_printf(arena, "%.*s %.*s", SLICE_ARG(dialog), SLICE_ARG(name));
    for (size_t i = 0; i < whole.length; i++) {
        bool kept = ascii_is_letter(whole.data[i]) || ascii_is_digit(whole.data[i]);
        if (kept) {
            builder_add_char(&out, whole.data[i]);
        } else if (out.length > 0 && out.data[out.length - 1] != '-') {
            builder_add_char(&out, '-');
        }
    }
    while (out.length > 0 && out.data[out.length - 1] == '-') {
        out.length--;
    }
    return arena_lower_case(arena, builder_slice(&out));
}

/* The message number `index` of a turn, or NULL: `bot` is one message, or a list of them. */
static const struct node *message_at(const struct node *turn, size_t index)
{
    const struct node *bot = node_get(turn, "bot");
    if (!node_is(bot, NODE_SEQUENCE)) {
        return index == 0 ? bot : NULL;
    }
    return index < bot->count ? bot->items[index] : NULL;
}

static struct slice message_text(const struct node *message)
{
    return node_is(message, NODE_STRING) ? message->text : node_text(message, "text");
}

/* ---- Botium ---- */

/* A line that begins with `#` would begin a section. */
static void add_lines(struct builder *out, struct slice text)
{
    for (size_t at = 0; at < text.length;) {
        size_t end = slice_find(text, "\n", at);
        end = end < text.length ? end : text.length;
        struct slice line = slice_part(text, at, end);
        builder_add_text(out, slice_starts_with(line, "#") ? " " : "");
        builder_add(out, line);
        builder_add_char(out, '\n');
        at = end + 1;
    }
}

/* BUTTONS One|Two */
static void add_titles(struct builder *out, const char *asserter, const struct node *items)
{
    for (size_t i = 0; i < node_length(items); i++) {
        builder_add_text(out, i == 0 ? asserter : "|");
        builder_add(out, node_text(items->items[i], "title"));
    }
    builder_add_text(out, node_length(items) > 0 ? "\n" : "");
}

static void add_botium_message(struct builder *out, const struct node *message)
{
    if (node_get(message, "signIn") != NULL || node_get(message, "transfer") != NULL) {
        return;
    }
    builder_add_text(out, "\n#bot\n");
    add_lines(out, message_text(message));
    add_titles(out, "BUTTONS ", node_get(message, "buttons"));
    add_titles(out, "BUTTONS ", node_get(message, "quickReplies"));
    add_titles(out, "CARDS ", node_get(message, "list"));
    add_titles(out, "CARDS ", node_get(message, "carousel"));
}

void export_botium(struct builder *out, const struct node *recorded)
{
    const struct node *turns = node_get(recorded, "turns");
    add_lines(out, node_text(recorded, "name"));
    for (size_t i = 0; i < node_length(turns); i++) {
        builder_add_text(out, "\n#me\n");
        add_lines(out, node_text(turns->items[i], "user"));
        for (size_t j = 0; message_at(turns->items[i], j) != NULL; j++) {
            add_botium_message(out, message_at(turns->items[i], j));
        }
    }
}

/* ---- the platform ---- */

static void add_xo_turn(struct cjson messages, const struct node *turn)
{
    struct cjson message = cjson_add_object(messages, NULL);
    cjson_add_text(message, "input", node_text(turn, "user"));
    struct cjson outputs = cjson_add_array(message, "outputs");
    for (size_t i = 0; message_at(turn, i) != NULL; i++) {
        struct slice text = message_text(message_at(turn, i));
        if (text.length > 0) {
            cjson_add_text(cjson_add_object(outputs, NULL), "contains", text);
        }
    }
}

void export_xo(struct builder *out, const struct node *const *recorded, size_t count)
{
    struct cjson suite = cjson_new_object(out->arena);
    struct cjson cases = cjson_add_array(suite, "testCases");
    for (size_t i = 0; i < count; i++) {
        const struct node *turns = node_get(recorded[i], "turns");
        struct cjson one = cjson_add_object(cases, NULL);
        cjson_add_text(one, "title", node_text(recorded[i], "name"));
        struct cjson messages = cjson_add_array(one, "messages");
        for (size_t j = 0; j < node_length(turns); j++) {
            add_xo_turn(messages, turns->items[j]);
        }
    }
    cjson_print(out, suite, CJSON_LINES);
}
