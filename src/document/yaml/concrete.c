/*
 * libyaml's events to concrete syntax. libyaml passes over comments, so they are looked for in what
 * lies between the scalars, and given to the entry above, beside or below them.
 */
#include "document/yaml/concrete.h"

#include <string.h>
#include <yaml.h>

#include "base/utf8.h"

/* An entry, where the search for comments comes by. */
struct place {
    struct concrete_entry *entry;
    struct concrete *container;
    size_t
        container_at; /* the place of the entry whose value the container is; SIZE_MAX: the root */
    size_t start;
    size_t column;
};

struct concrete_reader {
    struct arena *arena;
    struct slice bytes;
    yaml_parser_t parser;
    yaml_event_t event;
    bool has_event;
    bool failed;
    size_t *offsets; /* of each code point, and of the end; NULL when all bytes are ASCII */
    struct concrete_document *document;
    struct concrete **scalars; /* in the order of the file */
    size_t scalar_count;
    struct place *places; /* likewise; an entry before those inside it */
    size_t place_count;
};

static void release(void *resource)
{
    struct concrete_reader *r = resource;
    if (r->has_event) {
        yaml_event_delete(&r->event);
    }
    yaml_parser_delete(&r->parser);
}

/* ---- events ---- */

static bool advance(struct concrete_reader *r)
{
    if (r->has_event) {
        yaml_event_delete(&r->event);
        r->has_event = false;
    }
    r->failed = r->failed || yaml_parser_parse(&r->parser, &r->event) == 0;
    r->has_event = !r->failed;
    return !r->failed;
}

static size_t offset_of(const struct concrete_reader *r, yaml_mark_t mark)
{
    return r->offsets != NULL ? r->offsets[mark.index] : mark.index;
}

/* libyaml's marks count code points. */
static void count_code_points(struct concrete_reader *r)
{
    size_t count = utf8_count(r->bytes);
    if (count == r->bytes.length) {
        return;
    }
    r->offsets = arena_alloc_array(r->arena, count + 1, sizeof *r->offsets);
    size_t at = 0;
    for (size_t i = 0; i <= count; i++) {
        r->offsets[i] = at;
        at += i < count ? utf8_sequence(slice_part(r->bytes, at, r->bytes.length)) : 0;
    }
}

/* ---- values ---- */

static struct concrete *new_value(struct concrete_reader *r, enum concrete_kind kind)
{
    struct concrete *value = arena_alloc(r->arena, sizeof *value);
    value->kind = kind;
    value->start = offset_of(r, r->event.start_mark);
    value->end = offset_of(r, r->event.end_mark);
    value->column = r->event.start_mark.column;
    return value;
}

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* Takes anchor and tag, which libyaml's start mark includes, off the front of a value. */
static void take_properties(struct concrete_reader *r, struct concrete *value, bool has_any)
{
    size_t at = value->start;
    size_t end = at;
    while (has_any && at < r->bytes.length &&
           (r->bytes.data[at] == '&' || r->bytes.data[at] == '!')) {
        while (at < r->bytes.length && !is_space(r->bytes.data[at])) {
            at++;
        }
        end = at;
        while (at < r->bytes.length && (r->bytes.data[at] == ' ' || r->bytes.data[at] == '\t')) {
            at++;
        }
    }
    value->properties = slice_part(r->bytes, value->start, end);
    value->written = slice_part(r->bytes, at > value->end ? value->end : at, value->end);
}

static struct concrete *read_scalar(struct concrete_reader *r)
{
    static const enum concrete_style styles[] = {
        [YAML_ANY_SCALAR_STYLE] = CONCRETE_PLAIN,
        [YAML_PLAIN_SCALAR_STYLE] = CONCRETE_PLAIN,
        [YAML_SINGLE_QUOTED_SCALAR_STYLE] = CONCRETE_SINGLE_QUOTED,
        [YAML_DOUBLE_QUOTED_SCALAR_STYLE] = CONCRETE_DOUBLE_QUOTED,
        [YAML_LITERAL_SCALAR_STYLE] = CONCRETE_LITERAL,
        [YAML_FOLDED_SCALAR_STYLE] = CONCRETE_FOLDED,
    };
    struct concrete *value = new_value(r, CONCRETE_SCALAR);
    const yaml_char_t *anchor = r->event.data.scalar.anchor;
    struct slice text = {(const char *)r->event.data.scalar.value, r->event.data.scalar.length};
    value->style = styles[r->event.data.scalar.style];
    value->text = arena_slice(r->arena, text);
    take_properties(r, value, anchor != NULL || r->event.data.scalar.tag != NULL);
    r->document->has_anchors = r->document->has_anchors || anchor != NULL;
    r->scalars = arena_append(r->arena, r->scalars, r->scalar_count, sizeof *r->scalars);
    r->scalars[r->scalar_count++] = value;
    return value;
}

