/* Responses to requests for one record: by its id, or by the value of an external id. */
#include "document/tree/build.h"
#include "salesforce/record_id.h"
#include "trial/organisation/call.h"

/* {id, success, errors} */
static struct http_response respond_saved(struct call *c, long status, struct slice id,
                                          bool says_created)
{
    struct node *body = node_new_mapping(c->org->work);
    node_set_text(c->org->work, body, "id", id);
    node_set(c->org->work, body, SLICE("success"), node_new_boolean(c->org->work, true));
    node_set(c->org->work, body, SLICE("errors"), node_new_sequence(c->org->work));
    if (says_created) {
        node_set(c->org->work, body, SLICE("created"),
                 node_new_boolean(c->org->work, status == 201));
    }
    return response_of_json(c->org, status, body);
}

static struct http_response create(struct call *c, const struct sobject *object,
                                   const struct node *given, bool says_created)
{
    struct organisation *org = c->org;
    if (!object->createable) {
        return call_refuse(c, organisation_refuse(org, 400, "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY",
                                                  "entity type %.*s does not support create",
                                                  SLICE_ARG(object->name)));
    }
    struct node *fields = node_new_mapping(org->work);
    struct refusal refusal = rules_apply(org, object, given, fields, true, false);
    if (refusal.code != NULL) {
        return call_refuse(c, refusal);
    }
    struct record candidate = {.object = object, .fields = fields};
    store_derive(org, &candidate, true);
    refusal = rules_duplicates(org, &candidate);
    if (refusal.code == NULL) {
        refusal = store_refuse_more(org);
    }
    if (refusal.code != NULL) {
        return call_refuse(c, refusal);
    }
    struct record *record = store_add(org, object, SLICE(""), fields);
    record->changed = candidate.changed;
    return respond_saved(c, 201, record->id, says_created);
}

static struct http_response update(struct call *c, struct record *record, const struct node *given,
                                   bool says_created)
{
    struct organisation *org = c->org;
    const struct node *converted = node_get(record->fields, "IsConverted");
    if (slice_is(record->object->name, "Lead") && node_is(converted, NODE_BOOLEAN) &&
        converted->boolean) {
        return call_refuse(c, organisation_refuse(org, 400, "CANNOT_UPDATE_CONVERTED_LEAD",
                                                  "cannot reference converted lead"));
    }
    struct record changed = *record;
    changed.fields = node_copy(org->work, record->fields);
    struct refusal refusal = rules_apply(org, record->object, given, changed.fields, false, false);
    if (refusal.code == NULL) {
        store_derive(org, &changed, false);
        refusal = rules_duplicates(org, &changed);
    }
    if (refusal.code == NULL) {
        refusal = store_refuse_more(org);
    }
    if (refusal.code != NULL) {
        return call_refuse(c, refusal);
    }
    changed.fields = node_deep_copy(org->arena, changed.fields);
    *record = changed;
    return says_created ? respond_saved(c, 200, record->id, true)
                        : (struct http_response){.status = 204, .body = SLICE("")};
}

static struct http_response retrieve(struct call *c, const struct record *record)
{
    struct organisation *org = c->org;
    struct slice list = SLICE("");
    size_t count = 0;
    struct slice *fields = NULL;
    if (call_parameter(c, "fields", &list)) {
        fields = call_names(c, list, &count);
        for (size_t i = 0; i < count; i++) {
            if (sobject_field(record->object, fields[i]) == NULL) {
                return call_refuse(
                    c, organisation_refuse(org, 400, "INVALID_FIELD",
                                           "No such column '%.*s' on sobject of type %.*s",
                                           SLICE_ARG(fields[i]), SLICE_ARG(record->object->name)));
            }
        }
    } else {
        count = record->object->field_count;
        fields = arena_alloc_array(org->work, count, sizeof *fields);
        for (size_t i = 0; i < count; i++) {
            fields[i] = record->object->fields[i].name;
        }
    }
    struct node *body = search_record(org, record, fields, count, c->version);
    if (node_get(body, "Id") == NULL) {
        node_set_text(org->work, body, "Id", record->id);
    }
    return response_of_json(org, 200, body);
}

static struct http_response delete_record(struct call *c, struct record *record)
{
    if (!record->object->deletable) {
        return call_refuse(c, organisation_refuse(c->org, 400, "CANNOT_DELETE_OR_ARCHIVE",
                                                  "entity type %.*s does not support delete",
                                                  SLICE_ARG(record->object->name)));
    }
    record->is_deleted = true;
    node_set(c->org->arena, record->fields, SLICE("IsDeleted"),
             node_new_boolean(c->org->arena, true));
    return (struct http_response){.status = 204, .body = SLICE("")};
}

