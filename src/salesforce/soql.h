/*
 * SOQL: parsing a query whose values may be references, to a tree that the checks go through and
 * the lowering writes out again.
 *
 * Covered: SELECT of fields, relationship paths, aggregate and date functions with aliases; FROM
 * one object; WHERE and HAVING with AND, OR, NOT, comparisons, LIKE, IN, INCLUDES, EXCLUDES, date
 * literals; GROUP BY; ORDER BY; LIMIT; OFFSET. Not covered, and refused with a message of their
 * own: subqueries, TYPEOF, FIELDS(), WITH, FOR, USING, ALL ROWS.
 */
#ifndef DIALOGC_SALESFORCE_SOQL_H
#define DIALOGC_SALESFORCE_SOQL_H

#include "diag/diagnostic.h"
#include "document/tree/node.h"

/*
 * A value that comes into the query when the dialog runs, `${lastName}`. What it refers to is the
 * business of whoever makes the pieces: the parser hands the pointer on, and never looks behind it.
 */
struct reference;

/* A part of the text of a query: literal, or a reference. */
struct soql_piece {
    const struct node *node; /* what the author wrote it in, for places */
    struct slice text;       /* literal */
    const struct reference *reference;
    struct range range; /* of the reference, in the file of `node` */
};

/* A stretch of a query: where a finding about it points. */
struct soql_place {
    const struct node *node;
    struct slice text;
    bool is_reference;
    struct range range; /* of a reference */
};

struct soql_path {
    struct soql_place place;
    struct slice *segments; /* "Account", "Name"; none for COUNT() */
    size_t count;
};

/* A field or a function of a field. */
struct soql_item {
    struct slice function; /* in upper case; empty for a plain field */
    bool aggregates;       /* COUNT, SUM, …: the query gives groups, not records */
    struct soql_path path;
    struct slice alias; /* empty: none */
};

enum soql_value_kind {
    SOQL_NULL,
    SOQL_BOOLEAN,
    SOQL_NUMBER,
    SOQL_TEXT, /* may have references inside */
    SOQL_DATE,
    SOQL_DATETIME,
    SOQL_DATE_LITERAL, /* TODAY, LAST_N_DAYS:30 */
    SOQL_PARAMETER,
};

struct soql_value {
    enum soql_value_kind kind;
    struct soql_place place;
    struct slice text; /* SOQL_TEXT: the content, escapes undone, without references;
                          SOQL_DATE_LITERAL: with its number; others: as written */
    const struct reference
        *reference;      /* SOQL_PARAMETER; of SOQL_TEXT the first one inside, or NULL */
    bool only_reference; /* SOQL_TEXT: nothing beside that one reference */
};

enum soql_operator {
    SOQL_EQUAL,
    SOQL_NOT_EQUAL,
    SOQL_LESS,
    SOQL_LESS_EQUAL,
    SOQL_GREATER,
    SOQL_GREATER_EQUAL,
    SOQL_LIKE,
    SOQL_IN,
    SOQL_NOT_IN,
    SOQL_INCLUDES,
    SOQL_EXCLUDES,
};

struct soql_test {
    struct soql_item item;
    enum soql_operator comparison;
    struct soql_place operator_place;
    struct soql_value *values;
    size_t value_count;
    bool having;
};

struct soql_order {
    struct soql_item item;
    bool descending;
    bool nulls_last; /* else they come first */
};

/* How tests are joined. */
enum soql_join {
    SOQL_TEST,
    SOQL_AND,
    SOQL_OR,
    SOQL_NOT,
};

struct soql_condition {
    enum soql_join join;
    size_t test;                                 /* SOQL_TEST: its number */
    const struct soql_condition *first, *second; /* SOQL_NOT has no second */
};

/* How the query uses a piece that is a reference. */
struct soql_use {
    size_t test;  /* the test that it stands in, or SIZE_MAX: LIMIT, OFFSET */
    bool in_text; /* inside the quotes of a literal */
};

struct soql {
    struct soql_piece *pieces;
    size_t piece_count;
    struct soql_use *uses; /* one for each piece */
    struct soql_item *items;
    size_t item_count;
    size_t items_end; /* the piece in front of which more fields can be selected, with a comma */
    struct soql_path from;
    struct soql_test *tests; /* of WHERE and HAVING, in order */
    size_t test_count;
    const struct soql_condition *where, *having; /* NULL: there is none */
    struct soql_item *groups;
    size_t group_count;
    struct soql_order *orders;
    size_t order_count;
    struct soql_value limit, offset; /* kind SOQL_NULL when there is none */
    bool aggregates;                 /* groups, not records */
};

/*
 * Parses the query that the pieces make up. Returns NULL and reports the first mistake (E0815) with
 * its place.
 */
struct soql *soql_parse(struct arena *arena, struct soql_piece *pieces, size_t count,
                        struct diagnostics *diagnostics);

/* True for TODAY, LAST_N_DAYS:30 and the like. */
bool soql_is_date_literal(struct slice word);

/* True for a date, or a date and time, as SOQL writes them. */
bool soql_is_date(struct slice text, bool *has_time);

/* Reports at a place of the query. */
PRINTF_LIKE(4, 5)
struct diagnostic *soql_report(struct diagnostics *diagnostics, enum code code,
                               const struct soql_place *place, const char *format, ...);

/* The range of a place in the author's text. */
struct range soql_range(const struct soql_place *place);

/* Appends `text` as a SOQL string literal. */
void soql_literal(struct builder *out, struct slice text);

#endif
