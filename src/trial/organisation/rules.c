/* What Salesforce accepts of a record, and the words in which it refuses the rest. */
#include <stdio.h>

#include "base/date.h"
#include "base/utf8.h"
#include "trial/organisation/parts.h"
#include "salesforce/record_id.h"
#include "document/tree/build.h"
#include "document/tree/decimal.h"

static const struct refusal accepted = {0};

/* The refusal, about one field. */
static struct refusal refusal_about(struct organisation *org, struct refusal refusal,
                                    const struct sobject_field *field)
{
    struct node *fields = node_new_sequence(org->work);
    node_append(org->work, fields, node_new_text(org->work, field->name));
    refusal.fields = fields;
    return refusal;
}

/* ---- one value ---- */

/* The value as text for messages. */
static struct slice value_text(struct arena *arena, const struct node *value)
{
    return node_is(value, NODE_STRING)   ? value->text
           : node_is_number(value)       ? value->text
           : value->kind == NODE_BOOLEAN ? (value->boolean ? SLICE("true") : SLICE("false"))
                                         : arena_slice(arena, SLICE("a list or an object"));
}

static struct refusal refuse_type(struct organisation *org, const struct sobject_field *field,
                                  const struct node *value, const char *type)
{
    return organisation_refuse(
        org, 400, "JSON_PARSER_ERROR",
        "Cannot deserialize instance of %s from %s value %.*s or request may be missing "
        "a required field at %.*s",
        type, node_is_number(value) ? "VALUE_NUMBER" : "VALUE_STRING",
        SLICE_ARG(value_text(org->work, value)), SLICE_ARG(field->name));
}

static struct refusal check_text(struct organisation *org, const struct sobject_field *field,
                                 const struct node **value)
{
    if (node_is_number(*value)) {
        *value = node_new_text(org->work, (*value)->text);
    }
    if (!node_is(*value, NODE_STRING)) {
        return refuse_type(org, field, *value, "string");
    }
    if (field->length > 0 && utf8_count((*value)->text) > (size_t)field->length) {
        return refusal_about(
            org,
            organisation_refuse(org, 400, "STRING_TOO_LONG",
                                "%.*s: data value too large: %.*s (max length=%lld)",
                                SLICE_ARG(field->label), SLICE_ARG((*value)->text), field->length),
            field);
    }
    if (field->restricted && field->value_count > 0 &&
        !sobject_field_has_value(field, (*value)->text)) {
        return refusal_about(
            org,
            organisation_refuse(org, 400, "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST",
                                "%.*s: bad value for restricted picklist field: %.*s",
                                SLICE_ARG(field->label), SLICE_ARG((*value)->text)),
            field);
    }
    if (field->type == FIELD_EMAIL) {
        struct slice text = (*value)->text;
        size_t at = slice_find(text, "@", 0);
        if (at == 0 || at >= text.length || slice_find(text, ".", at) >= text.length ||
            text.data[text.length - 1] == '.' || slice_find(text, " ", 0) < text.length) {
            return refusal_about(org,
                                 organisation_refuse(org, 400, "INVALID_EMAIL_ADDRESS",
                                                     "%.*s: invalid email address: %.*s",
                                                     SLICE_ARG(field->label), SLICE_ARG(text)),
                                 field);
        }
    }
    return accepted;
}

static struct refusal check_reference(struct organisation *org, const struct sobject_field *field,
                                      const struct node **value)
{
    struct slice id = node_is(*value, NODE_STRING) ? (*value)->text : SLICE("");
    if (record_id_mistake(id) != NULL) {
        return refusal_about(
            org,
            organisation_refuse(org, 400, "MALFORMED_ID", "%.*s: id value of incorrect type: %.*s",
                                SLICE_ARG(field->label), SLICE_ARG(value_text(org->work, *value))),
            field);
    }
    *value = node_new_text(org->work, record_id_long(org->work, id));
    const char *object = sobject_of_prefix(slice_part(id, 0, 3));
    if (object == NULL || field->reference_count == 0) {
        return accepted;
    }
    bool fits = false;
    for (size_t i = 0; i < field->reference_count; i++) {
        fits = fits || slice_is(field->references[i], object);
    }
    if (!fits) {
        return refusal_about(org,
                             organisation_refuse(org, 400, "FIELD_INTEGRITY_EXCEPTION",
                                                 "%.*s: id value of incorrect type: %.*s",
                                                 SLICE_ARG(field->label), SLICE_ARG(id)),
                             field);
    }
    const struct record *target = store_find(org, id);
    if (target == NULL || target->is_deleted) {
        return refusal_about(
            org,
            organisation_refuse(
                org, 400, target == NULL ? "INVALID_CROSS_REFERENCE_KEY" : "ENTITY_IS_DELETED",
                target == NULL ? "invalid cross reference id" : "entity is deleted"),
            field);
    }
    return accepted;
}

