/*
 * Salesforce operations against the descriptions of objects: what exists, what can be written,
 * what is required, and which fields the answers must hold.
 */
#include "base/utf8.h"
#include "language/check/salesforce.h"
#include "base/suggestion.h"
#include "language/operation/response.h"
#include "language/operation/outcome.h"
#include "salesforce/path.h"

enum { SHORTEST_TERM = 2 }; /* characters, by the documentation of SOSL */

/* ---- fields to write ---- */

static void report_read_only(struct check *check, const struct node *key,
                             const struct sobject *object, const struct sobject_field *field,
                             bool creates)
{
    struct diagnostic *d =
        diag_report(check->diagnostics, E0803, key->source, key->range, "%.*s of %.*s cannot be %s",
                    SLICE_ARG(field->name), SLICE_ARG(object->name),
                    creates ? "set when a record is created" : "changed");
    const struct sobject_field *last = sobject_field(object, SLICE("LastName"));
    if (field->is_unsaid && sobject_is_custom_name(field->name)) {
        diag_note(check->diagnostics, d, NULL, key->range,
                  "its description in the project says so: add `\"createable\": true` and "
                  "`\"updateable\": true` there");
        return;
    }
    bool person = slice_is(field->name, "Name") && last != NULL && last->setting == 0;
    if (person) {
        diag_note(check->diagnostics, d, NULL, key->range,
                  "write a person's name as `FirstName` and `LastName`");
    } else if (field->type == FIELD_ADDRESS) {
        diag_note(check->diagnostics, d, NULL, key->range,
                  "write an address in parts: Street, City, PostalCode, …");
    }
}

static void check_written_field(struct check *check, const struct salesforce_request *request,
                                size_t index)
{
    const struct sobject *object = request->sobject;
    const struct body *value = &request->fields.items[index];
    const struct node *key = request->fields.node->members[index].key;
    const struct sobject_field *field = sobject_field(object, key->text);
    bool creates = operation_only_creates(request->operation);
    unsigned does = operation_info(request->operation)->does;
    if (field == NULL) {
        size_t dot = slice_find(key->text, ".", 0);
        if (dot == SIZE_MAX) {
            check_report_unknown_field(check, object, key->source, key->range, key->text, false);
            return;
        }
        diag_report(check->diagnostics, E0803, key->source, key->range,
                    "`%.*s` is a field of another record, but only fields of %.*s can be written",
                    SLICE_ARG(key->text), SLICE_ARG(object->name));
        return;
    }
    if (field->setting != 0) {
        check_report_setting(check, object, key->source, key->range, field);
    }
    bool writeable = ((does & DOES_CREATE) != 0 && field->createable) ||
                     ((does & DOES_CHANGE) != 0 && field->updateable);
    if (!writeable) {
        report_read_only(check, key, object, field, creates);
        return;
    }
    check_field_value(check, field, object, value);
    const struct reference *single = text_single(&value->text);
    if (creates && field->required && single != NULL && reference_may_be_missing(single)) {
        diag_report(check->diagnostics, E0804, single->source, single->range,
                    "%.*s is required, but `%.*s` may be missing", SLICE_ARG(field->name),
                    SLICE_ARG(reference_name(check->arena, single)));
    }
}

/* ---- required fields ---- */

/* A misspelled name is reported as such: the field is not missing besides. */
static bool is_given(const struct salesforce_request *request, struct slice name)
{
    const struct node *fields = request->fields.node;
    for (size_t i = 0; i < fields->count; i++) {
        struct slice key = fields->members[i].key->text;
        size_t distance;
        if (slice_equal(key, name) || (sobject_field(request->sobject, key) == NULL &&
                                       suggestion_is_near(key, name, &distance))) {
            return true;
        }
    }
    return false;
}

static void add_name(struct builder *out, struct slice name, const char *joint)
{
    builder_printf(out, "%s`%.*s`", out->length > 0 ? joint : "", SLICE_ARG(name));
}

