/* Responses to requests that read more than one record: lists, objects, queries, searches. */
#include <stdint.h>
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

/* The digits of `text` from `start` to before `end`; 0 when there is anything else. */
static size_t number_in(struct slice text, size_t start, size_t end)
{
    size_t number = 0;
    for (size_t i = start; i < end && i < text.length; i++) {
        if (text.data[i] < '0' || text.data[i] > '9') {
            return 0;
        }
        number = number * 10 + (size_t)(text.data[i] - '0');
    }
    return number;
}

/* /query/01g000000000000001-2000: the next records of a long answer. */
struct http_response call_next_batch(struct call *c)
{
    enum { PREFIX = 3, LOCATOR = 18, DIGITS = 9 };
    struct organisation *org = c->org;
    struct slice locator = c->parts[PART_ID];
    size_t number = number_in(locator, PREFIX, LOCATOR);
    size_t first = number_in(locator, LOCATOR + 1, LOCATOR + 1 + DIGITS);
    const struct node *batch =
        number > 0 && number <= org->batches->count ? org->batches->items[number - 1] : NULL;
    size_t size = (size_t)node_integer(node_get(batch, "size"), 0);
    const struct node *later = node_get(batch, "records");
    if (batch == NULL || first < size || first - size >= later->count) {
        return call_refuse(
            c, organisation_refuse(org, 400, "INVALID_QUERY_LOCATOR", "invalid query locator"));
    }
    struct node *records = node_new_sequence(org->work);
    for (size_t i = first - size; i < later->count && records->count < size; i++) {
        node_append(org->work, records, later->items[i]);
    }
    bool done = first + records->count == size + later->count;
    struct node *body = node_new_mapping(org->work);
    node_set(org->work, body, SLICE("totalSize"), node_get(batch, "total"));
    node_set(org->work, body, SLICE("done"), node_new_boolean(org->work, done));
    if (!done) {
        node_set_text(org->work, body, "nextRecordsUrl",
                      query_locator(org->work, c->version, number, first + size));
    }
    node_set(org->work, body, SLICE("records"), records);
    return response_of_json(org, 200, body);
}

/* Sforce-Query-Options: batchSize=200; 0 without it. */
static size_t batch_size_of(const struct call *c)
{
    static const char key[] = "batchsize=";
    const struct node *headers = c->request->headers;
    for (size_t i = 0; node_is(headers, NODE_MAPPING) && i < headers->count; i++) {
        if (!slice_equal_ignoring_case(headers->members[i].key->text,
                                       SLICE("Sforce-Query-Options"))) {
            continue;
        }
        struct slice value = arena_lower_case(c->org->work, headers->members[i].value->text);
        size_t at = slice_find(value, key, 0);
        size_t size = at != SIZE_MAX ? number_in(value, at + sizeof key - 1, value.length) : 0;
        return size < QUERY_BATCH_LEAST  ? QUERY_BATCH_LEAST
               : size > QUERY_BATCH_MOST ? QUERY_BATCH_MOST
                                         : size;
    }
    return 0;
}

struct http_response call_query(struct call *c)
{
    struct slice soql;
    struct node *answer = NULL;
    if (!call_parameter(c, "q", &soql)) {
        return call_refuse(c, organisation_refuse(c->org, 400, "MALFORMED_QUERY", "q is required"));
    }
    struct refusal refusal = query_respond(c->org, soql, c->version, batch_size_of(c), &answer);
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