static struct refusal check_date(struct organisation *org, const struct sobject_field *field,
                                 const struct node **value)
{
    long long time;
    bool has_time;
    bool dated = field->type == FIELD_DATE;
    if (!node_is(*value, NODE_STRING) || !date_read((*value)->text, &time, &has_time)) {
        return refuse_type(org, field, *value, dated ? "date" : "datetime");
    }
    struct slice text = dated ? date_text(org->work, time) : date_time_text(org->work, time);
    *value = node_new_text(org->work, text);
    return accepted;
}

static struct refusal check_value(struct organisation *org, const struct sobject_field *field,
                                  const struct node **value)
{
    switch (field->type) {
    case FIELD_STRING:
    case FIELD_TEXTAREA:
    case FIELD_ENCRYPTED:
    case FIELD_PICKLIST:
    case FIELD_MULTIPICKLIST:
    case FIELD_COMBOBOX:
    case FIELD_EMAIL:
    case FIELD_PHONE:
    case FIELD_URL:
    case FIELD_TIME:
    case FIELD_BASE64:
        return check_text(org, field, value);
    case FIELD_BOOLEAN:
        return node_is(*value, NODE_BOOLEAN) ? accepted
                                             : refuse_type(org, field, *value, "boolean");
    case FIELD_INT:
    case FIELD_LONG:
        return node_is_number(*value) && decimal_is_integer((*value)->text)
                   ? accepted
                   : refuse_type(org, field, *value, "int");
    case FIELD_DOUBLE:
    case FIELD_CURRENCY:
    case FIELD_PERCENT:
        return node_is_number(*value) ? accepted : refuse_type(org, field, *value, "double");
    case FIELD_DATE:
    case FIELD_DATETIME:
        return check_date(org, field, value);
    case FIELD_ID:
    case FIELD_REFERENCE:
        return check_reference(org, field, value);
    case FIELD_ANY:
    case FIELD_ADDRESS:
    case FIELD_LOCATION:
        break;
    }
    return accepted;
}

/* ---- a record ---- */

static bool is_empty(const struct node *value)
{
    return value == NULL || value->kind == NODE_NULL ||
           (value->kind == NODE_STRING && slice_trim(value->text).length == 0);
}

/* A new record needs the required fields, and one of each group of which one is. */
static struct refusal check_required(struct organisation *org, const struct sobject *object,
                                     const struct node *fields)
{
    struct node *missing = node_new_sequence(org->work);
    struct builder names = builder_new(org->work);
    for (size_t i = 0; i < object->field_count; i++) {
        const struct sobject_field *field = &object->fields[i];
        struct member *member = node_member(fields, field->name);
        if (field->required && is_empty(member != NULL ? member->value : NULL)) {
            builder_printf(&names, "%s%.*s", missing->count > 0 ? ", " : "",
                           SLICE_ARG(field->name));
            node_append(org->work, missing, node_new_text(org->work, field->name));
        }
    }
    for (size_t i = 0; i < node_length(object->required_one_of); i++) {
        const struct node *group = object->required_one_of->items[i];
        bool there = false;
        for (size_t j = 0; j < node_length(group); j++) {
            struct member *member = node_member(fields, group->items[j]->text);
            there = there || (member != NULL && !is_empty(member->value));
        }
        if (!there) {
            builder_printf(&names, "%s%.*s", missing->count > 0 ? ", " : "",
                           SLICE_ARG(group->items[0]->text));
            node_append(org->work, missing, group->items[0]);
        }
    }
    if (missing->count == 0) {
        return accepted;
    }
    struct refusal refusal = organisation_refuse(org, 400, "REQUIRED_FIELD_MISSING",
                                                 "Required fields are missing: [%.*s]",
                                                 SLICE_ARG(builder_slice(&names)));
    refusal.fields = missing;
    return refusal;
}