static struct concrete *read_alias(struct concrete_reader *r)
{
    struct concrete *value = new_value(r, CONCRETE_ALIAS);
    value->text = arena_slice(r->arena, slice_of((const char *)r->event.data.alias.anchor));
    r->document->has_anchors = true;
    return value;
}

static struct concrete *read_value(struct concrete_reader *r, size_t place);

/* Notes the entry that begins at `start`; its place. */
static size_t add_place(struct concrete_reader *r, struct concrete *container, size_t container_at,
                        size_t start, size_t column)
{
    r->places = arena_append(r->arena, r->places, r->place_count, sizeof *r->places);
    r->places[r->place_count] = (struct place){
        .container = container, .container_at = container_at, .start = start, .column = column};
    return r->place_count++;
}

static void add_entry(struct concrete_reader *r, struct concrete *container, size_t place,
                      struct concrete *key, struct concrete *value)
{
    /* Each is allocated alone, since the places point to them; the array is made in the end. */
    struct concrete_entry *entry = arena_alloc(r->arena, sizeof *entry);
    entry->key = key;
    entry->value = value;
    r->places[place].entry = entry;
    container->count++;
}

static bool is_text_key(const struct concrete *key)
{
    return key != NULL && key->kind == CONCRETE_SCALAR && key->properties.length == 0;
}

static void read_entries(struct concrete_reader *r, struct concrete *container, size_t place,
                         yaml_event_type_t end)
{
    bool is_mapping = container->kind == CONCRETE_MAPPING;
    while (advance(r) && r->event.type != end) {
        bool in_block = container->style == CONCRETE_BLOCK;
        if (container->column == SIZE_MAX) {
            size_t first = r->event.start_mark.column;
            container->column = is_mapping || first < 2 ? first : first - 2; /* behind "- " */
        }
        size_t column = in_block ? container->column : r->event.start_mark.column;
        size_t own = add_place(r, container, place, offset_of(r, r->event.start_mark), column);
        struct concrete *key = is_mapping ? read_value(r, own) : NULL;
        if (is_mapping && (!is_text_key(key) || !advance(r))) {
            r->failed = true;
            return;
        }
        struct concrete *value = read_value(r, own);
        if (r->failed) {
            return;
        }
        add_entry(r, container, own, key, value);
    }
}

static struct concrete *read_collection(struct concrete_reader *r, size_t place)
{
    bool is_mapping = r->event.type == YAML_MAPPING_START_EVENT;
    struct concrete *value = new_value(r, is_mapping ? CONCRETE_MAPPING : CONCRETE_SEQUENCE);
    const yaml_char_t *anchor =
        is_mapping ? r->event.data.mapping_start.anchor : r->event.data.sequence_start.anchor;
    const yaml_char_t *tag =
        is_mapping ? r->event.data.mapping_start.tag : r->event.data.sequence_start.tag;
    bool is_flow = is_mapping ? r->event.data.mapping_start.style == YAML_FLOW_MAPPING_STYLE
                              : r->event.data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE;
    value->style = is_flow ? CONCRETE_FLOW : CONCRETE_BLOCK;
    take_properties(r, value, anchor != NULL || tag != NULL);
    r->document->has_anchors = r->document->has_anchors || anchor != NULL;
    if (value->properties.length > 0) {
        value->column = SIZE_MAX; /* its first entry says it: read_entries */
    }
    read_entries(r, value, place, is_mapping ? YAML_MAPPING_END_EVENT : YAML_SEQUENCE_END_EVENT);
    value->end = r->failed ? value->end : offset_of(r, r->event.end_mark);
    return value;
}

