#include "document/json/layout.h"

#include "document/json/reader.h"
#include "document/json/writer.h"
#include "base/table.h"

static const struct {
    const char *name;
    const char *unit; /* of indentation; NULL: all on one line */
} layouts[] = {
    [JSON_COMPACT] = {"compact", NULL},       [JSON_SPACED] = {"spaced", NULL},
    [JSON_INDENT_2] = {"indent-2", "  "},     [JSON_INDENT_4] = {"indent-4", "    "},
    [JSON_INDENT_TAB] = {"indent-tab", "\t"},
};
TABLE_HAS_ROWS(layouts, JSON_LAYOUT_COUNT);

const char *json_layout_name(enum json_layout layout)
{
    return layouts[layout].name;
}

enum json_layout json_layout_find(struct slice name)
{
    size_t i = 0;
    while (i < JSON_LAYOUT_COUNT && !slice_is(name, layouts[i].name)) {
        i++;
    }
    return (enum json_layout)i;
}

static void break_line(struct builder *out, enum json_layout layout, size_t depth)
{
    if (layouts[layout].unit == NULL) {
        return;
    }
    builder_add_char(out, '\n');
    for (size_t i = 0; i < depth; i++) {
        builder_add_text(out, layouts[layout].unit);
    }
}

static void write_value(struct builder *out, const struct node *value, enum json_layout layout,
                        size_t depth)
{
    bool is_list = value->kind == NODE_SEQUENCE;
    if (!is_list && value->kind != NODE_MAPPING) {
        struct json_writer json = json_writer_new(out, true);
        json_node(&json, value);
        return;
    }
    builder_add_char(out, is_list ? '[' : '{');
    for (size_t i = 0; i < value->count; i++) {
        builder_add_text(out, i == 0 ? "" : layout == JSON_SPACED ? ", " : ",");
        break_line(out, layout, depth + 1);
        if (!is_list) {
            json_quote(out, value->members[i].key->text);
            builder_add_text(out, layout == JSON_COMPACT ? ":" : ": ");
        }
        write_value(out, is_list ? value->items[i] : value->members[i].value, layout, depth + 1);
    }
    if (value->count > 0) {
        break_line(out, layout, depth);
    }
    builder_add_char(out, is_list ? ']' : '}');
}

void json_write_layout(struct builder *out, const struct node *value, enum json_layout layout)
{
    write_value(out, value, layout, 0);
}

struct node *json_read_layout(struct arena *arena, struct slice text, enum json_layout *layout)
{
    if (!json_may_begin(text)) {
        return NULL;
    }
    struct diagnostics none = diagnostics_new(arena);
    struct source *source;
    struct node *value = json_read(arena, "text", text, &none, &source);
    for (size_t i = 0; value != NULL && i < JSON_LAYOUT_COUNT; i++) {
        struct builder out = builder_new(arena);
        *layout = (enum json_layout)i;
        json_write_layout(&out, value, *layout);
        if (slice_equal(builder_slice(&out), text)) {
            return value;
        }
    }
    return NULL;
}
