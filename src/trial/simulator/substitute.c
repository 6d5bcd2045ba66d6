/* Variables in texts, requests and scripts: {{context.…}}, {{env.NAME}}, {{content.NAME}}. */
#include "base/ascii.h"
#include "base/percent.h"
#include "document/json/writer.h"
#include "trial/simulator/substitute.h"

void substitute_value(struct builder *out, const struct node *value)
{
    if (value == NULL) {
        builder_add(out, SLICE("undefined"));
    } else if (value->kind == NODE_STRING) {
        builder_add(out, value->text);
    } else {
        struct json_writer writer = json_writer_new(out, true);
        json_node(&writer, value);
    }
}

/* A path of names and indexes, as against an expression. */
static bool is_path(struct slice text)
{
    for (size_t i = 0; i < text.length; i++) {
        if (!ascii_is_word(text.data[i]) && strchr("$.[]-", text.data[i]) == NULL) {
            return false;
        }
    }
    return text.length > 0;
}

static void substitute_one(struct script_engine *engine, struct arena *arena, struct builder *out,
                           struct slice variable, struct slice host)
{
    if (!is_path(variable)) {
        struct slice script = arena_printf(arena, "print(%.*s);", SLICE_ARG(variable));
        builder_add(out, script_run(engine, arena, script).printed);
        return;
    }
    const struct node *value = script_get(engine, arena, variable);
    if (value == NULL && slice_starts_with(variable, "env.") && host.length > 0) {
        builder_add(out, host);
    } else {
        substitute_value(out, value);
    }
}

void substitute(struct script_engine *engine, struct arena *arena, struct builder *out,
                struct slice text, struct slice host)
{
    size_t at = 0;
    while (at < text.length) {
        size_t open = slice_find(text, "{{", at);
        size_t close = open < text.length ? slice_find(text, "}}", open) : text.length;
        if (close >= text.length) {
            break;
        }
        builder_add(out, slice_part(text, at, open));
        substitute_one(engine, arena, out, slice_trim(slice_part(text, open + 2, close)), host);
        at = close + 2;
    }
    builder_add(out, slice_part(text, at, text.length));
}
