/*
 * SOQL in a file: a whole query, or a part of one, such as the conditions of `where`. The schemas
 * say which texts are that: `x-language: soql`, and `x-clause` for the clause of a part.
 */
#ifndef DIALOGC_EDITOR_TEXT_QUERY_TEXT_H
#define DIALOGC_EDITOR_TEXT_QUERY_TEXT_H

#include "document/schema/places.h"
#include "salesforce/soql.h"

/* A text as the pieces of a whole query. */
struct query_text {
    struct arena *arena;
    const struct node *node;
    struct soql_piece *items; /* what is not in the file comes first */
    size_t count;             /* at least 1 */
};

/*
 * What `x-language` or `x-clause` says of a text; `list` has the places of the list that it is in,
 * or is NULL.
 */
struct slice query_text_keyword(const char *keyword, const struct schema_places *places,
                                const struct schema_places *list);

/*
 * The text of `node`, or its beginning, as a query. With a clause it is a part of one about
 * `object`, which may be empty.
 */
struct query_text query_text_of(struct arena *arena, const struct node *node, struct slice text,
                                struct slice clause, struct slice object);

#endif
