/*
 * libyaml's events to a tree. The bytes are checked before libyaml sees them (UTF-8, characters
 * that YAML allows), so that its own reader never fails; its marks count code points and are
 * turned into byte offsets here.
 */
#include "document/yaml/reader.h"

#include <yaml.h>

#include "base/map.h"
#include "base/utf8.h"
#include "document/tree/encoding.h"
#include "document/tree/index.h"
#include "document/yaml/scalar.h"
#include "document/yaml/slip.h"
#include "document/yaml/syntax_error.h"

/* Every CHECKPOINT-th code point's byte offset is kept, to find the others from. */
#define CHECKPOINT 64

struct anchor {
    struct node *node;
    bool complete; /* false while the anchored value is still being read */
};

struct reader {
    struct arena *arena;
    struct diagnostics *diagnostics;
    struct source *source;
    yaml_parser_t parser;
    yaml_event_t event;
    bool has_event;
    uint32_t *checkpoints; /* NULL when all bytes are ASCII */
    size_t checkpoint_count;
    struct map anchors;
    size_t weight; /* of all nodes read so far, aliases expanded */
    size_t depth;
    bool failed;              /* something that ends the reading has been reported */
    const struct node *plain; /* the last scalar, when it is text without quotes */
};

static void release_reader(void *resource)
{
    struct reader *reader = resource;
    if (reader->has_event) {
        yaml_event_delete(&reader->event);
    }
    yaml_parser_delete(&reader->parser);
}

/* ---- bytes ---- */

static bool is_allowed(uint32_t c)
{
    return c == 0x09 || c == 0x0A || c == 0x0D || (c >= 0x20 && c <= 0x7E) ||
           (c >= 0xA0 && c <= 0xD7FF) || (c >= 0xE000 && c <= 0xFFFD && c != 0xFEFF) ||
           c >= 0x10000;
}

/* A line break in YAML 1.1, which libyaml reads, but not in YAML 1.2. */
static bool is_line_break_elsewhere(uint32_t c)
{
    return c == 0x85 || c == 0x2028 || c == 0x2029;
}

/* Whether the next eight bytes are printable ASCII: looked at in one word. */
static bool is_plain_word(struct slice bytes, size_t at)
{
    const uint64_t every = UINT64_C(0x0101010101010101);
    uint64_t word;
    if (bytes.length - at < sizeof word) {
        return false;
    }
    memcpy(&word, bytes.data + at, sizeof word);
    /* The high bit of each sum: a byte from 0x7F on; of each difference: one below 0x20. */
    return (((word + every * (0x80 - 0x7F)) | word | (word - every * 0x20)) & every * 0x80) == 0;
}

/* How many bytes the character at `at` has, in text that is known to be UTF-8. */
static size_t character_length(struct slice bytes, size_t at)
{
    unsigned char first = (unsigned char)bytes.data[at];
    return 1U + (first >= 0xC0) + (first >= 0xE0) + (first >= 0xF0);
}

/* Reports the first byte that is no UTF-8 or no YAML; true when there is none. */
static bool check_bytes(struct reader *reader)
{
    struct slice bytes = reader->source->bytes;
    bool ascii = true;
    for (size_t i = 0; i < bytes.length;) {
        if (is_plain_word(bytes, i)) {
            i += sizeof(uint64_t);
            continue;
        }
        unsigned char byte = (unsigned char)bytes.data[i];
        if ((byte >= 0x20 && byte < 0x7F) || byte == '\n') {
            i++;
            continue;
        }
        size_t length = utf8_sequence(slice_part(bytes, i, bytes.length));
        struct range range = {(uint32_t)i, (uint32_t)(i + 1)};
        if (length == 0 || (i < 2 && utf16_is_likely(bytes))) {
            encoding_report(reader->diagnostics, reader->source, i);
            return false;
        }
        uint32_t c = utf8_decode(slice_part(bytes, i, bytes.length), &length);
        if (is_line_break_elsewhere(c)) {
            range.end = (uint32_t)(i + length);
            struct diagnostic *d =
                diag_report(reader->diagnostics, E0004, reader->source, range,
                            "the character U+%04X is a line break for some readers of YAML and "
                            "text for others",
                            (unsigned)c);
            diag_note(reader->diagnostics, d, NULL, range,
                      "inside double quotes, write it as \"\\u%04X\"", (unsigned)c);
            return false;
        }
        if (!is_allowed(c)) {
            range.end = (uint32_t)(i + length);
            diag_report(reader->diagnostics, E0004, reader->source, range,
                        "the character U+%04X is not allowed in YAML", (unsigned)c);
            return false;
        }
        ascii = ascii && length == 1;
        i += length;
    }
    if (!ascii) {
        size_t room = bytes.length / CHECKPOINT + 1;
        reader->checkpoints = arena_alloc_array(reader->arena, room, sizeof(uint32_t));
        size_t characters = 0;
        for (size_t i = 0; i < bytes.length; characters++) {
            if (characters % CHECKPOINT == 0) {
                reader->checkpoints[reader->checkpoint_count++] = (uint32_t)i;
            }
            i += character_length(bytes, i);
        }
    }
    return true;
}

