/*
 * SOSL: parsing a search, `FIND {…} IN NAME FIELDS RETURNING Lead(Id, Name)`, whose values may be
 * references. docs/soql.md has the grammar rule by rule. What is returned of an object is a query
 * of SOQL without SELECT and FROM, and is checked and evaluated as one.
 */
#ifndef DIALOGC_SALESFORCE_SOSL_H
#define DIALOGC_SALESFORCE_SOSL_H

#include "salesforce/soql.h"

enum sosl_group {
    SOSL_ALL,
    SOSL_NAME,
    SOSL_EMAIL,
    SOSL_PHONE,
    SOSL_SIDEBAR,
};

/* What is searched for. */
enum sosl_kind {
    SOSL_WORDS, /* words that must all be there, with wildcards */
    SOSL_PHRASE,
    SOSL_BOTH,   /* AND */
    SOSL_EITHER, /* OR */
    SOSL_EXCEPT, /* AND NOT */
};

struct sosl_term {
    enum sosl_kind kind;
    struct slice text; /* of words and phrases, with escapes */
    const struct sosl_term *first, *second;
};

struct sosl {
    struct soql whole;            /* pieces and uses of all parts; nothing else of it counts */
    const struct sosl_term *term; /* NULL when it has references */
    const struct reference *only_reference; /* all that is between the braces, or NULL */
    struct soql_place term_place;
    enum sosl_group group;
    struct soql **returned; /* what is returned of each object */
    size_t returned_count;
    struct soql_value limit; /* kind SOQL_NULL when there is none */
};

/* True for a text that is a search: it begins with FIND. */
bool sosl_is_search(struct slice text);

/* Parses the search that the pieces make up; NULL after a report (E0815). */
struct sosl *sosl_parse(struct arena *arena, struct soql_piece *pieces, size_t count,
                        struct diagnostics *diagnostics);

/* Finds the objects, and gives names the organisation's spelling, as soql_spell. */
void sosl_spell(struct arena *arena, struct sosl *sosl, struct sobject_catalog *catalog);

/*
 * What is searched for, as `FIND {…}` has it between its braces. NULL, with what is wrong in
 * `*mistake`, when parentheses, quotes or operators do not fit.
 */
const struct sosl_term *sosl_parse_term(struct arena *arena, struct slice text,
                                        const char **mistake);

#endif
