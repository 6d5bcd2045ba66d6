/* A streaming writer: no document is built in memory. */
#include "json/writer.h"

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

void json_quote(struct builder *out, struct slice text)
{
    const char *at = text.data;
    const char *end = text.length > 0 ? text.data + text.length : text.data;
    builder_reserve(out, text.length + 2);
    builder_add_char(out, '"');
    while (at < end) {
        const char *plain = at;
        while (at < end && (unsigned char)*at >= 0x20 && *at != '"' && *at != '\\') {
            at++;
        }
        builder_add(out, (struct slice){plain, (size_t)(at - plain)});
        if (at < end) {
            add_escape(out, (unsigned char)*at++);
        }
    }
    builder_add_char(out, '"');
}

static void break_line(struct json_writer *json)
{
    if (!json->compact) {
        size_t spaces = 4 * json->depth;
        builder_reserve(json->out, 1 + spaces);
        char *at = json->out->data + json->out->length;
        at[0] = '\n';
        memset(at + 1, ' ', spaces);
        json->out->length += 1 + spaces;
    }
}

/* What stands before a value: nothing after a key, otherwise a comma and a new line. */
static void before_value(struct json_writer *json)
{
    if (json->after_key) {
        json->after_key = false;
        return;
    }
    if (json->has_member) {
        builder_add_char(json->out, ',');
    }
    if (json->depth > 0) {
        break_line(json);
    }
    json->has_member = true;
}

static void begin(struct json_writer *json, char bracket)
{
    before_value(json);
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
    before_value(json);
    json_quote(json->out, key);
    builder_add_text(json->out, json->compact ? ":" : ": ");
    json->after_key = true;
}

void json_plain_key(struct json_writer *json, const char *key, size_t length)
{
    before_value(json);
    builder_reserve(json->out, length + 4);
    builder_add_char(json->out, '"');
    builder_add(json->out, (struct slice){key, length});
    builder_add_text(json->out, json->compact ? "\":" : "\": ");
    json->after_key = true;
}

void json_string(struct json_writer *json, struct slice text)
{
    before_value(json);
    json_quote(json->out, text);
}

void json_integer(struct json_writer *json, long long value)
{
    before_value(json);
    builder_printf(json->out, "%lld", value);
}

void json_boolean(struct json_writer *json, bool value)
{
    before_value(json);
    builder_add_text(json->out, value ? "true" : "false");
}

void json_null(struct json_writer *json)
{
    before_value(json);
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
        before_value(json);
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
