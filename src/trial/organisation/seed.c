/*
 * Records that files name: those that an organisation has from the start, and those that are
 * expected at the end. The words are for the author of the file, not Salesforce's own.
 */
#include "base/suggestion.h"
#include "document/tree/build.h"
#include "document/tree/decimal.h"
#include "salesforce/record_id.h"
#include "trial/organisation/parts.h"

struct checker {
    struct arena *arena;
    struct sobject_catalog *catalog;
    struct diagnostics *diagnostics;
};

/* ---- findings ---- */

static struct diagnostic *report(struct checker *c, const struct node *place, struct slice message)
{
    return diag_report(c->diagnostics, E1203, place->source, place->range, "%.*s",
                       SLICE_ARG(message));
}

static void note(struct checker *c, struct diagnostic *finding, const struct node *place,
                 struct slice text)
{
    diag_note(c->diagnostics, finding, NULL, place->range, "%.*s", SLICE_ARG(text));
}

static void offer(void *suggestion, struct slice name)
{
    suggestion_offer(suggestion, name);
}

static const struct sobject *find_object(struct checker *c, const struct node *key)
{
    const struct sobject *object = sobject_find(c->catalog, key->text, c->arena);
    if (object != NULL) {
        return object;
    }
    if (sobject_catalog_has_broken(c->catalog, key->text)) {
        return NULL; /* the mistakes of its description are told there */
    }
    struct suggestion meant = suggestion_new(key->text);
    struct diagnostic *finding =
        report(c, key, arena_printf(c->arena, "unknown object `%.*s`", SLICE_ARG(key->text)));
    sobject_catalog_offer(c->catalog, offer, &meant);
    if (meant.best.length > 0) {
        diag_suggest(c->diagnostics, finding, meant.best);
    } else {
        note(c, finding, key,
             SLICE("`dialogc sobject list` shows the objects, `dialogc sobject import` adds one"));
    }
    return NULL;
}

static void report_field(struct checker *c, const struct sobject *object, const struct node *key)
{
    struct suggestion meant = suggestion_new(key->text);
    struct diagnostic *finding =
        report(c, key,
               arena_printf(c->arena, "%.*s has no field `%.*s`", SLICE_ARG(object->name),
                            SLICE_ARG(key->text)));
    for (size_t i = 0; i < object->field_count; i++) {
        suggestion_offer(&meant, object->fields[i].name);
    }
    if (meant.best.length > 0) {
        diag_suggest(c->diagnostics, finding, meant.best);
    } else if (sobject_is_custom_name(key->text)) {
        note(c, finding, key,
             SLICE("`dialogc sobject import` adds the fields of your organisation"));
    } else {
        note(c, finding, key,
             arena_printf(c->arena, "`dialogc sobject show %.*s` prints its fields",
                          SLICE_ARG(object->name)));
    }
}

/* ---- values ---- */

/* What a field takes. */
static const char *takes(const struct sobject_field *field)
{
    switch (field->type) {
    case FIELD_BOOLEAN:
        return "true or false";
    case FIELD_INT:
    case FIELD_LONG:
        return "a whole number";
    case FIELD_DOUBLE:
    case FIELD_CURRENCY:
    case FIELD_PERCENT:
        return "a number";
    case FIELD_DATE:
        return "a date such as 2026-08-31";
    case FIELD_DATETIME:
        return "a date and time such as 2026-08-31T09:00:00Z";
    case FIELD_EMAIL:
        return "an e-mail address";
    case FIELD_ID:
    case FIELD_REFERENCE:
        return "the id of a record";
    case FIELD_STRING:
    case FIELD_TEXTAREA:
    case FIELD_ENCRYPTED:
    case FIELD_PICKLIST:
    case FIELD_MULTIPICKLIST:
    case FIELD_COMBOBOX:
    case FIELD_PHONE:
    case FIELD_URL:
    case FIELD_TIME:
    case FIELD_BASE64:
    case FIELD_ANY:
    case FIELD_ADDRESS:
    case FIELD_LOCATION:
        break;
    }
    return "text";
}

static struct slice quote(struct arena *arena, const struct node *value)
{
    if (value->kind == NODE_BOOLEAN) {
        return value->boolean ? SLICE("`true`") : SLICE("`false`");
    }
    return value->text.length > 0 && value->kind != NODE_MAPPING && value->kind != NODE_SEQUENCE
               ? arena_printf(arena, "`%.*s`", SLICE_ARG(value->text))
               : slice_of(node_kind_name(value->kind));
}

