/* What has happened in a conversation, in the form of files of conversations. */
#include "base/percent.h"
#include "diag/secret.h"
#include "document/json/reader.h"
#include "document/tree/build.h"
#include "trial/conversation/parts.h"

static struct node *query_node(struct arena *arena, struct slice query)
{
    struct node *parameters = node_new_mapping(arena);
    struct slice name, value;
    while (percent_take_pair(&query, &name, &value)) {
        node_set(arena, parameters, percent_decode_form(arena, name),
                 node_new_text(arena, percent_decode_form(arena, value)));
    }
    return parameters;
}

/* The body as data when it is an object or a list in JSON. */
static const struct node *body_node(struct arena *arena, struct slice body)
{
    const struct node *data = json_read_quietly(arena, body);
    return node_is(data, NODE_MAPPING) || node_is(data, NODE_SEQUENCE) ? data
                                                                       : node_new_text(arena, body);
}

const struct node *happened_mask_headers(struct arena *arena, const struct node *headers)
{
    struct node *masked = node_new_mapping(arena);
    for (size_t i = 0; i < headers->count; i++) {
        struct slice key = headers->members[i].key->text;
        const struct node *value = headers->members[i].value;
        bool is_secret = secret_is_named(key) || secret_is_telling(key) ||
                         (node_is(value, NODE_STRING) && secret_is_at(key, value->text));
        node_set(arena, masked, key, is_secret ? node_new_text(arena, SLICE("***")) : value);
    }
    return masked;
}

static struct node *request_node(struct arena *arena, const struct event *event)
{
    struct node *request = node_new_mapping(arena);
    node_set_text(arena, request, "service", event->node->name);
    node_set_text(arena, request, "method", event->request.method);
    node_set_text(arena, request, "host", event->request.host);
    node_set_text(arena, request, "path", event->request.path);
    if (event->request.query.length > 0) {
        node_set(arena, request, SLICE("query"), query_node(arena, event->request.query));
    }
    if (event->request.headers != NULL && event->request.headers->count > 0) {
        node_set(arena, request, SLICE("headers"), event->request.headers);
    }
    if (event->request.body.length > 0) {
        node_set(arena, request, SLICE("body"), body_node(arena, event->request.body));
    }
    node_set(arena, request, SLICE("status"), node_new_integer(arena, event->response.status));
    return request;
}

static struct node *new_single(struct arena *arena, const char *key, struct slice text)
{
    struct node *mapping = node_new_mapping(arena);
    node_set_text(arena, mapping, key, text);
    return mapping;
}

struct turn_lists happened_in_turn(const struct conversation *c)
{
    struct arena *arena = c->arena;
    struct turn_lists lists = {node_new_sequence(arena), node_new_sequence(arena),
                               node_new_sequence(arena)};
    const struct simulator *s = c->simulator;
    for (size_t i = s->turn_start; i < s->event_count; i++) {
        const struct event *event = &s->events[i];
        switch (event->kind) {
        case EVENT_MESSAGE:
            node_append(arena, lists.messages, event->message);
            break;
        case EVENT_SIGN_IN:
            node_append(arena, lists.messages, new_single(arena, "signIn", event->text));
            break;
        case EVENT_TRANSFER:
            node_append(arena, lists.messages, new_single(arena, "transfer", event->node->name));
            break;
        case EVENT_REQUEST:
            node_append(arena, lists.requests, request_node(arena, event));
            break;
        case EVENT_PROBLEM:
            node_append(arena, lists.problems, node_new_text(arena, event->text));
            break;
        case EVENT_NODE:
        case EVENT_TRANSITION:
        case EVENT_END:
            break;
        }
    }
    return lists;
}

const struct event *happened_end(const struct simulator *s)
{
    for (size_t i = s->event_count; i > 0; i--) {
        if (s->events[i - 1].kind == EVENT_END) {
            return &s->events[i - 1];
        }
    }
    return NULL;
}

struct node *happened_end_node(struct arena *arena, const struct event *end)
{
    struct slice name = end->node != NULL ? end->node->name : SLICE("");
    if (end->text.length == 0) {
        return node_new_text(arena, name);
    }
    struct node *node = new_single(arena, "node", name);
    node_set_text(arena, node, "reason", end->text);
    return node;
}

size_t happened_call_count(const struct conversation *c, struct slice service)
{
    const struct call_count *count = map_get(&c->answered, service);
    return count != NULL ? count->calls : 0;
}
