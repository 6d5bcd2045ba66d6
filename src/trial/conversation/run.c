/* Leading a conversation, and comparing it with what was expected. */
#include <string.h>

#include "base/date.h"
#include "base/percent.h"
#include "trial/conversation/conversation.h"
#include "document/json/reader.h"
#include "document/json/writer.h"
#include "document/schema/regex.h"
#include "document/tree/build.h"
#include "document/yaml/writer.h"

#define DEFAULT_NOW 1768467600000LL /* 2026-01-15T09:00:00Z */

/* ---- the world ---- */

static void respond(struct arena *arena, const struct node *answer, struct http_response *response)
{
    const struct node *body = node_get(answer, "body");
    const struct node *text = node_get(answer, "text");
    struct builder out = builder_new(arena);
    if (body != NULL) {
        struct json_writer json = json_writer_new(&out, true);
        json_node(&json, body);
    } else if (text != NULL) {
        builder_add(&out, text->text);
    }
    bool fails = node_get(answer, "timeout") != NULL || node_get(answer, "unreachable") != NULL;
    *response = (struct http_response){
        .status = fails ? 0 : (long)node_integer(node_get(answer, "status"), 200),
        .timed_out = node_get(answer, "timeout") != NULL,
        .body = builder_slice(&out),
    };
}

struct call_count {
    size_t calls;
};

/* The answer that the turn gives for this call of a service; NULL: none. */
static const struct node *find_given_response(struct conversation *c, struct slice service)
{
    struct member *member =
        node_is(c->answers, NODE_MAPPING) ? node_member(c->answers, service) : NULL;
    if (member == NULL) {
        return NULL;
    }
    struct call_count *count = map_get(&c->answered, service);
    if (count == NULL) {
        count = arena_alloc(c->arena, sizeof *count);
        map_add(&c->answered, service, count);
    }
    size_t call = count->calls++;
    if (node_is(member->value, NODE_SEQUENCE)) {
        return call < member->value->count ? member->value->items[call] : NULL;
    }
    return call == 0 ? member->value : NULL;
}

static bool send(void *context, struct arena *arena, struct slice name,
                 const struct http_request *request, struct http_response *response)
{
    struct conversation *c = context;
    const struct node *answer = find_given_response(c, name);
    if (answer != NULL) {
        respond(arena, answer, response);
        return true;
    }
    bool is_salesforce = slice_ends_with(request->host, ".salesforce.com") ||
                         slice_starts_with(request->path, "/services/data/");
    if (!is_salesforce || !organisation_serves(c->organisation, arena, request)) {
        return false;
    }
    *response = organisation_respond(c->organisation, arena, request);
    return true;
}

static struct slice setting_text(const struct conversation_file *file, size_t index,
                                 const char *key)
{
    const struct node *value = file != NULL ? conversation_setting(file, index, key) : NULL;
    return node_is(value, NODE_STRING) ? value->text : SLICE("");
}

static const struct node *setting(const struct conversation_file *file, size_t index,
                                  const char *key)
{
    return file != NULL ? conversation_setting(file, index, key) : NULL;
}

struct conversation *conversation_begin(struct arena *arena, const struct conversation_file *file,
                                        size_t index, const struct conversation_world *world,
                                        struct slice locale)
{
    struct conversation *c = arena_alloc(arena, sizeof *c);
    c->arena = arena;
    c->world = world;
    long long now = DEFAULT_NOW;
    bool has_time;
    date_read(setting_text(file, index, "now"), &now, &has_time);
    struct organisation_options organisation = {.url = SLICE("https://" CONVERSATION_HOST),
                                                .now = now};
    c->organisation = organisation_new(arena, world->catalog, &organisation);
    if (file != NULL) {
        struct diagnostics ignored = diagnostics_new(arena);
        organisation_seed(c->organisation, node_get(file->root, "org"), &ignored);
        organisation_seed(c->organisation, node_get(file->cases->items[index], "org"), &ignored);
    }
    struct simulator_options options = {
        .locale = locale.length > 0 ? locale : setting_text(file, index, "locale"),
        .channel = setting_text(file, index, "channel"),
        .now = now,
        .env = setting(file, index, "env"),
        .content = setting(file, index, "content"),
        .session = setting(file, index, "session"),
        .entities = setting(file, index, "set"),
        .model = setting(file, index, "model"),
        .invents = world->invents,
        .host = SLICE(CONVERSATION_HOST),
        .network = {send, c},
        .machine = world->machine,
    };
    c->simulator = simulator_new(arena, world->program, world->dialog, &options);
    return c;
}

