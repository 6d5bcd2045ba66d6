/* Which form each value has, and which reads best. */
#include "document/yaml/writer.h"

#include "document/yaml/quoting.h"

static bool is_literal(const struct node *node)
{
    return node->kind == NODE_STRING && slice_find(node->text, "\n", 0) != SIZE_MAX &&
           !yaml_needs_escapes(node->text, false) && slice_trim(node->text).length > 0;
}

static void add_scalar(struct builder *out, const struct node *node, bool in_flow)
{
    switch (node->kind) {
    case NODE_NULL:
        builder_add_text(out, "null");
        break;
    case NODE_BOOLEAN:
        builder_add_text(out, node->boolean ? "true" : "false");
        break;
    case NODE_STRING:
        yaml_add_text(out, node->text, in_flow, false);
        break;
    case NODE_INTEGER:
    case NODE_FLOAT:
    case NODE_SEQUENCE:
    case NODE_MAPPING:
        builder_add(out, node->text);
        break;
    }
}

/* ---- on one line ---- */

static void add_flow(struct builder *out, const struct node *node)
{
    if (node->kind != NODE_SEQUENCE && node->kind != NODE_MAPPING) {
        add_scalar(out, node, true);
        return;
    }
    bool is_list = node->kind == NODE_SEQUENCE;
    builder_add_char(out, is_list ? '[' : '{');
    for (size_t i = 0; i < node->count; i++) {
        builder_add_text(out, i > 0 ? ", " : "");
        if (!is_list) {
            yaml_add_key(out, node->members[i].key->text, true, 0);
            builder_add_char(out, ' ');
        }
        add_flow(out, is_list ? node->items[i] : node->members[i].value);
    }
    builder_add_char(out, is_list ? ']' : '}');
}

static bool is_scalar(const struct node *node)
{
    return node->kind != NODE_SEQUENCE && node->kind != NODE_MAPPING;
}

static bool is_one_line(const struct node *node)
{
    return is_scalar(node) &&
           (node->kind != NODE_STRING || slice_find(node->text, "\n", 0) == SIZE_MAX);
}

/* Scalars, or mappings of one or two scalars: `[{say: done}, end]`. */
static bool is_simple_item(const struct node *item)
{
    bool simple = is_one_line(item);
    if (item->kind == NODE_MAPPING && item->count <= 2) {
        simple = true;
        for (size_t i = 0; i < item->count; i++) {
            simple = simple && is_one_line(item->members[i].value);
        }
    }
    return simple;
}

/* A mapping that holds another is read at a glance up to here. */
#define NESTED_WIDTH 60

/* True when the value may stand on the line of its key, which `used` characters of are taken. */
static bool fits_on_line(struct builder *out, const struct node *node, size_t used)
{
    if (node->count == 0) {
        return true;
    }
    bool is_list = node->kind == NODE_SEQUENCE;
    bool nested = false;
    for (size_t i = 0; i < node->count; i++) {
        const struct node *value = is_list ? node->items[i] : node->members[i].value;
        if (!is_simple_item(value) || i > YAML_LINE_WIDTH) {
            return false;
        }
        nested = nested || (!is_list && !is_one_line(value));
    }
    if (!is_list && node->count > (nested ? 2 : 3)) {
        return false;
    }
    struct builder line = builder_new(out->arena);
    add_flow(&line, node);
    return used + line.length <= YAML_LINE_WIDTH && (!nested || line.length <= NESTED_WIDTH);
}

/* ---- on lines of their own ---- */

static void add_member(struct builder *out, const struct member *member, size_t indent,
                       const char *const *lines);

static void add_items(struct builder *out, const struct node *list, size_t indent,
                      const char *const *lines)
{
    for (size_t i = 0; i < list->count; i++) {
        const struct node *item = list->items[i];
        builder_add_repeated(out, ' ', indent);
        builder_add_text(out, "- ");
        if (is_literal(item)) {
            yaml_add_literal(out, item->text, indent + 2);
        } else if (is_scalar(item) || item->kind == NODE_SEQUENCE || item->count == 0) {
            add_flow(out, item);
            builder_add_char(out, '\n');
        } else { /* its first member stands behind the dash */
            for (size_t j = 0; j < item->count; j++) {
                builder_add_repeated(out, ' ', j > 0 ? indent + 2 : 0);
                add_member(out, &item->members[j], indent + 2, lines);
            }
        }
    }
}

static void add_member(struct builder *out, const struct member *member, size_t indent,
                       const char *const *lines)
{
    const struct node *value = member->value;
    size_t start = out->length;
    yaml_add_key(out, member->key->text, false, indent);
    size_t used = indent + (out->length - start) + 1;
    bool own_lines = lines != NULL && slice_is_any(member->key->text, lines) &&
                     value->kind == NODE_SEQUENCE && value->count > 0;
    if (is_literal(value)) {
        builder_add_char(out, ' ');
        yaml_add_literal(out, value->text, indent + 2);
    } else if (is_scalar(value) || (!own_lines && fits_on_line(out, value, used))) {
        builder_add_char(out, ' ');
        if (is_scalar(value)) {
            add_scalar(out, value, false);
        } else {
            add_flow(out, value);
        }
        builder_add_char(out, '\n');
    } else {
        builder_add_char(out, '\n');
        if (value->kind == NODE_SEQUENCE) {
            add_items(out, value, indent + 2, lines);
        } else {
            yaml_write_members(out, value, indent + 2, lines);
        }
    }
}

void yaml_write_members(struct builder *out, const struct node *mapping, size_t indent,
                        const char *const *lines)
{
    for (size_t i = 0; i < mapping->count; i++) {
        builder_add_repeated(out, ' ', indent);
        add_member(out, &mapping->members[i], indent, lines);
    }
}

void yaml_write_line(struct builder *out, struct slice key, const struct node *value, size_t indent)
{
    builder_add_repeated(out, ' ', indent);
    yaml_add_key(out, key, false, indent);
    builder_add_char(out, ' ');
    add_flow(out, value);
    builder_add_char(out, '\n');
}

struct slice yaml_text_on_line(struct arena *arena, struct slice text, bool in_flow)
{
    struct builder out = builder_new(arena);
    yaml_add_text(&out, text, in_flow, false);
    return builder_slice(&out);
}