/* True when an unknown field of the request is told to be this one. */
static bool is_misspelled(const struct check *check, const struct salesforce_request *request,
                          struct slice name)
{
    const struct node *fields = request->fields.node;
    for (const struct diagnostic *d = check->diagnostics->first; fields != NULL && d != NULL;
         d = d->next) {
        if (d->code == E0802 && d->source == fields->source && slice_equal(d->suggestion, name) &&
            d->range.start >= fields->range.start && d->range.end <= fields->range.end) {
            return true;
        }
    }
    return false;
}

static void check_required(struct check *check, const struct salesforce_request *request)
{
    const struct sobject *object = request->sobject;
    struct builder missing = builder_new(check->arena);
    for (size_t i = 0; i < object->field_count; i++) {
        const struct sobject_field *field = &object->fields[i];
        if (field->required && !is_given(request, field->name) &&
            !is_misspelled(check, request, field->name)) {
            add_name(&missing, field->name, " and ");
        }
    }
    const struct node *groups = object->required_one_of;
    for (size_t i = 0; groups != NULL && i < groups->count; i++) {
        struct builder names = builder_new(check->arena);
        bool given = false;
        for (size_t j = 0; j < groups->items[i]->count; j++) {
            struct slice name = groups->items[i]->items[j]->text;
            given = given || is_given(request, name);
            add_name(&names, name, " or ");
        }
        if (!given) {
            builder_printf(&missing, "%sone of %.*s", missing.length > 0 ? ", and " : "",
                           SLICE_ARG(builder_slice(&names)));
        }
    }
    if (missing.length > 0) {
        diag_report(check->diagnostics, E0804, request->node->source, request->node->range,
                    "a new %.*s needs %.*s", SLICE_ARG(object->label),
                    SLICE_ARG(builder_slice(&missing)));
    }
}

/* ---- what can be done with an object ---- */

/* What the operation does that Salesforce does not allow with records of the object is an error. */
static bool check_possible(struct check *check, const struct salesforce_request *request)
{
    const struct sobject *object = request->sobject;
    const struct {
        unsigned does;
        bool possible;
        const char *done;
    } rules[] = {
        {DOES_CREATE, object->createable, "created"}, {DOES_CHANGE, object->updateable, "changed"},
        {DOES_DELETE, object->deletable, "deleted"},  {DOES_SEARCH, object->searchable, "searched"},
        {DOES_QUERY, object->queryable, "queried"},
    };
    struct builder done = builder_new(check->arena);
    bool possible = true;
    for (size_t i = 0; i < sizeof rules / sizeof rules[0]; i++) {
        if ((operation_info(request->operation)->does & rules[i].does) != 0) {
            possible = possible && rules[i].possible;
            builder_printf(&done, "%s%s", done.length > 0 ? " or " : "", rules[i].done);
        }
    }
    if (!possible) {
        diag_report(check->diagnostics, E0812, request->node->source, request->node->range,
                    "records of %.*s cannot be %.*s here", SLICE_ARG(object->name),
                    SLICE_ARG(builder_slice(&done)));
    }
    return possible;
}

static void check_external(struct check *check, const struct salesforce_request *request)
{
    const struct sobject *object = request->sobject;
    const struct node *node = request->external;
    const struct sobject_field *field = sobject_field(object, node->text);
    if (field == NULL) {
        check_report_unknown_field(check, object, node->source, node->range, node->text, false);
        return;
    }
    if (!field->external_id && !field->id_lookup) {
        struct diagnostic *d = diag_report(check->diagnostics, E0813, node->source, node->range,
                                           "%.*s is not an external id of %.*s",
                                           SLICE_ARG(field->name), SLICE_ARG(object->name));
        diag_note(check->diagnostics, d, NULL, node->range,
                  "an upsert finds its record by a field marked as an external id");
        return;
    }
    check_text_value(check, field, object, &request->id);
}

/* ---- fields to read ---- */

static void ask_for(struct check *check, const struct service *service, struct slice field)
{
    struct service_facts *facts = &check->analysis->services[service->index];
    for (size_t i = 0; i < facts->asked_count; i++) {
        if (slice_equal(facts->asked[i], field)) {
            return;
        }
    }
    facts->asked =
        arena_append(check->arena, facts->asked, facts->asked_count, sizeof *facts->asked);
    facts->asked[facts->asked_count++] = field;
}

