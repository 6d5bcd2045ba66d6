/* Concrete syntax to text. Each function leaves the line it has written on open, or ends it. */
#include "document/yaml/formatter.h"

#include <string.h>

#include "base/utf8.h"
#include "document/yaml/quoting.h"
#include "document/yaml/scalar.h"

struct formatter {
    struct arena *arena;
    struct builder out;
    bool ends_with_kept; /* the empty lines of a literal, which are part of it, are written */
};

static bool is_collection(const struct concrete *value)
{
    return value->kind == CONCRETE_SEQUENCE || value->kind == CONCRETE_MAPPING;
}

static size_t line_width(const struct builder *out, size_t start)
{
    return utf8_count((struct slice){out->data + start, out->length - start});
}

/* Where the present line begins. */
static size_t line_begin(const struct formatter *f)
{
    size_t at = f->out.length;
    while (at > 0 && f->out.data[at - 1] != '\n') {
        at--;
    }
    return at;
}

/* ---- scalars ---- */

/*
 * What other readers of YAML take for something else when it has no quotes (yes, 12:30:00,
 * 2026-05-31), and what people do (\\b): whoever has written it with quotes keeps them.
 */
static bool is_special_elsewhere(struct slice text)
{
    static const char *const words[] = {
        "y",   "n",  "yes", "no",  "on",   "off",   "Y",    "N",    "Yes",  "No",    "On", "Off",
        "YES", "NO", "ON",  "OFF", "TRUE", "FALSE", "NULL", "null", "true", "false", NULL};
    return slice_is_any(text, words) || slice_find(text, "\\", 0) != SIZE_MAX ||
           (text.length > 0 && strchr("0123456789+.=", text.data[0]) != NULL);
}

static bool is_text(struct arena *arena, const struct concrete *value)
{
    struct node resolved = {.kind = NODE_STRING};
    if (value->style == CONCRETE_PLAIN) {
        scalar_resolve(arena, &resolved, value->text);
    }
    return resolved.kind == NODE_STRING;
}

/* A scalar on one line. */
static void add_scalar(struct formatter *f, const struct concrete *value, bool in_flow)
{
    struct slice text = value->text;
    bool keeps_quotes = value->style != CONCRETE_PLAIN && is_special_elsewhere(text);
    bool is_plain = !is_text(f->arena, value) ||
                    (!keeps_quotes && yaml_can_be_plain(f->arena, text, in_flow, false));
    if (is_plain) {
        builder_add(&f->out, text);
    } else {
        yaml_add_quoted(&f->out, text);
    }
}

/* True for text that can be written below `>-`: no space at its ends or beside another. */
static bool can_be_folded(struct slice text)
{
    if (text.length == 0 || text.data[0] == ' ' || text.data[text.length - 1] == ' ') {
        return false;
    }
    return !yaml_needs_escapes(text, true) && slice_find(text, "\n", 0) == SIZE_MAX &&
           slice_find(text, "  ", 0) == SIZE_MAX && slice_find(text, " ", 0) != SIZE_MAX;
}

/* The lines of a folded text, as full as they can be. */
static void add_folded_lines(struct formatter *f, struct slice text, size_t indent)
{
    for (size_t at = 0; at < text.length;) {
        size_t end = slice_find(text, " ", at);
        size_t next = end;
        while (next != SIZE_MAX &&
               indent + utf8_count(slice_part(text, at, next)) <= YAML_FORMAT_WIDTH) {
            end = next;
            next = slice_find(text, " ", next + 1);
        }
        if (next == SIZE_MAX &&
            (end == SIZE_MAX ||
             indent + utf8_count(slice_part(text, at, text.length)) <= YAML_FORMAT_WIDTH)) {
            end = text.length;
        }
        builder_add_repeated(&f->out, ' ', indent);
        builder_add(&f->out, slice_part(text, at, end));
        builder_add_char(&f->out, '\n');
        at = end + 1;
    }
}

/* The number of spaces in front of the lines of a block scalar; SIZE_MAX when they are told. */
static size_t block_indent(struct slice written)
{
    size_t line = slice_find(written, "\n", 0);
    for (size_t i = 0; i < written.length && i < line; i++) {
        if (written.data[i] == '#') {
            break;
        }
        if (written.data[i] >= '1' && written.data[i] <= '9') {
            return SIZE_MAX;
        }
    }
    for (size_t at = line; at < written.length; at++) {
        size_t start = at + 1;
        at = start;
        while (at < written.length && written.data[at] == ' ') {
            at++;
        }
        if (at < written.length && written.data[at] != '\n' && written.data[at] != '\r') {
            return at - start;
        }
        at = slice_find(written, "\n", at);
        if (at == SIZE_MAX) {
            break;
        }
        at--; /* the loop steps over the line break */
    }
    return SIZE_MAX;
}

