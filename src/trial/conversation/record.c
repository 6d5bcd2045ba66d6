/* Conversations as they went, to be kept as tests. */
#include <string.h>

#include "document/tree/build.h"
#include "trial/conversation/difference.h"
#include "trial/conversation/parts.h"

static struct node *new_text_member(struct arena *arena, const char *key, struct slice text)
{
    struct node *mapping = node_new_mapping(arena);
    node_set_text(arena, mapping, key, text);
    return mapping;
}

struct node *conversation_turn(struct arena *arena, struct slice text)
{
    struct node *turn = node_new_mapping(arena);
    node_set_text(arena, turn, "user", text);
    return turn;
}

/* A list of one message is that message. */
static const struct node *unwrap_single(const struct node *messages)
{
    return messages->count == 1 ? messages->items[0] : messages;
}

/* The headers that the case has expected: as it says where that is so, else as they were. */
static struct node *record_headers(struct arena *arena, const struct node *expected,
                                   const struct node *actual)
{
    const struct node *shown = difference_shown(arena, expected, actual, COMPARE_HEADERS);
    const struct node *masked = happened_mask_headers(arena, shown);
    struct node *recorded = node_new_mapping(arena);
    for (size_t i = 0; i < shown->count; i++) {
        struct slice key = shown->members[i].key->text;
        const struct node *value = shown->members[i].value;
        bool is_secret = node_is(value, NODE_STRING) && masked->members[i].value != value;
        node_set(arena, recorded, key,
                 is_secret ? new_text_member(arena, "matches", SLICE(".")) : value);
    }
    return recorded;
}

/* A request without what is the same in all of them. */
static struct node *record_request(struct arena *arena, const struct node *expected,
                                   const struct node *actual)
{
    struct node *recorded = node_new_mapping(arena);
    const struct node *headers = node_get(expected, "headers");
    for (size_t i = 0; i < actual->count; i++) {
        struct slice key = actual->members[i].key->text;
        const struct node *value = actual->members[i].value;
        bool is_usual = slice_is(key, "host") && slice_is(value->text, CONVERSATION_HOST);
        if (slice_is(key, "headers")) {
            if (node_is(headers, NODE_MAPPING)) {
                node_set(arena, recorded, key, record_headers(arena, headers, value));
            }
        } else if (!is_usual) {
            node_set(arena, recorded, key, value);
        }
    }
    return recorded;
}

/* The answers of the turn that were asked for. */
static struct node *record_answers(struct conversation *c, const struct node *answers)
{
    struct node *recorded = node_new_mapping(c->arena);
    for (size_t i = 0; i < answers->count; i++) {
        struct slice service = answers->members[i].key->text;
        size_t calls = happened_call_count(c, service);
        const struct node *given = answers->members[i].value;
        if (calls > 0 && node_length(given) > calls) {
            struct node *used = node_copy(c->arena, given);
            used->count = (uint32_t)calls;
            given = used;
        }
        if (calls > 0) {
            node_set(c->arena, recorded, service, given);
        }
    }
    return recorded;
}

struct node *conversation_record_turn(struct conversation *c, const struct node *said)
{
    struct arena *arena = c->arena;
    struct turn_lists lists = happened_in_turn(c);
    struct node *turn = conversation_turn(arena, node_get(said, "user")->text);
    const struct node *answers = node_get(said, "answers");
    const struct node *expected = node_get(said, "requests");
    struct node *requests = node_new_sequence(arena);
    if (node_get(said, "set") != NULL) {
        node_set(arena, turn, SLICE("set"), node_get(said, "set"));
    }
    answers = node_is(answers, NODE_MAPPING) ? record_answers(c, answers) : NULL;
    if (answers != NULL && answers->count > 0) {
        node_set(arena, turn, SLICE("answers"), answers);
    }
    for (size_t i = 0; i < lists.requests->count; i++) {
        const struct node *wanted = i < node_length(expected) ? expected->items[i] : NULL;
        node_append(arena, requests, record_request(arena, wanted, lists.requests->items[i]));
    }
    if (requests->count > 0) {
        node_set(arena, turn, SLICE("requests"), requests);
    }
    node_set(arena, turn, SLICE("bot"), unwrap_single(lists.messages));
    if (lists.problems->count > 0) {
        node_set(arena, turn, SLICE("problems"), lists.problems);
    }
    return turn;
}