static bool can_ask(const struct service *service)
{
    if (service_operation(service) != OPERATION_QUERY) {
        return operation_takes(service_operation(service), PART_FIELDS);
    }
    const struct query *query = &service->salesforce.query;
    return query->structured && query->soql != NULL && !query->soql->aggregates;
}

/*
 * Notes the field that `segments` name in a record of the service's answer. What lies inside of it
 * (a part of an address, the length of a text) comes with it.
 */
static void ask_for_path(struct check *check, const struct service *service,
                         const struct slice *segments, size_t count)
{
    if (count == 0 || slice_is(segments[0], "attributes")) {
        return;
    }
    const struct sobject *object = service_sobject(service);
    size_t kept = service_operation(service) == OPERATION_QUERY ? count : 1;
    if (object != NULL) {
        size_t end = path_follow(check->arena, object, segments, count).segment + 1;
        kept = end < kept ? end : kept;
    }
    struct builder path = builder_new(check->arena);
    for (size_t i = 0; i < kept; i++) {
        builder_printf(&path, "%s%.*s", i > 0 ? "." : "", SLICE_ARG(segments[i]));
    }
    ask_for(check, service, builder_slice(&path));
}

static void ask_for_reference(struct check *check, const struct reference *reference)
{
    const struct resolution *to = check_resolution(check, reference);
    const struct service *service = to->service;
    if (to->kind != REFERENCE_BODY || !can_ask(service)) {
        return;
    }
    size_t record = response_record_at(service, reference);
    if (record != SIZE_MAX && record < reference->count) {
        ask_for_path(check, service, &reference->segments[record], reference->count - record);
    }
}

/* Records shown by a list or table: `${item.Name}` of `each: ${service.body.records}`. */
static void ask_for_items(struct check *check, const struct message *message)
{
    const struct shown_records *records = message_records(message);
    const struct reference *list = records != NULL ? text_single(&records->each) : NULL;
    if (list == NULL) {
        return;
    }
    const struct resolution *to = check_resolution(check, list);
    if (to->kind != REFERENCE_BODY || !can_ask(to->service)) {
        return;
    }
    for (const struct reference *r = message->references.first; r != NULL; r = r->next) {
        if (check_resolution(check, r)->kind == REFERENCE_ITEM) {
            ask_for_path(check, to->service, &r->segments[1], r->count - 1);
        }
    }
}

/* True when something that dialogc does not read uses the answer: a script, `{{context.…}}`. */
static bool is_read_by_hand(struct check *check, const struct service *service)
{
    struct slice path = arena_printf(check->arena, "context.%.*s.", SLICE_ARG(service->name));
    return slice_find(check->template->source->bytes, path.data, 0) != SIZE_MAX;
}

static void collect_fields(struct check *check)
{
    const struct template *template = check->template;
    for (size_t i = 0; i < template->service_count; i++) {
        const struct service *service = &template->services[i];
        if (service->kind != SERVICE_SALESFORCE) {
            continue;
        }
        const struct node *named = service->salesforce.field_list;
        for (size_t j = 0; named != NULL && j < named->count; j++) {
            ask_for(check, service, named->items[j]->text);
        }
        check->analysis->services[i].asks_all =
            operation_has_optional_parts(service->salesforce.operation) && named == NULL &&
            is_read_by_hand(check, service);
    }
    check_each_reference(check, ask_for_reference);
    for (size_t i = 0; i < template->message_count; i++) {
        ask_for_items(check, &template->messages[i]);
    }
}

/* The fields that the author names. */
static void check_named_fields(struct check *check, const struct salesforce_request *request)
{
    const struct node *list = request->field_list;
    for (size_t i = 0; list != NULL && i < list->count; i++) {
        const struct node *node = list->items[i];
        const struct sobject_field *field = sobject_field(request->sobject, node->text);
        if (field != NULL && field->setting != 0) {
            check_report_setting(check, request->sobject, node->source, node->range, field);
        }
        if (field != NULL) {
            continue;
        }
        if (slice_find(node->text, ".", 0) == SIZE_MAX) {
            check_report_unknown_field(check, request->sobject, node->source, node->range,
                                       node->text, false);
            continue;
        }
        struct diagnostic *d =
            diag_report(check->diagnostics, E0802, node->source, node->range,
                        "`%.*s` is a field of another record", SLICE_ARG(node->text));
        diag_note(check->diagnostics, d, NULL, node->range,
                  "only a `query` can read fields of related records");
    }
}

