/* A recursive-descent reader of JSON; the depth is bounded by JSON_DEPTH_LIMIT. */
#include "document/json/reader.h"

#include <stdint.h>

#include "base/ascii.h"
#include "base/builder.h"
#include "base/map.h"
#include "base/utf8.h"
#include "document/json/plain.h"
#include "document/tree/encoding.h"
#include "document/tree/index.h"

/* Where it is worth while to look for keys and values that are the same. */
#define LARGE_TEXT ((size_t)64 * 1024)

/* A longer scalar is hardly ever written twice. */
#define SHARED_LENGTH 24

struct reader {
    struct arena *arena;
    struct diagnostics *diagnostics;
    const struct source *source;
    struct slice bytes;
    size_t at;
    size_t depth;
    bool is_quiet;         /* nobody asks for places: what is the same is one node */
    struct map keys;       /* by their text */
    struct map scalars;    /* by how they are written */
    struct map arrays;     /* by their items, which are shared as well */
    struct map objects;    /* by their keys and values */
    size_t unshared_count; /* of values that have a node of their own */
    struct node **pending; /* children of the arrays and objects that are still open */
    size_t pending_count;
    size_t pending_capacity;
};

static bool fail(struct reader *reader, size_t at, const char *message)
{
    size_t end = at < reader->bytes.length ? at + 1 : at;
    diag_report(reader->diagnostics, E0016, reader->source,
                (struct range){(uint32_t)at, (uint32_t)end}, "%s", message);
    return false;
}

static int peek(const struct reader *reader)
{
    return reader->at < reader->bytes.length ? (unsigned char)reader->bytes.data[reader->at] : -1;
}

/* The next eight bytes; false when there are fewer. */
static bool peek_word(const struct reader *reader, uint64_t *word)
{
    bool has_word = reader->at + sizeof *word <= reader->bytes.length;
    if (has_word) {
        memcpy(word, reader->bytes.data + reader->at, sizeof *word);
    }
    return has_word;
}

/* Half of an export is indentation, which is passed over in steps of eight blanks. */
static void skip_blanks(struct reader *reader)
{
    struct slice bytes = reader->bytes;
    uint64_t word;
    reader->at += peek(reader) == '\n';
    while (peek_word(reader, &word) && word == JSON_EACH_BYTE * ' ') {
        reader->at += sizeof word;
    }
    size_t at = reader->at;
    while (at < bytes.length && (bytes.data[at] == ' ' || bytes.data[at] == '\n' ||
                                 bytes.data[at] == '\t' || bytes.data[at] == '\r')) {
        at++;
    }
    reader->at = at;
}

/* Mostly there is nothing to be passed over. */
static inline void skip_space(struct reader *reader)
{
    if (peek(reader) <= ' ') {
        skip_blanks(reader);
    }
}

static struct node *new_node(struct reader *reader, enum node_kind kind, size_t start)
{
    struct node *node = arena_alloc(reader->arena, sizeof *node);
    node->kind = kind;
    node->source = reader->source;
    node->range = (struct range){(uint32_t)start, (uint32_t)reader->at};
    return node;
}

/* A scalar that is written from `start` to here; `text`: see node.h. */
static struct node *new_scalar(struct reader *reader, enum node_kind kind, size_t start,
                               struct slice text)
{
    struct slice written = slice_part(reader->bytes, start, reader->at);
    bool shares = reader->is_quiet && written.length <= SHARED_LENGTH;
    struct node *node = shares ? map_get(&reader->scalars, written) : NULL;
    if (node == NULL) {
        node = new_node(reader, kind, start);
        node->text = text;
        if (shares) {
            map_add(&reader->scalars, written, node);
        }
    }
    reader->unshared_count += !shares;
    return node;
}

/* ---- strings ---- */

/* Four hex digits at the current place, or -1. */
static long read_hex(struct reader *reader)
{
    long value = 0;
    for (int i = 0; i < 4; i++) {
        int digit = ascii_hex_value((char)peek(reader));
        if (digit < 0) {
            return -1;
        }
        value = value * 16 + digit;
        reader->at++;
    }
    return value;
}

