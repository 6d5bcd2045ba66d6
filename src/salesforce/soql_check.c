/*
 * What the grammar of SOQL allows and Salesforce refuses all the same, as far as it shows without
 * descriptions of objects. The comments name the page of the SOQL reference.
 */
#include "salesforce/soql_token.h"

/* A path leads over five relationships at most ("Understanding Relationship Query Limitations"). */
#define RELATIONSHIP_LIMIT 5
#define OFFSET_LIMIT       2000 /* "OFFSET" */
#define FIELDS_LIMIT       200  /* "FIELDS()": rows that FIELDS(ALL) and FIELDS(CUSTOM) give */
#define ROLLUP_LIMIT       3    /* "GROUP BY ROLLUP" */
#define SEMI_JOIN_LIMIT    2    /* "Comparison Operators", semi-joins */

struct checking {
    struct diagnostics *diagnostics;
    const struct soql *soql;
};

static bool is_plain(const struct soql_item *item)
{
    return item->kind == SOQL_FIELD && item->function == SOQL_NO_FUNCTION;
}

/* COUNT(), without a field */
static bool is_bare_count(const struct soql_item *item)
{
    return item->function == SOQL_COUNT && item->path.count == 0;
}

static long long number_of(const struct soql_value *value)
{
    long long number = 0;
    for (size_t i = 0; i < value->text.length; i++) {
        number = number * 10 + value->text.data[i] - '0'; /* nine digits at most: see parse_count */
    }
    return number;
}

/* ---- paths ---- */

static void check_path(struct checking *c, const struct soql_path *path)
{
    if (path->count > RELATIONSHIP_LIMIT + 1) {
        soql_report(c->diagnostics, E0816, &path->place,
                    "a field can be at most %d relationships away from the query's object",
                    RELATIONSHIP_LIMIT);
    }
}

static void check_paths(struct checking *c)
{
    const struct soql *soql = c->soql;
    for (size_t i = 0; i < soql->item_count; i++) {
        check_path(c, &soql->items[i].path);
    }
    for (size_t i = 0; i < soql->test_count; i++) {
        check_path(c, &soql->tests[i].item.path);
    }
    for (size_t i = 0; i < soql->group_count; i++) {
        check_path(c, &soql->groups[i].path);
    }
    for (size_t i = 0; i < soql->order_count; i++) {
        check_path(c, &soql->orders[i].item.path);
    }
}

/* ---- what is selected ---- */

/* What the column of an item is called in the answer; empty: Salesforce numbers it. */
static struct slice column_name(const struct soql *soql, const struct soql_item *item)
{
    if (item->alias.length > 0) {
        return item->alias;
    }
    return soql->aggregates && is_plain(item) && item->path.count > 0
               ? item->path.segments[item->path.count - 1]
               : SLICE("");
}

/* "Using Aliases with GROUP BY", and the error "duplicate field selected". */
static void check_duplicates(struct checking *c)
{
    const struct soql *soql = c->soql;
    for (size_t i = 1; i < soql->item_count; i++) {
        const struct soql_item *item = &soql->items[i];
        struct slice name = column_name(soql, item);
        for (size_t j = 0; j < i; j++) {
            const struct soql_item *other = &soql->items[j];
            bool same_field = is_plain(item) && item->alias.length == 0 &&
                              other->alias.length == 0 && soql_item_equal(item, other);
            if (same_field) {
                soql_report(c->diagnostics, E0816, &item->place,
                            "the query selects `%.*s` twice; delete one of them",
                            SLICE_ARG(item->place.text));
                break;
            }
            if (name.length > 0 && slice_equal_ignoring_case(name, column_name(soql, other))) {
                soql_report(c->diagnostics, E0816,
                            item->alias.length > 0 ? &item->alias_place : &item->place,
                            "two columns of the response would be named `%.*s`; give one of them "
                            "another alias",
                            SLICE_ARG(name));
                break;
            }
        }
    }
}

static void check_aliases(struct checking *c)
{
    for (size_t i = 0; i < c->soql->item_count; i++) {
        const struct soql_item *item = &c->soql->items[i];
        if (item->alias.length == 0) {
            continue;
        }
        if (is_bare_count(item)) {
            soql_report(c->diagnostics, E0816, &item->alias_place,
                        "COUNT() cannot have an alias; write `COUNT(Id) %.*s`",
                        SLICE_ARG(item->alias));
        } else if (item->kind != SOQL_FIELD || (is_plain(item) && !c->soql->aggregates)) {
            soql_report(c->diagnostics, E0816, &item->alias_place,
                        "only functions, and fields of a query with GROUP BY, can have an alias; "
                        "separate fields with commas");
        }
    }
}

