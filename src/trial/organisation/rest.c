/* The REST and OAuth APIs: from the path of a request to what it does. */
#include <stdlib.h>

#include "base/percent.h"
#include "base/utf8.h"
#include "document/json/reader.h"
#include "trial/organisation/parts.h"
#include "salesforce/record_id.h"
#include "document/tree/build.h"

enum { SEGMENT_LIMIT = 8 };

/* A request, taken apart. */
struct call {
    struct organisation *org;
    const struct http_request *request;
    struct slice
        segments[SEGMENT_LIMIT]; /* of the path, decoded; without `services/data/VERSION` */
    size_t count;
    struct slice version;
};

/* ---- responses ---- */

static struct http_response respond_refusal(struct organisation *org, struct refusal refusal)
{
    return response_of_refusal(org, &refusal);
}

static struct http_response respond_not_found(struct call *c)
{
    return respond_refusal(c->org, organisation_refuse(c->org, 404, "NOT_FOUND",
                                                       "The requested resource does not exist"));
}

static struct http_response respond_wrong_method(struct call *c)
{
    return respond_refusal(c->org,
                           organisation_refuse(c->org, 405, "METHOD_NOT_ALLOWED",
                                               "HTTP Method '%.*s' not allowed. Allowed are others",
                                               SLICE_ARG(c->request->method)));
}

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

/* ---- what a request says ---- */

static bool is_method(const struct call *c, const char *method)
{
    return slice_is(c->request->method, method);
}

/* A parameter of a query string or form; false when it is not there, or no UTF-8. */
static bool parameter(struct arena *arena, struct slice form, const char *name, struct slice *value)
{
    struct slice key, text;
    while (percent_take_pair(&form, &key, &text)) {
        if (slice_is(percent_decode_form(arena, key), name)) {
            struct slice decoded = percent_decode_form(arena, text);
            if (utf8_is_valid(decoded)) {
                *value = decoded;
                return true;
            }
        }
    }
    return false;
}

/* "Id, Name" */
static struct slice *names_of(struct arena *arena, struct slice list, size_t *count)
{
    struct slice *names = NULL;
    *count = 0;
    for (size_t at = 0; at < list.length;) {
        size_t end = slice_find(list, ",", at);
        end = end < list.length ? end : list.length;
        struct slice name = slice_trim(slice_part(list, at, end));
        if (name.length > 0) {
            names = arena_append(arena, names, *count, sizeof *names);
            names[(*count)++] = name;
        }
        at = end + 1;
    }
    return names;
}

/* The body, which must be an object; NULL, with a refusal, when it is not. */
static const struct node *body_of(struct call *c, struct refusal *refusal)
{
    struct diagnostics findings = diagnostics_new(c->org->work);
    struct source *source;
    const struct node *body = json_read(c->org->work, "body", c->request->body, &findings, &source);
    if (!node_is(body, NODE_MAPPING)) {
        *refusal = organisation_refuse(
            c->org, 400, "JSON_PARSER_ERROR", "%.*s",
            SLICE_ARG(findings.first != NULL ? findings.first->message
                                             : SLICE("The HTTP entity body is no JSON object")));
        return NULL;
    }
    return body;
}

/* ---- records ---- */

