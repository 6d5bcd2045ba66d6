/* A streaming writer: no document is built in memory. */
#include "document/json/writer.h"

#include <stdint.h>

#include "document/json/plain.h"

struct json_writer json_writer_new(struct builder *out, bool compact)
{
    /* Nothing is written before the outermost value, just as after a key. */
    return (struct json_writer){
        .out = out, .compact = compact, .line_length = compact ? 0 : 1, .after_key = true};
}

struct json_writer json_writer_of_tree(struct json_tree *tree)
{
    return (struct json_writer){.tree = tree};
}

/* Appends the escape of one character that cannot stand in a JSON string. */
static void add_escape(struct builder *out, unsigned char c)
{
    static const char names[32] = {
        ['\b'] = 'b', ['\f'] = 'f', ['\n'] = 'n', ['\r'] = 'r', ['\t'] = 't'};
    if (c >= 0x20) {
        builder_add_char(out, '\\');
        builder_add_char(out, (char)c);
    } else if (names[c] != 0) {
        builder_add_char(out, '\\');
        builder_add_char(out, names[c]);
    } else {
        builder_printf(out, "\\u%04x", c);
    }
}

/* What must be escaped. */
static bool is_special(char c)
{
    return (unsigned char)c < 0x20 || c == '"' || c == '\\';
}

/* Where the first character stands that must be escaped; `end` when there is none. */
static const char *skip_plain(const char *at, const char *end)
{
    uint64_t bytes;
    while (end - at >= (ptrdiff_t)sizeof bytes) {
        memcpy(&bytes, at, sizeof bytes);
        if (json_find_special(bytes) != 0) {
            break;
        }
        at += sizeof bytes;
    }
    while (at < end && !is_special(*at)) {
        at++;
    }
    return at;
}

/* Writes `text` in quotes, as far as nothing in it is to be escaped; NULL otherwise. */
static char *put_plain(char *at, struct slice text)
{
    const char *from = text.data;
    size_t length = text.length;
    uint64_t special = 0;
    uint64_t bytes;
    *at++ = '"';
    if (length >= sizeof bytes) {
        for (size_t i = 0; i + sizeof bytes <= length; i += sizeof bytes) {
            memcpy(&bytes, from + i, sizeof bytes);
            memcpy(at + i, &bytes, sizeof bytes);
            special |= json_find_special(bytes);
        }
        size_t last = length - sizeof bytes; /* once more, up to the end */
        memcpy(&bytes, from + last, sizeof bytes);
        memcpy(at + last, &bytes, sizeof bytes);
        special |= json_find_special(bytes);
    } else {
        for (size_t i = 0; i < length; i++) {
            char c = from[i];
            at[i] = c;
            special |= is_special(c);
        }
    }
    at[length] = '"';
    return special == 0 ? at + length + 1 : NULL;
}

static void add_escaped(struct builder *out, struct slice text)
{
    const char *at = text.data;
    const char *end = text.data + text.length;
    builder_add_char(out, '"');
    while (at < end) {
        const char *plain = at;
        at = skip_plain(at, end);
        builder_add(out, (struct slice){plain, (size_t)(at - plain)});
        if (at < end) {
            add_escape(out, (unsigned char)*at++);
        }
    }
    builder_add_char(out, '"');
}

/* Writes `text` in quotes at `at`, where there is room for it unless something is to be escaped. */
static inline void quote_at(struct builder *out, char *at, struct slice text)
{
    const char *end = put_plain(at, text);
    out->length = (size_t)((end != NULL ? end : at) - out->data);
    if (end == NULL) {
        add_escaped(out, text);
    }
}

void json_quote(struct builder *out, struct slice text)
{
    builder_reserve(out, text.length + 2);
    quote_at(out, out->data + out->length, text);
}

_Static_assert(sizeof JSON_BLANKS == JSON_LINE + 1, "the line begins with its line feed");

