#include "editor/text/query_text.h"

#include <stdint.h>

#include "language/model/text.h"

struct slice query_text_keyword(const char *keyword, const struct schema_places *places,
                                const struct schema_places *list)
{
    struct slice word = schema_places_text(places, keyword);
    return word.length == 0 && list != NULL ? schema_places_text(list, keyword) : word;
}

static void add_piece(struct query_text *query, struct slice text,
                      const struct reference *reference)
{
    query->items = arena_append(query->arena, query->items, query->count, sizeof *query->items);
    query->items[query->count++] =
        (struct soql_piece){.node = query->node, .text = text, .reference = reference};
}

/* What the references of the text mean does not matter here. */
static void add_pieces(struct query_text *query, struct slice text)
{
    static const struct reference any;
    size_t at = 0;
    while (at < text.length) {
        size_t begin = slice_find(text, "${", at);
        size_t end = begin != SIZE_MAX ? slice_find(text, "}", begin) : SIZE_MAX;
        size_t stop = end != SIZE_MAX ? begin : text.length;
        if (stop > at) {
            add_piece(query, slice_part(text, at, stop), NULL);
        }
        if (end != SIZE_MAX) {
            add_piece(query, slice_part(text, begin, end + 1), &any);
        }
        at = end != SIZE_MAX ? end + 1 : text.length;
    }
}

/* A part of a query becomes a whole one: `SELECT Id FROM Lead WHERE …`. */
static struct slice beginning_of(struct arena *arena, struct slice clause, struct slice object)
{
    bool is_where = slice_is(clause, "WHERE"); /* which ends before the other clauses */
    if (clause.length == 0) {
        return SLICE("");
    }
    return slice_is(clause, "SELECT")
               ? SLICE("SELECT ")
               : arena_printf(arena, "SELECT Id FROM %.*s %.*s %s",
                              SLICE_ARG(object.length > 0 ? object : SLICE("x")), SLICE_ARG(clause),
                              is_where ? "(" : "");
}

struct query_text query_text_of(struct arena *arena, const struct node *node, struct slice text,
                                struct slice clause, struct slice object)
{
    struct query_text query = {.arena = arena, .node = node};
    add_piece(&query, beginning_of(arena, clause, object), NULL);
    add_pieces(&query, text);
    return query;
}