static struct http_response create(struct call *c, const struct sobject *object,
                                   const struct node *given, bool says_created)
{
    struct organisation *org = c->org;
    if (!object->createable) {
        return respond_refusal(org,
                               organisation_refuse(org, 400, "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY",
                                                   "entity type %.*s does not support create",
                                                   SLICE_ARG(object->name)));
    }
    struct node *fields = node_new_mapping(org->work);
    struct refusal refusal = rules_apply(org, object, given, fields, true, false);
    if (refusal.code != NULL) {
        return respond_refusal(org, refusal);
    }
    struct record candidate = {.object = object, .fields = fields};
    store_derive(org, &candidate, true);
    refusal = rules_duplicates(org, &candidate);
    if (refusal.code != NULL) {
        return respond_refusal(org, refusal);
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
        return respond_refusal(org, organisation_refuse(org, 400, "CANNOT_UPDATE_CONVERTED_LEAD",
                                                        "cannot reference converted lead"));
    }
    struct record changed = *record;
    changed.fields = node_copy(org->work, record->fields);
    struct refusal refusal = rules_apply(org, record->object, given, changed.fields, false, false);
    if (refusal.code == NULL) {
        store_derive(org, &changed, false);
        refusal = rules_duplicates(org, &changed);
    }
    if (refusal.code != NULL) {
        return respond_refusal(org, refusal);
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
    if (parameter(org->work, c->request->query, "fields", &list)) {
        fields = names_of(org->work, list, &count);
        for (size_t i = 0; i < count; i++) {
            if (sobject_field(record->object, fields[i]) == NULL) {
                return respond_refusal(
                    org,
                    organisation_refuse(org, 400, "INVALID_FIELD",
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
        return respond_refusal(c->org,
                               organisation_refuse(c->org, 400, "CANNOT_DELETE_OR_ARCHIVE",
                                                   "entity type %.*s does not support delete",
                                                   SLICE_ARG(record->object->name)));
    }
    record->is_deleted = true;
    node_set(c->org->arena, record->fields, SLICE("IsDeleted"),
             node_new_boolean(c->org->arena, true));
    return (struct http_response){.status = 204, .body = SLICE("")};
}

static struct http_response call_record(struct call *c, const struct sobject *object,
                                        struct slice id)
{
    struct organisation *org = c->org;
    if (record_id_mistake(id) != NULL) {
        return respond_refusal(
            org, organisation_refuse(org, 400, "MALFORMED_ID", "malformed id %.*s", SLICE_ARG(id)));
    }
    struct record *record = store_find(org, id);
    if (record == NULL || record->object != object) {
        return respond_not_found(c);
    }
    if (record->is_deleted) {
        return respond_refusal(
            org, organisation_refuse(org, 404, "ENTITY_IS_DELETED", "entity is deleted"));
    }
    if (is_method(c, "GET")) {
        return retrieve(c, record);
    }
    if (is_method(c, "DELETE")) {
        return delete_record(c, record);
    }
    if (!is_method(c, "PATCH")) {
        return respond_wrong_method(c);
    }
    struct refusal refusal = {0};
    const struct node *given = body_of(c, &refusal);
    return given != NULL ? update(c, record, given, false) : respond_refusal(org, refusal);
}

/* /sobjects/Object/ExternalField/value */
static struct http_response call_external(struct call *c, const struct sobject *object,
                                          struct slice name, struct slice value)
{
    struct organisation *org = c->org;
    const struct sobject_field *field = sobject_field(object, name);
    if (field == NULL || !(field->external_id || field->id_lookup)) {
        return respond_refusal(
            org, organisation_refuse(org, 404, "NOT_FOUND",
                                     "Provided external ID field does not exist or is not "
                                     "accessible: %.*s",
                                     SLICE_ARG(name)));
    }
    struct record *found = NULL;
    for (size_t i = 0; i < org->records.count; i++) {
        struct record *record = org->records.items[i];
        const struct node *own =
            record->object == object && !record->is_deleted ? record_value(record, field) : NULL;
        bool same = own != NULL && slice_equal(own->text, value);
        if (same && found != NULL) {
            return respond_refusal(
                org, organisation_refuse(org, 300, "MULTIPLE_CHOICES",
                                         "external id %.*s matches more than one record",
                                         SLICE_ARG(value)));
        }
        found = same ? record : found;
    }
    if (is_method(c, "GET")) {
        return found != NULL ? retrieve(c, found) : respond_not_found(c);
    }
    if (is_method(c, "DELETE")) {
        return found != NULL ? delete_record(c, found) : respond_not_found(c);
    }
    if (!is_method(c, "PATCH")) {
        return respond_wrong_method(c);
    }
    struct refusal refusal = {0};
    const struct node *given = body_of(c, &refusal);
    if (given == NULL) {
        return respond_refusal(org, refusal);
    }
    if (found != NULL) {
        return update(c, found, given, true);
    }
    struct node *with_value = node_copy(org->work, given);
    if (!slice_is(field->name, "Id")) {
        struct node *external = node_new_text(org->work, value);
        if (field_type_is_number(field->type)) {
            external->kind = NODE_FLOAT;
        }
        node_set(org->work, with_value, field->name, external);
    }
    return create(c, object, with_value, true);
}

static int compare_changes(const void *a, const void *b)
{
    size_t one = (*(const struct record *const *)a)->changed;
    size_t other = (*(const struct record *const *)b)->changed;
    return (one < other) - (one > other);
}

/* {objectDescribe, recentItems}: the records that were changed last come first. */
static struct http_response list_recent(struct call *c, const struct sobject *object)
{
    struct organisation *org = c->org;
    struct record **recent = arena_alloc_array(org->work, org->records.count, sizeof *recent);
    size_t count = 0;
    for (size_t i = 0; i < org->records.count; i++) {
        struct record *record = org->records.items[i];
        if (record->object == object && !record->is_deleted) {
            recent[count++] = record;
        }
    }
    if (count > 0) {
        qsort(recent, count, sizeof *recent, compare_changes);
    }
    struct slice fields[2] = {SLICE("Id"), SLICE("Name")};
    for (size_t i = 0; i < object->field_count; i++) {
        fields[1] = object->fields[i].name_field ? object->fields[i].name : fields[1];
    }
    struct node *items = node_new_sequence(org->work);
    for (size_t i = 0; i < count && i < 200; i++) {
        node_append(org->work, items, search_record(org, recent[i], fields, 2, c->version));
    }
    struct node *body = node_new_mapping(org->work);
    node_set(org->work, body, SLICE("objectDescribe"),
             describe_result(org, object, c->version, true));
    node_set(org->work, body, SLICE("recentItems"), items);
    return response_of_json(org, 200, body);
}

static void add_object(void *context, struct slice name)
{
    node_append(((struct organisation *)((void **)context)[0])->arena, ((void **)context)[1],
                node_new_text(((struct organisation *)((void **)context)[0])->arena, name));
}

static struct http_response describe_global(struct call *c)
{
    struct organisation *org = c->org;
    struct node *names = node_new_sequence(org->work);
    struct node *objects = node_new_sequence(org->work);
    void *context[] = {org, names};
    sobject_catalog_offer(org->catalog, add_object, context);
    for (size_t i = 0; i < names->count; i++) {
        const struct sobject *object = sobject_find(org->catalog, names->items[i]->text, org->work);
        if (object != NULL) {
            node_append(org->work, objects, describe_result(org, object, c->version, true));
        }
    }
    struct node *body = node_new_mapping(org->work);
    node_set_text(org->work, body, "encoding", SLICE("UTF-8"));
    node_set(org->work, body, SLICE("maxBatchSize"), node_new_integer(org->work, 200));
    node_set(org->work, body, SLICE("sobjects"), objects);
    return response_of_json(org, 200, body);
}

static struct http_response call_sobjects(struct call *c)
{
    struct organisation *org = c->org;
    if (c->count == 1) {
        return is_method(c, "GET") ? describe_global(c) : respond_wrong_method(c);
    }
    const struct sobject *object = sobject_find(org->catalog, c->segments[1], org->work);
    if (object == NULL) {
        return respond_not_found(c);
    }
    if (c->count == 2 && is_method(c, "GET")) {
        return list_recent(c, object);
    }
    if (c->count == 2 && is_method(c, "POST")) {
        struct refusal refusal = {0};
        const struct node *given = body_of(c, &refusal);
        return given != NULL ? create(c, object, given, false) : respond_refusal(org, refusal);
    }
    if (c->count == 3 && slice_is(c->segments[2], "describe") && is_method(c, "GET")) {
        return response_of_json(org, 200, describe_result(org, object, c->version, false));
    }
    if (c->count == 3) {
        return call_record(c, object, c->segments[2]);
    }
    return c->count == 4 ? call_external(c, object, c->segments[2], c->segments[3])
                         : respond_wrong_method(c);
}

/* ---- query, search ---- */

/* /query/01g000000000000001-2000: the rest of a long answer. */
static struct http_response next_batch(struct call *c, struct slice locator)
{
    struct organisation *org = c->org;
    size_t number = 0;
    for (size_t i = 3; i < locator.length && i < 18; i++) {
        number = locator.data[i] >= '0' && locator.data[i] <= '9'
                     ? number * 10 + (size_t)(locator.data[i] - '0')
                     : 0;
    }
    if (number == 0 || number > org->batches->count) {
        return respond_refusal(
            org, organisation_refuse(org, 400, "INVALID_QUERY_LOCATOR", "invalid query locator"));
    }
    struct node *records = org->batches->items[number - 1];
    struct node *body = node_new_mapping(org->work);
    node_set(org->work, body, SLICE("totalSize"),
             node_new_integer(org->work, (long long)records->count));
    node_set(org->work, body, SLICE("done"), node_new_boolean(org->work, true));
    node_set(org->work, body, SLICE("records"), records);
    return response_of_json(org, 200, body);
}

static struct http_response respond_result(struct call *c, struct refusal refusal,
                                           const struct node *answer)
{
    return refusal.code != NULL ? respond_refusal(c->org, refusal)
                                : response_of_json(c->org, 200, answer);
}

static struct http_response call_query(struct call *c)
{
    struct slice soql;
    struct node *answer = NULL;
    if (c->count == 2) {
        return next_batch(c, c->segments[1]);
    }
    if (!parameter(c->org->work, c->request->query, "q", &soql)) {
        return respond_refusal(c->org,
                               organisation_refuse(c->org, 400, "MALFORMED_QUERY", "q is needed"));
    }
    struct refusal refusal = query_respond(c->org, soql, c->version, &answer);
    return respond_result(c, refusal, answer);
}

static struct http_response call_search(struct call *c)
{
    struct slice sosl;
    struct node *answer = NULL;
    if (!parameter(c->org->work, c->request->query, "q", &sosl)) {
        return respond_refusal(c->org,
                               organisation_refuse(c->org, 400, "MALFORMED_SEARCH", "q is needed"));
    }
    struct refusal refusal = search_respond(c->org, sosl, c->version, &answer);
    return respond_result(c, refusal, answer);
}

/* /parameterizedSearch?q=…&sobject=Lead&Lead.fields=Id,Name&Lead.limit=10 */
static struct http_response call_parameterized(struct call *c)
{
    struct organisation *org = c->org;
    struct slice term = SLICE("");
    struct slice name = SLICE("");
    struct slice list = SLICE("");
    struct slice limit = SLICE("2000");
    struct slice query = c->request->query;
    parameter(org->work, query, "q", &term);
    parameter(org->work, query, "sobject", &name);
    if (slice_trim(term).length < 2) {
        return respond_refusal(
            org, organisation_refuse(org, 400, "MALFORMED_SEARCH",
                                     "search term must be longer than one character: %.*s",
                                     SLICE_ARG(term)));
    }
    const struct sobject *object = sobject_find(org->catalog, name, org->work);
    if (object == NULL) {
        return respond_refusal(org, organisation_refuse(org, 400, "INVALID_TYPE",
                                                        "sObject type '%.*s' is not supported.",
                                                        SLICE_ARG(name)));
    }
    parameter(org->work, query, arena_printf(org->work, "%.*s.fields", SLICE_ARG(name)).data,
              &list);
    if (!parameter(org->work, query, arena_printf(org->work, "%.*s.limit", SLICE_ARG(name)).data,
                   &limit)) {
        parameter(org->work, query, "defaultLimit", &limit);
    }
    size_t count;
    struct slice *fields = names_of(org->work, list, &count);
    for (size_t i = 0; i < count; i++) {
        if (sobject_field(object, fields[i]) == NULL) {
            return respond_refusal(
                org, organisation_refuse(org, 400, "INVALID_FIELD",
                                         "No such column '%.*s' on entity '%.*s'.",
                                         SLICE_ARG(fields[i]), SLICE_ARG(object->name)));
        }
    }
    long long most = strtoll(arena_copy(org->work, limit), NULL, 10);
    struct node *found = node_new_sequence(org->work);
    for (size_t i = 0; i < org->records.count && (long long)found->count < most; i++) {
        const struct record *record = org->records.items[i];
        if (record->object == object && !record->is_deleted && search_matches(org, record, term)) {
            node_append(org->work, found, search_record(org, record, fields, count, c->version));
        }
    }
    struct node *body = node_new_mapping(org->work);
    node_set(org->work, body, SLICE("searchRecords"), found);
    return response_of_json(org, 200, body);
}

/* ---- who, and where ---- */

static void set_url(struct call *c, struct node *urls, const char *key, const char *path)
{
    node_set_text(c->org->work, urls, key,
                  arena_printf(c->org->work, "%.*s%s", SLICE_ARG(c->org->options.url), path));
}

static struct http_response user_info(struct call *c)
{
    struct organisation *org = c->org;
    struct node *body = node_new_mapping(org->work);
    struct node *urls = node_new_mapping(org->work);
    struct slice user = org->user != NULL ? org->user->id : SLICE("");
    node_set_text(org->work, body, "sub",
                  arena_printf(org->work, "https://login.salesforce.com/id/00D000000000001EAA/%.*s",
                               SLICE_ARG(user)));
    node_set_text(org->work, body, "user_id", user);
    node_set_text(org->work, body, "organization_id", SLICE("00D000000000001EAA"));
    node_set_text(org->work, body, "preferred_username", SLICE("test.user@example.com"));
    node_set_text(org->work, body, "name", SLICE("Test User"));
    node_set_text(org->work, body, "email", SLICE("test.user@example.com"));
    set_url(c, urls, "rest", "/services/data/v{version}/");
    set_url(c, urls, "sobjects", "/services/data/v{version}/sobjects/");
    set_url(c, urls, "search", "/services/data/v{version}/search/");
    set_url(c, urls, "query", "/services/data/v{version}/query/");
    set_url(c, urls, "custom_domain", "");
    node_set(org->work, body, SLICE("urls"), urls);
    node_set(org->work, body, SLICE("active"), node_new_boolean(org->work, true));
    return response_of_json(org, 200, body);
}

static struct http_response token(struct call *c)
{
    struct organisation *org = c->org;
    struct slice grant = SLICE("");
    if (!is_method(c, "POST")) {
        return respond_wrong_method(c);
    }
    struct node *body = node_new_mapping(org->work);
    if (!parameter(org->work, c->request->body, "grant_type", &grant)) {
        node_set_text(org->work, body, "error", SLICE("unsupported_grant_type"));
        node_set_text(org->work, body, "error_description", SLICE("grant type not supported"));
        return response_of_json(org, 400, body);
    }
    struct slice access = org->options.token.length > 0 ? org->options.token : SLICE("simulated");
    node_set_text(org->work, body, "access_token", access);
    node_set_text(org->work, body, "refresh_token", SLICE("simulated-refresh"));
    set_url(c, body, "instance_url", "");
    node_set_text(org->work, body, "id",
                  arena_printf(org->work, "https://login.salesforce.com/id/00D000000000001EAA/%.*s",
                               SLICE_ARG(org->user != NULL ? org->user->id : SLICE(""))));
    node_set_text(org->work, body, "token_type", SLICE("Bearer"));
    node_set_text(org->work, body, "issued_at", arena_printf(org->work, "%lld", org->options.now));
    return response_of_json(org, 200, body);
}

/* True when the request has the token that is asked for. */
static bool is_authorized(const struct call *c)
{
    const struct organisation *org = c->org;
    if (org->options.token.length == 0) {
        return true;
    }
    const struct node *headers = c->request->headers;
    for (size_t i = 0; node_is(headers, NODE_MAPPING) && i < headers->count; i++) {
        struct slice value = headers->members[i].value->text;
        if (slice_equal_ignoring_case(headers->members[i].key->text, SLICE("authorization")) &&
            value.length == 7 + org->options.token.length &&
            slice_equal_ignoring_case(slice_part(value, 0, 7), SLICE("bearer ")) &&
            slice_equal(slice_part(value, 7, value.length), org->options.token)) {
            return true;
        }
    }
    return false;
}

/* ---- routing ---- */

static bool split_path(struct call *c)
{
    struct slice path = c->request->path;
    for (size_t at = 1; at < path.length;) {
        size_t end = slice_find(path, "/", at);
        end = end < path.length ? end : path.length;
        if (end > at) {
            struct builder out = builder_new(c->org->work);
            if (c->count == SEGMENT_LIMIT || !percent_decode(&out, slice_part(path, at, end)) ||
                !utf8_is_valid(builder_slice(&out))) {
                return false;
            }
            c->segments[c->count++] = builder_slice(&out);
        }
        at = end + 1;
    }
    return true;
}

/* Takes `services/data/VERSION` off the path; false for other paths. */
static bool take_version(struct call *c)
{
    if (c->count < 3 || !slice_is(c->segments[0], "services") ||
        !slice_is(c->segments[1], "data") || !slice_starts_with(c->segments[2], "v")) {
        return false;
    }
    c->version = c->segments[2];
    c->count -= 3;
    memmove(c->segments, c->segments + 3, c->count * sizeof c->segments[0]);
    return true;
}

static bool is_oauth(const struct call *c, const char *name)
{
    return c->count == 3 && slice_is(c->segments[0], "services") &&
           slice_is(c->segments[1], "oauth2") && slice_is(c->segments[2], name);
}

static struct http_response call_data(struct call *c)
{
    static const struct {
        const char *name;
        bool only_get;
        size_t segments;
        struct http_response (*answer)(struct call *c);
    } resources[] = {
        {"sobjects", false, 4, call_sobjects},
        {"query", true, 2, call_query},
        {"queryAll", true, 2, call_query},
        {"search", true, 1, call_search},
        {"parameterizedSearch", true, 1, call_parameterized},
    };
    for (size_t i = 0; c->count > 0 && i < sizeof resources / sizeof resources[0]; i++) {
        if (slice_is(c->segments[0], resources[i].name) && c->count <= resources[i].segments) {
            return resources[i].only_get && !is_method(c, "GET") ? respond_wrong_method(c)
                                                                 : resources[i].answer(c);
        }
    }
    return respond_not_found(c);
}

static struct http_response answer(struct call *c)
{
    struct organisation *org = c->org;
    if (!utf8_is_valid(c->request->method) || !split_path(c)) {
        return respond_not_found(c);
    }
    if (is_oauth(c, "token")) {
        return token(c);
    }
    if (is_oauth(c, "revoke")) {
        return (struct http_response){.status = 200, .body = SLICE("")};
    }
    if (!is_authorized(c)) {
        return respond_refusal(
            org, organisation_refuse(org, 401, "INVALID_SESSION_ID", "Session expired or invalid"));
    }
    if (is_oauth(c, "userinfo")) {
        return user_info(c);
    }
    return take_version(c) ? call_data(c) : respond_not_found(c);
}

struct http_response organisation_respond(struct organisation *org, struct arena *arena,
                                          const struct http_request *request)
{
    struct call call = {.org = org, .request = request};
    org->work = arena;
    struct http_response response = answer(&call);
    org->work = org->arena;
    return response;
}