static bool read_unicode_escape(struct reader *reader, struct builder *out, size_t start)
{
    long unit = read_hex(reader);
    if (unit < 0) {
        return fail(reader, start, "`\\u` needs four hexadecimal digits");
    }
    uint32_t c = (uint32_t)unit;
    if (c >= 0xD800 && c <= 0xDBFF && peek(reader) == '\\' &&
        reader->at + 1 < reader->bytes.length && reader->bytes.data[reader->at + 1] == 'u') {
        reader->at += 2;
        long low = read_hex(reader);
        if (low < 0xDC00 || low > 0xDFFF) {
            return fail(reader, start, "half of a surrogate pair is missing");
        }
        c = 0x10000 + (c - 0xD800) * 0x400 + ((uint32_t)low - 0xDC00);
    } else if (c >= 0xD800 && c <= 0xDFFF) {
        return fail(reader, start, "half of a surrogate pair is missing");
    }
    char utf8[4];
    size_t length = utf8_encode(c, utf8);
    builder_add(out, (struct slice){utf8, length});
    return true;
}

static bool read_escape(struct reader *reader, struct builder *out)
{
    static const char names[] = "\"\\/bfnrt";
    static const char values[] = "\"\\/\b\f\n\r\t";
    size_t start = reader->at;
    reader->at++;
    int c = peek(reader);
    reader->at++;
    if (c == 'u') {
        return read_unicode_escape(reader, out, start);
    }
    const char *name = c > 0 ? strchr(names, c) : NULL;
    if (name == NULL) {
        return fail(reader, start, "JSON does not have this escape");
    }
    builder_add_char(out, values[name - names]);
    return true;
}

/* Passes over ASCII that stands for itself, as far as whole words of it go. */
static void skip_plain_words(struct reader *reader)
{
    uint64_t word;
    while (peek_word(reader, &word) && json_find_special_or_wide(word) == 0) {
        reader->at += sizeof word;
    }
}

static bool read_string(struct reader *reader, struct slice *text)
{
    size_t start = reader->at++;
    size_t plain = reader->at; /* start of the run that needs no change */
    struct builder out = builder_new(reader->arena);
    bool escaped = false;
    skip_plain_words(reader);
    for (;;) {
        int c = peek(reader);
        if (c < 0) {
            return fail(reader, start, "this string is never closed");
        }
        if (c == '"') {
            break;
        }
        if (c < 0x20) {
            return fail(reader, reader->at, "a control character must be escaped");
        }
        if (c == '\\') {
            builder_add(&out, slice_part(reader->bytes, plain, reader->at));
            if (!read_escape(reader, &out)) {
                return false;
            }
            escaped = true;
            plain = reader->at;
            skip_plain_words(reader);
            continue;
        }
        size_t length =
            c < 0x80 ? 1
                     : utf8_sequence(slice_part(reader->bytes, reader->at, reader->bytes.length));
        if (length == 0) {
            return fail(reader, reader->at, "these bytes are not valid UTF-8");
        }
        reader->at += length;
        if (length > 1) {
            skip_plain_words(reader);
        }
    }
    struct slice rest = slice_part(reader->bytes, plain, reader->at);
    reader->at++;
    if (escaped) {
        builder_add(&out, rest);
        *text = builder_slice(&out);
    } else {
        *text = rest;
    }
    return true;
}

/* ---- numbers and words ---- */

static size_t skip_digits(struct reader *reader)
{
    size_t start = reader->at;
    while (peek(reader) >= '0' && peek(reader) <= '9') {
        reader->at++;
    }
    return reader->at - start;
}

static struct node *read_number(struct reader *reader)
{
    size_t start = reader->at;
    enum node_kind kind = NODE_INTEGER;
    reader->at += peek(reader) == '-';
    bool zero = peek(reader) == '0';
    size_t digits = skip_digits(reader);
    bool valid = digits > 0 && !(zero && digits > 1);
    if (valid && peek(reader) == '.') {
        reader->at++;
        kind = NODE_FLOAT;
        valid = skip_digits(reader) > 0;
    }
    if (valid && (peek(reader) == 'e' || peek(reader) == 'E')) {
        reader->at++;
        kind = NODE_FLOAT;
        reader->at += peek(reader) == '-' || peek(reader) == '+';
        valid = skip_digits(reader) > 0;
    }
    if (!valid) {
        fail(reader, start, "this is not a valid JSON number");
        return NULL;
    }
    return new_scalar(reader, kind, start, slice_part(reader->bytes, start, reader->at));
}

static bool take_word(struct reader *reader, const char *word)
{
    struct slice rest = slice_part(reader->bytes, reader->at, reader->bytes.length);
    if (!slice_starts_with(rest, word)) {
        return false;
    }
    reader->at += strlen(word);
    return true;
}

/* ---- values ---- */