/* "COUNT()": it is the only thing that a query selects, and there is nothing to order. */
static void check_bare_count(struct checking *c)
{
    const struct soql *soql = c->soql;
    for (size_t i = 0; i < soql->item_count; i++) {
        const struct soql_item *item = &soql->items[i];
        if (!is_bare_count(item)) {
            continue;
        }
        if (soql->item_count > 1 || soql->group_count > 0) {
            soql_report(
                c->diagnostics, E0816, &item->place,
                "COUNT() must be the only column of a query without GROUP BY; write `COUNT(Id)`");
        } else if (soql->order_count > 0) {
            soql_report(c->diagnostics, E0816, &soql->orders[0].item.place,
                        "a query of COUNT() returns a single number, so it cannot have ORDER BY");
        }
        return;
    }
}

/* "FIELDS()" */
static void check_fields(struct checking *c)
{
    const struct soql *soql = c->soql;
    for (size_t i = 0; i < soql->item_count; i++) {
        const struct soql_item *item = &soql->items[i];
        if (item->kind != SOQL_FIELDS) {
            continue;
        }
        bool limited = soql->limit.kind == SOQL_PARAMETER ||
                       (soql->limit.kind == SOQL_NUMBER && number_of(&soql->limit) <= FIELDS_LIMIT);
        if (!slice_is(item->group, "STANDARD") && !limited) {
            soql_report(c->diagnostics, E0816, &item->place,
                        "FIELDS(%.*s) needs a LIMIT of %d or less", SLICE_ARG(item->group),
                        FIELDS_LIMIT);
        }
        if (soql->aggregates) {
            soql_report(c->diagnostics, E0816, &item->place,
                        "FIELDS() cannot be used with GROUP BY or next to aggregate functions");
        }
    }
}

/* ---- groups ---- */

/* True for a field, or a function of one, that all records of a group share. */
static bool is_grouped(const struct soql *soql, const struct soql_item *item)
{
    for (size_t i = 0; i < soql->group_count; i++) {
        struct soql_item plain = *item;
        bool keeps = soql_function_keeps_value(item->function) || item->function == SOQL_GROUPING;
        if (keeps && item->inner == SOQL_NO_FUNCTION) {
            plain.function = SOQL_NO_FUNCTION;
        }
        if (soql_item_equal(item, &soql->groups[i]) || soql_item_equal(&plain, &soql->groups[i])) {
            return true;
        }
    }
    return false;
}

/* "GROUP BY", "Considerations When Using GROUP BY" */
static void check_groups(struct checking *c)
{
    const struct soql *soql = c->soql;
    for (size_t i = 0; i < soql->item_count; i++) {
        const struct soql_item *item = &soql->items[i];
        if (item->aggregates || item->kind == SOQL_FIELDS || is_grouped(soql, item)) {
            continue;
        }
        if (soql_function_takes_date(item->function)) {
            soql_report(c->diagnostics, E0816, &item->place,
                        "a query that selects %s must group by it; add `GROUP BY %.*s`",
                        soql_function_name(item->function), SLICE_ARG(item->place.text));
        } else if (soql->aggregates) {
            soql_report(c->diagnostics, E0816, &item->place,
                        item->kind == SOQL_FIELD ? "next to an aggregate function, a field must be "
                                                   "grouped by; add it to GROUP BY"
                                                 : "a query with aggregate functions or GROUP BY "
                                                   "can select only fields and functions");
        }
    }
    for (size_t i = 0; i < soql->test_count; i++) {
        const struct soql_item *item = &soql->tests[i].item;
        bool alias = soql_aliased_item(soql, item) != NULL;
        if (soql->tests[i].having && !item->aggregates && !alias && !is_grouped(soql, item)) {
            soql_report(c->diagnostics, E0816, &item->place,
                        "HAVING can compare only aggregate functions and grouped fields; compare "
                        "other fields in WHERE");
        }
    }
    for (size_t i = 0; soql->group_count > 0 && i < soql->order_count; i++) {
        const struct soql_item *item = &soql->orders[i].item;
        bool alias = soql_aliased_item(soql, item) != NULL;
        if (!item->aggregates && !alias && !is_grouped(soql, item)) {
            soql_report(c->diagnostics, E0816, &item->place,
                        "a query with GROUP BY can be ordered only by aggregate functions and "
                        "grouped fields");
        }
    }
}

