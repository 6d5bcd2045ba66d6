/* Queries: what they name exists, and what they compare can be compared. */
#include "language/check/salesforce.h"
#include "base/suggestion.h"
#include "language/operation/reference_value.h"
#include "salesforce/path.h"
#include "base/table.h"

/* ---- places ---- */

/* The place of one segment of a path. */
static struct soql_place segment_place(const struct soql_path *path, size_t segment)
{
    struct soql_place place = path->place;
    place.text = path->segments[segment];
    return place;
}

/* ---- fields ---- */

/* The field that a path leads to; NULL, reported or not, when there is none to check by. */
static const struct sobject_field *resolve(struct check *check, const struct service *service,
                                           const struct soql_path *path)
{
    if (service->sobject == NULL || path->count == 0) {
        return NULL;
    }
    struct path_result result =
        path_follow(check->arena, service->sobject, path->segments, path->count);
    struct soql_place place = segment_place(path, result.segment);
    if (result.is_missing || result.is_custom) {
        check_report_unknown_field(check, result.object, place.node->source, soql_range(&place),
                                   path->segments[result.segment], result.is_relationship);
    } else if (result.is_record) {
        struct diagnostic *d = soql_report(check->diagnostics, E0816, &path->place,
                                           "`%.*s` leads to a record; name one of its fields",
                                           SLICE_ARG(path->segments[path->count - 1]));
        diag_suggest(check->diagnostics, d,
                     arena_printf(check->arena, "%.*s.Name", SLICE_ARG(path->place.text)));
    }
    return result.field;
}

static bool is_alias(const struct soql *soql, const struct soql_path *path)
{
    for (size_t i = 0; i < soql->item_count; i++) {
        if (path->count == 1 && soql->items[i].alias.length > 0 &&
            slice_equal(soql->items[i].alias, path->segments[0])) {
            return true;
        }
    }
    return false;
}

static void check_function(struct check *check, const struct soql_item *item,
                           const struct sobject_field *field)
{
    bool sums = slice_is(item->function, "SUM") || slice_is(item->function, "AVG");
    if (sums && field != NULL && !field_type_is_number(field->type)) {
        soql_report(check->diagnostics, E0816, &item->path.place,
                    "%.*s needs a number, and %.*s is %s", SLICE_ARG(item->function),
                    SLICE_ARG(field->name), field_type_name(field->type));
    }
}

static const struct sobject_field *check_item(struct check *check, const struct service *service,
                                              const struct soql_item *item)
{
    const struct sobject_field *field = resolve(check, service, &item->path);
    check_function(check, item, field);
    return field;
}

/* ---- groups ---- */

static bool same_item(const struct soql_item *a, const struct soql_item *b)
{
    if (!slice_equal(a->function, b->function) || a->path.count != b->path.count) {
        return false;
    }
    for (size_t i = 0; i < a->path.count; i++) {
        if (!slice_equal_ignoring_case(a->path.segments[i], b->path.segments[i])) {
            return false;
        }
    }
    return true;
}

static void check_groups(struct check *check, const struct soql *soql)
{
    for (size_t i = 0; soql->aggregates && i < soql->item_count; i++) {
        const struct soql_item *item = &soql->items[i];
        bool grouped = item->aggregates;
        for (size_t j = 0; !grouped && j < soql->group_count; j++) {
            grouped = same_item(item, &soql->groups[j]);
        }
        if (!grouped) {
            soql_report(check->diagnostics, E0816, &item->path.place,
                        "beside a function, a field must be one that the query groups by");
        }
    }
}

/* ---- comparisons ---- */

static const char *value_name(const struct soql_value *value)
{
    static const char *const names[] = {
        [SOQL_NULL] = "null",           [SOQL_BOOLEAN] = "true or false",
        [SOQL_NUMBER] = "a number",     [SOQL_TEXT] = "text",
        [SOQL_DATE] = "a date",         [SOQL_DATETIME] = "a date and time",
        [SOQL_DATE_LITERAL] = "a date", [SOQL_PARAMETER] = "a reference",
    };
    TABLE_HAS_ROWS(names, SOQL_PARAMETER + 1);
    return names[value->kind];
}

static bool value_fits(const struct sobject_field *field, const struct soql_value *value)
{
    switch (value->kind) {
    case SOQL_BOOLEAN:
        return field->type == FIELD_BOOLEAN;
    case SOQL_NUMBER:
        return field_type_is_number(field->type);
    case SOQL_TEXT:
        return field_type_is_textual(field->type) || field->type == FIELD_ID ||
               field->type == FIELD_REFERENCE || field->type == FIELD_TIME;
    case SOQL_DATE:
        return field->type == FIELD_DATE;
    case SOQL_DATETIME:
        return field->type == FIELD_DATETIME;
    case SOQL_DATE_LITERAL:
        return field->type == FIELD_DATE || field->type == FIELD_DATETIME;
    case SOQL_NULL:
    case SOQL_PARAMETER:
        break;
    }
    return true;
}

