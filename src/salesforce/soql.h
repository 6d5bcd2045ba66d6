/*
 * SOQL: parsing a query whose values may be references, to a tree that the checks go through, the
 * lowering writes out again and the simulated organisation evaluates.
 *
 * The grammar is that of the SOQL reference for API version 62; docs/soql.md has it rule by rule,
 * and the functions of soql.c, soql_item.c and soql_condition.c are named after its rules.
 */
#ifndef DIALOGC_SALESFORCE_SOQL_H
#define DIALOGC_SALESFORCE_SOQL_H

#include "diag/diagnostic.h"
#include "document/tree/node.h"
#include "salesforce/sobject.h"

/*
 * A value that comes into the query when the dialog runs, `${lastName}`. What it refers to is the
 * business of whoever makes the pieces: the parser hands the pointer on, and never looks behind it.
 */
struct reference;

struct soql;

/* A part of the text of a query: literal, or a reference. */
struct soql_piece {
    const struct node *node; /* what the author wrote it in, for places */
    struct slice text;       /* literal */
    const struct reference *reference;
    struct range range; /* of the reference, in the file of `node` */
    struct slice sent;  /* literal, with names in the organisation's spelling; or data NULL: as
                           `text` (soql_spell) */
};

/* The text of a literal piece as it is sent. */
static inline struct slice soql_piece_sent(const struct soql_piece *piece)
{
    return piece->sent.data != NULL ? piece->sent : piece->text;
}

/* A stretch of a query: where a finding about it points. */
struct soql_place {
    const struct node *node;
    struct slice text;
    bool is_reference;
    struct range range; /* of a reference */
};

/*
 * A field: "Name", "Account.Owner.Name". The object's own name and aliases of FROM are resolved:
 * `c.Account.Name` of `FROM Contact c` has the segments "Account", "Name".
 */
struct soql_path {
    struct soql_place place;
    struct slice *segments; /* none for COUNT() */
    size_t count;
};

/* The functions of SOQL: soql_function.def. */
enum soql_function {
    SOQL_NO_FUNCTION,
#define FUNCTION(name, ...) SOQL_##name,
#include "salesforce/soql_function.def"
#undef FUNCTION
    SOQL_FUNCTION_COUNT
};

enum soql_item_kind {
    SOQL_FIELD,    /* or a function of one */
    SOQL_FIELDS,   /* FIELDS(ALL) */
    SOQL_SUBQUERY, /* (SELECT … FROM Contacts) */
    SOQL_TYPEOF,
};

/* WHEN Account THEN Phone, Website; or, without an object, ELSE Name. */
struct soql_when {
    struct soql_place object; /* text empty: ELSE */
    struct soql_path *fields;
    size_t field_count;
};

/* What a query selects, groups by, orders by or compares. */
struct soql_item {
    enum soql_item_kind kind;
    struct soql_place place;     /* the whole item, as far as it is in one piece */
    enum soql_function function; /* the outermost one: FORMAT of FORMAT(MIN(Amount)) */
    enum soql_function inner;    /* the one inside of it, or none */
    bool aggregates;             /* one of them does (COUNT, SUM, …): the query gives groups */
    struct soql_path path;       /* the field inside; of TYPEOF the relationship */
    struct slice alias;          /* empty: none */
    struct soql_place alias_place;
    struct soql *subquery;   /* SOQL_SUBQUERY */
    struct slice group;      /* SOQL_FIELDS: "ALL", "STANDARD", "CUSTOM" */
    struct soql_when *whens; /* SOQL_TYPEOF */
    size_t when_count;
    struct soql_path other;     /* DISTANCE: the second field, or none */
    double latitude, longitude; /* DISTANCE from GEOLOCATION(latitude, longitude) */
    bool in_miles;              /* DISTANCE: else in kilometres */
};

enum soql_value_kind {
    SOQL_NULL,
    SOQL_BOOLEAN,
    SOQL_NUMBER,
    SOQL_CURRENCY, /* USD5000 */
    SOQL_TEXT,     /* may have references inside */
    SOQL_DATE,
    SOQL_DATETIME,
    SOQL_TIME,         /* 13:00:00Z */
    SOQL_DATE_LITERAL, /* TODAY, LAST_N_DAYS:30 */
    SOQL_PARAMETER,
};

struct soql_value {
    enum soql_value_kind kind;
    struct soql_place place;
    struct slice text;    /* SOQL_TEXT: the content, escapes undone, without references;
                             SOQL_DATE_LITERAL: with its number; others: as written */
    struct slice pattern; /* SOQL_TEXT: the same for LIKE; a `%`, `_` or `\\` that stands for
                             itself has a backslash before it */
    const struct reference *reference; /* SOQL_PARAMETER; of SOQL_TEXT the first one, or NULL */
    bool only_reference;               /* SOQL_TEXT: nothing beside that one reference */
};

