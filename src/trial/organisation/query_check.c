/* What Salesforce refuses of a query once it knows the objects: names, types, what cannot be done.
 */
#include <stdarg.h>

#include "salesforce/path.h"
#include "salesforce/record_id.h"
#include "salesforce/soql_types.h"
#include "trial/organisation/query_rows.h"

/* The field at the end of a path; NULL, refused or not, when there is none. */
static const struct sobject_field *check_path(struct evaluation *e, const struct soql_path *path)
{
    const struct sobject *object = e->soql->object;
    struct path_result result = path_follow(e->org->work, object, path->segments, path->count);
    if (result.is_missing) {
        query_fail(e,
                   organisation_refuse(
                       e->org, 400, "INVALID_FIELD",
                       "No such %s '%.*s' on entity '%.*s'. If you are attempting to use a custom "
                       "field, be sure to append the '__c' after the custom field name.",
                       result.is_relationship ? "relation" : "column",
                       SLICE_ARG(path->segments[result.segment]),
                       SLICE_ARG(result.object != NULL ? result.object->name : object->name)));
    }
    return result.field;
}

PRINTF_LIKE(3, 4)
static void refuse(struct evaluation *e, const char *code, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    struct slice message = arena_vprintf(e->org->work, format, arguments);
    va_end(arguments);
    query_fail(e, organisation_refuse(e->org, 400, code, "%.*s", SLICE_ARG(message)));
}

/* The field of an item, when nothing is done to its value and it can be told. */
static const struct sobject_field *check_item(struct evaluation *e, const struct soql_item *item)
{
    bool is_alias = item->alias.length == 0 && soql_aliased_item(e->soql, item) != NULL;
    const struct sobject_field *field =
        item->kind == SOQL_FIELD && item->path.count > 0 && !is_alias ? check_path(e, &item->path)
                                                                      : NULL;
    bool adds = item->function == SOQL_SUM || item->function == SOQL_AVG;
    if (field != NULL && item->aggregates &&
        (!soql_can_aggregate(field) || (adds && !field_type_is_number(field->type)))) {
        refuse(e, "MALFORMED_QUERY", "field %.*s does not support aggregate operator %s",
               SLICE_ARG(field->name), soql_function_name(item->function));
    }
    return item->function == SOQL_NO_FUNCTION ? field : NULL;
}

/* What Salesforce calls the type of a field in its refusals. */
static const char *type_of(const struct sobject_field *field)
{
    return field->type == FIELD_INT || field->type == FIELD_LONG ? "int"
           : field_type_is_number(field->type)                   ? "double"
           : field->type == FIELD_BOOLEAN                        ? "boolean"
           : field->type == FIELD_DATE                           ? "date"
           : field->type == FIELD_DATETIME                       ? "dateTime"
                                                                 : "string";
}

static void check_value(struct evaluation *e, const struct sobject_field *field,
                        const struct soql_test *test, const struct soql_value *value)
{
    bool is_id = field->type == FIELD_ID || field->type == FIELD_REFERENCE;
    if (!soql_value_fits(field, value)) {
        refuse(e, "INVALID_FIELD",
               "value of filter criterion for field '%.*s' must be of type %s and should %sbe "
               "enclosed in quotes",
               SLICE_ARG(field->name), type_of(field),
               strcmp(type_of(field), "string") == 0 ? "" : "not ");
    } else if (is_id && value->kind == SOQL_TEXT && value->text.length > 0 &&
               test->comparison != SOQL_LIKE && record_id_mistake(value->text) != NULL) {
        refuse(e, "INVALID_QUERY_FILTER_OPERATOR", "invalid ID field: %.*s",
               SLICE_ARG(value->text));
    }
}

static void check_test(struct evaluation *e, const struct soql_test *test)
{
    const struct sobject_field *field = check_item(e, &test->item);
    if (field == NULL || test->having || test->subquery != NULL) {
        return;
    }
    bool is_text = field_type_is_textual(field->type) && field->type != FIELD_MULTIPICKLIST;
    bool picks = test->comparison == SOQL_INCLUDES || test->comparison == SOQL_EXCLUDES;
    if (!field->filterable) {
        refuse(e, "INVALID_FIELD", "field '%.*s' can not be filtered in a query call",
               SLICE_ARG(field->name));
    } else if ((test->comparison == SOQL_LIKE && !is_text) ||
               (picks && field->type != FIELD_MULTIPICKLIST)) {
        refuse(e, "INVALID_FIELD", "invalid operator on %s field", field_type_word(field->type));
    }
    for (size_t i = 0; i < test->value_count; i++) {
        check_value(e, field, test, &test->values[i]);
    }
}

static void check_names(struct evaluation *e)
{
    const struct soql *soql = e->soql;
    for (size_t i = 0; i < soql->item_count; i++) {
        check_item(e, &soql->items[i]);
    }
    for (size_t i = 0; i < soql->group_count; i++) {
        const struct sobject_field *field = check_item(e, &soql->groups[i]);
        if (field != NULL && !soql_can_group(field)) {
            refuse(e, "MALFORMED_QUERY", "field '%.*s' can not be grouped in a query call",
                   SLICE_ARG(field->name));
        }
    }
    for (size_t i = 0; i < soql->test_count; i++) {
        check_test(e, &soql->tests[i]);
    }
    for (size_t i = 0; i < soql->order_count; i++) {
        const struct sobject_field *field = check_item(e, &soql->orders[i].item);
        if (field != NULL && !soql_can_sort(field)) {
            refuse(e, "MALFORMED_QUERY", "field '%.*s' can not be sorted in a query call",
                   SLICE_ARG(field->name));
        }
    }
}

/* An object that can be asked; NULL after a refusal. */
const struct sobject *query_check_object(struct evaluation *e)
{
    const struct sobject *object = e->soql->object;
    if (object == NULL || !object->queryable) {
        struct slice name = e->soql->from.segments[e->soql->from.count - 1];
        query_fail(e,
                   e->soql->outer != NULL && e->parent_field == NULL
                       ? organisation_refuse(
                             e->org, 400, "INVALID_TYPE",
                             "Didn't understand relationship '%.*s' in field path. If you are "
                             "attempting to use a custom relationship, be sure to append the '__r' "
                             "after the custom relationship name.",
                             SLICE_ARG(name))
                       : organisation_refuse(
                             e->org, 400, "INVALID_TYPE",
                             "sObject type '%.*s' is not supported. If you are attempting to use a "
                             "custom object, be sure to append the '__c' after the entity name.",
                             SLICE_ARG(name)));
        return NULL;
    }
    check_names(e);
    return e->refusal.code == NULL ? object : NULL;
}