static bool has_long_line(struct slice written, size_t old_indent, size_t indent)
{
    for (size_t at = 0; at < written.length;) {
        size_t end = slice_find(written, "\n", at);
        end = end == SIZE_MAX ? written.length : end;
        size_t width = utf8_count(slice_part(written, at, end));
        if (at > 0 && width + indent > YAML_FORMAT_WIDTH + old_indent) {
            return true;
        }
        at = end + 1;
    }
    return false;
}

/* A folded text keeps its lines unless they are too long; false when they cannot be kept. */
static bool add_as_folded(struct formatter *f, const struct concrete *value, struct slice trailing,
                          size_t indent)
{
    size_t old = block_indent(value->written);
    if (old == SIZE_MAX || yaml_needs_escapes(value->text, false) || value->text.length == 0) {
        return false;
    }
    struct slice text = value->text;
    size_t breaks = 0;
    while (breaks < text.length && text.data[text.length - 1 - breaks] == '\n') {
        breaks++;
    }
    if (breaks > 1 || breaks == text.length) {
        return false;
    }
    builder_add_text(&f->out, breaks == 0 ? ">-" : ">");
    if (trailing.length > 0) {
        builder_add_char(&f->out, ' ');
        builder_add(&f->out, trailing);
    }
    builder_add_char(&f->out, '\n');
    struct slice content = slice_part(text, 0, text.length - breaks);
    if (can_be_folded(content) && has_long_line(value->written, old, indent)) {
        add_folded_lines(f, content, indent);
        return true;
    }
    size_t end = value->written.length;
    while (end > 0 && strchr(" \t\r\n", value->written.data[end - 1]) != NULL) {
        end--;
    }
    struct slice lines = slice_part(value->written, 0, end);
    for (size_t at = slice_find(lines, "\n", 0); at != SIZE_MAX && at < lines.length;) {
        size_t start = at + 1;
        at = slice_find(lines, "\n", start);
        size_t stop = at == SIZE_MAX ? lines.length : at;
        stop -= stop > start && lines.data[stop - 1] == '\r';
        if (stop > start + old) {
            builder_add_repeated(&f->out, ' ', indent);
            builder_add(&f->out, slice_part(lines, start + old, stop));
        }
        builder_add_char(&f->out, '\n');
    }
    return true;
}

static bool can_be_literal(struct slice text)
{
    return text.length > 0 && !yaml_needs_escapes(text, false) && slice_trim(text).length > 0;
}

/* ---- comments ---- */

/* At the column where it was, if that is free and in sight. */
static void add_trailing(struct formatter *f, const struct concrete_entry *entry)
{
    if (entry->trailing.length == 0) {
        return;
    }
    size_t width = line_width(&f->out, line_begin(f));
    bool keeps_column =
        entry->trailing_column > width && entry->trailing_column <= YAML_FORMAT_WIDTH;
    size_t spaces = keeps_column ? entry->trailing_column - width : 1;
    builder_add_repeated(&f->out, ' ', spaces);
    builder_add(&f->out, entry->trailing);
}

static void add_blank(struct formatter *f)
{
    if (!f->ends_with_kept && f->out.length > 0) {
        builder_add_char(&f->out, '\n');
    }
}

/* Lines of comment; the empty line above the first one is the caller's. */
static void add_comments(struct formatter *f, const struct comments *comments, size_t indent)
{
    for (size_t i = 0; i < comments->count; i++) {
        if (i > 0 && comments->items[i].blank_before) {
            add_blank(f);
        }
        builder_add_repeated(&f->out, ' ', indent);
        builder_add(&f->out, comments->items[i].text);
        builder_add_char(&f->out, '\n');
        f->ends_with_kept = false;
    }
}

/* ---- on one line ---- */

static void add_properties(struct formatter *f, const struct concrete *value)
{
    builder_add(&f->out, value->properties);
    builder_add_text(&f->out, value->properties.length > 0 ? " " : "");
}

static void add_key(struct formatter *f, const struct concrete *key, bool in_flow, size_t indent)
{
    if (key->style == CONCRETE_PLAIN && slice_is(key->text, "<<")) {
        builder_add_text(&f->out, "<<:");
        return;
    }
    if (key->style != CONCRETE_PLAIN && is_special_elsewhere(key->text)) {
        yaml_add_quoted(&f->out, key->text);
        builder_add_char(&f->out, ':');
        return;
    }
    yaml_add_key(&f->out, key->text, in_flow, indent);
}