static void check_grouping(struct checking *c)
{
    const struct soql *soql = c->soql;
    for (size_t i = 0; i < soql->item_count; i++) {
        if (soql->items[i].function == SOQL_GROUPING && soql->grouping == SOQL_GROUP_FIELDS) {
            soql_report(c->diagnostics, E0816, &soql->items[i].place,
                        "GROUPING works only with GROUP BY ROLLUP or GROUP BY CUBE");
        }
    }
    if (soql->grouping != SOQL_GROUP_FIELDS && soql->group_count > ROLLUP_LIMIT) {
        soql_report(c->diagnostics, E0816, &soql->groups[ROLLUP_LIMIT].place,
                    "ROLLUP and CUBE take at most %d fields", ROLLUP_LIMIT);
    }
}

/* ---- LIMIT and OFFSET ---- */

static void check_limits(struct checking *c)
{
    const struct soql *soql = c->soql;
    bool bare = soql->item_count == 1 && is_bare_count(&soql->items[0]);
    if (soql->aggregates && soql->group_count == 0 && !bare && soql->limit.place.node != NULL) {
        soql_report(
            c->diagnostics, E0816, &soql->limit.place,
            "an aggregate function without GROUP BY returns one row, so Salesforce rejects LIMIT");
    }
    if (soql->offset.kind == SOQL_NUMBER && number_of(&soql->offset) > OFFSET_LIMIT) {
        soql_report(c->diagnostics, E0816, &soql->offset.place, "OFFSET can be at most %d",
                    OFFSET_LIMIT);
    }
}

/* ---- semi-joins ---- */

static void check_semi_join(struct checking *c, const struct soql_test *test)
{
    const struct soql *inner = test->subquery;
    if (inner->item_count != 1 || inner->items[0].kind != SOQL_FIELD ||
        inner->items[0].function != SOQL_NO_FUNCTION) {
        soql_report(c->diagnostics, E0816, &inner->items[0].place,
                    "a query inside IN must select exactly one field, an id or a reference");
    }
    if (inner->order_count > 0 || inner->limit.place.node != NULL) {
        soql_report(c->diagnostics, E0816,
                    inner->order_count > 0 ? &inner->orders[0].item.place : &inner->limit.place,
                    "a query inside IN cannot have ORDER BY or LIMIT");
    }
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

static void check_subqueries(struct checking *c)
{
    for (size_t i = 0; i < c->soql->item_count; i++) {
        const struct soql *inner = c->soql->items[i].subquery;
        if (inner != NULL && inner->aggregates) {
            soql_report(c->diagnostics, E0816, &inner->items[0].place,
                        "a subquery for children cannot have aggregate functions or GROUP BY");
        }
    }
}

/* ---- what only Apex takes ---- */

static void check_apex(struct checking *c)
{
    const struct soql *soql = c->soql;
    if (soql->for_update.node != NULL) {
        soql_report(c->diagnostics, W0822, &soql->for_update,
                    "FOR UPDATE works only in Apex; the REST API rejects it");
    }
    if (soql->all_rows.node != NULL) {
        soql_report(c->diagnostics, W0822, &soql->all_rows,
                    "ALL ROWS works only in Apex; in the REST API, use the resource `queryAll`");
    }
    if (soql->security.length > 0) {
        soql_report(c->diagnostics, W0822, &soql->security_place,
                    "WITH %.*s works only in Apex; through the REST API, a query always sees what "
                    "its user may see",
                    SLICE_ARG(soql->security));
    }
}

void soql_check(struct diagnostics *diagnostics, const struct soql *soql)
{
    struct checking checking = {diagnostics, soql};
    struct checking *c = &checking;
    check_paths(c);
    check_duplicates(c);
    check_aliases(c);
    check_bare_count(c);
    check_fields(c);
    check_groups(c);
    check_grouping(c);
    check_limits(c);
    check_semi_joins(c);
    check_subqueries(c);
    check_apex(c);
}