struct node *conversation_turn(struct arena *arena, struct slice text)
{
    struct node *turn = node_new_mapping(arena);
    node_set_text(arena, turn, "user", text);
    return turn;
}

void conversation_say(struct conversation *c, const struct node *turn)
{
    const struct node *set = node_get(turn, "set");
    for (size_t i = 0; node_is(set, NODE_MAPPING) && i < set->count; i++) {
        simulator_set_entity(c->simulator, set->members[i].key->text, set->members[i].value);
    }
    c->answers = node_get(turn, "answers");
    c->answered = map_new(c->arena);
    simulator_say(c->simulator, node_get(turn, "user")->text);
}

/* ---- what was ---- */

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

static struct node *request_node(struct arena *arena, const struct event *event)
{
    struct node *request = node_new_mapping(arena);
    node_set_text(arena, request, "service", event->node->name);
    node_set_text(arena, request, "method", event->request.method);
    if (!slice_is(event->request.host, CONVERSATION_HOST)) {
        node_set_text(arena, request, "host", event->request.host);
    }
    node_set_text(arena, request, "path", event->request.path);
    if (event->request.query.length > 0) {
        node_set(arena, request, SLICE("query"), query_node(arena, event->request.query));
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

/* The events of the last turn, in lists of what was asked for, said, and went wrong. */
struct turn_lists {
    struct node *requests, *messages, *problems;
};

static struct turn_lists lists_of(const struct conversation *c)
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

/* A list of one message is that message. */
static const struct node *unwrap_single(const struct node *messages)
{
    return messages->count == 1 ? messages->items[0] : messages;
}

struct node *conversation_record_turn(struct conversation *c, const struct node *said)
{
    static const char *const kept[] = {"set", "answers"};
    struct turn_lists lists = lists_of(c);
    struct node *turn = conversation_turn(c->arena, node_get(said, "user")->text);
    for (size_t i = 0; i < sizeof kept / sizeof kept[0]; i++) {
        if (node_get(said, kept[i]) != NULL) {
            node_set(c->arena, turn, slice_of(kept[i]), node_get(said, kept[i]));
        }
    }
    if (lists.requests->count > 0) {
        node_set(c->arena, turn, SLICE("requests"), lists.requests);
    }
    node_set(c->arena, turn, SLICE("bot"), unwrap_single(lists.messages));
    if (lists.problems->count > 0) {
        node_set(c->arena, turn, SLICE("problems"), lists.problems);
    }
    return turn;
}

/* How the conversation stands: the event of its end, or NULL. */
static const struct event *end_of(const struct simulator *s)
{
    for (size_t i = s->event_count; i > 0; i--) {
        if (s->events[i - 1].kind == EVENT_END) {
            return &s->events[i - 1];
        }
    }
    return NULL;
}

static struct node *end_node(struct arena *arena, const struct event *end)
{
    struct slice name = end->node != NULL ? end->node->name : SLICE("");
    if (end->text.length == 0) {
        return node_new_text(arena, name);
    }
    struct node *node = new_single(arena, "node", name);
    node_set_text(arena, node, "reason", end->text);
    return node;
}

/* The fields of a record that people set: not those that Salesforce keeps itself. */
static struct node *keep_shown_fields(struct arena *arena, const struct sobject *object,
                                      const struct node *fields)
{
    struct node *shown = node_new_mapping(arena);
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
            node_append(c->arena, shown, keep_shown_fields(c->arena, object, all->items[j]));
        }
        node_set(c->arena, records, object->name, shown);
    }
    if (records->count > 0) {
        node_set(c->arena, recorded, SLICE("records"), records);
    }
}

void conversation_record_end(struct conversation *c, struct node *recorded)
{
    const struct event *end = end_of(c->simulator);
    record_records(c, recorded);
    if (end != NULL) {
        node_set(c->arena, recorded, SLICE("ends"), end_node(c->arena, end));
    } else if (c->simulator->waiting != NULL) {
        node_set_text(c->arena, recorded, "asks", c->simulator->waiting->name);
    }
}

/* ---- comparing ---- */

static bool is_pattern(const struct node *expected)
{
    return node_is(expected, NODE_MAPPING) && expected->count == 1 &&
           node_is(node_get(expected, "matches"), NODE_STRING);
}