static bool is_empty(const struct concrete *value)
{
    return value->kind == CONCRETE_SCALAR && value->style == CONCRETE_PLAIN &&
           value->text.length == 0 && value->properties.length == 0;
}

static void add_flow(struct formatter *f, const struct concrete *value)
{
    add_properties(f, value);
    if (value->kind == CONCRETE_ALIAS) {
        builder_printf(&f->out, "*%.*s", SLICE_ARG(value->text));
        return;
    }
    if (value->kind == CONCRETE_SCALAR) {
        add_scalar(f, value, true);
        return;
    }
    bool is_list = value->kind == CONCRETE_SEQUENCE;
    builder_add_char(&f->out, is_list ? '[' : '{');
    for (size_t i = 0; i < value->count; i++) {
        const struct concrete_entry *entry = &value->entries[i];
        builder_add_text(&f->out, i > 0 ? ", " : "");
        if (!is_list) {
            add_key(f, entry->key, true, 0);
        }
        if (is_list) {
            add_flow(f, entry->value);
        } else if (is_empty(entry->value)) {
            f->out.length--; /* `{a, b: c}`: `a:,` would be another key */
        } else {
            builder_add_char(&f->out, ' ');
            add_flow(f, entry->value);
        }
    }
    builder_add_char(&f->out, is_list ? ']' : '}');
}

/* True when all of the value can be on a line: the author has it there, and it has no lines. */
static bool can_be_flow(const struct concrete *value)
{
    if (!is_collection(value)) {
        bool has_lines = value->kind == CONCRETE_SCALAR &&
                         (value->style == CONCRETE_LITERAL || value->style == CONCRETE_FOLDED);
        return !has_lines;
    }
    if (value->count == 0) {
        return true; /* what comments there are in it come behind it */
    }
    if (value->style != CONCRETE_FLOW || value->needs_lines) {
        return false;
    }
    for (size_t i = 0; i < value->count; i++) {
        if (!can_be_flow(value->entries[i].value)) {
            return false;
        }
    }
    return true;
}

/* Appends the value to the open line if it fits there; else nothing. */
static bool add_if_it_fits(struct formatter *f, const struct concrete *value)
{
    if (!can_be_flow(value)) {
        return false;
    }
    size_t length = f->out.length;
    add_flow(f, value);
    if (value->count == 0 || value->stays_flow ||
        line_width(&f->out, line_begin(f)) <= YAML_FORMAT_WIDTH) {
        return true;
    }
    f->out.length = length;
    return false;
}

/* ---- on lines of their own ---- */

static void add_entries(struct formatter *f, const struct concrete *value, size_t indent,
                        bool is_open);

/* A scalar behind its key or dash, with the comment of the line and the line's end. */
static void add_scalar_line(struct formatter *f, const struct concrete_entry *entry, size_t indent)
{
    const struct concrete *value = entry->value;
    bool is_block = value->style == CONCRETE_LITERAL || value->style == CONCRETE_FOLDED;
    bool has_breaks = slice_find(value->text, "\n", 0) != SIZE_MAX;
    if (value->style == CONCRETE_FOLDED && add_as_folded(f, value, entry->trailing, indent)) {
        return;
    }
    if ((is_block || has_breaks) && can_be_literal(value->text)) {
        size_t start = f->out.length;
        yaml_add_literal(&f->out, value->text, indent);
        struct slice text = value->text;
        f->ends_with_kept = text.length > 1 && text.data[text.length - 1] == '\n' &&
                            text.data[text.length - 2] == '\n';
        if (entry->trailing.length > 0) { /* it stands behind the `|` */
            struct slice written = {f->out.data + start, f->out.length - start};
            written = arena_slice(f->arena, written);
            size_t header = slice_find(written, "\n", 0);
            f->out.length = start + header;
            add_trailing(f, entry);
            builder_add(&f->out, slice_part(written, header, written.length));
        }
        return;
    }
    size_t length = f->out.length;
    add_scalar(f, value, false);
    size_t width = line_width(&f->out, line_begin(f));
    if (width > YAML_FORMAT_WIDTH && is_text(f->arena, value) && can_be_folded(value->text) &&
        value->properties.length == 0) {
        f->out.length = length;
        builder_add_text(&f->out, ">-");
        add_trailing(f, entry);
        builder_add_char(&f->out, '\n');
        add_folded_lines(f, value->text, indent);
        return;
    }
    add_trailing(f, entry);
    builder_add_char(&f->out, '\n');
}