struct node *conversation_requests(struct conversation *c)
{
    struct node *shown = node_new_sequence(c->arena);
    struct turn_lists lists = happened_in_turn(c);
    for (size_t i = 0; i < lists.requests->count; i++) {
        struct node *request = node_copy(c->arena, lists.requests->items[i]);
        const struct node *headers = node_get(request, "headers");
        if (headers != NULL) {
            node_set(c->arena, request, SLICE("headers"), happened_mask_headers(c->arena, headers));
        }
        node_append(c->arena, shown, request);
    }
    return shown;
}

const struct node *record_shown_fields(const struct conversation *c, struct slice object_name,
                                       const struct node *fields)
{
    struct arena *arena = c->arena;
    const struct sobject *object = sobject_find(c->world->catalog, object_name, arena);
    struct node *shown = node_new_mapping(arena);
    if (object == NULL) {
        return fields;
    }
    for (size_t i = 0; i < fields->count; i++) {
        const struct sobject_field *field = sobject_field(object, fields->members[i].key->text);
        bool is_default = field != NULL && field->default_value != NULL &&
                          node_equal(field->default_value, fields->members[i].value);
        bool is_false =
            fields->members[i].value->kind == NODE_BOOLEAN && !fields->members[i].value->boolean;
        bool owner = slice_is(fields->members[i].key->text, "OwnerId");
        if (field != NULL && (field->createable || field->updateable) && !is_default && !is_false &&
            !owner) {
            node_set(arena, shown, field->name, fields->members[i].value);
        }
    }
    return shown;
}

/* /services/data/v62.0/sobjects/Lead/…: the object that a request writes to, or empty. */
static struct slice find_written_object(const struct event *event)
{
    static const char mark[] = "/sobjects/";
    struct slice path = event->request.path;
    size_t at = slice_find(path, mark, 0);
    bool writes = !slice_is(event->request.method, "GET") && event->response.status >= 200 &&
                  event->response.status < 300;
    if (event->kind != EVENT_REQUEST || !writes || at >= path.length) {
        return SLICE("");
    }
    size_t start = at + strlen(mark);
    size_t end = slice_find(path, "/", start);
    return slice_part(path, start, end < path.length ? end : path.length);
}

static void record_records(struct conversation *c, struct node *recorded)
{
    struct node *records = node_new_mapping(c->arena);
    for (size_t i = 0; i < c->simulator->event_count; i++) {
        struct slice name = find_written_object(&c->simulator->events[i]);
        const struct sobject *object =
            name.length > 0 ? sobject_find(c->world->catalog, name, c->arena) : NULL;
        if (object == NULL || node_member(records, object->name) != NULL) {
            continue;
        }
        const struct node *all = organisation_records(c->organisation, object->name);
        struct node *shown = node_new_sequence(c->arena);
        for (size_t j = 0; j < node_length(all); j++) {
            node_append(c->arena, shown, record_shown_fields(c, object->name, all->items[j]));
        }
        node_set(c->arena, records, object->name, shown);
    }
    if (records->count > 0) {
        node_set(c->arena, recorded, SLICE("records"), records);
    }
}

void conversation_record_end(struct conversation *c, struct node *recorded)
{
    const struct event *end = happened_end(c->simulator);
    record_records(c, recorded);
    if (end != NULL) {
        node_set(c->arena, recorded, SLICE("ends"), happened_end_node(c->arena, end));
    } else if (c->simulator->waiting != NULL) {
        node_set_text(c->arena, recorded, "asks", c->simulator->waiting->name);
    }
}