static struct node *read_value(struct reader *reader);

static bool take(struct reader *reader, char c, const char *message)
{
    skip_space(reader);
    if (peek(reader) != c) {
        return fail(reader, reader->at, message);
    }
    reader->at++;
    return true;
}

static void push(struct reader *reader, struct node *child)
{
    if (reader->pending_count == reader->pending_capacity) {
        size_t bigger = reader->pending_capacity == 0 ? 64 : 2 * reader->pending_capacity;
        reader->pending = arena_grow(reader->arena, reader->pending, reader->pending_capacity,
                                     bigger, sizeof(struct node *));
        reader->pending_capacity = bigger;
    }
    reader->pending[reader->pending_count++] = child;
}

/* Takes what was pushed since `base` into an array of its own; NULL when there is nothing. */
static void *pop_all(struct reader *reader, size_t base)
{
    size_t count = reader->pending_count - base;
    if (count == 0) {
        return NULL;
    }
    struct node **children = arena_alloc_array(reader->arena, count, sizeof(struct node *));
    memcpy(children, reader->pending + base, count * sizeof(struct node *));
    reader->pending_count = base;
    return children;
}

/* The children that were pushed since `base`, as a key of the maps of what is shared. */
static struct slice pending_key(const struct reader *reader, size_t base)
{
    size_t count = reader->pending_count - base;
    return count > 0 ? (struct slice){(const char *)(reader->pending + base),
                                      count * sizeof(struct node *)}
                     : SLICE("");
}

/*
 * The array or object that ends here: one node for all that have the same children, when every
 * value in it is shared (`unshared` is their number before it began).
 */
static struct node *close_container(struct reader *reader, struct map *same, size_t base,
                                    size_t unshared, struct node container)
{
    bool shares = reader->is_quiet && reader->unshared_count == unshared;
    struct slice key = pending_key(reader, base);
    struct node *node = shares ? map_get(same, key) : NULL;
    if (node != NULL) {
        reader->pending_count = base;
        return node;
    }
    node = arena_alloc(reader->arena, sizeof *node);
    *node = container;
    node->range.end = (uint32_t)reader->at;
    void *children = pop_all(reader, base);
    if (container.kind == NODE_MAPPING) {
        node->members = children;
    } else {
        node->items = children;
    }
    if (shares) {
        map_add(same, (struct slice){key.length > 0 ? children : key.data, key.length}, node);
    }
    return node;
}

/* An array or object that begins here. */
static struct node open_container(struct reader *reader, enum node_kind kind)
{
    uint32_t start = (uint32_t)reader->at++;
    return (struct node){.kind = kind, .source = reader->source, .range = {start, start}};
}

static struct node *read_array(struct reader *reader)
{
    struct node array = open_container(reader, NODE_SEQUENCE);
    size_t base = reader->pending_count;
    size_t unshared = reader->unshared_count;
    skip_space(reader);
    while (peek(reader) != ']') {
        if (reader->pending_count > base && !take(reader, ',', "expected `,` or `]` here")) {
            return NULL;
        }
        struct node *item = read_value(reader);
        if (item == NULL) {
            return NULL;
        }
        push(reader, item);
        skip_space(reader);
    }
    reader->at++;
    array.count = (uint32_t)(reader->pending_count - base);
    return close_container(reader, &reader->arrays, base, unshared, array);
}

/* Makes what has been read of the open object that begins at `base` its members for now. */
static void show_pending(const struct reader *reader, size_t base, struct node *object)
{
    object->count =
        (uint32_t)(reader->pending_count - base) / 2; /* a key and its value are one member */
    object->members = object->count > 0 ? (struct member *)(reader->pending + base) : NULL;
}

static struct node *new_key(struct reader *reader, struct slice text, size_t start)
{
    struct node *key = reader->is_quiet ? map_get(&reader->keys, text) : NULL;
    if (key == NULL) {
        key = new_node(reader, NODE_STRING, start);
        key->text = text;
        if (reader->is_quiet) {
            map_add(&reader->keys, text, key);
        }
    }
    return key;
}