/* The byte offset of libyaml's `mark`. */
static uint32_t offset_of(const struct reader *reader, const yaml_mark_t *mark)
{
    struct slice bytes = reader->source->bytes;
    if (reader->checkpoints == NULL) {
        return (uint32_t)(mark->index < bytes.length ? mark->index : bytes.length);
    }
    size_t checkpoint = mark->index / CHECKPOINT;
    if (checkpoint >= reader->checkpoint_count) {
        return (uint32_t)bytes.length;
    }
    size_t offset = reader->checkpoints[checkpoint];
    for (size_t left = mark->index % CHECKPOINT; left > 0 && offset < bytes.length; left--) {
        offset += character_length(bytes, offset);
    }
    return (uint32_t)offset;
}

static struct range event_range(const struct reader *reader)
{
    return (struct range){offset_of(reader, &reader->event.start_mark),
                          offset_of(reader, &reader->event.end_mark)};
}

/* ---- events ---- */

static void report_syntax(struct reader *reader)
{
    yaml_parser_t *parser = &reader->parser;
    if (parser->error == YAML_MEMORY_ERROR) {
        arena_fail(reader->arena);
    }
    struct syntax_error error = {
        .problem = parser->problem != NULL ? parser->problem : "the text is not valid YAML",
        .at = offset_of(reader, &parser->problem_mark),
        .context = parser->context,
        .context_at = offset_of(reader, &parser->context_mark),
    };
    syntax_error_report(reader->diagnostics, reader->source, &error);
    reader->failed = true;
}

/* Moves to the next event; false after an error. */
static bool advance(struct reader *reader)
{
    if (reader->has_event) {
        yaml_event_delete(&reader->event);
        reader->has_event = false;
    }
    if (!yaml_parser_parse(&reader->parser, &reader->event)) {
        report_syntax(reader);
        return false;
    }
    reader->has_event = true;
    return true;
}

/* ---- nodes ---- */

static struct node *new_node(struct reader *reader, enum node_kind kind)
{
    struct node *node = arena_alloc(reader->arena, sizeof *node);
    node->kind = kind;
    node->source = reader->source;
    node->range = event_range(reader);
    return node;
}

/* Counts `weight` more nodes at `range`; false (reported) when that is too much. */
static bool count_nodes(struct reader *reader, struct range range, size_t weight)
{
    if (weight > YAML_NODES_LIMIT || reader->weight > YAML_NODES_LIMIT - weight) {
        diag_report(reader->diagnostics, E0011, reader->source, range,
                    "the document has more than %zu values, counting every alias expanded",
                    YAML_NODES_LIMIT);
        reader->failed = true;
        return false;
    }
    reader->weight += weight;
    return true;
}

static struct anchor *define_anchor(struct reader *reader, const yaml_char_t *name,
                                    struct node *node)
{
    if (name == NULL) {
        return NULL;
    }
    struct anchor *anchor = arena_alloc(reader->arena, sizeof *anchor);
    anchor->node = node;
    struct slice key = arena_slice(reader->arena, slice_of((const char *)name));
    struct anchor *older = map_add(&reader->anchors, key, anchor);
    if (older != NULL) { /* an anchor may be defined again: the last one before an alias counts */
        older->node = node;
        older->complete = false;
        return older;
    }
    return anchor;
}

static void complete_anchor(struct anchor *anchor, const struct node *node)
{
    if (anchor != NULL && anchor->node == node) {
        anchor->complete = true;
    }
}

