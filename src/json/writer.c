/* A streaming writer: no document is built in memory. */
#include "json/writer.h"

#include <stdint.h>

struct json_writer json_writer_new(struct builder *out, bool compact)
{
    return (struct json_writer){.out = out, .compact = compact};
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

#define EVERY_BYTE UINT64_C(0x0101010101010101)
#define HIGH_BITS  (EVERY_BYTE * 0x80)

/* Not 0 when one of eight bytes is a control character, a quote or a backslash. */
static uint64_t find_special(uint64_t bytes)
{
    uint64_t quotes = bytes ^ (EVERY_BYTE * '"');
    uint64_t backslashes = bytes ^ (EVERY_BYTE * '\\');
    uint64_t controls = (bytes - EVERY_BYTE * 0x20) & ~bytes;
    return (controls | ((quotes - EVERY_BYTE) & ~quotes) |
            ((backslashes - EVERY_BYTE) & ~backslashes)) &
           HIGH_BITS;
}

/* Where the first character stands that must be escaped; `end` when there is none. */
static const char *skip_plain(const char *at, const char *end)
{
    uint64_t bytes;
    while (end - at >= (ptrdiff_t)sizeof bytes) {
        memcpy(&bytes, at, sizeof bytes);
        if (find_special(bytes) != 0) {
            break;
        }
        at += sizeof bytes;
    }
    while (at < end && (unsigned char)*at >= 0x20 && *at != '"' && *at != '\\') {
        at++;
    }
    return at;
}

void json_quote(struct builder *out, struct slice text)
{
    const char *at = text.data;
    const char *end = text.length > 0 ? text.data + text.length : text.data;
    builder_reserve(out, text.length + 2);
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

/* Writes a line feed and the indentation to where there is room for them and BLANKS more bytes. */
static char *add_line(char *at, size_t spaces)
{
    enum { BLANKS = 32 };
    static const char blanks[BLANKS] = "                                ";
    *at++ = '\n';
    for (size_t done = 0; done < spaces; done += BLANKS) {
        memcpy(at + done, blanks, BLANKS); /* of a fixed size: one or two stores */
    }
    return at + spaces;
}

#define LINE_ROOM 40 /* of add_line, a comma and a line feed */

static void break_line(struct json_writer *json)
{
    if (!json->compact) {
        size_t spaces = 4 * json->depth;
        builder_reserve(json->out, spaces + LINE_ROOM);
        char *at = add_line(json->out->data + json->out->length, spaces);
        json->out->length = (size_t)(at - json->out->data);
    }
}

/*
 * What stands before a value: nothing after a key, otherwise a comma and a new line. `room` more
 * bytes are reserved.
 */
static void before_value(struct json_writer *json, size_t room)
{
    struct builder *out = json->out;
    size_t spaces = 4 * json->depth;
    builder_reserve(out, room + spaces + LINE_ROOM);
    if (json->after_key) {
        json->after_key = false;
        return;
    }
    char *at = out->data + out->length;
    if (json->has_member) {
        *at++ = ',';
    }
    if (json->depth > 0 && !json->compact) {
        at = add_line(at, spaces);
    }
    out->length = (size_t)(at - out->data);
    json->has_member = true;
}

static void begin(struct json_writer *json, char bracket)
{
    before_value(json, 0);
    builder_add_char(json->out, bracket);
    json->depth++;
    json->has_member = false;
}

static void end(struct json_writer *json, char bracket)
{
    json->depth--;
    if (json->has_member) {
        break_line(json);
    }
    builder_add_char(json->out, bracket);
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

void json_key_slice(struct json_writer *json, struct slice key)
{
    before_value(json, 0);
    json_quote(json->out, key);
    builder_add_text(json->out, json->compact ? ":" : ": ");
    json->after_key = true;
}

void json_plain_key(struct json_writer *json, const char *key, size_t length)
{
    struct builder *out = json->out;
    before_value(json, length + 4);
    char *at = out->data + out->length;
    *at++ = '"';
    memcpy(at, key, length);
    at += length;
    *at++ = '"';
    *at++ = ':';
    if (!json->compact) {
        *at++ = ' ';
    }
    out->length = (size_t)(at - out->data);
    json->after_key = true;
}

void json_string(struct json_writer *json, struct slice text)
{
    before_value(json, 0);
    json_quote(json->out, text);
}

void json_integer(struct json_writer *json, long long value)
{
    before_value(json, 0);
    builder_printf(json->out, "%lld", value);
}

void json_boolean(struct json_writer *json, bool value)
{
    before_value(json, 0);
    builder_add_text(json->out, value ? "true" : "false");
}

void json_null(struct json_writer *json)
{
    before_value(json, 0);
    builder_add_text(json->out, "null");
}

void json_node(struct json_writer *json, const struct node *node)
{
    switch (node->kind) {
    case NODE_NULL:
        json_null(json);
        break;
    case NODE_BOOLEAN:
        json_boolean(json, node->boolean);
        break;
    case NODE_INTEGER:
    case NODE_FLOAT:
        before_value(json, 0);
        builder_add(json->out, node->text);
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