static bool read_member(struct reader *reader, struct node *object, size_t base)
{
    skip_space(reader);
    size_t start = reader->at;
    struct slice text;
    if (peek(reader) != '"') {
        return fail(reader, reader->at, "expected a key in double quotes here");
    }
    if (!read_string(reader, &text)) {
        return false;
    }
    struct node *key = new_key(reader, text, start);
    show_pending(reader, base, object);
    if (node_member(object, text) != NULL) {
        return fail(reader, start, "this key appears twice");
    }
    skip_space(reader);
    if (!take(reader, ':', "expected `:` here")) {
        return false;
    }
    struct node *value = read_value(reader);
    if (value == NULL) {
        return false;
    }
    push(reader, key);
    push(reader, value);
    show_pending(reader, base, object);
    object->index = member_index_add(reader->arena, object->index, object->members, object->count);
    return true;
}

static struct node *read_object(struct reader *reader)
{
    struct node object = open_container(reader, NODE_MAPPING);
    size_t base = reader->pending_count;
    size_t unshared = reader->unshared_count;
    skip_space(reader);
    while (peek(reader) != '}') {
        if (reader->pending_count > base && !take(reader, ',', "expected `,` or `}` here")) {
            return NULL;
        }
        if (!read_member(reader, &object, base)) {
            return NULL;
        }
        skip_space(reader);
    }
    reader->at++;
    object.count = (uint32_t)(reader->pending_count - base) / 2;
    return close_container(reader, &reader->objects, base, unshared, object);
}

static struct node *read_simple(struct reader *reader)
{
    size_t start = reader->at;
    int c = peek(reader);
    if (c == '"') {
        struct slice text;
        if (!read_string(reader, &text)) {
            return NULL;
        }
        return new_scalar(reader, NODE_STRING, start, text);
    }
    if (c == '-' || (c >= '0' && c <= '9')) {
        return read_number(reader);
    }
    bool is_true = take_word(reader, "true");
    if (is_true || take_word(reader, "false")) {
        struct node *node = new_scalar(reader, NODE_BOOLEAN, start, SLICE(""));
        node->boolean = is_true;
        return node;
    }
    if (take_word(reader, "null")) {
        return new_scalar(reader, NODE_NULL, start, SLICE(""));
    }
    fail(reader, start, c < 0 ? "the document ends unexpectedly" : "expected a value here");
    return NULL;
}

static struct node *read_value(struct reader *reader)
{
    skip_space(reader);
    int c = peek(reader);
    if (c != '[' && c != '{') {
        return read_simple(reader);
    }
    if (++reader->depth > JSON_DEPTH_LIMIT) {
        fail(reader, reader->at, "arrays and objects are nested too deeply");
        return NULL;
    }
    struct node *node = c == '[' ? read_array(reader) : read_object(reader);
    reader->depth--;
    return node;
}

static struct node *read_document(struct reader reader)
{
    struct slice bytes = reader.bytes;
    struct diagnostics *diagnostics = reader.diagnostics;
    reader.at = utf8_mark(bytes);
    if (bytes.length > UINT32_MAX - 1) {
        fail(&reader, 0, "the document is larger than 4 GiB");
        return NULL;
    }
    if (utf16_is_likely(bytes)) {
        encoding_report(diagnostics, reader.source, bytes.data[0] != '\0' && bytes.data[1] == '\0');
        return NULL;
    }
    struct node *root = read_value(&reader);
    skip_space(&reader);
    if (root != NULL && reader.at < bytes.length) {
        fail(&reader, reader.at, "nothing may follow the end of the document");
        return NULL;
    }
    return root;
}

struct node *json_read(struct arena *arena, const char *path, struct slice bytes,
                       struct diagnostics *diagnostics, struct source **source)
{
    *source = source_new(arena, path, bytes);
    return read_document((struct reader){
        .arena = arena, .diagnostics = diagnostics, .source = *source, .bytes = bytes});
}

bool json_may_begin(struct slice text)
{
    text = slice_trim(slice_part(text, utf8_mark(text), text.length));
    return (text.length > 0 && text.data[0] != '\0' &&
            strchr("{[\"-0123456789", text.data[0]) != NULL) ||
           slice_starts_with(text, "true") || slice_starts_with(text, "false") ||
           slice_starts_with(text, "null");
}

struct node *json_read_quietly(struct arena *arena, struct slice text)
{
    if (!json_may_begin(text)) {
        return NULL;
    }
    struct diagnostics ignored = diagnostics_new(arena);
    return read_document((struct reader){.arena = arena,
                                         .diagnostics = &ignored,
                                         .source = source_new(arena, "", text),
                                         .bytes = text,
                                         .is_quiet = text.length > LARGE_TEXT,
                                         .keys = map_new(arena),
                                         .scalars = map_new(arena),
                                         .arrays = map_new(arena),
                                         .objects = map_new(arena)});
}