/* ---- searches ---- */

/* An answer that is all of what is searched for is asked again when it is too short. */
static void require_term(struct check *check, const struct reference *single)
{
    const struct entity *entity = single != NULL ? check_resolution(check, single)->entity : NULL;
    if (entity != NULL && single->count == 1 && reference_is_plain(single) && !entity->multiple &&
        !entity_type_has_choices(entity->type)) {
        check->analysis->entities[entity->index].is_term = true;
    }
}

static void check_term(struct check *check, const struct salesforce_request *request)
{
    const struct text *term = &request->term;
    if (!term->has_references && !term->has_platform &&
        utf8_count(slice_trim(text_fixed(term))) < SHORTEST_TERM) {
        diag_report(check->diagnostics, E0819, term->node->source, term->node->range,
                    "Salesforce searches need at least two characters");
    }
    require_term(check, text_single(term));
}

/* ---- samples ---- */

/* The id of a record of another object, in what a sample says of one. */
static void check_sample_id(struct check *check, const struct service *service,
                            const struct node *record, const char *key)
{
    const struct sobject *object = service->salesforce.sobject;
    const struct node *id = node_is(record, NODE_MAPPING) ? node_get(record, key) : NULL;
    const char *other = node_is(id, NODE_STRING) && id->text.length >= 15
                            ? sobject_of_prefix(slice_part(id->text, 0, 3))
                            : NULL;
    if (object == NULL || other == NULL || object->key_prefix.length != 3 ||
        slice_is(object->name, other)) {
        return;
    }
    struct diagnostic *d = diag_report(check->diagnostics, W0821, id->source, id->range,
                                       "this is the id of a record of %s, not of %.*s", other,
                                       SLICE_ARG(object->name));
    diag_note(check->diagnostics, d, NULL, id->range, "ids of %.*s begin with `%.*s`",
              SLICE_ARG(object->name), SLICE_ARG(object->key_prefix));
}

static void check_sample_ids(struct check *check, const struct service *service,
                             const struct node *body)
{
    const struct operation_info *info = operation_info(service->salesforce.operation);
    bool has_records = info->records != NULL && info->reads != READS_NOTHING;
    const struct node *records = has_records ? node_get(body, info->records) : NULL;
    const struct soql *soql = service->salesforce.query.soql;
    if ((info->does & DOES_CREATE) != 0) {
        check_sample_id(check, service, body, "id");
    }
    if (info->reads == READS_OBJECT) {
        check_sample_id(check, service, body, "Id");
    }
    for (size_t i = 0; (soql == NULL || !soql->aggregates) && i < node_length(records); i++) {
        check_sample_id(check, service, records->items[i], "Id");
    }
}

static void check_samples(struct check *check, const struct service *service)
{
    const struct node *samples = service->samples;
    enum operation operation = service->salesforce.operation;
    for (size_t i = 0; samples != NULL && i < samples->count; i++) {
        const struct node *status = node_get(samples->items[i], "status");
        struct member *body = node_member(samples->items[i], SLICE("body"));
        long long code = node_integer(status, 0);
        bool empty = operation_has_empty_answer(operation);
        bool wrong = code < 400 && !operation_succeeds(operation, code);
        if (wrong || (code < 400 && empty && body != NULL)) {
            diag_report(check->diagnostics, W0821, status->source,
                        wrong ? status->range : body->key->range,
                        "when this operation succeeds, Salesforce returns %s",
                        operation_info(operation)->said);
        } else if (code < 400 && body != NULL && check->template->imported == NULL) {
            check_sample_ids(check, service, body->value);
        }
    }
}

/* ---- the whole ---- */