static struct node *read_alias(struct reader *reader)
{
    struct slice name = slice_of((const char *)reader->event.data.alias.anchor);
    struct anchor *anchor = map_get(&reader->anchors, name);
    struct range range = event_range(reader);
    if (anchor == NULL) {
        diag_report(reader->diagnostics, E0012, reader->source, range,
                    "no anchor `&%.*s` comes before the alias `*%.*s`", SLICE_ARG(name),
                    SLICE_ARG(name));
        reader->failed = true;
        return NULL;
    }
    if (!anchor->complete) {
        struct diagnostic *d =
            diag_report(reader->diagnostics, E0013, reader->source, range,
                        "the alias `*%.*s` is inside the value that it refers to", SLICE_ARG(name));
        struct range start = anchor->node->range;
        start.end = start.start + 1;
        diag_note(reader->diagnostics, d, reader->source, start, "the value starts here");
        reader->failed = true;
        return NULL;
    }
    size_t weight = node_weight(anchor->node, YAML_NODES_LIMIT + 1);
    return count_nodes(reader, range, weight) ? anchor->node : NULL;
}

static struct node *read_scalar(struct reader *reader)
{
    const char *core = "tag:yaml.org,2002:";
    struct node *node = new_node(reader, NODE_STRING);
    struct slice text = {(const char *)reader->event.data.scalar.value,
                         reader->event.data.scalar.length};
    struct slice tag = slice_of((const char *)reader->event.data.scalar.tag);
    text = arena_slice(reader->arena, text);
    if (tag.length > 1 && tag.data[0] == '!') {
        struct range start = {node->range.start, node->range.start + (uint32_t)tag.length};
        struct diagnostic *d = diag_report(reader->diagnostics, W0018, reader->source, start,
                                           "the tag `%.*s` has no effect here", SLICE_ARG(tag));
        diag_note(reader->diagnostics, d, NULL, start,
                  "text that begins with `!` needs quotes, or its first word is lost");
    }
    yaml_scalar_style_t style = reader->event.data.scalar.style;
    bool core_tag = tag.length > 0 && slice_starts_with(tag, core) && !slice_ends_with(tag, ":str");
    node->plain =
        style == YAML_PLAIN_SCALAR_STYLE && node->range.end - node->range.start == text.length;
    node->text = text;
    if ((style == YAML_PLAIN_SCALAR_STYLE && tag.length == 0) || core_tag) {
        scalar_resolve(reader->arena, node, text);
    }
    bool is_plain = style == YAML_PLAIN_SCALAR_STYLE && node->kind == NODE_STRING;
    reader->plain = is_plain ? node : NULL;
    if (style == YAML_LITERAL_SCALAR_STYLE || style == YAML_FOLDED_SCALAR_STYLE) {
        struct slice bytes = reader->source->bytes;
        while (node->range.end > node->range.start + 1 &&
               strchr(" \t\r\n", bytes.data[node->range.end - 1]) != NULL) {
            node->range.end--;
        }
    }
    if (!count_nodes(reader, node->range, 1)) {
        return NULL;
    }
    complete_anchor(define_anchor(reader, reader->event.data.scalar.anchor, node), node);
    return node;
}

static struct node *read_value(struct reader *reader);

/* A value of a mapping or an item of a list: neither a key nor the document itself. */
static struct node *read_child(struct reader *reader, bool is_item)
{
    struct node *child = read_value(reader);
    if (child != NULL && child == reader->plain) {
        yaml_report_slips(reader->diagnostics, child, is_item);
    }
    reader->plain = NULL;
    return child;
}

/* Enters a list or mapping; false (reported) when it is nested too deeply. */
static bool enter(struct reader *reader, const struct node *node)
{
    if (++reader->depth > YAML_DEPTH_LIMIT) {
        struct range start = {node->range.start, node->range.start + 1};
        diag_report(reader->diagnostics, E0010, reader->source, start,
                    "lists and mappings are nested more than %d levels deep", YAML_DEPTH_LIMIT);
        reader->failed = true;
        return false;
    }
    return true;
}

/* The block form's end mark lies behind the white space that follows: end at the last child. */
static void end_collection(struct reader *reader, struct node *node, bool flow)
{
    if (flow) {
        node->range.end = event_range(reader).end;
    } else if (node->count > 0) {
        struct node *last = node->kind == NODE_SEQUENCE ? node->items[node->count - 1]
                                                        : node->members[node->count - 1].value;
        bool follows = last->range.end > node->range.start;
        uint32_t end = event_range(reader).start;
        node->range.end = follows && last->range.end <= end ? last->range.end : end;
    }
    reader->depth--;
}