enum soql_operator {
    SOQL_EQUAL,
    SOQL_NOT_EQUAL,
    SOQL_LESS,
    SOQL_LESS_EQUAL,
    SOQL_GREATER,
    SOQL_GREATER_EQUAL,
    SOQL_LIKE,
    SOQL_IN, /* this and the following compare with a list */
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
    struct soql *subquery; /* IN (SELECT …), NOT IN (SELECT …), or NULL */
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
    size_t test;                                 /* SOQL_TEST: its number in the query */
    const struct soql_condition *first, *second; /* SOQL_NOT has no second */
};

/* How a query uses a piece that is a reference. */
struct soql_use {
    const struct soql *query; /* the one that it is in, which may be a subquery */
    size_t test;              /* the test that it is in, or SIZE_MAX: LIMIT, OFFSET */
    bool in_text;             /* inside the quotes of a literal */
    bool in_search;           /* between the braces of FIND */
    bool in_phrase;           /* and there between quotes */
};

enum soql_grouping {
    SOQL_GROUP_FIELDS,
    SOQL_GROUP_ROLLUP,
    SOQL_GROUP_CUBE,
};

/* An alias of FROM: `c` of "Contact c", `a` of "c.Account a". */
struct soql_alias {
    struct slice name;
    struct soql_place place;
    struct slice *segments; /* the path from the query's object; none for the object itself */
    size_t count;
};

/* A query, or a subquery: the pieces and their uses are those of the whole. */
struct soql {
    const struct soql *outer; /* NULL: it is the whole */
    struct soql_piece *pieces;
    size_t piece_count;
    struct soql_use *uses; /* one for each piece */
    struct soql_item *items;
    size_t item_count;
    size_t items_end; /* the piece in front of which more fields can be selected, with a comma */
    struct soql_path from;
    const struct sobject *object; /* of FROM; NULL: nothing is known of it (soql_spell) */
    struct soql_alias *aliases;   /* of FROM */
    size_t alias_count;
    struct slice scope;      /* of USING SCOPE; empty: none */
    struct soql_test *tests; /* of WHERE and HAVING, in order */
    size_t test_count;
    const struct soql_condition *where, *having; /* NULL: there is none */
    struct slice security; /* WITH SECURITY_ENFORCED, USER_MODE, SYSTEM_MODE; empty: none */
    struct soql_place security_place;
    bool has_data_category;
    enum soql_grouping grouping;
    struct soql_item *groups;
    size_t group_count;
    struct soql_order *orders;
    size_t order_count;
    struct soql_value limit, offset; /* kind SOQL_NULL when there is none */
    bool aggregates;                 /* groups, not records */
    bool for_view, for_reference, update_tracking, update_viewstat;
    struct soql_place for_update, all_rows; /* node NULL: there is none */
};

/*
 * Parses the query that the pieces make up. Returns NULL and reports the first mistake (E0815) with
 * its place. What the grammar allows and Salesforce refuses all the same (a field twice, COUNT()
 * beside ORDER BY) is reported too, as E0816, as far as it shows without descriptions of objects;
 * the query is returned then.
 */
struct soql *soql_parse(struct arena *arena, struct soql_piece *pieces, size_t count,
                        struct diagnostics *diagnostics);

/*
 * Finds the objects of a query and of its subqueries, and gives names that are written in another
 * letter case the organisation's spelling: in the paths, and in what is sent.
 */
void soql_spell(struct arena *arena, struct soql *soql, struct sobject_catalog *catalog);

/* The same for a query that is no text of its own: what a search returns of one object. */
void soql_spell_part(struct arena *arena, struct soql *soql, struct soql *part,
                     struct sobject_catalog *catalog);

/* The name of a function in upper case: "COUNT_DISTINCT"; "" for none. */
const char *soql_function_name(enum soql_function function);

/* True for COUNT, SUM and the others that give one value for a group of records. */
bool soql_function_aggregates(enum soql_function function);

/* True when the function, or none, gives the value of its field as it is, or as text for people. */
bool soql_function_keeps_value(enum soql_function function);

/* True for functions whose value is a number: COUNT, SUM, AVG, the parts of dates, DISTANCE. */
bool soql_function_is_number(enum soql_function function);

/* True for functions of dates: CALENDAR_YEAR, HOUR_IN_DAY. */
bool soql_function_takes_date(enum soql_function function);

/* The whole number of LIMIT or OFFSET, of the kind SOQL_NUMBER. */
long long soql_value_number(const struct soql_value *value);

/* True for the object of a query, and for its alias. */
bool soql_is_base(const struct soql *soql, struct slice name);

/* True when both name the same field, letter case aside. */
bool soql_path_equal(const struct soql_path *a, const struct soql_path *b);

/* True when both name the same field with the same functions. */
bool soql_item_equal(const struct soql_item *a, const struct soql_item *b);

/*
 * The item of SELECT whose alias `item` is (`n` of ORDER BY n), letter case aside; NULL when it
 * names a field, or is more than a name.
 */
const struct soql_item *soql_aliased_item(const struct soql *soql, const struct soql_item *item);

/* True for TODAY, LAST_N_DAYS:30 and the like. */
bool soql_is_date_literal(struct slice word);

/* The date literal that was meant, or NULL; of `LAST_30_DAYS` one with a number. */
const char *soql_near_date_literal(struct arena *arena, struct slice word);

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
