/*
 * What Salesforce refuses of queries inside of queries: semi-joins, subqueries for children,
 * TYPEOF. The comments name the page of the SOQL reference.
 */
#include "base/table.h"
#include "salesforce/soql_token.h"

#define SEMI_JOIN_LIMIT 2  /* "Comparison Operators", semi-joins */
#define SUBQUERY_LIMIT  20 /* "Understanding Relationship Query Limitations" */

struct checking {
    struct diagnostics *diagnostics;
    const struct soql *soql;
};

/* ---- semi-joins ---- */

/* Objects that Salesforce does not look through in a semi-join ("Comparison Operators"). */
static void check_inner_object(struct checking *c, const struct soql *inner)
{
    static const char *const excluded[] = {
        "ActivityHistory", "Attachment", "Event", "EventAttendee", "Note", "OpenActivity", "Task"};
    struct slice object = inner->from.segments[0];
    for (size_t i = 0; i < TABLE_LENGTH(excluded); i++) {
        if (slice_equal_ignoring_case(object, slice_of(excluded[i]))) {
            soql_report(c->diagnostics, E0816, &inner->from.place,
                        "Salesforce does not support %s in a query inside IN; make a query of its "
                        "own",
                        excluded[i]);
        }
    }
}

static void check_semi_join(struct checking *c, const struct soql_test *test)
{
    const struct soql *inner = test->subquery;
    if (inner->item_count != 1 || inner->items[0].kind != SOQL_FIELD ||
        inner->items[0].function != SOQL_NO_FUNCTION) {
        soql_report(c->diagnostics, E0816, &inner->items[0].place,
                    "a query inside IN must select exactly one field, an id or a reference");
    } else if (inner->items[0].path.count > 1) {
        soql_report(c->diagnostics, E0816, &inner->items[0].place,
                    "a query inside IN must select a field of its own object, such as `AccountId` "
                    "in place of `Account.Id`");
    }
    const struct soql_place *clause = inner->order_count > 0 ? &inner->orders[0].item.place
                                      : inner->limit.place.node != NULL  ? &inner->limit.place
                                      : inner->offset.place.node != NULL ? &inner->offset.place
                                      : inner->for_update.node != NULL   ? &inner->for_update
                                                                         : NULL;
    if (clause != NULL) {
        soql_report(c->diagnostics, E0816, clause,
                    "a query inside IN cannot have ORDER BY, LIMIT, OFFSET or FOR UPDATE");
    }
    check_inner_object(c, inner);
    if (slice_equal_ignoring_case(inner->from.segments[0],
                                  c->soql->from.segments[c->soql->from.count - 1])) {
        soql_report(c->diagnostics, E0816, &inner->from.place,
                    "a query inside IN must use a different object than the query around it");
    }
    for (size_t i = 0; i < inner->test_count; i++) {
        if (inner->tests[i].subquery != NULL) {
            soql_report(c->diagnostics, E0816, &inner->tests[i].operator_place,
                        "a query inside IN cannot contain another one");
        }
    }
}

/* Semi-joins are joined with AND, and nothing else ("Comparison Operators"). */
static void check_joins(struct checking *c, const struct soql_condition *condition, bool joined)
{
    switch (condition->join) {
    case SOQL_TEST: {
        const struct soql_test *test = &c->soql->tests[condition->test];
        if (joined && test->subquery != NULL) {
            soql_report(c->diagnostics, E0816, &test->operator_place,
                        "a query inside IN cannot be joined with OR or follow NOT; write NOT IN, "
                        "or two queries");
        }
        return;
    }
    case SOQL_NOT:
        check_joins(c, condition->first, true);
        return;
    case SOQL_OR:
    case SOQL_AND:
        joined = joined || condition->join == SOQL_OR;
        check_joins(c, condition->first, joined);
        check_joins(c, condition->second, joined);
        return;
    }
}

