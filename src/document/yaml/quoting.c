/* Text and keys: which of the forms of YAML a text can have. */
#include "document/yaml/quoting.h"

#include "base/ascii.h"
#include "base/utf8.h"
#include "document/yaml/scalar.h"
#include "document/yaml/slip.h"

/* Longer keys are written as `? key`, since a reader looks for their colon only so far. */
#define LONGEST_SIMPLE_KEY 128

/* ---- scalars ---- */

/* Control characters and what YAML 1.1 takes for line breaks must be escaped. */
static bool must_be_escaped(uint32_t c)
{
    return (c < 0x20 && c != '\n') || (c >= 0x7F && c <= 0x9F) || c == 0x2028 || c == 0x2029 ||
           c == 0xFEFF || (c >= 0xFFFE && c <= 0xFFFF);
}

bool yaml_needs_escapes(struct slice text, bool tabs_too)
{
    for (size_t i = 0; i < text.length;) {
        size_t length = 1;
        uint32_t c = (unsigned char)text.data[i];
        if (c >= 0x7F) {
            c = utf8_decode(slice_part(text, i, text.length), &length);
        }
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

bool yaml_can_be_plain(struct arena *arena, struct slice text, bool in_flow, bool is_key)
{
    if (text.length == 0 || text.data[0] == ' ' || text.data[text.length - 1] == ' ' ||
        strchr("-?:,[]{}#&*!|>'\"%@`=<~", text.data[0]) != NULL ||
        slice_find(text, "\n", 0) != SIZE_MAX || slice_find(text, ": ", 0) != SIZE_MAX ||
        slice_find(text, " #", 0) != SIZE_MAX || text.data[text.length - 1] == ':' ||
        slice_starts_with(text, "---") || slice_starts_with(text, "...")) {
        return false;
    }
    if (yaml_needs_escapes(text, true) || (is_number_elsewhere(text) && !is_key) ||
        (yaml_is_in_typographic_quotes(text) && !is_key)) {
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

void yaml_add_quoted(struct builder *out, struct slice text)
{
    bool escapes = yaml_needs_escapes(text, true) || slice_find(text, "\n", 0) != SIZE_MAX;
    bool has_double = slice_find(text, "\"", 0) != SIZE_MAX;
    bool has_backslash = slice_find(text, "\\", 0) != SIZE_MAX;
    bool has_single = slice_find(text, "'", 0) != SIZE_MAX;
    if (!escapes && (has_backslash || (has_double && !has_single))) {
        add_single_quoted(out, text);
    } else {
        add_double_quoted(out, text);
    }
}

void yaml_add_text(struct builder *out, struct slice text, bool in_flow, bool is_key)
{
    if (yaml_can_be_plain(out->arena, text, in_flow, is_key)) {
        builder_add(out, text);
    } else {
        yaml_add_quoted(out, text);
    }
}

void yaml_add_literal(struct builder *out, struct slice text, size_t indent)
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

void yaml_add_key(struct builder *out, struct slice key, bool in_flow, size_t indent)
{
    size_t start = out->length;
    yaml_add_text(out, key, in_flow, true);
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