static struct node *read_sequence(struct reader *reader)
{
    struct node *node = new_node(reader, NODE_SEQUENCE);
    bool flow = reader->event.data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE;
    struct anchor *anchor = define_anchor(reader, reader->event.data.sequence_start.anchor, node);
    if (!enter(reader, node) || !count_nodes(reader, node->range, 1)) {
        return NULL;
    }
    size_t capacity = 0;
    struct node **items = NULL;
    while (advance(reader) && reader->event.type != YAML_SEQUENCE_END_EVENT) {
        struct node *item = read_child(reader, !flow);
        if (item == NULL) {
            return NULL;
        }
        if (node->count == capacity) {
            size_t bigger = capacity == 0 ? 2 : capacity * 2;
            items = arena_grow(reader->arena, items, capacity, bigger, sizeof(struct node *));
            capacity = bigger;
        }
        items[node->count++] = item;
    }
    node->items = items;
    if (reader->failed) {
        return NULL;
    }
    end_collection(reader, node, flow);
    complete_anchor(anchor, node);
    return node;
}

/* A mapping while it is read. */
struct members {
    struct node *node;
    size_t capacity;
};

static void add_member(struct reader *reader, struct members *members, struct node *key,
                       struct node *value)
{
    struct node *node = members->node;
    if (node->count == members->capacity) {
        size_t bigger = members->capacity == 0 ? 2 : members->capacity * 2;
        node->members = arena_grow(reader->arena, node->members, members->capacity, bigger,
                                   sizeof *node->members);
        members->capacity = bigger;
    }
    node->members[node->count++] = (struct member){key, value};
    node->index = member_index_add(reader->arena, node->index, node->members, node->count);
}

/* Adds the members of `from` that `members` lacks. */
static bool merge_mapping(struct reader *reader, struct members *members, struct node *from,
                          struct range at)
{
    for (size_t i = 0; i < from->count; i++) {
        struct member *member = &from->members[i];
        if (node_member(members->node, member->key->text) == NULL) {
            size_t weight = 1 + node_weight(member->value, YAML_NODES_LIMIT);
            if (!count_nodes(reader, at, weight)) {
                return false;
            }
            add_member(reader, members, member->key, member->value);
        }
    }
    return true;
}

static bool merge(struct reader *reader, struct members *members, const struct node *value)
{
    bool is_list = value->kind == NODE_SEQUENCE;
    for (size_t i = 0; i < (is_list ? value->count : 1); i++) {
        const struct node *from = is_list ? value->items[i] : value;
        if (from->kind != NODE_MAPPING) {
            diag_report(reader->diagnostics, E0014, reader->source, value->range,
                        "`<<` merges mappings, not %s", node_kind_name(from->kind));
            continue;
        }
        struct node *mapping = (struct node *)(uintptr_t)from;
        if (!merge_mapping(reader, members, mapping, value->range)) {
            return false;
        }
    }
    return true;
}

/* Makes the scalar `key` a key: text, whatever it looks like. NULL (reported) for a collection. */
static struct node *as_key(struct reader *reader, struct node *key)
{
    if (key->kind == NODE_SEQUENCE || key->kind == NODE_MAPPING) {
        struct slice bytes = reader->source->bytes;
        bool braces = key->range.start + 1 < bytes.length && bytes.data[key->range.start] == '{' &&
                      bytes.data[key->range.start + 1] == '{';
        bool outer = key->range.start > 0 && bytes.data[key->range.start] == '{' &&
                     bytes.data[key->range.start - 1] == '{';
        struct diagnostic *d = diag_report(reader->diagnostics, E0015, reader->source, key->range,
                                           "%s cannot be a key", node_kind_name(key->kind));
        if (braces || outer) {
            diag_note(reader->diagnostics, d, NULL, key->range,
                      "text that begins with `{{` needs quotes: \"{{context.…}}\"");
        }
        reader->failed = true;
        return NULL;
    }
    if (key->kind == NODE_STRING) {
        return key;
    }
    struct node *text = arena_alloc(reader->arena, sizeof *text);
    *text = *key;
    text->kind = NODE_STRING;
    text->text = slice_part(reader->source->bytes, key->range.start, key->range.end);
    return text;
}

