/* Responses to requests that read more than one record: lists, objects, queries, searches. */
#include <stdlib.h>

#include "document/tree/build.h"
#include "trial/organisation/call.h"

static int compare_changes(const void *a, const void *b)
{
    size_t one = (*(const struct record *const *)a)->changed;
    size_t other = (*(const struct record *const *)b)->changed;
    return (one < other) - (one > other);
}

/* {objectDescribe, recentItems}: the records that were changed last come first. */
struct http_response call_list(struct call *c)
{
    struct organisation *org = c->org;
    const struct sobject *object = c->object;
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

struct http_response call_describe_all(struct call *c)
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

struct http_response call_describe(struct call *c)
{
    return response_of_json(c->org, 200, describe_result(c->org, c->object, c->version, false));
}

/* ---- query, search ---- */

/* /query/01g000000000000001-2000: the rest of a long answer. */
struct http_response call_next_batch(struct call *c)
{
    struct organisation *org = c->org;
    struct slice locator = c->parts[PART_ID];
    size_t number = 0;
    for (size_t i = 3; i < locator.length && i < 18; i++) {
        number = locator.data[i] >= '0' && locator.data[i] <= '9'
                     ? number * 10 + (size_t)(locator.data[i] - '0')
                     : 0;
    }
    if (number == 0 || number > org->batches->count) {
        return call_refuse(
            c, organisation_refuse(org, 400, "INVALID_QUERY_LOCATOR", "invalid query locator"));
    }
    struct node *records = org->batches->items[number - 1];
    struct node *body = node_new_mapping(org->work);
    node_set(org->work, body, SLICE("totalSize"),
             node_new_integer(org->work, (long long)records->count));
    node_set(org->work, body, SLICE("done"), node_new_boolean(org->work, true));
    node_set(org->work, body, SLICE("records"), records);
    return response_of_json(org, 200, body);
}

struct http_response call_query(struct call *c)
{
    struct slice soql;
    struct node *answer = NULL;
    if (!call_parameter(c, "q", &soql)) {
        return call_refuse(c, organisation_refuse(c->org, 400, "MALFORMED_QUERY", "q is required"));
    }
    struct refusal refusal = query_respond(c->org, soql, c->version, &answer);
    return call_respond(c, refusal, answer);
}

struct http_response call_sosl(struct call *c)
{
    struct slice sosl;
    struct node *answer = NULL;
    if (!call_parameter(c, "q", &sosl)) {
        return call_refuse(c,
                           organisation_refuse(c->org, 400, "MALFORMED_SEARCH", "q is required"));
    }
    struct refusal refusal = search_respond(c->org, sosl, c->version, &answer);
    return call_respond(c, refusal, answer);
}

/* /parameterizedSearch?q=…&sobject=Lead&Lead.fields=Id,Name&Lead.limit=10 */
struct http_response call_search(struct call *c)
{
    struct organisation *org = c->org;
    struct slice term = SLICE("");
    struct slice name = SLICE("");
    struct slice list = SLICE("");
    struct slice limit = SLICE("2000");
    call_parameter(c, "q", &term);
    call_parameter(c, "sobject", &name);
    const struct sosl_term *wanted = NULL;
    struct refusal refusal = search_read_term(org, term, &wanted);
    if (refusal.code != NULL) {
        return call_refuse(c, refusal);
    }
    const struct sobject *object = sobject_find(org->catalog, name, org->work);
    if (object == NULL) {
        return call_refuse(c, organisation_refuse(org, 400, "INVALID_TYPE",
                                                  "sObject type '%.*s' is not supported.",
                                                  SLICE_ARG(name)));
    }
    call_parameter(c, arena_printf(org->work, "%.*s.fields", SLICE_ARG(name)).data, &list);
    if (!call_parameter(c, arena_printf(org->work, "%.*s.limit", SLICE_ARG(name)).data, &limit)) {
        call_parameter(c, "defaultLimit", &limit);
    }
    size_t count;
    struct slice *fields = call_names(c, list, &count);
    for (size_t i = 0; i < count; i++) {
        if (sobject_field(object, fields[i]) == NULL) {
            return call_refuse(c,
                               organisation_refuse(org, 400, "INVALID_FIELD",
                                                   "No such column '%.*s' on entity '%.*s'.",
                                                   SLICE_ARG(fields[i]), SLICE_ARG(object->name)));
        }
    }
    long long most = strtoll(arena_copy(org->work, limit), NULL, 10);
    struct node *found = node_new_sequence(org->work);
    for (size_t i = 0; i < org->records.count && (long long)found->count < most; i++) {
        const struct record *record = org->records.items[i];
        if (record->object == object && !record->is_deleted &&
            search_matches(org, record, wanted, SOSL_ALL)) {
            node_append(org->work, found, search_record(org, record, fields, count, c->version));
        }
    }
    struct node *body = node_new_mapping(org->work);
    node_set(org->work, body, SLICE("searchRecords"), found);
    return response_of_json(org, 200, body);
}
