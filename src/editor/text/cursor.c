#include "editor/text/cursor.h"

#include "base/ascii.h"
#include "base/table.h"
#include "document/yaml/reader.h"

/* So many lines that cannot be read are left out. */
#define BAD_LINES 8

/* So many brackets of one line are closed. */
#define OPEN_BRACKETS 16

static const struct slice probe = {CURSOR_PROBE, sizeof CURSOR_PROBE - 1};

/* ---- the text with the probe ---- */

/* A way to make the text whole. */
struct attempt {
    bool colon;    /* what is typed is a key */
    bool cut;      /* without the lines behind the cursor */
    bool close;    /* what the line of the cursor leaves open is closed there */
    size_t misses; /* lines that may be left out */
};

/* Nothing is left out before it must be; what is behind the cursor goes last. */
static const struct attempt attempts[] = {
    {true, false, false, 0},          {false, false, false, 0},
    {false, false, true, 0},          {true, false, false, BAD_LINES},
    {false, false, false, BAD_LINES}, {false, false, true, BAD_LINES},
    {true, true, false, BAD_LINES},   {false, true, false, BAD_LINES},
    {false, true, true, BAD_LINES},
};

static bool is_in_word(char c)
{
    return ascii_is_word(c) || c == '-';
}

static struct range word_at(struct slice text, uint32_t offset)
{
    struct range word = {offset, offset};
    while (word.start > 0 && ascii_is_word(text.data[word.start - 1])) {
        word.start--;
    }
    while (word.start > 0 && is_in_word(text.data[word.start - 1])) {
        word.start--;
    }
    while (word.end < text.length && is_in_word(text.data[word.end])) {
        word.end++;
    }
    while (word.start < offset && text.data[word.start] == '-') { /* of a list */
        word.start++;
    }
    return word;
}

static size_t line_start(struct slice text, size_t at)
{
    while (at > 0 && text.data[at - 1] != '\n') {
        at--;
    }
    return at;
}

static size_t line_end(struct slice text, size_t at)
{
    while (at < text.length && text.data[at] != '\n') {
        at++;
    }
    return at;
}

static bool is_blank(struct slice text, size_t start, size_t end, const char *blanks)
{
    while (start < end && strchr(blanks, text.data[start]) != NULL) {
        start++;
    }
    return start == end;
}

/* True when the word has its line for itself, but for the dashes of lists. */
static bool is_alone(struct slice text, struct range word)
{
    return is_blank(text, line_start(text, word.start), word.start, " -") &&
           is_blank(text, word.end, line_end(text, word.end), " \r");
}

/* True where a value or key begins that could have quotes: behind a blank, a bracket or a comma. */
static bool begins_value(struct slice line, size_t at)
{
    return at == 0 || strchr(" \t[{,", line.data[at - 1]) != NULL;
}

/* Where the quote that begins at `at` ends, or the end of the line. */
static size_t quote_end(struct slice line, size_t at)
{
    char quote = line.data[at];
    for (at++; at < line.length && line.data[at] != quote; at++) {
        at += quote == '"' && line.data[at] == '\\';
    }
    return at < line.length ? at : line.length;
}

/* The quote and the brackets that `line` leaves open, as they have to be closed: `"}]`. */
static struct slice open_signs(struct arena *arena, struct slice line)
{
    char signs[OPEN_BRACKETS];
    size_t count = 0;
    struct builder out = builder_new(arena);
    for (size_t at = 0; at < line.length; at++) {
        char c = line.data[at];
        bool is_quote = (c == '"' || c == '\'') && begins_value(line, at);
        if (is_quote && quote_end(line, at) == line.length) {
            builder_add_char(&out, c);
            break;
        }
        if (is_quote) {
            at = quote_end(line, at);
        } else if ((c == '[' || c == '{') && begins_value(line, at) && count < OPEN_BRACKETS) {
            signs[count++] = c == '[' ? ']' : '}';
        } else if (count > 0 && c == signs[count - 1]) {
            count--;
        }
    }
    while (count > 0) {
        builder_add_char(&out, signs[--count]);
    }
    return builder_slice(&out);
}

static struct slice with_probe(struct arena *arena, struct slice text, uint32_t offset,
                               struct range word, const struct attempt *attempt)
{
    struct builder out = builder_new(arena);
    size_t end = line_end(text, word.end);
    builder_add(&out, slice_part(text, 0, offset));
    builder_add(&out, probe);
    builder_add_text(&out, attempt->colon ? ":" : "");
    builder_add(&out, slice_part(text, word.end, end));
    if (attempt->close) {
        builder_add(&out, open_signs(arena, slice_part(text, line_start(text, offset), end)));
    }
    builder_add(&out, slice_part(text, attempt->cut ? text.length : end, text.length));
    return builder_slice(&out);
}

/* Where the first mistake is: of a bracket that is never closed, where that is. */
static size_t place_of(struct slice text, const struct diagnostics *mistakes)
{
    const struct diagnostic *first = mistakes->first;
    if (first == NULL) {
        return text.length;
    }
    size_t at = first->range.start;
    for (const struct note *note = first->notes; note != NULL; note = note->next) {
        size_t begin = note->range.start;
        if (begin < text.length && (text.data[begin] == '[' || text.data[begin] == '{')) {
            at = begin;
        }
    }
    return at < text.length ? at : text.length;
}

