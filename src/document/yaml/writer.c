/* Scalars first: which of the four forms a text can have, and which reads best. */
#include "document/yaml/writer.h"

#include "base/ascii.h"
#include "base/utf8.h"
#include "document/yaml/scalar.h"

/* Longer keys are written as `? key`, since a reader looks for their colon only so far. */
#define LONGEST_SIMPLE_KEY 128

/* ---- scalars ---- */

/* Control characters and what YAML 1.1 takes for line breaks must be escaped. */
static bool must_be_escaped(uint32_t c)
{
    return (c < 0x20 && c != '\n') || (c >= 0x7F && c <= 0x9F) || c == 0x2028 || c == 0x2029 ||
           c == 0xFEFF || (c >= 0xFFFE && c <= 0xFFFF);
}

/* In a literal block tabs are themselves. */
static bool has_escapes(struct slice text, bool tabs_too)
{
    for (size_t i = 0; i < text.length;) {
        size_t length;
        uint32_t c = utf8_decode(slice_part(text, i, text.length), &length);
        if (must_be_escaped(c) && (tabs_too || c != '\t')) {
            return true;
        }
        i += length;
    }
    return false;
}

/* 00501 is text here, and a number to most other readers. */
static bool is_number_elsewhere(struct slice text)
{
    size_t digits = 0;
    while (digits < text.length && text.data[digits] >= '0' && text.data[digits] <= '9') {
        digits++;
    }
    return digits == text.length && text.length > 1 && text.data[0] == '0';
}

/* Text that is itself without quotes; inside [] and {} commas and brackets would end it. */
static bool can_be_plain(struct arena *arena, struct slice text, bool in_flow, bool is_key)
{
    if (text.length == 0 || text.data[0] == ' ' || text.data[text.length - 1] == ' ' ||
        strchr("-?:,[]{}#&*!|>'\"%@`=<~", text.data[0]) != NULL ||
        slice_find(text, "\n", 0) != SIZE_MAX || slice_find(text, ": ", 0) != SIZE_MAX ||
        slice_find(text, " #", 0) != SIZE_MAX || text.data[text.length - 1] == ':' ||
        slice_starts_with(text, "---") || slice_starts_with(text, "...")) {
        return false;
    }
    if (has_escapes(text, true) || (is_number_elsewhere(text) && !is_key)) {
        return false;
    }
    for (size_t i = 0; in_flow && i < text.length; i++) {
        if (strchr(",[]{}:", text.data[i]) != NULL) {
            return false;
        }
    }
    struct node resolved = {.kind = NODE_STRING};
    scalar_resolve(arena, &resolved, text);
    return resolved.kind == NODE_STRING || is_key; /* keys are always text */
}

static void add_double_quoted(struct builder *out, struct slice text)
{
    builder_add_char(out, '"');
    for (size_t i = 0; i < text.length;) {
        size_t length;
        uint32_t c = utf8_decode(slice_part(text, i, text.length), &length);
        if (c == '"' || c == '\\') {
            builder_printf(out, "\\%c", (char)c);
        } else if (c == '\n') {
            builder_add_text(out, "\\n");
        } else if (c == '\t') {
            builder_add_text(out, "\\t");
        } else if (c == '\r') {
            builder_add_text(out, "\\r");
        } else if (must_be_escaped(c)) {
            builder_printf(out, c > 0xFF ? "\\u%04X" : "\\x%02X", (unsigned)c);
        } else {
            builder_add(out, slice_part(text, i, i + length));
        }
        i += length;
    }
    builder_add_char(out, '"');
}

static void add_single_quoted(struct builder *out, struct slice text)
{
    builder_add_char(out, '\'');
    for (size_t i = 0; i < text.length; i++) {
        builder_add_text(out, text.data[i] == '\'' ? "'" : "");
        builder_add_char(out, text.data[i]);
    }
    builder_add_char(out, '\'');
}