static void check_operation(struct check *check, const struct salesforce_request *request)
{
    const struct sobject *object = request->sobject;
    bool writes = request->fields.node != NULL;
    if (request->term.node != NULL) {
        check_term(check, request);
    }
    if (request->query.sosl != NULL) {
        check_search(check, request->query.sosl);
        require_term(check, request->query.sosl->only_reference);
    } else if (request->query.soql != NULL) {
        check_query(check, request->query.soql);
    }
    if (object == NULL || !check_possible(check, request)) {
        return;
    }
    for (size_t i = 0; writes && i < request->fields.count; i++) {
        check_written_field(check, request, i);
    }
    if (operation_only_creates(request->operation)) {
        check_required(check, request);
    }
    if (request->external != NULL) {
        check_external(check, request);
    } else if (request->id.node != NULL) {
        const struct sobject_field *id = sobject_field(object, SLICE("Id"));
        if (id != NULL) {
            check_text_value(check, id, object, &request->id);
        }
    }
    check_named_fields(check, request);
}

static void check_picklist_choices(struct check *check, const struct entity *entity)
{
    struct sobject_catalog *catalog = check->template->project->catalog;
    const struct node *from = entity->from;
    size_t dot = slice_find(from->text, ".", 0);
    struct slice object_name = slice_part(from->text, 0, dot);
    struct slice field_name = slice_part(from->text, dot + 1, from->text.length);
    const struct sobject *object = sobject_find(catalog, object_name, check->arena);
    if (object == NULL) {
        check_report_unknown_object(check, from, passage_range(from, object_name), object_name);
    } else if (entity->from_field == NULL) {
        check_report_unknown_field(check, object, from->source, passage_range(from, field_name),
                                   field_name, false);
    } else if (entity->from_field->value_count == 0) {
        diag_report(check->diagnostics, E0814, from->source, from->range,
                    "%.*s is not a picklist with values", SLICE_ARG(from->text));
    }
    const struct node *choices = node_get(entity->node, "choices");
    static const char *const keys[] = {"only", "titles", "synonyms"};
    for (size_t i = 0; entity->from_field != NULL && i < sizeof keys / sizeof keys[0]; i++) {
        const struct node *words = node_get(choices, keys[i]);
        for (size_t j = 0; words != NULL && j < words->count; j++) {
            const struct node *word =
                words->kind == NODE_MAPPING ? words->members[j].key : words->items[j];
            check_picklist_value(check, entity->from_field, word, word->range, word->text);
        }
    }
}

void check_objects(struct check *check)
{
    const struct template *template = check->template;
    for (size_t i = 0; i < template->service_count; i++) {
        const struct service *service = &template->services[i];
        const struct salesforce_request *request = &service->salesforce;
        if (service->kind == SERVICE_SALESFORCE && request->sobject == NULL &&
            request->object.length > 0) {
            bool is_written =
                (request->operation == OPERATION_QUERY && !request->query.structured) ||
                request->operation == OPERATION_SOSL;
            struct range range =
                is_written ? soql_range(&request->query.soql->from.place) : request->node->range;
            check_report_unknown_object(check, request->node, range, request->object);
        }
    }
}

void check_operations(struct check *check)
{
    const struct template *template = check->template;
    for (size_t i = 0; i < template->entity_count; i++) {
        const struct entity *entity = &template->entities[i];
        if (entity->from != NULL) {
            check_picklist_choices(check, entity);
        }
        struct member *object = node_member(entity->node, SLICE("object"));
        if (entity->object.length > 0 && object != NULL &&
            sobject_find(template->project->catalog, entity->object, check->arena) == NULL) {
            check_report_unknown_object(check, object->value, object->value->range, entity->object);
        }
    }
    collect_fields(check);
    for (size_t i = 0; i < template->service_count; i++) {
        const struct service *service = &template->services[i];
        if (service->kind == SERVICE_SALESFORCE) {
            check_samples(check, service);
            check_operation(check, &service->salesforce);
            if (service->salesforce.query.soql != NULL || service->salesforce.query.sosl != NULL) {
                check_query_length(check, service);
            }
        }
    }
}
