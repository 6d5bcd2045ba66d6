/* Queries: what they name exists, and what they compare can be compared. */
#include "language/check/salesforce.h"
#include "base/suggestion.h"
#include "base/table.h"
#include "language/operation/reference_value.h"
#include "salesforce/path.h"

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
static const struct sobject_field *resolve(struct check *check, const struct sobject *object,
                                           const struct soql_path *path)
{
    if (object == NULL || path->count == 0) {
        return NULL;
    }
    struct path_result result = path_follow(check->arena, object, path->segments, path->count);
    struct soql_place place = segment_place(path, result.segment);
    if (result.is_missing || result.is_custom) {
        check_report_unknown_field(check, result.object, place.node->source, soql_range(&place),
                                   path->segments[result.segment], result.is_relationship);
    } else if (result.is_record) {
        struct diagnostic *d =
            soql_report(check->diagnostics, E0816, &path->place,
                        "`%.*s` is a relationship, not a field; name one of its fields",
                        SLICE_ARG(path->segments[path->count - 1]));
        diag_suggest(check->diagnostics, d,
                     arena_printf(check->arena, "%.*s.Name", SLICE_ARG(path->place.text)));
    }
    return result.field;
}

/* What a function says of its field's type. */
static void check_function(struct check *check, const struct soql_item *item,
                           const struct sobject_field *field)
{
    enum soql_function function = item->function;
    const char *name = soql_function_name(function);
    bool is_date = field->type == FIELD_DATE;
    bool is_time = field->type == FIELD_DATETIME;
    const char *needed = NULL;
    if ((function == SOQL_SUM || function == SOQL_AVG) && !field_type_is_number(field->type)) {
        needed = "a number";
    } else if (soql_function_takes_date(function) && !is_date && !is_time) {
        needed = "a date";
    } else if ((function == SOQL_HOUR_IN_DAY || function == SOQL_DAY_ONLY ||
                item->inner == SOQL_CONVERTTIMEZONE) &&
               !is_time) {
        needed = "a date and time";
        name = item->inner == SOQL_CONVERTTIMEZONE ? "convertTimezone" : name;
    } else if (function == SOQL_DISTANCE && field->type != FIELD_LOCATION &&
               field->type != FIELD_ADDRESS) {
        needed = "a location";
    }
    if (needed != NULL && field->type != FIELD_ANY) {
        soql_report(check->diagnostics, E0816, &item->path.place, "%s needs %s, but %.*s is %s",
                    name, needed, SLICE_ARG(field->name), field_type_name(field->type));
    }
}

static const struct sobject_field *check_item(struct check *check, const struct soql *soql,
                                              const struct soql_item *item)
{
    const struct sobject_field *field = resolve(check, soql->object, &item->path);
    resolve(check, soql->object, &item->other);
    if (field != NULL) {
        check_function(check, item, field);
    }
    return field;
}

/* Salesforce sorts and groups neither long texts nor picklists of several values. */
static bool is_unsortable(const struct sobject_field *field)
{
    enum { LONG_TEXT = 255 };
    return (field->type == FIELD_TEXTAREA && field->length > LONG_TEXT) ||
           field->type == FIELD_MULTIPICKLIST || field->type == FIELD_BASE64;
}

static void check_order(struct check *check, const struct soql *soql, const struct soql_item *item,
                        const char *clause)
{
    if (soql_aliased_item(soql, item) != NULL) {
        return;
    }
    const struct sobject_field *field = check_item(check, soql, item);
    if (field != NULL && is_unsortable(field) && item->function == SOQL_NO_FUNCTION) {
        soql_report(check->diagnostics, E0816, &item->place, "%.*s cannot be used in %s: it is %s",
                    SLICE_ARG(field->name), clause,
                    field->type == FIELD_TEXTAREA ? "a long text" : field_type_name(field->type));
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
        [SOQL_CURRENCY] = "an amount",  [SOQL_TIME] = "a time",
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
    case SOQL_CURRENCY:
        return field->type == FIELD_CURRENCY;
    case SOQL_TIME:
        return field->type == FIELD_TIME;
    case SOQL_NULL:
    case SOQL_PARAMETER:
        break;
    }
    return true;
}

