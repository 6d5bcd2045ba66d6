/*
 * What may come next in a query that is half written.
 *
 * The parser reads what is there. At its end it notes what it would have taken: so editors offer
 * what the grammar takes at that place, and nothing lists the grammar twice.
 */
#ifndef DIALOGC_SALESFORCE_SOQL_NEXT_H
#define DIALOGC_SALESFORCE_SOQL_NEXT_H

#include "salesforce/soql.h"

enum soql_wanted {
    SOQL_WANTS_WORDS, /* nothing but keywords */
    SOQL_WANTS_FIELD,
    SOQL_WANTS_OBJECT,
    SOQL_WANTS_VALUE,
};

struct soql_next {
    struct arena *arena;
    struct slice *words; /* the keywords, in upper case, each once */
    size_t word_count;
    size_t end_word; /* from this one on they begin LIMIT and what follows it */
    enum soql_wanted wanted;
    const struct soql *query; /* the query or subquery that is being written */
    struct slice *path;       /* of a field, what is in front of it: "Account", "Owner" */
    size_t path_count;
    char clause;           /* where functions may be, too: one of "SWGHO"; else 0 */
    struct soql_item item; /* of a value: what it is compared with */
    bool in_text;          /* of a value: its opening quote is there */
    struct slice typed;    /* behind that quote */
};

/* Reads `pieces`, at least one, which end in front of the word that is being typed. */
struct soql_next soql_next_of(struct arena *arena, struct soql_piece *pieces, size_t count);

/*
 * The name behind FROM of a query that is written up to a place: `before` and `behind` are the
 * texts on both sides of it. The innermost query has the level 0, the one around it 1. Empty when
 * there is none behind.
 */
struct slice soql_from_behind(struct slice before, struct slice behind, size_t level);

/* ---- the words of a query ---- */

enum soql_word_kind {
    SOQL_WORD_NAME, /* of a field, a relationship, an alias */
    SOQL_WORD_KEYWORD,
    SOQL_WORD_FUNCTION,
    SOQL_WORD_OBJECT,
    SOQL_WORD_TEXT, /* up to its first reference */
    SOQL_WORD_NUMBER,
};

struct soql_word {
    enum soql_word_kind kind;
    struct slice text;
};

struct soql_words {
    struct arena *arena;
    struct soql_word *items;
    size_t count;
    enum soql_word_kind kind; /* of the word that comes next */
};

/* The words of a query, in order, up to the first mistake; `pieces` as for soql_parse. */
struct soql_words soql_words_of(struct arena *arena, struct soql_piece *pieces, size_t count);

/* ---- names ---- */

/* Calls `offer` with the name of every function that a clause takes. */
void soql_offer_functions(char clause, void (*offer)(void *context, struct slice name),
                          void *context);

/* Calls `offer` with every date literal: `TODAY`, and `LAST_N_DAYS:` with the number to come. */
void soql_offer_date_literals(struct arena *arena,
                              void (*offer)(void *context, struct slice literal), void *context);

#endif
