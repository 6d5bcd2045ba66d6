/*
 * Writing JSON as the platform's exports are written: four spaces of indentation, `": "`, LF, no
 * newline at the end, no `\u` escapes but for control characters; empty arrays and objects in one
 * piece. In compact form there is no white space at all. A writer of a tree makes no text: what
 * is written becomes nodes (tree.h).
 *
 *     struct json_writer json = json_writer_new(&out, false);
 *     json_begin_object(&json);
 *     json_text_member(&json, "name", name);
 *     json_end_object(&json);
 */
#ifndef DIALOGC_DOCUMENT_JSON_WRITER_H
#define DIALOGC_DOCUMENT_JSON_WRITER_H

#include "base/always_inline.h"
#include "base/builder.h"
#include "document/json/tree.h"

struct json_writer {
    struct builder *out;    /* NULL: what follows says nothing, */
    struct json_tree *tree; /* and a tree is made */
    bool compact;
    size_t depth;
    size_t line_length; /* of a line feed and the indentation; 0 where values stand in one line */
    bool has_member;    /* the innermost array or object has one already */
    bool after_key;
};

struct json_writer json_writer_new(struct builder *out, bool compact);
struct json_writer json_writer_of_tree(struct json_tree *tree);

/* As json_begin_value for lines that are longer than JSON_LINE. */
char *json_begin_value_deep(struct json_writer *json, size_t room);

#define JSON_LINE 64
/* What JSON_LINE bytes of a new line begin with. */
#define JSON_BLANKS "\n                                                               "

/*
 * Ends what stands before a value (nothing after a key; otherwise a comma, a line feed and the
 * indentation) and returns where the value is to be written: there are `room` bytes. Artifacts are
 * thousands of short lines, so this is one copy of a fixed size. Only for writers of text.
 */
static inline char *json_begin_value(struct json_writer *json, size_t room)
{
    struct builder *out = json->out;
    if (json->line_length > JSON_LINE) {
        return json_begin_value_deep(json, room);
    }
    builder_reserve(out, room + 1 + JSON_LINE);
    char *at = out->data + out->length;
    if (json->after_key) {
        json->after_key = false;
        return at;
    }
    *at = ',';
    at += json->has_member;
    json->has_member = true;
    memcpy(at, JSON_BLANKS, JSON_LINE);
    return at + json->line_length;
}

/* Ends a value: `end` is behind its last byte. */
static inline void json_end_value(struct json_writer *json, const char *end)
{
    json->out->length = (size_t)(end - json->out->data);
}

void json_begin_object(struct json_writer *json);
void json_end_object(struct json_writer *json);
void json_begin_array(struct json_writer *json);
void json_end_array(struct json_writer *json);

/* A key that needs no escapes. */
void json_write_key(struct json_writer *json, struct slice key);

void json_key_slice(struct json_writer *json, struct slice key);

void json_string(struct json_writer *json, struct slice text);

/* A string that needs no escapes, such as a word of the format. */
void json_word(struct json_writer *json, struct slice word);

void json_integer(struct json_writer *json, long long value);
void json_boolean(struct json_writer *json, bool value);
void json_null(struct json_writer *json);

/* `[]` */
void json_empty_array(struct json_writer *json);

/*
 * A key that needs no escapes and its value at once, or the beginning of its value: most of an
 * artifact is such lines, and each is one step. `raw` are bytes that are the value as they are.
 */
void json_write_text_member(struct json_writer *json, struct slice key, struct slice text);
void json_write_word_member(struct json_writer *json, struct slice key, struct slice word);
void json_write_raw_member(struct json_writer *json, struct slice key, struct slice raw);
void json_begin_member(struct json_writer *json, struct slice key, char bracket);

/* The same for keys that are literals: inlined always, since the compiler knows their lengths. */

static ALWAYS_INLINE void json_key(struct json_writer *json, const char *key)
{
    json_write_key(json, slice_of(key));
}

static ALWAYS_INLINE void json_text_member(struct json_writer *json, const char *key,
                                           struct slice text)
{
    json_write_text_member(json, slice_of(key), text);
}

static ALWAYS_INLINE void json_word_member(struct json_writer *json, const char *key,
                                           struct slice word)
{
    json_write_word_member(json, slice_of(key), word);
}

static ALWAYS_INLINE void json_integer_member(struct json_writer *json, const char *key,
                                              long long value)
{
    json_key(json, key);
    json_integer(json, value);
}

static ALWAYS_INLINE void json_boolean_member(struct json_writer *json, const char *key, bool value)
{
    json_write_raw_member(json, slice_of(key), value ? SLICE("true") : SLICE("false"));
}

static ALWAYS_INLINE void json_empty_array_member(struct json_writer *json, const char *key)
{
    json_write_raw_member(json, slice_of(key), SLICE("[]"));
}

static ALWAYS_INLINE void json_begin_object_member(struct json_writer *json, const char *key)
{
    json_begin_member(json, slice_of(key), '{');
}

static ALWAYS_INLINE void json_begin_array_member(struct json_writer *json, const char *key)
{
    json_begin_member(json, slice_of(key), '[');
}

/*
 * Whole values that are written in several places at the same depth, behind a value or behind none
 * as the first time: they are copied from there, which costs a small part of writing them.
 */
struct json_passage {
    size_t start, length; /* in the output; a length of 0: not written yet */
    size_t depth;         /* at its end */
    struct node **nodes;  /* in a tree, of which `length` is their number */
};

/* Writes the passage once more; false where it begins here for the first time. */
bool json_repeat(struct json_writer *json, struct json_passage *passage);

/* The end of a passage, behind a value. */
void json_end_passage(struct json_writer *json, struct json_passage *passage);

/* A whole value; numbers with their digits as they are. */
void json_node(struct json_writer *json, const struct node *node);

/* Appends `text` as a JSON string with its quotes. */
void json_quote(struct builder *out, struct slice text);

#endif