/* The value that begins at the present event; `place` is that of its entry. */
static struct concrete *read_value(struct concrete_reader *r, size_t place)
{
    switch (r->event.type) {
    case YAML_SCALAR_EVENT:
        return read_scalar(r);
    case YAML_ALIAS_EVENT:
        return read_alias(r);
    case YAML_SEQUENCE_START_EVENT:
    case YAML_MAPPING_START_EVENT:
        return read_collection(r, place);
    case YAML_NO_EVENT:
    case YAML_STREAM_START_EVENT:
    case YAML_STREAM_END_EVENT:
    case YAML_DOCUMENT_START_EVENT:
    case YAML_DOCUMENT_END_EVENT:
    case YAML_SEQUENCE_END_EVENT:
    case YAML_MAPPING_END_EVENT:
        break;
    }
    r->failed = true;
    return NULL;
}

/* ---- comments ---- */

static size_t line_start(struct slice bytes, size_t at)
{
    while (at > 0 && bytes.data[at - 1] != '\n') {
        at--;
    }
    return at;
}

/* True when there is nothing on the line above that of `at`. */
static bool is_below_blank(struct slice bytes, size_t at)
{
    size_t start = line_start(bytes, at);
    if (start == 0) {
        return false;
    }
    struct slice above = slice_part(bytes, line_start(bytes, start - 1), start);
    return slice_trim(above).length == 0;
}

static void add_comment(struct concrete_reader *r, struct comments *comments, struct slice text,
                        size_t at)
{
    comments->items =
        arena_append(r->arena, comments->items, comments->count, sizeof *comments->items);
    comments->items[comments->count++] = (struct comment){text, is_below_blank(r->bytes, at)};
}

/* The first place behind `at`; the number of places when there is none. */
static size_t place_behind(const struct concrete_reader *r, size_t at)
{
    size_t low = 0;
    size_t high = r->place_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (r->places[middle].start > at) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    return low;
}

/* The innermost container around the place `i`, itself included, in which `at` lies. */
static const struct place *place_in_flow(const struct concrete_reader *r, size_t i, size_t at)
{
    while (i != SIZE_MAX) {
        const struct place *place = &r->places[i];
        struct concrete *value = place->entry->value;
        bool is_inside = value->style == CONCRETE_FLOW && value->start < at && at < value->end &&
                         value->kind >= CONCRETE_SEQUENCE;
        if (is_inside) {
            return place;
        }
        i = place->container_at;
    }
    return NULL;
}

/* Comments in flow lists and mappings want lines: for those around them, too. */
static void need_lines(struct concrete_reader *r, const struct place *place)
{
    for (;;) {
        place->entry->value->needs_lines = true;
        if (place->container_at == SIZE_MAX) {
            return;
        }
        place = &r->places[place->container_at];
    }
}

/* A line of comment at the end of a block is indented as its entries are, or further. */
static struct comments *end_of_block(struct concrete_reader *r, size_t last, size_t column,
                                     size_t next_column)
{
    struct comments *found = NULL;
    for (size_t i = last; i != SIZE_MAX && found == NULL; i = r->places[i].container_at) {
        const struct place *place = &r->places[i];
        bool is_block = place->container->style == CONCRETE_BLOCK;
        if (is_block && place->column <= column &&
            (next_column == SIZE_MAX || place->column > next_column)) {
            found = &place->container->after;
        }
    }
    return found;
}

/* Where a line of comment at `at` belongs. */
static struct comments *home_of_line(struct concrete_reader *r, size_t at, size_t column)
{
    size_t next = place_behind(r, at);
    if (next == 0) {
        return &r->document->head;
    }
    const struct place *flow = place_in_flow(r, next - 1, at);
    if (flow != NULL) {
        need_lines(r, flow);
        bool is_last = next == r->place_count || r->places[next].start > flow->entry->value->end;
        return is_last ? &flow->entry->value->after : &r->places[next].entry->before;
    }
    bool is_end = next == r->place_count;
    size_t next_column = is_end ? SIZE_MAX : r->places[next].column;
    struct comments *home =
        is_end || column > next_column ? end_of_block(r, next - 1, column, next_column) : NULL;
    if (home == NULL && is_end) {
        home = &r->document->root->after;
    }
    return home != NULL ? home : &r->places[next].entry->before;
}

/* The entry whose first line a comment ends; NULL: it has none, or one already. */
static struct concrete_entry *neighbour(struct concrete_reader *r, size_t at)
{
    size_t next = place_behind(r, at);
    if (next == 0) {
        return NULL;
    }
    size_t i = next - 1;
    while (r->places[i].container->style == CONCRETE_FLOW && r->places[i].container->end <= at &&
           r->places[i].container_at != SIZE_MAX) {
        i = r->places[i].container_at;
    }
    const struct place *flow = place_in_flow(r, i, at);
    if (flow != NULL) {
        need_lines(r, flow);
        if (flow == &r->places[i]) {
            return NULL; /* behind the opening bracket */
        }
    }
    struct concrete_entry *entry = r->places[i].entry;
    return entry->trailing.length == 0 ? entry : NULL;
}