static void check_semi_joins(struct checking *c)
{
    const struct soql *soql = c->soql;
    size_t count = 0;
    for (size_t i = 0; i < soql->test_count; i++) {
        if (soql->tests[i].subquery == NULL) {
            continue;
        }
        check_semi_join(c, &soql->tests[i]);
        if (++count == SEMI_JOIN_LIMIT + 1) {
            soql_report(c->diagnostics, E0816, &soql->tests[i].operator_place,
                        "a query can have at most %d queries inside IN", SEMI_JOIN_LIMIT);
        }
    }
    if (soql->where != NULL) {
        check_joins(c, soql->where, false);
    }
}

/* ---- subqueries for children ---- */

static long long limit_of(const struct soql *soql)
{
    return soql->limit.kind == SOQL_NUMBER ? soql_value_number(&soql->limit) : -1;
}

static void check_subquery(struct checking *c, const struct soql *inner)
{
    const struct soql *outer = c->soql;
    struct slice base = inner->from.segments[0];
    if (inner->aggregates) {
        soql_report(c->diagnostics, E0816, &inner->items[0].place,
                    "a subquery for children cannot have aggregate functions or GROUP BY");
    }
    if (inner->offset.place.node != NULL && outer->limit.kind != SOQL_PARAMETER &&
        limit_of(outer) != 1) { /* "OFFSET" */
        soql_report(c->diagnostics, E0816, &inner->offset.place,
                    "a subquery can have OFFSET only when the query around it has `LIMIT 1`");
    }
    if (inner->from.count > 1 && !soql_is_base(outer, base)) {
        soql_report(c->diagnostics, E0816, &inner->from.place,
                    "`%.*s` is neither the object of the query around the subquery nor its alias; "
                    "write the relationship alone",
                    SLICE_ARG(base));
    }
}

static void check_subqueries(struct checking *c)
{
    size_t count = 0;
    for (size_t i = 0; i < c->soql->item_count; i++) {
        const struct soql *inner = c->soql->items[i].subquery;
        if (inner == NULL) {
            continue;
        }
        check_subquery(c, inner);
        if (++count == SUBQUERY_LIMIT + 1) {
            soql_report(c->diagnostics, E0816, &inner->from.place,
                        "a query can have at most %d subqueries for children", SUBQUERY_LIMIT);
        }
    }
}

/* ---- TYPEOF ---- */

/* "TYPEOF": one WHEN for an object; and the relationship is selected nowhere else. */
static void check_typeof(struct checking *c, const struct soql_item *item)
{
    for (size_t i = 1; i < item->when_count; i++) {
        for (size_t j = 0; j < i && item->whens[i].object.text.length > 0; j++) {
            if (slice_equal_ignoring_case(item->whens[i].object.text, item->whens[j].object.text)) {
                soql_report(c->diagnostics, E0816, &item->whens[i].object,
                            "TYPEOF has two WHEN for `%.*s`; join their fields",
                            SLICE_ARG(item->whens[i].object.text));
                return;
            }
        }
    }
    for (size_t i = 0; i < c->soql->item_count; i++) {
        const struct soql_item *other = &c->soql->items[i];
        struct soql_path path = other->path;
        path.count -= path.count > 0;
        if (other->kind == SOQL_FIELD && path.count > 0 && soql_path_equal(&path, &item->path)) {
            soql_report(c->diagnostics, E0816, &other->place,
                        "fields of `%.*s` can be selected only in its TYPEOF",
                        SLICE_ARG(item->path.place.text));
        }
    }
}

static void check_typeofs(struct checking *c)
{
    for (size_t i = 0; i < c->soql->item_count; i++) {
        if (c->soql->items[i].kind == SOQL_TYPEOF) {
            check_typeof(c, &c->soql->items[i]);
        }
    }
}

void soql_check_joins(struct diagnostics *diagnostics, const struct soql *soql)
{
    struct checking checking = {diagnostics, soql};
    check_semi_joins(&checking);
    check_subqueries(&checking);
    check_typeofs(&checking);
}