static bool fits_pattern(struct arena *arena, const struct node *expected,
                         const struct node *actual)
{
    struct slice message;
    size_t offset;
    struct regex *regex =
        regex_compile(arena, node_get(expected, "matches")->text, &message, &offset);
    return regex != NULL && node_is(actual, NODE_STRING) &&
           regex_search(regex_scratch_new(arena), regex, actual->text) == REGEX_MATCH;
}

/*
 * True when `actual` is what was expected: the same value, or one that fits the patterns in it.
 * With `some`, members that are not named do not count, on the first level.
 */
static bool fits(struct arena *arena, const struct node *expected, const struct node *actual,
                 bool some)
{
    if (actual == NULL) {
        return false;
    }
    if (is_pattern(expected)) {
        return fits_pattern(arena, expected, actual);
    }
    if (node_is(expected, NODE_MAPPING) && node_is(actual, NODE_MAPPING)) {
        if (!some && expected->count != actual->count) {
            return false;
        }
        for (size_t i = 0; i < expected->count; i++) {
            struct member *member = node_member(actual, expected->members[i].key->text);
            if (member == NULL || !fits(arena, expected->members[i].value, member->value, false)) {
                return false;
            }
        }
        return true;
    }
    if (node_is(expected, NODE_SEQUENCE) && node_is(actual, NODE_SEQUENCE)) {
        if (expected->count != actual->count) {
            return false;
        }
        for (size_t i = 0; i < expected->count; i++) {
            if (!fits(arena, expected->items[i], actual->items[i], some)) {
                return false;
            }
        }
        return true;
    }
    return node_equal(expected, actual);
}

/* The members of `actual` that `expected` names, so that a difference shows no others. */
static const struct node *keep_named(struct arena *arena, const struct node *expected,
                                     const struct node *actual)
{
    if (!node_is(expected, NODE_SEQUENCE) || !node_is(actual, NODE_SEQUENCE)) {
        return actual;
    }
    struct node *list = node_new_sequence(arena);
    for (size_t i = 0; i < actual->count; i++) {
        const struct node *wanted = i < expected->count ? expected->items[i] : NULL;
        if (!node_is(wanted, NODE_MAPPING) || !node_is(actual->items[i], NODE_MAPPING)) {
            node_append(arena, list, actual->items[i]);
            continue;
        }
        struct node *item = node_new_mapping(arena);
        for (size_t j = 0; j < wanted->count; j++) {
            struct member *member = node_member(actual->items[i], wanted->members[j].key->text);
            if (member != NULL) {
                node_set(arena, item, wanted->members[j].key->text, member->value);
            }
        }
        node_append(arena, list, item);
    }
    return list;
}

static struct slice write_yaml(struct arena *arena, const char *key, const struct node *value)
{
    struct builder out = builder_new(arena);
    struct node *mapping = node_new_mapping(arena);
    if (value == NULL) {
        return SLICE("");
    }
    node_set(arena, mapping, slice_of(key), value);
    yaml_write_members(&out, mapping, 0, NULL);
    return builder_slice(&out);
}

struct comparison {
    struct conversation *conversation;
    struct conversation_result *result;
    size_t turn; /* from 1; 0: the end */
};

static void add_failure(struct comparison *c, const struct node *place, const char *key,
                        const struct node *expected, const struct node *actual, const char *what)
{
    struct arena *arena = c->conversation->arena;
    struct conversation_result *result = c->result;
    result->failures =
        arena_append(arena, result->failures, result->failure_count, sizeof *result->failures);
    result->failures[result->failure_count++] = (struct conversation_failure){
        .place = place,
        .what = c->turn > 0 ? arena_printf(arena, "turn %zu: %s", c->turn, what) : slice_of(what),
        .expected = write_yaml(arena, key, expected),
        .actual = write_yaml(arena, key, actual),
    };
}

/* A message and a list of that one message are the same. */
static const struct node *wrap_in_list(struct arena *arena, const struct node *value)
{
    if (node_is(value, NODE_SEQUENCE)) {
        return value;
    }
    struct node *list = node_new_sequence(arena);
    node_append(arena, list, value);
    return list;
}

static void compare_turn(struct comparison *c, const struct node *turn)
{
    struct arena *arena = c->conversation->arena;
    struct turn_lists lists = lists_of(c->conversation);
    const struct node *requests = node_get(turn, "requests");
    const struct node *bot = node_get(turn, "bot");
    const struct node *problems = node_get(turn, "problems");
    if (requests != NULL && !fits(arena, requests, lists.requests, true)) {
        add_failure(c, requests, "requests", requests, keep_named(arena, requests, lists.requests),
                    "different requests");
    }
    if (bot != NULL && !fits(arena, wrap_in_list(arena, bot), lists.messages, false)) {
        add_failure(c, bot, "bot", wrap_in_list(arena, bot), lists.messages,
                    "the bot says something different");
    }
    if (problems != NULL ? !fits(arena, problems, lists.problems, false)
                         : lists.problems->count > 0) {
        add_failure(c, problems != NULL ? problems : turn, "problems", problems, lists.problems,
                    "problems in the dialog");
    }
}