char *json_begin_value_deep(struct json_writer *json, size_t room)
{
    struct builder *out = json->out;
    builder_reserve(out, room + 1 + json->line_length);
    char *at = out->data + out->length;
    if (json->after_key) {
        json->after_key = false;
        return at;
    }
    if (json->has_member) {
        *at++ = ',';
    }
    json->has_member = true;
    *at++ = '\n';
    memset(at, ' ', json->line_length - 1);
    return at + json->line_length - 1;
}

static void set_depth(struct json_writer *json, size_t depth)
{
    json->depth = depth;
    json->line_length = json->compact ? 0 : 1 + 4 * depth;
}

/* Goes on inside an array or object, whose bracket is written at `at`. */
static void enter(struct json_writer *json, char *at, char bracket)
{
    *at++ = bracket;
    json_end_value(json, at);
    set_depth(json, json->depth + 1);
    json->has_member = false;
}

static void begin(struct json_writer *json, char bracket)
{
    if (json->tree != NULL) {
        json_tree_begin(json->tree, bracket == '{' ? NODE_MAPPING : NODE_SEQUENCE);
        return;
    }
    enter(json, json_begin_value(json, 1), bracket);
}

static void end(struct json_writer *json, char bracket)
{
    if (json->tree != NULL) {
        json_tree_end(json->tree);
        return;
    }
    set_depth(json, json->depth - 1);
    json->after_key = !json->has_member; /* in an empty one there is no line to begin */
    json->has_member = false;            /* no comma precedes it */
    char *at = json_begin_value(json, 1);
    *at++ = bracket;
    json_end_value(json, at);
    json->has_member = true;
}

void json_begin_object(struct json_writer *json)
{
    begin(json, '{');
}

void json_end_object(struct json_writer *json)
{
    end(json, '}');
}

void json_begin_array(struct json_writer *json)
{
    begin(json, '[');
}

void json_end_array(struct json_writer *json)
{
    end(json, ']');
}

static inline char *put_slice(char *at, struct slice bytes)
{
    memcpy(at, bytes.data, bytes.length);
    return at + bytes.length;
}

static inline char *put_word(char *at, struct slice word)
{
    *at++ = '"';
    at = put_slice(at, word);
    *at++ = '"';
    return at;
}

void json_string(struct json_writer *json, struct slice text)
{
    if (json->tree != NULL) {
        json_tree_add_text(json->tree, text);
        return;
    }
    quote_at(json->out, json_begin_value(json, text.length + 2), text);
}

/* Bytes that are the value as they are. */
static void write_raw(struct json_writer *json, struct slice bytes)
{
    if (json->tree != NULL) {
        json_tree_add_raw(json->tree, bytes);
        return;
    }
    json_end_value(json, put_slice(json_begin_value(json, bytes.length), bytes));
}

void json_word(struct json_writer *json, struct slice word)
{
    if (json->tree != NULL) {
        json_tree_add_word(json->tree, word);
        return;
    }
    json_end_value(json, put_word(json_begin_value(json, word.length + 2), word));
}

/* Writes a key, and returns where its value is to be written: there are `room` bytes. */
static inline char *put_key(struct json_writer *json, struct slice key, size_t room)
{
    char *at = json_begin_value(json, key.length + 4 + room);
    at = put_word(at, key);
    memcpy(at, ": ", 2);
    return at + (json->compact ? 1 : 2);
}

void json_write_key(struct json_writer *json, struct slice key)
{
    if (json->tree != NULL) {
        json_tree_add_word(json->tree, key);
        return;
    }
    json_end_value(json, put_key(json, key, 0));
    json->after_key = true;
}

void json_write_text_member(struct json_writer *json, struct slice key, struct slice text)
{
    if (json->tree != NULL) {
        json_tree_add_word(json->tree, key);
        json_tree_add_text(json->tree, text);
        return;
    }
    quote_at(json->out, put_key(json, key, text.length + 2), text);
}

void json_write_word_member(struct json_writer *json, struct slice key, struct slice word)
{
    if (json->tree != NULL) {
        json_tree_add_word(json->tree, key);
        json_tree_add_word(json->tree, word);
        return;
    }
    json_end_value(json, put_word(put_key(json, key, word.length + 2), word));
}