struct refusal rules_apply_field(struct organisation *org, const struct sobject *object,
                                 struct slice name, const struct node *value, struct node *fields,
                                 bool is_new, bool any)
{
    const struct sobject_field *field = sobject_field(object, name);
    if (field == NULL) {
        return organisation_refuse(org, 400, "INVALID_FIELD",
                                   "No such column '%.*s' on sobject of type %.*s", SLICE_ARG(name),
                                   SLICE_ARG(object->name));
    }
    if (!any && !(is_new ? field->createable : field->updateable)) {
        return refusal_about(
            org,
            organisation_refuse(org, 400, "INVALID_FIELD_FOR_INSERT_UPDATE",
                                "Unable to create/update fields: %.*s. Please check the security "
                                "settings of this field and verify that it is read/write for your "
                                "profile or permission set.",
                                SLICE_ARG(field->name)),
            field);
    }
    if (is_empty(value)) {
        if (!is_new && !any && field->required) {
            return refusal_about(org,
                                 organisation_refuse(org, 400, "REQUIRED_FIELD_MISSING",
                                                     "Required fields are missing: [%.*s]",
                                                     SLICE_ARG(field->name)),
                                 field);
        }
        node_remove(fields, field->name);
        return accepted;
    }
    struct refusal refusal = check_value(org, field, &value);
    if (refusal.code == NULL) {
        node_set(org->work, fields, field->name, value);
    }
    return refusal;
}

struct refusal rules_apply(struct organisation *org, const struct sobject *object,
                           const struct node *given, struct node *fields, bool is_new, bool any)
{
    for (size_t i = 0; i < given->count; i++) {
        struct slice name = given->members[i].key->text;
        if (slice_is(name, "attributes")) {
            continue;
        }
        struct refusal refusal =
            rules_apply_field(org, object, name, given->members[i].value, fields, is_new, any);
        if (refusal.code != NULL) {
            return refusal;
        }
    }
    return is_new && !any ? check_required(org, object, fields) : accepted;
}

/* ---- duplicates ---- */

static bool same_value(const struct record *a, const struct record *b, const char *field)
{
    const struct node *one = node_get(a->fields, field);
    if (!node_is(one, NODE_STRING)) {
        return false;
    }
    const struct node *other = node_get(b->fields, field);
    return node_is(other, NODE_STRING) && slice_equal_ignoring_case(one->text, other->text);
}

/* The standard rules, without their fuzziness: the same address, or the same name and company. */
static bool looks_like(const struct record *a, const struct record *b)
{
    if (slice_is(a->object->name, "Lead")) {
        return same_value(a, b, "Email") ||
               (same_value(a, b, "Name") && same_value(a, b, "Company"));
    }
    if (slice_is(a->object->name, "Contact")) {
        return same_value(a, b, "Email") ||
               (same_value(a, b, "Name") && same_value(a, b, "AccountId"));
    }
    return slice_is(a->object->name, "Account") && same_value(a, b, "Name") &&
           same_value(a, b, "Phone");
}

/* A value of the record that no other record may have. */
struct unique_value {
    const struct sobject_field *field;
    const struct node *value;
};

static struct unique_value *unique_values(struct organisation *org, const struct record *record,
                                          size_t *count)
{
    struct unique_value *values = NULL;
    *count = 0;
    for (size_t i = 0; i < record->object->field_count; i++) {
        const struct sobject_field *field = &record->object->fields[i];
        const struct node *value = field->external_id ? record_value(record, field) : NULL;
        if (value != NULL) {
            values = arena_append(org->work, values, *count, sizeof *values);
            values[(*count)++] = (struct unique_value){field, value};
        }
    }
    return values;
}

struct refusal rules_duplicates(struct organisation *org, const struct record *record)
{
    size_t count;
    struct unique_value *unique = unique_values(org, record, &count);
    for (size_t i = 0; i < org->records.count; i++) {
        const struct record *other = org->records.items[i];
        if (other->object != record->object || other->is_deleted ||
            slice_equal(other->id, record->id)) {
            continue;
        }
        for (size_t j = 0; j < count; j++) {
            const struct node *taken = record_value(other, unique[j].field);
            if (taken != NULL && node_equal(unique[j].value, taken)) {
                return organisation_refuse(
                    org, 400, "DUPLICATE_VALUE",
                    "duplicate value found: %.*s duplicates value on record with id: %.*s",
                    SLICE_ARG(unique[j].field->name), SLICE_ARG(other->id));
            }
        }
        if (looks_like(record, other)) {
            return organisation_refuse(org, 400, "DUPLICATES_DETECTED",
                                       "Use one of these records?");
        }
    }
    return accepted;
}