static void compare_end(struct comparison *c, const struct node *one)
{
    struct arena *arena = c->conversation->arena;
    const struct simulator *s = c->conversation->simulator;
    const struct event *end = end_of(s);
    const struct node *ends = node_get(one, "ends");
    const struct node *asks = node_get(one, "asks");
    const struct node *records = node_get(one, "records");
    const struct node *at_end = end != NULL ? end_node(arena, end) : NULL;
    const struct node *waiting = s->waiting != NULL ? node_new_text(arena, s->waiting->name) : NULL;
    c->turn = 0;
    if (ends != NULL && !fits(arena, ends, at_end, false)) {
        add_failure(c, ends, at_end != NULL ? "ends" : "asks", ends,
                    at_end != NULL ? at_end : waiting, "the dialog ends elsewhere");
    }
    if (asks != NULL && !fits(arena, asks, waiting, false)) {
        add_failure(c, asks, waiting != NULL ? "asks" : "ends", asks,
                    waiting != NULL ? waiting : at_end, "the dialog waits elsewhere");
    }
    for (size_t i = 0; node_is(records, NODE_MAPPING) && i < records->count; i++) {
        const struct node *wanted = records->members[i].value;
        const struct node *there =
            organisation_records(c->conversation->organisation, records->members[i].key->text);
        if (!fits(arena, wanted, there, true)) {
            add_failure(c, wanted, arena_copy(arena, records->members[i].key->text), wanted,
                        keep_named(arena, wanted, there), "different records at the end");
        }
    }
}

/* ---- a case ---- */

static void note_coverage(const struct conversation *c, struct conversation_result *result)
{
    for (size_t i = 0; i < c->simulator->event_count; i++) {
        const struct event *event = &c->simulator->events[i];
        if (event->node == NULL || event->dialog != c->world->dialog) {
            continue;
        }
        if (event->kind == EVENT_NODE) {
            result->nodes[event->node->index] = true;
        } else if (event->kind == EVENT_TRANSITION) {
            result->transitions[event->node->first_transition + event->transition] = true;
        }
    }
}

/* The case without what was expected of it. */
static struct node *empty_record(struct arena *arena, const struct node *one)
{
    static const char *const kept[] = {"name", "locale",  "channel", "now", "set",
                                       "env",  "content", "session", "org", NULL};
    struct node *recorded = node_new_mapping(arena);
    for (size_t i = 0; i < one->count; i++) {
        if (slice_is_any(one->members[i].key->text, kept)) {
            node_set(arena, recorded, one->members[i].key->text, one->members[i].value);
        }
    }
    return recorded;
}

struct conversation_result conversation_run(struct arena *arena,
                                            const struct conversation_file *file, size_t index,
                                            const struct conversation_world *world)
{
    struct conversation_result result = {0};
    const struct node *one = file->cases->items[index];
    const struct node *turns = node_get(one, "turns");
    struct conversation *c = conversation_begin(arena, file, index, world, SLICE(""));
    struct comparison comparison = {.conversation = c, .result = &result};
    struct node *recorded_turns = node_new_sequence(arena);
    result.nodes = arena_alloc_array(arena, world->dialog->node_count, sizeof *result.nodes);
    result.transitions =
        arena_alloc_array(arena, world->dialog->transition_count, sizeof *result.transitions);
    for (size_t i = 0; i < turns->count; i++) {
        const struct node *turn = turns->items[i];
        comparison.turn = i + 1;
        if (c->simulator->ended) {
            add_failure(&comparison, turn, "user", node_get(turn, "user"), NULL,
                        "the dialog has already ended");
            break;
        }
        conversation_say(c, turn);
        compare_turn(&comparison, turn);
        node_append(arena, recorded_turns, conversation_record_turn(c, turn));
        result.turn_count++;
    }
    compare_end(&comparison, one);
    note_coverage(c, &result);
    result.recorded = empty_record(arena, one);
    node_set(arena, result.recorded, SLICE("turns"), recorded_turns);
    conversation_record_end(c, result.recorded);
    return result;
}
