/*
 * Conditions: `${searchLeadsService.body.searchRecords.length} == 0`.
 *
 *     condition := test ( "and" test )* | test ( "or" test )* | "never"
 *     test      := reference operator literal | reference "exists" | reference "missing"
 *     operator  := == | != | > | >= | < | <= | contains | [word]
 *     literal   := number | true | false | 'text' | "text" | bare words up to `and` or `or`
 */
#ifndef DIALOGC_LANGUAGE_MODEL_CONDITION_H
#define DIALOGC_LANGUAGE_MODEL_CONDITION_H

#include "language/model/text.h"

enum operator_kind {
    OPERATOR_EQUAL,
    OPERATOR_NOT_EQUAL,
    OPERATOR_GREATER,
    OPERATOR_GREATER_EQUAL,
    OPERATOR_LESS,
    OPERATOR_LESS_EQUAL,
    OPERATOR_CONTAINS,
    OPERATOR_EXISTS,
    OPERATOR_MISSING,
    OPERATOR_PLATFORM, /* another one of the platform's, by its name: [startsWith] */
};

struct test {
    const struct reference *reference;
    enum operator_kind comparison;
    struct slice operator_name; /* of OPERATOR_PLATFORM */
    struct slice literal;
    bool is_number; /* the literal is one */
    struct range range;
    struct range literal_range;
};

struct condition {
    const struct node *node;
    bool any;   /* joined by `or` */
    bool never; /* a branch for later: nothing leads there, and there are no tests */
    const struct test *tests;
    size_t count;
};

/* Parses the string `node`. A mistake is reported (E0211) and gives a condition without tests. */
struct condition condition_parse(struct text_reader *reader, const struct node *node,
                                 struct references *list);

/* The condition that the reference in `subject` equals one of `values` (a scalar or a list). */
struct condition condition_of_values(struct text_reader *reader, const struct node *subject,
                                     const struct node *values, struct references *list);

#endif