static void check_literal(struct check *check, const struct sobject_field *field,
                          const struct soql_test *test, const struct soql_value *value)
{
    if (!value_fits(field, value)) {
        struct diagnostic *d = soql_report(
            check->diagnostics, E0816, &value->place, "%.*s is %s, and it is compared with %s",
            SLICE_ARG(field->name), field_type_name(field->type), value_name(value));
        if (field->type == FIELD_DATETIME && value->kind == SOQL_DATE) {
            diag_suggest(
                check->diagnostics, d,
                arena_printf(check->arena, "%.*sT00:00:00Z", SLICE_ARG(value->place.text)));
        }
        return;
    }
    bool whole =
        test->comparison != SOQL_LIKE && value->kind == SOQL_TEXT && value->reference == NULL;
    if (whole && (field->type == FIELD_PICKLIST || field->type == FIELD_MULTIPICKLIST) &&
        slice_find(value->text, ";", 0) == SIZE_MAX) {
        check_picklist_value(check, field, value->place.node, soql_range(&value->place),
                             value->text);
    }
}

static void check_quotes(struct check *check, const struct soql_test *test,
                         const struct soql_value *value)
{
    if (value->kind != SOQL_TEXT || !value->only_reference || test->comparison == SOQL_LIKE) {
        return;
    }
    const struct reference *r = value->reference;
    struct diagnostic *d = diag_report(check->diagnostics, E0705, r->source, r->range,
                                       "a reference inside the quotes of a query");
    diag_note(check->diagnostics, d, NULL, r->range,
              "dialogc quotes the whole value: write `Name = ${name}` without quotes");
}

static void check_parameter(struct check *check, const struct sobject *owner,
                            const struct sobject_field *field, const struct soql_test *test,
                            const struct soql_value *value)
{
    const struct reference *r = value->reference;
    bool list = reference_value(check->analysis, r) == VALUE_LIST;
    if (list && test->comparison < SOQL_IN) {
        diag_report(check->diagnostics, E0208, r->source, r->range,
                    "`%.*s` is a list: compare with IN",
                    SLICE_ARG(reference_name(check->arena, r)));
        return;
    }
    if (field != NULL && !list && test->comparison != SOQL_LIKE) {
        check_reference_value(check, field, owner, r);
    }
}

static void check_test(struct check *check, const struct service *service,
                       const struct soql_test *test)
{
    const struct sobject_field *field = NULL;
    if (!is_alias(service->soql, &test->item.path) || !test->having) {
        field = check_item(check, service, &test->item);
    }
    if (test->item.aggregates && !test->having) {
        soql_report(check->diagnostics, E0816, &test->item.path.place,
                    "functions of groups stand in HAVING, not in WHERE");
    }
    if (field != NULL && !field->filterable && !test->having) {
        soql_report(check->diagnostics, E0816, &test->item.path.place,
                    "%.*s cannot stand in WHERE: Salesforce does not filter by it",
                    SLICE_ARG(field->name));
    }
    bool compared = field != NULL && test->item.function.length == 0;
    bool like = test->comparison == SOQL_LIKE;
    if (compared && like && !field_type_is_textual(field->type)) {
        soql_report(check->diagnostics, E0816, &test->operator_place,
                    "LIKE compares text, and %.*s is %s", SLICE_ARG(field->name),
                    field_type_name(field->type));
        return;
    }
    bool picks = test->comparison >= SOQL_INCLUDES;
    if (compared && picks && field->type != FIELD_MULTIPICKLIST) {
        soql_report(check->diagnostics, E0816, &test->operator_place,
                    "INCLUDES and EXCLUDES are for multi-select picklists");
        return;
    }
    for (size_t i = 0; i < test->value_count; i++) {
        const struct soql_value *value = &test->values[i];
        check_quotes(check, test, value);
        if (value->kind == SOQL_PARAMETER) {
            check_parameter(check, service->sobject, compared ? field : NULL, test, value);
        } else if (compared) {
            check_literal(check, field, test, value);
        }
    }
}

/* ---- the whole ---- */

static void check_count(struct check *check, const struct soql_value *value)
{
    const struct reference *r = value->reference;
    if (r == NULL) {
        return;
    }
    const struct resolution *to = check_resolution(check, r);
    enum value_kind kind = reference_value(check->analysis, r);
    if (kind != VALUE_NUMBER && kind != VALUE_ANY && to->kind != REFERENCE_ENV) {
        diag_report(check->diagnostics, E0208, r->source, r->range,
                    "`%.*s` is %s, and a number is needed here",
                    SLICE_ARG(reference_name(check->arena, r)), value_kind_name(kind));
    }
}

void check_query(struct check *check, const struct service *service)
{
    const struct soql *soql = service->soql;
    for (size_t i = 0; i < soql->item_count; i++) {
        check_item(check, service, &soql->items[i]);
    }
    for (size_t i = 0; i < soql->test_count; i++) {
        check_test(check, service, &soql->tests[i]);
    }
    for (size_t i = 0; i < soql->group_count; i++) {
        check_item(check, service, &soql->groups[i]);
    }
    for (size_t i = 0; i < soql->order_count; i++) {
        if (!is_alias(soql, &soql->orders[i].item.path)) {
            check_item(check, service, &soql->orders[i].item);
        }
    }
    check_groups(check, soql);
    check_count(check, &soql->limit);
    check_count(check, &soql->offset);
}