static bool read_member(struct reader *reader, struct members *members, struct node **merged)
{
    struct node *key = read_value(reader);
    key = key == NULL ? NULL : as_key(reader, key);
    if (key == NULL || !advance(reader)) {
        return false;
    }
    struct node *value = read_child(reader, false);
    if (value == NULL) {
        return false;
    }
    if (key->plain && slice_is(key->text, "<<") && *merged == NULL) {
        *merged = value;
        return true;
    }
    struct member *older = node_member(members->node, key->text);
    if (older == NULL) {
        add_member(reader, members, key, value);
        return true;
    }
    struct diagnostic *d = diag_report(reader->diagnostics, E0007, reader->source, key->range,
                                       "the key `%.*s` appears twice", SLICE_ARG(key->text));
    diag_note(reader->diagnostics, d, reader->source, older->key->range, "it appears here first");
    return true;
}

static struct node *read_mapping(struct reader *reader)
{
    struct node *node = new_node(reader, NODE_MAPPING);
    bool flow = reader->event.data.mapping_start.style == YAML_FLOW_MAPPING_STYLE;
    struct anchor *anchor = define_anchor(reader, reader->event.data.mapping_start.anchor, node);
    if (!enter(reader, node) || !count_nodes(reader, node->range, 1)) {
        return NULL;
    }
    struct members members = {.node = node};
    struct node *merged = NULL;
    while (advance(reader) && reader->event.type != YAML_MAPPING_END_EVENT) {
        if (!read_member(reader, &members, &merged)) {
            return NULL;
        }
    }
    if (reader->failed) {
        return NULL;
    }
    end_collection(reader, node, flow);
    if (merged != NULL) {
        if (!merge(reader, &members, merged)) {
            return NULL;
        }
    }
    complete_anchor(anchor, node);
    return node;
}

static struct node *read_value(struct reader *reader)
{
    switch (reader->event.type) {
    case YAML_ALIAS_EVENT:
        return read_alias(reader);
    case YAML_SCALAR_EVENT:
        return read_scalar(reader);
    case YAML_SEQUENCE_START_EVENT:
        return read_sequence(reader);
    case YAML_MAPPING_START_EVENT:
        return read_mapping(reader);
    default:
        return NULL;
    }
}

/* ---- documents ---- */

static struct node *read_document(struct reader *reader)
{
    struct range start = {0, 0};
    if (!advance(reader) || !advance(reader)) { /* stream start, document start */
        return NULL;
    }
    if (reader->event.type == YAML_STREAM_END_EVENT) {
        diag_report(reader->diagnostics, E0009, reader->source, start, "the file is empty");
        return NULL;
    }
    if (!advance(reader)) {
        return NULL;
    }
    struct node *root = read_value(reader);
    if (root == NULL || !advance(reader) || !advance(reader)) { /* document end, what follows */
        return NULL;
    }
    if (reader->event.type == YAML_DOCUMENT_START_EVENT) {
        struct range second = event_range(reader);
        diag_report(reader->diagnostics, E0008, reader->source, second,
                    "a second document starts here, but a file can hold only one");
        return NULL;
    }
    if (root->kind == NODE_NULL) {
        diag_report(reader->diagnostics, E0009, reader->source, start, "the file is empty");
        return NULL;
    }
    return root;
}

struct node *yaml_read(struct arena *arena, const char *path, struct slice bytes,
                       struct diagnostics *diagnostics, struct source **source)
{
    bytes = slice_part(bytes, utf8_mark(bytes), bytes.length);
    struct reader *reader = arena_alloc(arena, sizeof *reader);
    reader->arena = arena;
    reader->diagnostics = diagnostics;
    reader->anchors = map_new(arena);
    reader->source = source_new(arena, path, bytes);
    *source = reader->source;
    if (bytes.length > YAML_BYTES_LIMIT) {
        diag_report(diagnostics, E0002, reader->source, (struct range){0, 0},
                    "the file has %zu bytes, but the limit is %zu", bytes.length, YAML_BYTES_LIMIT);
        return NULL;
    }
    if (!check_bytes(reader)) {
        return NULL;
    }
    if (!yaml_parser_initialize(&reader->parser)) {
        arena_fail(arena);
    }
    arena_defer(arena, release_reader, reader);
    yaml_parser_set_encoding(&reader->parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&reader->parser, (const unsigned char *)bytes.data, bytes.length);
    size_t errors = diagnostics->error_count;
    struct node *root = read_document(reader);
    return diagnostics->error_count > errors ? NULL : root;
}