static void report_type(struct checker *c, const struct sobject_field *field,
                        const struct node *value)
{
    struct diagnostic *finding =
        report(c, value,
               arena_printf(c->arena, "`%.*s` takes %s, not %.*s", SLICE_ARG(field->name),
                            takes(field), SLICE_ARG(quote(c->arena, value))));
    bool is_text = value->kind == NODE_STRING;
    bool words = field->type == FIELD_BOOLEAN && is_text;
    if (words &&
        slice_is_any(value->text, (const char *const[]){"yes", "Yes", "on", "True", NULL})) {
        diag_suggest(c->diagnostics, finding, SLICE("true"));
    } else if (words &&
               slice_is_any(value->text, (const char *const[]){"no", "No", "off", "False", NULL})) {
        diag_suggest(c->diagnostics, finding, SLICE("false"));
    } else if (field_type_is_number(field->type) && is_text && decimal_is_integer(value->text)) {
        note(c, finding, value, SLICE("remove the quotes to make it a number"));
    } else if (strcmp(takes(field), "text") == 0 && value->kind != NODE_MAPPING) {
        note(c, finding, value, SLICE("put it in quotes to make it text"));
    }
}

static void report_picklist(struct checker *c, enum code code, const struct sobject_field *field,
                            const struct node *value)
{
    enum { MOST_VALUES = 12 };
    struct suggestion meant = suggestion_new(value->text);
    struct builder list = builder_new(c->arena);
    struct diagnostic *finding =
        diag_report(c->diagnostics, code, value->source, value->range, "`%.*s` has no value `%.*s`",
                    SLICE_ARG(field->name), SLICE_ARG(value->text));
    for (size_t i = 0; i < field->value_count; i++) {
        suggestion_offer(&meant, field->values[i].value);
        if (i < MOST_VALUES) {
            builder_printf(&list, "%s`%.*s`", i > 0 ? ", " : "its values are ",
                           SLICE_ARG(field->values[i].value));
        }
    }
    if (meant.best.length > 0) {
        diag_suggest(c->diagnostics, finding, meant.best);
    } else {
        builder_add_text(&list, field->value_count > MOST_VALUES ? ", …" : "");
        note(c, finding, value, builder_slice(&list));
    }
}

/* A picklist that is not restricted takes any value, but templates and reports know its own. */
static void check_unrestricted(struct checker *c, const struct sobject_field *field,
                               const struct node *value)
{
    if (!field->restricted && field->type == FIELD_PICKLIST && field->value_count > 0 &&
        node_is(value, NODE_STRING) && !sobject_field_has_value(field, value->text)) {
        report_picklist(c, W0807, field, value);
    }
}

/* Why Salesforce does not keep a value, in the words of a file. */
static void report_refusal(struct checker *c, const struct sobject_field *field,
                           const struct node *value, const struct refusal *refusal)
{
    struct slice code = slice_of(refusal->code);
    struct slice name = field->name;
    if (slice_is(code, "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST")) {
        report_picklist(c, E1203, field, value);
    } else if (slice_is(code, "STRING_TOO_LONG")) {
        report(c, value,
               arena_printf(c->arena, "`%.*s` holds at most %lld characters", SLICE_ARG(name),
                            field->length));
    } else if (slice_is(code, "INVALID_CROSS_REFERENCE_KEY") ||
               slice_is(code, "ENTITY_IS_DELETED")) {
        note(c,
             report(c, value,
                    arena_printf(c->arena, "no record before this one has the id `%.*s`",
                                 SLICE_ARG(value->text))),
             value, SLICE("add the record that it refers to under `org`, above this one"));
    } else if (slice_is(code, "FIELD_INTEGRITY_EXCEPTION")) {
        report(c, value,
               arena_printf(c->arena, "`%.*s` refers to a record of %.*s, but this is the id of %s",
                            SLICE_ARG(name), SLICE_ARG(sobject_field_targets(c->arena, field)),
                            sobject_of_prefix(slice_part(value->text, 0, 3))));
    } else {
        report_type(c, field, value);
    }
}

/* ---- records at the start ---- */

/* Reports an id that a record of this object cannot have. */
static bool check_id(struct checker *c, struct organisation *org, const struct sobject *object,
                     const struct node *value)
{
    const char *mistake = record_id_mistake(value->text);
    const char *other = sobject_of_prefix(slice_part(value->text, 0, 3));
    bool foreign = mistake == NULL && other != NULL && object->key_prefix.length == 3 &&
                   !slice_is(object->name, other);
    if (foreign) {
        note(c,
             report(c, value,
                    arena_printf(c->arena, "this is the id of a record of %s, not of %.*s", other,
                                 SLICE_ARG(object->name))),
             value,
             arena_printf(c->arena, "ids of %.*s begin with `%.*s`", SLICE_ARG(object->name),
                          SLICE_ARG(object->key_prefix)));
    } else if (mistake != NULL) {
        note(c, report(c, value, slice_of(mistake)), value,
             SLICE("leave `Id` out, and the record gets one"));
    } else if (store_find(org, value->text) != NULL) {
        note(c, report(c, value, SLICE("another record already has this id")), value,
             SLICE("leave `Id` out, and the record gets one"));
    } else {
        return true;
    }
    return false;
}