static void place_comment(struct concrete_reader *r, size_t at)
{
    size_t end = slice_find(r->bytes, "\n", at);
    end = end == SIZE_MAX ? r->bytes.length : end;
    struct slice text = slice_part(r->bytes, at, end);
    while (text.length > 1 && is_space(text.data[text.length - 1])) {
        text.length--;
    }
    size_t start = line_start(r->bytes, at);
    struct slice before = slice_part(r->bytes, start, at);
    size_t column = utf8_count(before);
    r->document->comment_count++;
    bool is_line = slice_trim(before).length == 0;
    struct concrete_entry *entry = is_line ? NULL : neighbour(r, at);
    if (entry != NULL) {
        entry->trailing = text;
        entry->trailing_column = column;
        return;
    }
    add_comment(r, home_of_line(r, at, column), text, at);
}

/* Looks through bytes without scalars. */
static void search(struct concrete_reader *r, size_t from, size_t to)
{
    for (size_t at = from; at < to; at++) {
        bool begins = at == 0 || is_space(r->bytes.data[at - 1]);
        if (r->bytes.data[at] == '#' && begins) {
            place_comment(r, at);
            size_t end = slice_find(r->bytes, "\n", at);
            at = end == SIZE_MAX ? to : end;
        }
    }
}

static void find_comments(struct concrete_reader *r)
{
    size_t at = utf8_mark(r->bytes);
    for (size_t i = 0; i < r->scalar_count; i++) {
        const struct concrete *scalar = r->scalars[i];
        search(r, at, scalar->start);
        at = scalar->end;
        if (scalar->style == CONCRETE_LITERAL || scalar->style == CONCRETE_FOLDED) {
            size_t line = slice_find(r->bytes, "\n", scalar->start);
            search(r, scalar->start, line == SIZE_MAX || line > scalar->end ? scalar->end : line);
        }
    }
    search(r, at, r->bytes.length);
}

/* ---- the whole ---- */

/* The entries of each list and mapping, from the places, and the empty lines above them. */
static void collect_entries(struct concrete_reader *r)
{
    for (size_t i = 0; i < r->place_count; i++) {
        const struct place *place = &r->places[i];
        struct concrete *container = place->container;
        if (container->entries == NULL) {
            container->entries =
                arena_alloc_array(r->arena, container->count, sizeof *container->entries);
            container->count = 0;
        }
        struct concrete_entry *entry = &container->entries[container->count++];
        *entry = *place->entry;
        entry->blank_before = entry->before.count > 0 ? entry->before.items[0].blank_before
                                                      : is_below_blank(r->bytes, place->start);
    }
}

static bool read_document(struct concrete_reader *r)
{
    bool began = advance(r) && r->event.type == YAML_STREAM_START_EVENT && advance(r) &&
                 r->event.type == YAML_DOCUMENT_START_EVENT;
    if (!began || r->event.data.document_start.version_directive != NULL ||
        r->event.data.document_start.tag_directives.start !=
            r->event.data.document_start.tag_directives.end) {
        return false;
    }
    r->document->has_marker = r->event.data.document_start.implicit == 0;
    if (!advance(r)) {
        return false;
    }
    r->document->root = read_value(r, SIZE_MAX);
    return !r->failed;
}

const struct concrete_document *concrete_read(struct arena *arena, struct slice bytes)
{
    struct concrete_reader *r = arena_alloc(arena, sizeof *r);
    r->arena = arena;
    r->bytes = slice_part(bytes, utf8_mark(bytes), bytes.length);
    r->document = arena_alloc(arena, sizeof *r->document);
    if (yaml_parser_initialize(&r->parser) == 0) {
        arena_fail(arena);
    }
    arena_defer(arena, release, r);
    yaml_parser_set_input_string(&r->parser, (const unsigned char *)r->bytes.data, r->bytes.length);
    yaml_parser_set_encoding(&r->parser, YAML_UTF8_ENCODING);
    count_code_points(r);
    if (!read_document(r)) {
        return NULL;
    }
    find_comments(r);
    collect_entries(r);
    return r->document;
}
