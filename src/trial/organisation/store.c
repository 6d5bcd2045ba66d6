/* The records, and what Salesforce itself keeps in them. */
#include <stdio.h>

#include "base/date.h"
#include "trial/organisation/parts.h"
#include "salesforce/record_id.h"
#include "document/tree/build.h"

#define ID_LENGTH 15

struct id_number {
    unsigned long long last;
};

static struct slice short_id(struct slice id)
{
    return id.length >= ID_LENGTH ? slice_part(id, 0, ID_LENGTH) : id;
}

struct record *store_find(const struct organisation *org, struct slice id)
{
    return map_get(&org->by_id, short_id(id));
}

/* Prefixes of custom objects without one are made of their place in the alphabet of prefixes. */
static struct slice key_prefix(const struct sobject *object)
{
    return object->key_prefix.length == 3 ? object->key_prefix : SLICE("a00");
}

static struct slice next_id(struct organisation *org, const struct sobject *object)
{
    static const char digits[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    struct id_number *number = map_get(&org->numbers, key_prefix(object));
    if (number == NULL) {
        number = arena_alloc(org->arena, sizeof *number);
        map_add(&org->numbers, key_prefix(object), number);
    }
    struct slice id;
    do {
        unsigned long long rest = ++number->last;
        char tail[] = "000000000000";
        for (size_t i = sizeof tail - 1; i > 0 && rest > 0; i--) {
            tail[i - 1] = digits[rest % 62];
            rest /= 62;
        }
        id = arena_printf(org->arena, "%.*s%s", SLICE_ARG(key_prefix(object)), tail);
    } while (store_find(org, id) != NULL);
    return record_id_long(org->arena, id);
}

struct refusal store_refuse_more(struct organisation *org)
{
    if (org->options.memory == 0 || arena_size(org->arena) < org->options.memory) {
        return (struct refusal){0};
    }
    return organisation_refuse(org, 400, "STORAGE_LIMIT_EXCEEDED", "storage limit exceeded");
}

struct record *store_add(struct organisation *org, const struct sobject *object, struct slice id,
                         struct node *fields)
{
    struct record_list *list = &org->records;
    list->items = arena_append(org->arena, list->items, list->count, sizeof(struct record *));
    struct record *record = arena_alloc(org->arena, sizeof *record);
    record->object = object;
    record->id = id.length > 0 ? arena_slice(org->arena, record_id_long(org->arena, id))
                               : next_id(org, object);
    record->fields = node_deep_copy(org->arena, fields);
    list->items[list->count++] = record;
    map_add(&org->by_id, short_id(record->id), record);
    node_set_text(org->arena, record->fields, "Id", record->id);
    return record;
}

/* ---- fields that follow from others ---- */

static struct slice text_of(const struct record *record, const char *field)
{
    const struct node *value = node_get(record->fields, field);
    return node_is(value, NODE_STRING) ? value->text : SLICE("");
}

static bool has_field(const struct record *record, const char *field)
{
    return sobject_field(record->object, slice_of(field)) != NULL;
}

static void set_missing(struct organisation *org, struct record *record, struct slice field,
                        const struct node *value)
{
    if (node_member(record->fields, field) == NULL) {
        node_set(org->work, record->fields, field, value);
    }
}

static void set_default(struct organisation *org, struct record *record, const char *field,
                        const struct node *value)
{
    if (has_field(record, field)) {
        set_missing(org, record, slice_of(field), value);
    }
}

static void set_times(struct organisation *org, struct record *record, bool is_new)
{
    static const char *const times[] = {"LastModifiedDate", "SystemModstamp"};
    struct node *now = node_new_text(org->work, date_time_text(org->work, org->options.now));
    for (size_t i = 0; i < sizeof times / sizeof times[0]; i++) {
        if (has_field(record, times[i]) &&
            (!is_new || node_get(record->fields, times[i]) == NULL)) {
            node_set(org->work, record->fields, slice_of(times[i]), now);
        }
    }
    set_default(org, record, "CreatedDate", now);
    if (org->user != NULL) {
        struct node *user = node_new_text(org->work, org->user->id);
        set_default(org, record, "CreatedById", user);
        set_default(org, record, "OwnerId", user);
        set_default(org, record, "LastModifiedById", user);
    }
}

/* The Name of people is made of its parts. */
static void set_name(struct organisation *org, struct record *record)
{
    if (!has_field(record, "LastName") || !has_field(record, "Name")) {
        return;
    }
    struct slice first = text_of(record, "FirstName");
    struct slice last = text_of(record, "LastName");
    if (last.length == 0) { /* an account that is no person */
        return;
    }
    node_set_text(org->work, record->fields, "Name",
                  first.length > 0
                      ? arena_printf(org->work, "%.*s %.*s", SLICE_ARG(first), SLICE_ARG(last))
                      : last);
}

static void set_flag(struct organisation *org, struct record *record, const char *field, bool value)
{
    node_set(org->work, record->fields, slice_of(field), node_new_boolean(org->work, value));
}

static void set_stage(struct organisation *org, struct record *record)
{
    static const struct {
        const char *stage;
        int probability;
    } stages[] = {{"Prospecting", 10},          {"Qualification", 10},
                  {"Needs Analysis", 20},       {"Value Proposition", 50},
                  {"Id. Decision Makers", 60},  {"Perception Analysis", 70},
                  {"Proposal/Price Quote", 75}, {"Negotiation/Review", 90},
                  {"Closed Won", 100},          {"Closed Lost", 0}};
    struct slice stage = text_of(record, "StageName");
    set_flag(org, record, "IsWon", slice_is(stage, "Closed Won"));
    set_flag(org, record, "IsClosed", slice_starts_with(stage, "Closed "));
    for (size_t i = 0; i < sizeof stages / sizeof stages[0]; i++) {
        if (slice_is(stage, stages[i].stage)) {
            set_default(org, record, "Probability",
                        node_new_integer(org->work, stages[i].probability));
        }
    }
}

void store_derive(struct organisation *org, struct record *record, bool is_new)
{
    const struct sobject *object = record->object;
    for (size_t i = 0; is_new && i < object->field_count; i++) {
        const struct sobject_field *field = &object->fields[i];
        if (field->default_value != NULL) {
            set_missing(org, record, field->name, field->default_value);
        } else if (field->type == FIELD_BOOLEAN) {
            set_missing(org, record, field->name, node_new_boolean(org->work, false));
        }
    }
    set_times(org, record, is_new);
    set_name(org, record);
    if (slice_is(object->name, "Opportunity")) {
        set_stage(org, record);
    } else if (slice_is(object->name, "Case")) {
        set_flag(org, record, "IsClosed", slice_is(text_of(record, "Status"), "Closed"));
        size_t number = 0;
        for (size_t i = 0; i < org->records.count; i++) {
            number += org->records.items[i]->object == object;
        }
        set_default(org, record, "CaseNumber",
                    node_new_text(org->work, arena_printf(org->work, "%08zu", 1000 + number)));
    } else if (slice_is(object->name, "Task")) {
        set_flag(org, record, "IsClosed", slice_is(text_of(record, "Status"), "Completed"));
        set_flag(org, record, "IsHighPriority", slice_is(text_of(record, "Priority"), "High"));
    }
    record->changed = ++org->changes;
}

/* ---- reading ---- */

const struct node *record_value(const struct record *record, const struct sobject_field *field)
{
    struct member *member = node_member(record->fields, field->name);
    return member != NULL && member->value->kind != NODE_NULL ? member->value : NULL;
}

const struct record *record_follow(const struct organisation *org, const struct record *record,
                                   const struct sobject_field *field)
{
    const struct node *id = record_value(record, field);
    const struct record *found = node_is(id, NODE_STRING) ? store_find(org, id->text) : NULL;
    return found != NULL && !found->is_deleted ? found : NULL;
}

struct node *store_attributes(struct organisation *org, const struct record *record,
                              struct slice version)
{
    struct node *attributes = node_new_mapping(org->work);
    node_set_text(org->work, attributes, "type", record->object->name);
    node_set_text(org->work, attributes, "url",
                  arena_printf(org->work, "/services/data/%.*s/sobjects/%.*s/%.*s",
                               SLICE_ARG(version), SLICE_ARG(record->object->name),
                               SLICE_ARG(record->id)));
    return attributes;
}

const struct node *organisation_records(struct organisation *org, struct slice object)
{
    struct node *list = node_new_sequence(org->work);
    for (size_t i = 0; i < org->records.count; i++) {
        const struct record *record = org->records.items[i];
        if (!record->is_deleted && slice_equal_ignoring_case(record->object->name, object)) {
            node_append(org->work, list, record->fields);
        }
    }
    return list;
}

/* ---- the organisation ---- */

struct organisation *organisation_new(struct arena *arena, struct sobject_catalog *catalog,
                                      const struct organisation_options *options)
{
    struct organisation *org = arena_alloc(arena, sizeof *org);
    *org = (struct organisation){
        .arena = arena, .work = arena, .catalog = catalog, .options = *options};
    org->by_id = map_new(arena);
    org->numbers = map_new(arena);
    org->batches = node_new_sequence(arena);
    const struct sobject *user = sobject_find(catalog, SLICE("User"), arena);
    if (user != NULL) {
        struct node *fields = node_new_mapping(arena);
        node_set_text(arena, fields, "FirstName", SLICE("Test"));
        node_set_text(arena, fields, "LastName", SLICE("User"));
        node_set_text(arena, fields, "Username", SLICE("test.user@example.com"));
        node_set_text(arena, fields, "Email", SLICE("test.user@example.com"));
        node_set(arena, fields, SLICE("IsActive"), node_new_boolean(arena, true));
        org->user = store_add(org, user, SLICE(""), fields);
        store_derive(org, org->user, true);
    }
    return org;
}