static void seed_record(struct checker *c, struct organisation *org, const struct sobject *object,
                        const struct node *given)
{
    struct node *fields = node_new_mapping(org->work);
    struct slice id = SLICE("");
    if (!node_is(given, NODE_MAPPING)) {
        note(c, report(c, given, SLICE("a record must be a mapping of fields")), given,
             SLICE("write it as `{LastName: Example}`"));
        return;
    }
    for (size_t i = 0; i < given->count; i++) {
        const struct node *key = given->members[i].key;
        const struct node *value = given->members[i].value;
        const struct sobject_field *field = sobject_field(object, key->text);
        if (slice_is(key->text, "Id") && node_is(value, NODE_STRING)) {
            id = value->text;
            if (!check_id(c, org, object, value)) {
                return;
            }
            continue;
        }
        if (field == NULL) {
            report_field(c, object, key);
            continue;
        }
        struct refusal refusal =
            rules_apply_field(org, object, key->text, value, fields, true, true);
        if (refusal.code != NULL) {
            report_refusal(c, field, value, &refusal);
        } else {
            check_unrestricted(c, field, value);
        }
    }
    store_derive(org, store_add(org, object, id, fields), true);
}

bool organisation_seed(struct organisation *org, const struct node *records,
                       struct diagnostics *diagnostics)
{
    size_t errors = diagnostics->error_count;
    struct checker checker = {org->work, org->catalog, diagnostics};
    for (size_t i = 0; node_is(records, NODE_MAPPING) && i < records->count; i++) {
        const struct sobject *object = find_object(&checker, records->members[i].key);
        const struct node *list = records->members[i].value;
        if (object != NULL && !node_is(list, NODE_SEQUENCE)) {
            note(&checker,
                 report(&checker, records->members[i].key,
                        arena_printf(org->work, "the records of %.*s must be a list",
                                     SLICE_ARG(object->name))),
                 records->members[i].key, SLICE("write `[{NAME: VALUE}, …]`, or `[]` for none"));
        }
        for (size_t j = 0; object != NULL && j < node_length(list); j++) {
            seed_record(&checker, org, object, list->items[j]);
        }
    }
    return diagnostics->error_count == errors;
}

/* ---- records at the end ---- */

/* The kinds of values that a field has in a response. */
static bool is_possible(const struct sobject_field *field, const struct node *value)
{
    if (value->kind == NODE_NULL || node_get(value, "matches") != NULL ||
        field->type == FIELD_ANY || field->type == FIELD_ADDRESS || field->type == FIELD_LOCATION) {
        return true;
    }
    if (field->type == FIELD_BOOLEAN) {
        return value->kind == NODE_BOOLEAN;
    }
    return field_type_is_number(field->type) ? node_is_number(value) : value->kind == NODE_STRING;
}

static void check_expected(struct checker *c, const struct sobject *object,
                           const struct node *expected)
{
    for (size_t i = 0; node_is(expected, NODE_MAPPING) && i < expected->count; i++) {
        const struct node *key = expected->members[i].key;
        const struct node *value = expected->members[i].value;
        const struct sobject_field *field = sobject_field(object, key->text);
        if (field == NULL) {
            report_field(c, object, key);
        } else if (!is_possible(field, value)) {
            report_type(c, field, value);
        } else if (node_is(value, NODE_STRING) && field->restricted && field->value_count > 0 &&
                   !sobject_field_has_value(field, value->text)) {
            report_picklist(c, E1203, field, value);
        } else {
            check_unrestricted(c, field, value);
        }
    }
}

void organisation_check_expected(struct arena *arena, struct sobject_catalog *catalog,
                                 const struct node *records, struct diagnostics *diagnostics)
{
    struct checker checker = {arena, catalog, diagnostics};
    for (size_t i = 0; node_is(records, NODE_MAPPING) && i < records->count; i++) {
        const struct sobject *object = find_object(&checker, records->members[i].key);
        const struct node *list = records->members[i].value;
        for (size_t j = 0; object != NULL && j < node_length(list); j++) {
            check_expected(&checker, object, list->items[j]);
        }
    }
}
