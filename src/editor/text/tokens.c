#include "editor/text/tokens.h"

#include <stdlib.h>

#include "editor/text/query_text.h"
#include "editor/text/script_tokens.h"
#include "language/model/text.h"
#include "salesforce/soql_next.h"

/* ---- references ---- */

static void add_reference(struct token_list *tokens, const struct reference *reference)
{
    for (size_t i = 0; i < reference->count; i++) {
        struct range range = reference_segment_range(reference, i);
        if (range.end - range.start == reference->segments[i].length) {
            token_list_add(tokens, range, i == 0 ? TOKEN_VARIABLE : TOKEN_PROPERTY);
        }
    }
    for (size_t i = 0; i < reference->format_count; i++) {
        const struct format_use *use = &reference->formats[i];
        const char *name = use->format != NULL ? use->format->name : NULL;
        if (name != NULL) {
            uint32_t end = use->range.start + (uint32_t)strlen(name);
            token_list_add(tokens, (struct range){use->range.start, end}, TOKEN_FUNCTION);
        }
    }
}

static void add_references(struct token_list *tokens, const struct node *node)
{
    struct diagnostics ignored = diagnostics_new(tokens->arena);
    struct text_reader reader = {.arena = tokens->arena, .diagnostics = &ignored};
    const struct reference *first = NULL;
    struct references list = {.end = &first};
    if (slice_find(node->text, "${", 0) == SIZE_MAX) {
        return;
    }
    text_parse(&reader, node, USE_TEXT, &list);
    for (const struct reference *r = first; r != NULL; r = r->next) {
        if (!r->is_literal) {
            add_reference(tokens, r);
        }
    }
}

/* ---- SOQL ---- */

static enum token_kind kind_of_word(enum soql_word_kind kind)
{
    switch (kind) {
    case SOQL_WORD_NAME:
        return TOKEN_PROPERTY;
    case SOQL_WORD_KEYWORD:
        return TOKEN_KEYWORD;
    case SOQL_WORD_FUNCTION:
        return TOKEN_FUNCTION;
    case SOQL_WORD_OBJECT:
        return TOKEN_TYPE;
    case SOQL_WORD_TEXT:
        return TOKEN_STRING;
    case SOQL_WORD_NUMBER:
        return TOKEN_NUMBER;
    }
    return TOKEN_STRING;
}

static void add_query(struct token_list *tokens, const struct node *node, struct slice clause)
{
    struct query_text query = query_text_of(tokens->arena, node, node->text, clause, SLICE(""));
    struct soql_words found = soql_words_of(tokens->arena, query.items, query.count);
    struct passage_trail trail = {0};
    for (size_t i = 0; i < found.count; i++) {
        token_list_add_part(tokens, &trail, node, found.items[i].text,
                            kind_of_word(found.items[i].kind));
    }
}

/* ---- the tree ---- */

static void visit(struct token_list *tokens, const struct node *node,
                  const struct schema_places *places, const struct schema_places *list)
{
    if (node->kind == NODE_MAPPING) {
        for (size_t i = 0; i < node->count; i++) {
            const struct member *member = &node->members[i];
            struct schema_places below = schema_places_member(places, node, member->key->text);
            visit(tokens, member->value, &below, NULL);
        }
    } else if (node->kind == NODE_SEQUENCE) {
        struct schema_places below = schema_places_items(places);
        for (size_t i = 0; i < node->count; i++) {
            visit(tokens, node->items[i], &below, places);
        }
    } else if (node->kind == NODE_STRING) {
        struct slice language = query_text_keyword("x-language", places, list);
        if (slice_is(language, "javascript")) {
            script_tokens_add(tokens, node);
            return;
        }
        if (slice_is(language, "soql")) {
            add_query(tokens, node, query_text_keyword("x-clause", places, list));
        }
        add_references(tokens, node);
    }
}

static int compare(const void *a, const void *b)
{
    const struct token *one = a, *other = b;
    return one->range.start != other->range.start
               ? (one->range.start > other->range.start) - (one->range.start < other->range.start)
               : (one->range.end > other->range.end) - (one->range.end < other->range.end);
}

struct token_list tokens_of(struct arena *arena, struct schema_texts *schemas, const char *path,
                            const struct node *root)
{
    struct token_list tokens = {.arena = arena};
    struct schema_places places = schema_texts_places(schemas, arena, root, path);
    visit(&tokens, root, &places, NULL);
    if (tokens.count > 0) {
        qsort(tokens.items, tokens.count, sizeof *tokens.items, compare);
    }
    size_t kept = 0;
    uint32_t end = 0;
    for (size_t i = 0; i < tokens.count; i++) { /* an alias brings the same ones again */
        if (tokens.items[i].range.start >= end) {
            end = tokens.items[i].range.end;
            tokens.items[kept++] = tokens.items[i];
        }
    }
    tokens.count = kept;
    return tokens;
}