/*
 * Overwrites the line of the first mistake with spaces; false when it is the line of the cursor.
 */
static bool leave_out(char *bytes, size_t length, const struct diagnostics *mistakes,
                      uint32_t offset)
{
    struct slice text = {bytes, length};
    size_t at = place_of(text, mistakes);
    while (at > 0 && is_blank(text, line_start(text, at), line_end(text, at), " \r")) {
        at = line_start(text, at) - (line_start(text, at) > 0); /* the last line that has a text */
    }
    size_t start = line_start(text, at), end = line_end(text, at);
    if (start <= offset && offset <= end) {
        return false;
    }
    memset(bytes + start, ' ', end - start);
    return true;
}

static const struct node *read_text(struct arena *arena, const char *path, struct slice text,
                                    uint32_t offset, size_t misses)
{
    char *bytes = arena_copy(arena, text);
    for (;; misses--) {
        struct diagnostics mistakes = diagnostics_new(arena);
        struct source *source;
        const struct node *root =
            yaml_read(arena, path, (struct slice){bytes, text.length}, &mistakes, &source);
        if (root != NULL || misses == 0 || !leave_out(bytes, text.length, &mistakes, offset)) {
            return root;
        }
    }
}

/* ---- the place in the tree ---- */

static bool covers(const struct node *node, uint32_t offset)
{
    return node->range.start <= offset && offset < node->range.end;
}

static void add_step(struct arena *arena, struct cursor *cursor, const struct node *node,
                     const struct member *member, struct schema_places places)
{
    cursor->steps = arena_append(arena, cursor->steps, cursor->count, sizeof(struct cursor_step));
    cursor->steps[cursor->count++] = (struct cursor_step){node, member, places};
}

static bool descend(struct arena *arena, struct cursor *cursor, const struct node *node,
                    struct schema_places places, uint32_t offset);

/* A mapping: the key at the cursor, or the value that it is in. */
static bool descend_mapping(struct arena *arena, struct cursor *cursor, const struct node *node,
                            struct schema_places places, uint32_t offset)
{
    for (size_t i = 0; i < node->count; i++) {
        const struct member *member = &node->members[i];
        if (covers(member->key, offset)) {
            add_step(arena, cursor, node, member, places);
            cursor->is_key = true;
            cursor->scalar = member->key;
            return true;
        }
        if (covers(member->value, offset)) {
            add_step(arena, cursor, node, member, places);
            return descend(arena, cursor, member->value,
                           schema_places_member(&places, node, member->key->text), offset);
        }
    }
    return false;
}

static bool descend(struct arena *arena, struct cursor *cursor, const struct node *node,
                    struct schema_places places, uint32_t offset)
{
    cursor->places = places;
    if (node->kind == NODE_MAPPING) {
        return descend_mapping(arena, cursor, node, places, offset);
    }
    for (size_t i = 0; i < node_length(node); i++) {
        if (covers(node->items[i], offset)) {
            add_step(arena, cursor, node, NULL, places);
            return descend(arena, cursor, node->items[i], schema_places_items(&places), offset);
        }
    }
    cursor->is_value = node->kind == NODE_STRING;
    cursor->scalar = node;
    return cursor->is_value;
}

static bool find_in(struct arena *arena, struct schema_texts *schemas, const char *path,
                    uint32_t offset, struct cursor *cursor)
{
    struct schema_places places = schema_texts_places(schemas, arena, cursor->root, path);
    if (!descend(arena, cursor, cursor->root, places, offset) || cursor->count == 0) {
        return false;
    }
    size_t at = slice_find(cursor->scalar->text, CURSOR_PROBE, 0);
    cursor->before = at != SIZE_MAX ? slice_part(cursor->scalar->text, 0, at) : SLICE("");
    return at != SIZE_MAX;
}

bool cursor_find(struct arena *arena, struct schema_texts *schemas, const char *path,
                 struct slice text, uint32_t offset, struct cursor *cursor)
{
    struct range word = word_at(text, offset);
    bool alone = is_alone(text, word);
    for (size_t i = 0; i < TABLE_LENGTH(attempts); i++) {
        if (attempts[i].colon && !alone) {
            continue;
        }
        struct slice tried = with_probe(arena, text, offset, word, &attempts[i]);
        *cursor = (struct cursor){.text = tried, .offset = offset, .word = word};
        cursor->has_colon = word.end < text.length && text.data[word.end] == ':';
        cursor->root = read_text(arena, path, tried, offset, attempts[i].misses);
        if (cursor->root != NULL && find_in(arena, schemas, path, offset, cursor)) {
            /* Alone in a mapping, what is typed may be a value as well. */
            cursor->is_value = cursor->is_value || (attempts[i].colon && cursor->is_key &&
                                                    cursor_last(cursor)->node->count == 1);
            return true;
        }
    }
    return false;
}

bool cursor_in_reference(const struct cursor *cursor, struct slice *text)
{
    size_t begin = SIZE_MAX;
    for (size_t at = slice_find(cursor->before, "${", 0); at != SIZE_MAX;
         at = slice_find(cursor->before, "${", at + 2)) {
        begin = at + 2;
    }
    if (begin == SIZE_MAX || slice_find(cursor->before, "}", begin) != SIZE_MAX) {
        return false;
    }
    *text = slice_part(cursor->before, begin, cursor->before.length);
    return true;
}
