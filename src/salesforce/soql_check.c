/*
 * What the grammar of SOQL allows and Salesforce refuses all the same, as far as it shows without
 * descriptions of objects. The comments name the page of the SOQL reference.
 */
#include "salesforce/soql_token.h"

/* A path leads over five relationships at most ("Understanding Relationship Query Limitations"). */
#define RELATIONSHIP_LIMIT 5
#define OFFSET_LIMIT       2000  /* "OFFSET" */
#define RESPONSE_LIMIT     2000  /* "Query": records of one response */
#define ROW_LIMIT          50000 /* more is asked for nowhere in the documentation */
#define FIELDS_LIMIT       200   /* "FIELDS()": rows that FIELDS(ALL) and FIELDS(CUSTOM) give */
#define ROLLUP_LIMIT       3     /* "GROUP BY ROLLUP" */

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

/* ---- paths ---- */

/*
 * A custom lookup field `Account__c` has the relationship `Account__r`, whatever the letter case
 * ("Understanding Relationship Names, Custom Objects, and Custom Fields").
 */
static void check_custom_names(struct checking *c, const struct soql_path *path)
{
    for (size_t i = 0; i < path->count; i++) {
        struct slice name = path->segments[i];
        bool last = i + 1 == path->count;
        if (name.length <= 3 || name.data[name.length - 3] != '_') {
            continue;
        }
        struct slice suffix = slice_part(name, name.length - 3, name.length);
        struct slice stem = slice_part(name, 0, name.length - 3);
        struct soql_place place = path->place;
        place.text = name;
        if (!last && slice_equal_ignoring_case(suffix, SLICE("__c"))) {
            soql_report(c->diagnostics, E0816, &place,
                        "`%.*s` is a field; its relationship is `%.*s__r`", SLICE_ARG(name),
                        SLICE_ARG(stem));
            return;
        }
        if (last && slice_equal_ignoring_case(suffix, SLICE("__r"))) {
            soql_report(c->diagnostics, E0816, &place,
                        "`%.*s` is a relationship; name one of its fields, such as `%.*s.Name`, "
                        "or the id `%.*s__c`",
                        SLICE_ARG(name), SLICE_ARG(name), SLICE_ARG(stem));
            return;
        }
    }
}