void json_write_raw_member(struct json_writer *json, struct slice key, struct slice raw)
{
    if (json->tree != NULL) {
        json_tree_add_word(json->tree, key);
        json_tree_add_raw(json->tree, raw);
        return;
    }
    json_end_value(json, put_slice(put_key(json, key, raw.length), raw));
}

void json_begin_member(struct json_writer *json, struct slice key, char bracket)
{
    if (json->tree != NULL) {
        json_tree_add_word(json->tree, key);
        begin(json, bracket);
        return;
    }
    enter(json, put_key(json, key, 1), bracket);
}

void json_key_slice(struct json_writer *json, struct slice key)
{
    json_string(json, key);
    if (json->tree == NULL) {
        builder_add_text(json->out, json->compact ? ":" : ": ");
        json->after_key = true;
    }
}

void json_integer(struct json_writer *json, long long value)
{
    char digits[24];
    char *at = digits + sizeof digits;
    unsigned long long rest = value < 0 ? 0 - (unsigned long long)value : (unsigned long long)value;
    do {
        *--at = (char)('0' + rest % 10);
        rest /= 10;
    } while (rest > 0);
    if (value < 0) {
        *--at = '-';
    }
    write_raw(json, (struct slice){at, (size_t)(digits + sizeof digits - at)});
}

void json_boolean(struct json_writer *json, bool value)
{
    write_raw(json, value ? SLICE("true") : SLICE("false"));
}

void json_null(struct json_writer *json)
{
    write_raw(json, SLICE("null"));
}

void json_empty_array(struct json_writer *json)
{
    write_raw(json, SLICE("[]"));
}

/* Adds the nodes of the passage once more. */
static bool repeat_nodes(struct json_tree *tree, struct json_passage *passage)
{
    passage->start = passage->length == 0 ? tree->pending_count : passage->start;
    for (size_t i = 0; i < passage->length; i++) {
        json_tree_add(tree, passage->nodes[i]);
    }
    return passage->length > 0;
}

bool json_repeat(struct json_writer *json, struct json_passage *passage)
{
    if (json->tree != NULL) {
        return repeat_nodes(json->tree, passage);
    }
    struct builder *out = json->out;
    if (passage->length == 0) {
        passage->start = out->length;
        return false;
    }
    builder_reserve(out, passage->length); /* before the address is taken, which it may change */
    builder_add(out, (struct slice){out->data + passage->start, passage->length});
    set_depth(json, passage->depth);
    json->has_member = true;
    return true;
}

void json_end_passage(struct json_writer *json, struct json_passage *passage)
{
    const struct json_tree *tree = json->tree;
    if (tree != NULL) {
        passage->length = tree->pending_count - passage->start;
        passage->nodes = arena_alloc_array(tree->arena, passage->length, sizeof *passage->nodes);
        memcpy(passage->nodes, tree->pending + passage->start,
               passage->length * sizeof *passage->nodes);
        return;
    }
    passage->length = json->out->length - passage->start;
    passage->depth = json->depth;
}

void json_node(struct json_writer *json, const struct node *node)
{
    if (json->tree != NULL) {
        json_tree_add(json->tree, node);
        return;
    }
    switch (node->kind) {
    case NODE_NULL:
        json_null(json);
        break;
    case NODE_BOOLEAN:
        json_boolean(json, node->boolean);
        break;
    case NODE_INTEGER:
    case NODE_FLOAT:
        write_raw(json, node->text);
        break;
    case NODE_STRING:
        json_string(json, node->text);
        break;
    case NODE_SEQUENCE:
        json_begin_array(json);
        for (size_t i = 0; i < node->count; i++) {
            json_node(json, node->items[i]);
        }
        json_end_array(json);
        break;
    case NODE_MAPPING:
        json_begin_object(json);
        for (size_t i = 0; i < node->count; i++) {
            json_key_slice(json, node->members[i].key->text);
            json_node(json, node->members[i].value);
        }
        json_end_object(json);
        break;
    }
}