/* The record that the id of the path names; NULL, with a response, when there is none. */
static struct record *find_by_id(struct call *c, struct http_response *response)
{
    struct slice id = c->parts[PART_ID];
    if (record_id_mistake(id) != NULL) {
        *response = call_refuse(c, organisation_refuse(c->org, 400, "MALFORMED_ID",
                                                       "malformed id %.*s", SLICE_ARG(id)));
        return NULL;
    }
    struct record *record = store_find(c->org, id);
    if (record == NULL || record->object != c->object) {
        *response = call_refuse_path(c);
        return NULL;
    }
    if (record->is_deleted) {
        *response = call_refuse(
            c, organisation_refuse(c->org, 404, "ENTITY_IS_DELETED", "entity is deleted"));
        return NULL;
    }
    return record;
}

/*
 * The record that has the value of the external id in the path, or NULL. False, with a response,
 * when the field is none or several records have the value.
 */
static bool find_by_value(struct call *c, struct record **found, struct http_response *response)
{
    struct organisation *org = c->org;
    struct slice name = c->parts[PART_EXTERNAL];
    struct slice value = c->parts[PART_VALUE];
    const struct sobject_field *field = sobject_field(c->object, name);
    *found = NULL;
    if (field == NULL || !(field->external_id || field->id_lookup)) {
        *response = call_refuse(
            c, organisation_refuse(org, 404, "NOT_FOUND",
                                   "Provided external ID field does not exist or is not "
                                   "accessible: %.*s",
                                   SLICE_ARG(name)));
        return false;
    }
    for (size_t i = 0; i < org->records.count; i++) {
        struct record *record = org->records.items[i];
        const struct node *own =
            record->object == c->object && !record->is_deleted ? record_value(record, field) : NULL;
        bool same = own != NULL && slice_equal(own->text, value);
        if (same && *found != NULL) {
            *response =
                call_refuse(c, organisation_refuse(org, 300, "MULTIPLE_CHOICES",
                                                   "external id %.*s matches more than one record",
                                                   SLICE_ARG(value)));
            return false;
        }
        *found = same ? record : *found;
    }
    return true;
}

/* ---- what the routes lead to ---- */

struct http_response call_create(struct call *c)
{
    struct refusal refusal = {0};
    const struct node *given = call_body(c, &refusal);
    return given != NULL ? create(c, c->object, given, false) : call_refuse(c, refusal);
}

struct http_response call_update(struct call *c)
{
    struct refusal refusal = {0};
    struct http_response response;
    struct record *record = find_by_id(c, &response);
    if (record == NULL) {
        return response;
    }
    const struct node *given = call_body(c, &refusal);
    return given != NULL ? update(c, record, given, false) : call_refuse(c, refusal);
}

struct http_response call_retrieve(struct call *c)
{
    struct http_response response;
    struct record *record = find_by_id(c, &response);
    return record != NULL ? retrieve(c, record) : response;
}

struct http_response call_delete(struct call *c)
{
    struct http_response response;
    struct record *record = find_by_id(c, &response);
    return record != NULL ? delete_record(c, record) : response;
}

struct http_response call_upsert(struct call *c)
{
    struct refusal refusal = {0};
    struct http_response response;
    struct record *found;
    if (!find_by_value(c, &found, &response)) {
        return response;
    }
    const struct node *given = call_body(c, &refusal);
    if (given == NULL) {
        return call_refuse(c, refusal);
    }
    if (found != NULL) {
        return update(c, found, given, true);
    }
    const struct sobject_field *field = sobject_field(c->object, c->parts[PART_EXTERNAL]);
    struct node *with_value = node_copy(c->org->work, given);
    if (!slice_is(field->name, "Id")) {
        struct node *external = node_new_text(c->org->work, c->parts[PART_VALUE]);
        if (field_type_is_number(field->type)) {
            external->kind = NODE_FLOAT;
        }
        node_set(c->org->work, with_value, field->name, external);
    }
    return create(c, c->object, with_value, true);
}

struct http_response call_retrieve_external(struct call *c)
{
    struct http_response response;
    struct record *found;
    if (!find_by_value(c, &found, &response)) {
        return response;
    }
    return found != NULL ? retrieve(c, found) : call_refuse_path(c);
}

struct http_response call_delete_external(struct call *c)
{
    struct http_response response;
    struct record *found;
    if (!find_by_value(c, &found, &response)) {
        return response;
    }
    return found != NULL ? delete_record(c, found) : call_refuse_path(c);
}