static void add_text(struct builder *out, struct slice text, bool in_flow, bool is_key)
{
    if (can_be_plain(out->arena, text, in_flow, is_key)) {
        builder_add(out, text);
    } else if (has_escapes(text, true) || slice_find(text, "\n", 0) != SIZE_MAX) {
        add_double_quoted(out, text);
    } else if (slice_find(text, "'", 0) != SIZE_MAX && slice_find(text, "\"", 0) == SIZE_MAX &&
               slice_find(text, "\\", 0) == SIZE_MAX) {
        add_double_quoted(out, text); /* one kind of quote inside: the other outside */
    } else {
        add_single_quoted(out, text);
    }
}

static bool is_literal(const struct node *node)
{
    return node->kind == NODE_STRING && slice_find(node->text, "\n", 0) != SIZE_MAX &&
           !has_escapes(node->text, false) && slice_trim(node->text).length > 0;
}

/*
 * `|` and the lines; the number of spaces of indentation follows the `|` where the first line
 * begins with white space.
 */
static void add_literal(struct builder *out, struct slice text, size_t indent)
{
    bool ends = text.data[text.length - 1] == '\n';
    bool more = ends && text.length > 1 && text.data[text.length - 2] == '\n';
    bool told = strchr(" \n\t", text.data[0]) != NULL;
    builder_printf(out, "|%s%s\n", told ? "2" : "", !ends ? "-" : more ? "+" : "");
    for (size_t start = 0; start < text.length;) {
        size_t end = slice_find(text, "\n", start);
        end = end == SIZE_MAX ? text.length : end;
        if (end > start) {
            builder_add_repeated(out, ' ', indent);
            builder_add(out, slice_part(text, start, end));
        }
        builder_add_char(out, '\n');
        start = end + 1;
    }
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
        add_text(out, node->text, in_flow, false);
        break;
    case NODE_INTEGER:
    case NODE_FLOAT:
    case NODE_SEQUENCE:
    case NODE_MAPPING:
        builder_add(out, node->text);
        break;
    }
}

/* A key and its colon, on a line that is indented by `indent`. */
static void add_key(struct builder *out, struct slice key, bool in_flow, size_t indent)
{
    size_t start = out->length;
    add_text(out, key, in_flow, true);
    if (out->length - start <= LONGEST_SIMPLE_KEY) {
        builder_add_char(out, ':');
        return;
    }
    struct slice written = {out->data + start, out->length - start};
    written = arena_slice(out->arena, written);
    out->length = start;
    builder_add_text(out, "? ");
    builder_add(out, written);
    builder_add_char(out, in_flow ? ' ' : '\n');
    builder_add_repeated(out, ' ', in_flow ? 0 : indent);
    builder_add_char(out, ':');
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
            add_key(out, node->members[i].key->text, true, 0);
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

/* True when the value may stand on the line of its key, which `used` characters of are taken. */
static bool fits_on_line(struct builder *out, const struct node *node, size_t used)
{
    if (node->count == 0) {
        return true;
    }
    for (size_t i = 0; i < node->count; i++) {
        if (node->kind == NODE_SEQUENCE ? !is_simple_item(node->items[i])
                                        : !is_one_line(node->members[i].value)) {
            return false;
        }
        if (i > YAML_LINE_WIDTH) {
            return false;
        }
    }
    if (node->kind == NODE_MAPPING && node->count > 3) {
        return false;
    }
    struct builder line = builder_new(out->arena);
    add_flow(&line, node);
    return used + line.length <= YAML_LINE_WIDTH;
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
            add_literal(out, item->text, indent + 2);
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
    add_key(out, member->key->text, false, indent);
    size_t used = indent + (out->length - start) + 1;
    bool own_lines = lines != NULL && slice_is_any(member->key->text, lines) &&
                     value->kind == NODE_SEQUENCE && value->count > 0;
    if (is_literal(value)) {
        builder_add_char(out, ' ');
        add_literal(out, value->text, indent + 2);
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
    add_key(out, key, false, indent);
    builder_add_char(out, ' ');
    add_flow(out, value);
    builder_add_char(out, '\n');
}