static void check_literal(struct check *check, const struct sobject *owner,
                          const struct sobject_field *field, const struct soql_test *test,
                          const struct soql_value *value)
{
    if (!value_fits(field, value)) {
        struct diagnostic *d = soql_report(
            check->diagnostics, E0816, &value->place, "%.*s is %s, but it is compared with %s",
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
    if (whole && (field->type == FIELD_ID || field->type == FIELD_REFERENCE) &&
        value->text.length > 0) {
        check_id_literal(check, owner, field, value->place.node->source, soql_range(&value->place),
                         value->text);
        return;
    }
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
              "dialogc quotes the whole value itself; write `Name = ${name}` without quotes");
}

static void check_parameter(struct check *check, const struct sobject *owner,
                            const struct sobject_field *field, const struct soql_test *test,
                            const struct soql_value *value)
{
    const struct reference *r = value->reference;
    bool list = reference_value(check->analysis, r) == VALUE_LIST;
    if (list && test->comparison < SOQL_IN) {
        diag_report(check->diagnostics, E0208, r->source, r->range,
                    "`%.*s` is a list; use IN to compare",
                    SLICE_ARG(reference_name(check->arena, r)));
        return;
    }
    if (field != NULL && !list && test->comparison != SOQL_LIKE) {
        check_reference_value(check, field, owner, r);
    }
}

/* A function of a date is a number. */
static void check_part(struct check *check, const struct soql_test *test,
                       const struct soql_value *value)
{
    bool number = soql_function_is_number(test->item.function);
    if (number && value->kind != SOQL_NUMBER && value->kind != SOQL_PARAMETER &&
        value->kind != SOQL_NULL && value->kind != SOQL_CURRENCY) {
        soql_report(check->diagnostics, E0816, &value->place,
                    "%s returns a number, but it is compared with %s",
                    soql_function_name(test->item.function), value_name(value));
    }
}

/* Whether the operator suits the field; false when that has been reported. */
static bool check_operator(struct check *check, const struct sobject_field *field,
                           const struct soql_test *test)
{
    if (test->comparison == SOQL_LIKE && !field_type_is_textual(field->type)) {
        soql_report(check->diagnostics, E0816, &test->operator_place,
                    "LIKE compares text, but %.*s is %s", SLICE_ARG(field->name),
                    field_type_name(field->type));
        return false;
    }
    if (test->comparison >= SOQL_INCLUDES && field->type != FIELD_MULTIPICKLIST) {
        soql_report(check->diagnostics, E0816, &test->operator_place,
                    "INCLUDES and EXCLUDES work only with multi-select picklists");
        return false;
    }
    return true;
}

/* The field before IN (SELECT …) is an id or a reference, and so is the one inside. */
static void check_semi_join(struct check *check, const struct sobject_field *field,
                            const struct soql_test *test)
{
    const struct soql_path *inner = &test->subquery->items[0].path;
    const struct sobject_field *selected =
        test->subquery->object != NULL && inner->count > 0
            ? path_follow(check->arena, test->subquery->object, inner->segments, inner->count).field
            : NULL;
    const struct sobject_field *both[] = {field, selected};
    const struct soql_path *paths[] = {&test->item.path, inner};
    for (size_t i = 0; i < 2; i++) {
        if (both[i] != NULL && both[i]->type != FIELD_ID && both[i]->type != FIELD_REFERENCE) {
            soql_report(check->diagnostics, E0816, &paths[i]->place,
                        "IN (SELECT …) compares ids, but %.*s is %s", SLICE_ARG(both[i]->name),
                        field_type_name(both[i]->type));
        }
    }
    check_query(check, test->subquery);
}

static void check_test(struct check *check, const struct soql *soql, const struct soql_test *test)
{
    const struct sobject_field *field = NULL;
    bool alias = soql_aliased_item(soql, &test->item) != NULL;
    if (!alias || !test->having) {
        field = check_item(check, soql, &test->item);
    }
    if (field != NULL && !field->filterable && !test->having &&
        test->item.function == SOQL_NO_FUNCTION) {
        soql_report(check->diagnostics, E0816, &test->item.path.place,
                    "%.*s cannot be used in WHERE, because Salesforce cannot filter by it",
                    SLICE_ARG(field->name));
    }
    bool compared = field != NULL && soql_function_keeps_value(test->item.function) &&
                    test->item.function != SOQL_TOLABEL;
    if (test->subquery != NULL) {
        check_semi_join(check, field, test);
        return;
    }
    if (compared && !check_operator(check, field, test)) {
        return;
    }
    for (size_t i = 0; i < test->value_count; i++) {
        const struct soql_value *value = &test->values[i];
        check_quotes(check, test, value);
        check_part(check, test, value);
        if (value->kind == SOQL_PARAMETER) {
            check_parameter(check, soql->object, compared ? field : NULL, test, value);
        } else if (compared) {
            check_literal(check, soql->object, field, test, value);
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
                    "expected a number here, but `%.*s` is %s",
                    SLICE_ARG(reference_name(check->arena, r)), value_kind_name(kind));
    }
}

static void check_typeof(struct check *check, const struct soql_item *item)
{
    for (size_t i = 0; i < item->when_count; i++) {
        const struct soql_when *when = &item->whens[i];
        const struct sobject *object =
            when->object.text.length > 0 ? sobject_find_any_case(check->template->project->catalog,
                                                                 when->object.text, check->arena)
                                         : NULL;
        for (size_t j = 0; j < when->field_count; j++) {
            resolve(check, object, &when->fields[j]);
        }
    }
}

void check_query(struct check *check, const struct soql *soql)
{
    for (size_t i = 0; i < soql->item_count; i++) {
        const struct soql_item *item = &soql->items[i];
        switch (item->kind) {
        case SOQL_FIELD:
            check_item(check, soql, item);
            break;
        case SOQL_FIELDS:
            break;
        case SOQL_SUBQUERY:
            check_query(check, item->subquery);
            break;
        case SOQL_TYPEOF:
            check_typeof(check, item);
            break;
        }
    }
    for (size_t i = 0; i < soql->test_count; i++) {
        check_test(check, soql, &soql->tests[i]);
    }
    for (size_t i = 0; i < soql->group_count; i++) {
        check_order(check, soql, &soql->groups[i], "GROUP BY");
    }
    for (size_t i = 0; i < soql->order_count; i++) {
        check_order(check, soql, &soql->orders[i].item, "ORDER BY");
    }
    check_count(check, &soql->limit);
    check_count(check, &soql->offset);
}