/* Puts a comment on a line of its own above the open line, which has a dash. */
static void add_above_line(struct formatter *f, struct slice comment)
{
    size_t begin = line_begin(f);
    struct slice line = {f->out.data + begin, f->out.length - begin};
    line = arena_slice(f->arena, line);
    f->out.length = begin;
    builder_add_repeated(&f->out, ' ', slice_find(line, "-", 0));
    builder_add(&f->out, comment);
    builder_add_char(&f->out, '\n');
    builder_add(&f->out, line);
}

/* A list or mapping below its key or dash, or behind them. */
static void add_collection(struct formatter *f, const struct concrete_entry *entry, size_t indent)
{
    const struct concrete *value = entry->value;
    bool is_item = entry->key == NULL;
    if (add_if_it_fits(f, value)) {
        add_trailing(f, entry);
        builder_add_char(&f->out, '\n');
        add_comments(f, &value->after, indent - 2);
        return;
    }
    add_properties(f, value);
    bool goes_on = is_item && value->kind == CONCRETE_MAPPING && value->properties.length == 0 &&
                   value->count > 0;
    if (goes_on && entry->trailing.length > 0) {
        add_above_line(f, entry->trailing);
    }
    if (!goes_on) {
        while (f->out.length > 0 && f->out.data[f->out.length - 1] == ' ') {
            f->out.length--;
        }
        add_trailing(f, entry);
        builder_add_char(&f->out, '\n');
    }
    add_entries(f, value, indent, goes_on);
}

static void add_value(struct formatter *f, const struct concrete_entry *entry, size_t indent)
{
    const struct concrete *value = entry->value;
    if (is_collection(value)) {
        add_collection(f, entry, indent);
    } else if (value->kind == CONCRETE_ALIAS || slice_find(value->properties, "!", 0) != SIZE_MAX) {
        add_flow(f, value);
        add_trailing(f, entry);
        builder_add_char(&f->out, '\n');
    } else {
        add_properties(f, value);
        add_scalar_line(f, entry, indent);
    }
}

/* The comments of an entry, and of the one that stands behind its dash. */
static void add_entry_comments(struct formatter *f, const struct concrete_entry *entry,
                               size_t indent)
{
    add_comments(f, &entry->before, indent);
    const struct concrete *value = entry->value;
    if (entry->key == NULL && value->kind == CONCRETE_MAPPING && value->count > 0) {
        add_entry_comments(f, &value->entries[0], indent);
    }
}

/* `is_open`: the first entry goes on behind a dash; its comments are written already. */
static void add_entries(struct formatter *f, const struct concrete *value, size_t indent,
                        bool is_open)
{
    for (size_t i = 0; i < value->count; i++) {
        const struct concrete_entry *entry = &value->entries[i];
        bool goes_on = is_open && i == 0;
        if (i > 0 && entry->blank_before) {
            add_blank(f);
        }
        f->ends_with_kept = false;
        if (!goes_on) {
            add_entry_comments(f, entry, indent);
            builder_add_repeated(&f->out, ' ', indent);
        }
        if (entry->key != NULL) {
            add_key(f, entry->key, false, indent);
        } else {
            builder_add_char(&f->out, '-');
        }
        if (is_empty(entry->value)) {
            add_trailing(f, entry);
            builder_add_char(&f->out, '\n');
            continue;
        }
        builder_add_char(&f->out, ' ');
        add_value(f, entry, indent + 2);
    }
    if (value->after.count > 0) {
        if (value->after.items[0].blank_before) {
            add_blank(f);
        }
        add_comments(f, &value->after, indent);
    }
}

struct slice yaml_format(struct arena *arena, const struct concrete_document *document)
{
    struct formatter f = {.arena = arena, .out = builder_new(arena)};
    const struct concrete *root = document->root;
    if (document->has_marker) {
        builder_add_text(&f.out, "---\n");
    }
    add_comments(&f, &document->head, 0);
    if (is_collection(root) && root->count > 0) {
        if (document->head.count > 0 && root->entries[0].blank_before) {
            add_blank(&f);
        }
        add_entries(&f, root, 0, false);
    } else {
        add_flow(&f, root);
        builder_add_char(&f.out, '\n');
        add_comments(&f, &root->after, 0);
    }
    return builder_slice(&f.out);
}
