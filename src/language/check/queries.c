/* Queries: what they name exists, and what they compare can be compared. */
#include "language/check/query_types.h"

#include <stdint.h>

#include "base/suggestion.h"
#include "base/utf8.h"
#include "language/operation/reference_value.h"
#include "salesforce/children.h"
#include "salesforce/path.h"
#include "salesforce/soql_types.h"

enum { TEXT_LIMIT = 4000 }; /* "SOQL and SOSL Limits for Search Queries": a text in WHERE */

/* ---- places ---- */

/* Where the last dot before `end` is; SIZE_MAX without one. */
static size_t last_dot(struct slice text, size_t end)
{
    while (end > 0 && text.data[end - 1] != '.') {
        end--;
    }
    return end > 0 ? end - 1 : SIZE_MAX;
}

/*
 * The place of one segment of a path. Aliases of FROM are resolved in the segments, and names may
 * be spelled otherwise, so it is counted from the end of what is written.
 */
static struct soql_place segment_place(const struct soql_path *path, size_t segment)
{
    struct soql_place place = path->place;
    size_t end = place.text.length;
    size_t dot = last_dot(place.text, end);
    for (size_t i = segment + 1; i < path->count && dot != SIZE_MAX; i++) {
        end = dot;
        dot = last_dot(place.text, end);
    }
    place.text = slice_trim(slice_part(path->place.text, dot != SIZE_MAX ? dot + 1 : 0, end));
    return place;
}

/* ---- fields ---- */

/* True for a path into a compound field: BillingAddress.City. */
static bool has_compound(const struct sobject *object, const struct soql_path *path)
{
    const struct sobject_field *field =
        path->count == 2 ? sobject_field(object, path->segments[0]) : NULL;
    return field != NULL && (field->type == FIELD_ADDRESS || field->type == FIELD_LOCATION);
}

/* MailingAddress.City is MailingCity; Address.City of a lead is City. */
static void report_compound(struct check *check, const struct soql_path *path)
{
    static const size_t suffix = sizeof "Address" - 1;
    struct slice field = path->segments[0];
    struct diagnostic *d =
        soql_report(check->diagnostics, E0816, &path->place,
                    "SOQL cannot select a part of `%.*s`; select the whole of it, or the field of "
                    "the part",
                    SLICE_ARG(field));
    if (slice_ends_with(field, "Address")) {
        diag_suggest(check->diagnostics, d,
                     arena_printf(check->arena, "%.*s%.*s", (int)(field.length - suffix),
                                  field.data, SLICE_ARG(path->segments[1])));
    }
}

