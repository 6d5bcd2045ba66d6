/*
 * Writing JSON as the platform's exports are written: four spaces of indentation, `": "`, LF, no
 * newline at the end, no `\u` escapes but for control characters; empty arrays and objects in one
 * piece. In compact form there is no white space at all.
 *
 *     struct json_writer json = json_writer_new(&out, false);
 *     json_begin_object(&json);
 *     json_key(&json, "name");
 *     json_string(&json, name);
 *     json_end_object(&json);
 */
#ifndef DIALOGC_JSON_WRITER_H
#define DIALOGC_JSON_WRITER_H

#include "base/builder.h"
#include "tree/node.h"

struct json_writer {
    struct builder *out;
    bool compact;
    size_t depth;
    bool has_member; /* the innermost array or object has one already */
    bool after_key;
};

struct json_writer json_writer_new(struct builder *out, bool compact);

void json_begin_object(struct json_writer *json);
void json_end_object(struct json_writer *json);
void json_begin_array(struct json_writer *json);
void json_end_array(struct json_writer *json);

/* As json_key, with the length at hand. */
void json_plain_key(struct json_writer *json, const char *key, size_t length);

/* A key that needs no escapes. */
static inline void json_key(struct json_writer *json, const char *key)
{
    json_plain_key(json, key, strlen(key)); /* of a literal: known to the compiler */
}

void json_key_slice(struct json_writer *json, struct slice key);

void json_string(struct json_writer *json, struct slice text);
void json_integer(struct json_writer *json, long long value);
void json_boolean(struct json_writer *json, bool value);
void json_null(struct json_writer *json);

/* A key and its value at once. */
static inline void json_text_member(struct json_writer *json, const char *key, struct slice text)
{
    json_key(json, key);
    json_string(json, text);
}

static inline void json_boolean_member(struct json_writer *json, const char *key, bool value)
{
    json_key(json, key);
    json_boolean(json, value);
}

static inline void json_empty_array_member(struct json_writer *json, const char *key)
{
    json_key(json, key);
    json_begin_array(json);
    json_end_array(json);
}

/* A whole value; numbers with their digits as they are. */
void json_node(struct json_writer *json, const struct node *node);

/* Appends `text` as a JSON string with its quotes. */
void json_quote(struct builder *out, struct slice text);

#endif
