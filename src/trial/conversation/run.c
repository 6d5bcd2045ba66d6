/* Leading a conversation. */
#include "base/date.h"
#include "document/json/writer.h"
#include "document/tree/build.h"
#include "trial/conversation/parts.h"
#include "trial/conversation/scope.h"

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
    long long now = CONVERSATION_NOW;
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
        .locale = locale.length > 0 ? locale : conversation_locale(file, index, world),
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
    static const char *const kept[] = {"name",    "locale",  "channel", "now", "set", "env",
                                       "content", "session", "model",   "org", NULL};
    struct node *recorded = node_new_mapping(arena);
    for (size_t i = 0; i < one->count; i++) {
        if (slice_is_any(one->members[i].key->text, kept)) {
            node_set(arena, recorded, one->members[i].key->text, one->members[i].value);
        }
    }
    return recorded;
}

/* The user would say something to a dialog that has ended. */
static void add_after_end(struct comparison *c, const struct node *turn)
{
    struct arena *arena = c->conversation->arena;
    const struct event *end = happened_end(c->conversation->simulator);
    bool named = end != NULL && end->node != NULL;
    struct slice where =
        named ? arena_printf(arena, " at `%.*s`", SLICE_ARG(end->node->name)) : SLICE("");
    struct slice why = named && end->text.length > 0
                           ? arena_printf(arena, " (%.*s)", SLICE_ARG(end->text))
                           : SLICE("");
    comparison_add(c, turn, SLICE(""), SLICE(""),
                   arena_printf(arena, "the dialog has already ended in turn %zu%.*s%.*s",
                                c->turn - 1, SLICE_ARG(where), SLICE_ARG(why)),
                   SLICE("remove the turns after the end, or change what leads to it"));
}

/* Adds to failures without help what is odd about the values that entities had from the start. */
static void add_odd_value(const struct conversation *c, const struct node *set,
                          struct conversation_result *result)
{
    struct slice odd = SLICE("");
    struct scope scope = scope_new(c->arena, c->world);
    for (size_t i = 0; node_is(set, NODE_MAPPING) && i < set->count && odd.length == 0; i++) {
        const struct program_node *node =
            scope_find(&scope, set->members[i].key->text, SCOPE_ENTITY);
        struct value_mistake mistake = {0};
        if (node != NULL) {
            mistake =
                entity_value_mistake(c->arena, node, set->members[i].value, c->simulator->locale);
        }
        if (mistake.message.length > 0) {
            odd = arena_printf(c->arena, "%.*s; %.*s", SLICE_ARG(mistake.message),
                               SLICE_ARG(mistake.way_out));
        }
    }
    for (size_t i = 0; i < result->failure_count; i++) {
        if (result->failures[i].help.length == 0) {
            result->failures[i].help = odd;
        }
    }
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
            add_after_end(&comparison, turn);
            break;
        }
        struct question question = understood_before(c->simulator);
        conversation_say(c, turn);
        comparison.refused =
            understood_not(arena, c->simulator, &question, node_get(turn, "user")->text);
        if (comparison.refused.length > 0) {
            comparison.refused_yet = comparison.refused;
            comparison.refused_turn = i + 1;
        }
        compare_turn(&comparison, turn);
        node_append(arena, recorded_turns, conversation_record_turn(c, turn));
        result.turn_count++;
    }
    compare_end(&comparison, one);
    if (result.failure_count > 0) {
        add_odd_value(c, setting(file, index, "set"), &result);
    }
    note_coverage(c, &result);
    result.recorded = empty_record(arena, one);
    node_set(arena, result.recorded, SLICE("turns"), recorded_turns);
    conversation_record_end(c, result.recorded);
    return result;
}