/* The field that a path leads to; NULL, reported or not, when there is none to check by. */
static const struct sobject_field *resolve(struct check *check, const struct sobject *object,
                                           const struct soql_path *path)
{
    if (object == NULL || path->count == 0) {
        return NULL;
    }
    struct path_result result = path_follow(check->arena, object, path->segments, path->count);
    struct soql_place place = segment_place(path, result.segment);
    if (result.by_setting != NULL) {
        struct soql_place at = segment_place(path, result.setting_segment);
        check_report_setting(check, result.setting_object, at.node->source, soql_range(&at),
                             result.by_setting);
    }
    size_t beyond = path_beyond_name(check->arena, object, path->segments, path->count);
    if (beyond < path->count) {
        place = segment_place(path, beyond);
        soql_report(check->diagnostics, E0816, &place,
                    "`%.*s` leads to records of several objects, so `%.*s` needs "
                    "`TYPEOF %.*s WHEN … THEN %.*s END`",
                    SLICE_ARG(path->segments[beyond - 1]), SLICE_ARG(path->segments[beyond]),
                    SLICE_ARG(path->segments[beyond - 1]), SLICE_ARG(path->segments[beyond]));
        return NULL;
    }
    if (result.object == NULL && has_compound(object, path)) {
        report_compound(check, path);
        return NULL;
    }
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

static const struct sobject_field *check_item(struct check *check, const struct soql *soql,
                                              const struct soql_item *item)
{
    const struct sobject_field *field = resolve(check, soql->object, &item->path);
    resolve(check, soql->object, &item->other);
    if (field != NULL) {
        query_check_function(check, item, field);
    }
    return field;
}

static void check_order(struct check *check, const struct soql *soql, const struct soql_item *item,
                        const char *clause)
{
    if (soql_aliased_item(soql, item) != NULL) {
        return;
    }
    const struct sobject_field *field = check_item(check, soql, item);
    bool is_group = clause[0] == 'G';
    if (field != NULL && item->function == SOQL_NO_FUNCTION &&
        !(is_group ? soql_can_group(field) : soql_can_sort(field))) {
        struct diagnostic *d = soql_report(
            check->diagnostics, E0816, &item->place, "%.*s cannot be used in %s: it is %s",
            SLICE_ARG(field->name), clause,
            field->type == FIELD_TEXTAREA ? "a long text" : field_type_name(field->type));
        if (is_group && field->type == FIELD_DATETIME) {
            diag_suggest(check->diagnostics, d,
                         arena_printf(check->arena, "DAY_ONLY(%.*s)", SLICE_ARG(item->place.text)));
        }
    }
}

/* ---- comparisons ---- */

static bool check_literal(struct check *check, const struct sobject *owner,
                          const struct sobject_field *field, const struct soql_test *test,
                          const struct soql_value *value)
{
    if (!soql_value_fits(field, value)) {
        struct diagnostic *d = soql_report(
            check->diagnostics, E0816, &value->place, "%.*s is %s, but it is compared with %s",
            SLICE_ARG(field->name), field_type_name(field->type), query_value_name(value));
        struct slice meant = query_value_meant(check->arena, field, value);
        diag_suggest(check->diagnostics, d, meant);
        if (meant.length == 0 && (field->type == FIELD_DATE || field->type == FIELD_DATETIME)) {
            diag_note(check->diagnostics, d, NULL, soql_range(&value->place),
                      "write a day such as TODAY or LAST_N_DAYS:30, a reference such as "
                      "`${today - 30 days}`, or %s",
                      field->type == FIELD_DATE ? "2026-01-31" : "2026-01-31T00:00:00Z");
        }
        return false;
    }
    if (value->kind == SOQL_TEXT && utf8_count(value->text) > TEXT_LIMIT) {
        soql_report(check->diagnostics, E0824, &value->place,
                    "this text has %zu characters, but a text in WHERE can have at most %d",
                    utf8_count(value->text), TEXT_LIMIT);
    }
    bool whole =
        test->comparison != SOQL_LIKE && value->kind == SOQL_TEXT && value->reference == NULL;
    if (whole && (field->type == FIELD_ID || field->type == FIELD_REFERENCE) &&
        value->text.length > 0) {
        check_id_literal(check, owner, field, value->place.node->source, soql_range(&value->place),
                         value->text);
        return true;
    }
    if (whole && (field->type == FIELD_PICKLIST || field->type == FIELD_MULTIPICKLIST) &&
        slice_find(value->text, ";", 0) == SIZE_MAX) {
        check_picklist_value(check, field, value->place.node, soql_range(&value->place),
                             value->text);
    }
    return true;
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
            break;
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
        return;
    }
    bool compared = field != NULL && test->item.function == SOQL_NO_FUNCTION;
    if (test->subquery != NULL) {
        check_semi_join(check, field, test);
        return;
    }
    if (compared && !query_check_operator(check, field, test)) {
        return;
    }
    for (size_t i = 0; i < test->value_count; i++) {
        const struct soql_value *value = &test->values[i];
        check_quotes(check, test, value);
        if (!query_check_part(check, test, value)) {
            return; /* one finding for a list */
        }
        if (value->kind == SOQL_PARAMETER) {
            check_parameter(check, soql->object, compared ? field : NULL, test, value);
        } else if (compared && !check_literal(check, soql->object, field, test, value)) {
            return;
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

/* A subquery names a relationship to children, such as Contacts, and not their object. */
static void check_children(struct check *check, const struct soql *outer, const struct soql *inner)
{
    const struct soql_place *place = &inner->from.place;
    struct slice name = inner->from.segments[inner->from.count - 1];
    struct slice parent = outer->object != NULL ? outer->object->name : SLICE("");
    struct sobject_catalog *catalog = check->template->project->catalog;
    if (children_find(parent, name) != NULL) {
        return;
    }
    const struct child_relationship *meant = children_meant(parent, name);
    bool is_object = sobject_find_any_case(catalog, name, check->arena) != NULL ||
                     sobject_is_known_standard(name);
    bool is_custom = sobject_is_custom_name(name);
    bool is_field = slice_ends_with(name, "__c");
    if (is_object || is_field) {
        struct diagnostic *d = soql_report(
            check->diagnostics, E0816, place,
            "`%.*s` is an object; a subquery names the relationship to it%s", SLICE_ARG(name),
            is_field ? ", which ends with `__r`" : ", such as `Contacts`");
        diag_suggest(check->diagnostics, d, meant != NULL ? slice_of(meant->name) : SLICE(""));
    } else if (meant != NULL) {
        struct diagnostic *d = soql_report(check->diagnostics, E0816, place,
                                           "%.*s has no relationship to children `%.*s`",
                                           SLICE_ARG(parent), SLICE_ARG(name));
        diag_suggest(check->diagnostics, d, slice_of(meant->name));
    } else if (inner->object == NULL && outer->object != NULL && !is_custom) {
        soql_report(check->diagnostics, W0817, place,
                    "the children `%.*s` of %.*s are not checked, because dialogc does not know "
                    "this relationship",
                    SLICE_ARG(name), SLICE_ARG(parent));
    }
}

/* TYPEOF takes a relationship that leads to records of several objects. */
static void check_typeof_path(struct check *check, const struct soql *soql,
                              const struct soql_path *path)
{
    if (soql->object == NULL) {
        return;
    }
    struct path_result result =
        path_follow(check->arena, soql->object, path->segments, path->count);
    if (!result.is_record) {
        if (result.field != NULL) {
            soql_report(check->diagnostics, E0816, &path->place,
                        "TYPEOF takes a relationship, but `%.*s` is a field",
                        SLICE_ARG(path->place.text));
        } else {
            resolve(check, soql->object, path);
        }
        return;
    }
    struct slice name = path->segments[path->count - 1];
    const struct sobject_field *reference = sobject_relationship(result.object, name);
    if (reference != NULL && reference->reference_count == 1) {
        struct diagnostic *d =
            soql_report(check->diagnostics, E0816, &path->place,
                        "`%.*s` leads to records of one object; select their fields without TYPEOF",
                        SLICE_ARG(name));
        diag_suggest(check->diagnostics, d,
                     arena_printf(check->arena, "%.*s.Name", SLICE_ARG(path->place.text)));
    }
}

static void check_typeof(struct check *check, const struct soql *soql, const struct soql_item *item)
{
    check_typeof_path(check, soql, &item->path);
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
            check_children(check, soql, item->subquery);
            check_query(check, item->subquery);
            break;
        case SOQL_TYPEOF:
            check_typeof(check, soql, item);
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

void check_search(struct check *check, const struct sosl *sosl)
{
    for (size_t i = 0; i < sosl->returned_count; i++) {
        const struct soql *returned = sosl->returned[i];
        const struct soql_place *place = &returned->from.place;
        if (returned->object != NULL && !returned->object->searchable) {
            soql_report(check->diagnostics, E0812, place, "records of %.*s cannot be searched here",
                        SLICE_ARG(returned->object->name));
        } else if (returned->object == NULL && sosl->returned_count > 1) {
            check_report_unknown_object(check, place->node, soql_range(place),
                                        returned->from.segments[0]);
        }
        check_query(check, returned);
    }
    check_count(check, &sosl->limit);
}