static void check_path(struct checking *c, const struct soql_path *path)
{
    check_custom_names(c, path);
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

/* True for what the answer has under the name of its field: the field, FORMAT of it. */
static bool has_own_name(const struct soql_item *item)
{
    return item->kind == SOQL_FIELD && item->alias.length == 0 && item->path.count > 0 &&
           !item->aggregates && soql_function_keeps_value(item->function);
}

static void report_twice(struct checking *c, const struct soql_item *item,
                         const struct soql_item *other)
{
    if (is_plain(item) && is_plain(other)) {
        soql_report(c->diagnostics, E0816, &item->place,
                    "the query selects `%.*s` twice; delete one of them",
                    SLICE_ARG(item->place.text));
        return;
    }
    const struct soql_item *function = is_plain(item) ? other : item;
    soql_report(c->diagnostics, E0816, &function->place,
                "the query selects `%.*s` twice; give this one an alias",
                SLICE_ARG(item->path.place.text));
}

/* "Using Aliases with GROUP BY", and the error "duplicate field selected". */
static void check_duplicates(struct checking *c)
{
    const struct soql *soql = c->soql;
    for (size_t i = 1; i < soql->item_count; i++) {
        const struct soql_item *item = &soql->items[i];
        struct slice name = column_name(soql, item);
        bool own = has_own_name(item);
        for (size_t j = 0; j < i; j++) {
            const struct soql_item *other = &soql->items[j];
            bool same_field =
                own && soql_path_equal(&item->path, &other->path) && has_own_name(other);
            if (same_field) {
                report_twice(c, item, other);
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

/* "FIELDS()": the fields that it stands for count as selected. */
static bool fields_include(const struct soql_item *fields, const struct soql_item *item)
{
    if (item->kind == SOQL_FIELDS) {
        return slice_is(fields->group, "ALL") || slice_is(item->group, "ALL") ||
               slice_equal(fields->group, item->group);
    }
    return has_own_name(item) && item->path.count == 1 &&
           (slice_is(fields->group, "ALL") ||
            sobject_is_custom_name(item->path.segments[0]) == slice_is(fields->group, "CUSTOM"));
}

static void check_selected_with_fields(struct checking *c)
{
    const struct soql *soql = c->soql;
    for (size_t i = 0; i < soql->item_count; i++) {
        for (size_t j = 0; j < soql->item_count && soql->items[i].kind == SOQL_FIELDS; j++) {
            const struct soql_item *item = &soql->items[j];
            bool is_later = item->kind != SOQL_FIELDS || j > i;
            if (j != i && is_later && fields_include(&soql->items[i], item)) {
                soql_report(c->diagnostics, E0816, &item->place,
                            "FIELDS(%.*s) selects this already; delete one of them",
                            SLICE_ARG(soql->items[i].group));
                return;
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
static bool has_few_ids(const struct soql *soql)
{
    for (size_t i = 0; i < soql->test_count; i++) {
        const struct soql_test *test = &soql->tests[i];
        bool is_id = test->item.function == SOQL_NO_FUNCTION && test->item.path.count == 1 &&
                     slice_equal_ignoring_case(test->item.path.segments[0], SLICE("Id"));
        if (is_id && (test->comparison == SOQL_EQUAL || test->comparison == SOQL_IN) &&
            test->subquery == NULL && test->value_count <= FIELDS_LIMIT) {
            return true;
        }
    }
    return false;
}

static void check_fields(struct checking *c)
{
    const struct soql *soql = c->soql;
    check_selected_with_fields(c);
    for (size_t i = 0; i < soql->item_count; i++) {
        const struct soql_item *item = &soql->items[i];
        if (item->kind != SOQL_FIELDS) {
            continue;
        }
        bool limited =
            soql->limit.kind == SOQL_PARAMETER ||
            (soql->limit.kind == SOQL_NUMBER && soql_value_number(&soql->limit) <= FIELDS_LIMIT);
        if (!slice_is(item->group, "STANDARD") && !limited && !has_few_ids(soql)) {
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

static size_t first_of_having(const struct soql *soql)
{
    size_t i = 0;
    while (!soql->tests[i].having) {
        i++;
    }
    return i;
}

/* "GROUP BY", "Considerations When Using GROUP BY" */
static void check_selected(struct checking *c)
{
    const struct soql *soql = c->soql;
    struct diagnostic *first = NULL; /* of fields that are not grouped by */
    for (size_t i = 0; i < soql->item_count; i++) {
        const struct soql_item *item = &soql->items[i];
        if (item->aggregates || item->kind == SOQL_FIELDS || is_grouped(soql, item)) {
            continue;
        }
        if (item->function == SOQL_GROUPING && soql->group_count > 0) {
            soql_report(c->diagnostics, E0816, &item->place,
                        "GROUPING takes a field of GROUP BY; add `%.*s` to it",
                        SLICE_ARG(item->path.place.text));
            continue;
        }
        if (soql_function_takes_date(item->function)) {
            soql_report(c->diagnostics, E0816, &item->place,
                        "a query that selects %s must group by it; add `GROUP BY %.*s`",
                        soql_function_name(item->function), SLICE_ARG(item->place.text));
        } else if (soql->aggregates && item->kind == SOQL_FIELD && first != NULL) {
            diag_note(c->diagnostics, first, item->place.node->source, soql_range(&item->place),
                      "so must this one");
        } else if (soql->aggregates) {
            struct diagnostic *d = soql_report(
                c->diagnostics, E0816, &item->place,
                item->kind == SOQL_FIELD ? "next to an aggregate function, a field must be "
                                           "grouped by; add it to GROUP BY"
                                         : "a query with aggregate functions or GROUP BY "
                                           "can select only fields and functions");
            first = item->kind == SOQL_FIELD ? d : first;
        }
    }
}

static void check_having(struct checking *c)
{
    const struct soql *soql = c->soql;
    if (soql->having != NULL && soql->group_count == 0) {
        soql_report(c->diagnostics, E0816, &soql->tests[first_of_having(soql)].item.place,
                    "HAVING needs GROUP BY; compare fields of records in WHERE");
        return;
    }
    for (size_t i = 0; i < soql->test_count; i++) {
        const struct soql_item *item = &soql->tests[i].item;
        const struct soql_item *aliased = soql_aliased_item(soql, item);
        if (soql->tests[i].having && aliased != NULL && aliased->aggregates) {
            struct diagnostic *d =
                soql_report(c->diagnostics, E0816, &item->place,
                            "HAVING does not know the alias `%.*s`", SLICE_ARG(item->place.text));
            diag_suggest(c->diagnostics, d, aliased->place.text);
        } else if (soql->tests[i].having && !item->aggregates && aliased == NULL &&
                   !is_grouped(soql, item)) {
            soql_report(c->diagnostics, E0816, &item->place,
                        "HAVING can compare only aggregate functions and grouped fields; compare "
                        "other fields in WHERE");
        }
    }
}

static void check_order(struct checking *c)
{
    const struct soql *soql = c->soql;
    bool bare = soql->item_count == 1 && is_bare_count(&soql->items[0]);
    for (size_t i = 0; !bare && i < soql->order_count; i++) {
        const struct soql_item *item = &soql->orders[i].item;
        bool alias = soql_aliased_item(soql, item) != NULL;
        if (soql->aggregates && !item->aggregates && !alias && !is_grouped(soql, item)) {
            soql_report(c->diagnostics, E0816, &item->place,
                        "a query with aggregate functions or GROUP BY can be ordered only by "
                        "aggregate functions and grouped fields");
        } else if (!soql->aggregates && item->aggregates) {
            soql_report(c->diagnostics, E0816, &item->place,
                        "a query can be ordered by an aggregate function only with GROUP BY");
        }
    }
}

static void check_groups(struct checking *c)
{
    bool bare = false;
    for (size_t i = 0; i < c->soql->item_count; i++) {
        bare = bare || is_bare_count(&c->soql->items[i]);
    }
    if (!bare) { /* else that is what must go */
        check_selected(c);
    }
    check_having(c);
    check_order(c);
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
    if (soql->offset.kind == SOQL_NUMBER && soql_value_number(&soql->offset) > OFFSET_LIMIT) {
        soql_report(c->diagnostics, E0816, &soql->offset.place, "OFFSET can be at most %d",
                    OFFSET_LIMIT);
    }
    if (soql->limit.kind == SOQL_NUMBER && soql_value_number(&soql->limit) > ROW_LIMIT) {
        soql_report(c->diagnostics, W0828, &soql->limit.place,
                    "a response holds at most %d records, whatever LIMIT says", RESPONSE_LIMIT);
    }
    if (soql->limit.kind == SOQL_NUMBER && soql_value_number(&soql->limit) == 0) {
        soql_report(c->diagnostics, W0828, &soql->limit.place,
                    "with LIMIT 0, a response never holds a record");
    }
}

/* ---- DISTANCE ---- */

/* "Location-Based SOQL Query Considerations" */
static void check_distances(struct checking *c)
{
    for (size_t i = 0; i < c->soql->test_count; i++) {
        const struct soql_test *test = &c->soql->tests[i];
        if (test->item.function == SOQL_DISTANCE && test->comparison != SOQL_LESS &&
            test->comparison != SOQL_GREATER) {
            soql_report(c->diagnostics, E0816, &test->operator_place,
                        "a distance can be compared only with `<` and `>`");
        }
    }
}

/* ---- WITH DATA CATEGORY ---- */

/* "WITH DATA CATEGORY": articles and questions have categories. */
static void check_category(struct checking *c)
{
    const struct soql *soql = c->soql;
    struct slice object = soql->from.segments[soql->from.count - 1];
    bool is_article = object.length > 5 &&
                      slice_equal_ignoring_case(
                          slice_part(object, object.length - 5, object.length), SLICE("__kav"));
    if (soql->has_data_category && !is_article &&
        !slice_equal_ignoring_case(object, SLICE("KnowledgeArticleVersion")) &&
        !slice_equal_ignoring_case(object, SLICE("Question"))) {
        soql_report(c->diagnostics, E0816, &soql->from.place,
                    "WITH DATA CATEGORY works only with articles (KnowledgeArticleVersion, "
                    "`…__kav`) and Question");
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
    check_distances(c);
    check_category(c);
    soql_check_joins(diagnostics, soql);
    check_apex(c);
}
