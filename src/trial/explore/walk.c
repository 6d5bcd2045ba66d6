/* Every conversation is led from its start, so that nothing has to be undone. */
#include "trial/explore/walk.h"

#include <stdlib.h>

#include "document/json/writer.h"
#include "document/tree/build.h"
#include "trial/explore/mistakes.h"
#include "trial/explore/path.h"
#include "trial/simulator/answer.h"
#include "trial/simulator/service.h"

#define FINDING_LIMIT 50

/* ---- walks ---- */

static struct node *copy_turns(struct exploring *e, const struct node *turns)
{
    struct node *copy = node_new_sequence(e->arena);
    for (size_t i = 0; i < node_length(turns); i++) {
        node_append(e->arena, copy, turns->items[i]);
    }
    return copy;
}

struct walk walk_add_turn(struct exploring *e, const struct walk *walk,
                          const struct alternative *said)
{
    struct walk next = *walk;
    struct node *turns = copy_turns(e, walk->turns);
    node_append(e->arena, turns, conversation_turn(e->arena, arena_slice(e->arena, said->text)));
    next.turns = turns;
    if (said->label.length > 0) {
        next.label = arena_slice(e->arena, said->label);
    }
    return next;
}

struct walk walk_replace_turn(struct exploring *e, const struct walk *walk, size_t turn,
                              const struct alternative *said)
{
    struct walk next = *walk;
    struct node *turns = copy_turns(e, walk->turns);
    struct node *other = node_copy(e->arena, turns->items[turn]);
    node_set(e->arena, other, SLICE("user"), node_new_text(e->arena, said->text));
    turns->items[turn] = other;
    next.turns = turns;
    next.label = said->label.length > 0 ? said->label : walk->label;
    return next;
}

struct walk walk_set_response(struct exploring *e, const struct walk *walk, struct slice service,
                              const struct alternative *response)
{
    struct walk next = *walk;
    struct node *turns = copy_turns(e, walk->turns);
    struct node **last = &turns->items[turns->count - 1];
    const struct node *before = node_get(*last, "answers");
    struct node *answers =
        before != NULL ? node_copy(e->arena, before) : node_new_mapping(e->arena);
    node_set(e->arena, answers, arena_slice(e->arena, service), response->answer);
    *last = node_copy(e->arena, *last);
    node_set(e->arena, *last, SLICE("answers"), answers);
    next.turns = turns;
    next.label =
        arena_printf(e->arena, "%.*s: %.*s", SLICE_ARG(service), SLICE_ARG(response->label));
    return next;
}

/* ---- what becomes of one ---- */

void walk_keep_mistake(struct exploring *e, const struct walk *walk, struct slice what)
{
    struct exploration *result = &e->result;
    for (size_t i = 0; i < result->finding_count; i++) {
        if (mistakes_equal(result->findings[i].what, what)) {
            return;
        }
    }
    if (result->finding_count < FINDING_LIMIT) {
        result->findings = arena_append(e->arena, result->findings, result->finding_count,
                                        sizeof *result->findings);
        result->findings[result->finding_count++] = (struct explore_finding){
            arena_slice(e->arena, what), walk->turns, walk->set, walk->org, walk->session};
    }
}

/* Notes what a conversation goes through in a dialog that is called; true when it is new. */
static bool note_below(struct exploring *e, const struct event *event)
{
    const void *place = event->kind == EVENT_NODE
                            ? (const void *)event->node
                            : (const void *)&event->node->transitions[event->transition];
    return map_add_address(&e->below, place, e) == NULL;
}

/* Counts what a conversation goes through; what is new is noted when `notes`. */
static void take_coverage(struct exploring *e, const struct simulator *s, struct walked *walked,
                          bool notes)
{
    const struct program_dialog *dialog = e->world->dialog;
    walked->nodes = arena_alloc_array(&e->scratch, dialog->node_count, sizeof(bool));
    walked->transitions = arena_alloc_array(&e->scratch, dialog->transition_count, sizeof(bool));
    for (size_t i = 0; i < s->event_count; i++) {
        const struct event *event = &s->events[i];
        if (event->node == NULL || (event->kind != EVENT_NODE && event->kind != EVENT_TRANSITION)) {
            continue;
        }
        if (event->dialog != dialog) {
            walked->is_new_below = note_below(e, event) || walked->is_new_below;
            continue;
        }
        bool is_node = event->kind == EVENT_NODE;
        size_t index =
            is_node ? event->node->index : event->node->first_transition + event->transition;
        bool *own = is_node ? walked->nodes : walked->transitions;
        bool *all = is_node ? e->nodes : e->transitions;
        walked->covered += !own[index];
        own[index] = true;
        walked->is_new = walked->is_new || !all[index];
        all[index] = all[index] || notes;
    }
}

/* "<", "=" or ">": how a value is to what it is compared with. */
static char order_of(struct slice value, struct slice other)
{
    char *end_of_value, *end_of_other;
    double a = strtod(value.data, &end_of_value);
    double b = strtod(other.data, &end_of_other);
    bool are_numbers = *end_of_value == '\0' && *end_of_other == '\0';
    int order = are_numbers ? (a > b) - (a < b) : slice_compare(value, other);
    return order < 0 ? '<' : order > 0 ? '>' : '=';
}

/* What a comparison says of the context, as a character. */
static char outcome_of(struct arena *arena, const struct comparison *comparison,
                       const struct node *context)
{
    struct slice path =
        slice_part(comparison->subject, strlen("context."), comparison->subject.length);
    const struct node *value = path_value(arena, context, path);
    struct slice other = arena_slice(arena, comparison->value);
    if (value == NULL || value->kind == NODE_NULL) {
        return '-';
    }
    bool is_composed = node_is(value, NODE_SEQUENCE) || node_is(value, NODE_MAPPING);
    if (comparison->of_length) {
        size_t length = is_composed ? value->count : value->text.length;
        return order_of(arena_printf(arena, "%zu", length), other);
    }
    struct slice text = is_composed                   ? SLICE("")
                        : value->kind == NODE_BOOLEAN ? slice_of(value->boolean ? "true" : "false")
                                                      : arena_slice(arena, value->text);
    switch (comparison->kind) {
    case COMPARES_EQUAL:
        return order_of(text, other) == '=' ? '=' : '!';
    case COMPARES_ORDER:
        return order_of(text, other);
    case COMPARES_PART:
        return slice_find(text, other.data, 0) < text.length ? '=' : '!';
    case COMPARES_PATTERN:
        break;
    case COMPARES_PRESENCE:
        return text.length == 0 && !is_composed ? '0'
               : value->kind == NODE_BOOLEAN    ? text.data[0]
                                                : '1';
    }
    return '+';
}

static struct slice outcomes_of(struct exploring *e, const struct simulator *s)
{
    struct builder out = builder_new(&e->scratch);
    const struct node *context = script_get(s->engine, &e->scratch, SLICE("context"));
    const struct node *entities = node_get(context, "entities");
    for (size_t i = 0; i < e->comparisons.own; i++) {
        builder_add_char(&out, outcome_of(&e->scratch, &e->comparisons.items[i], context));
    }
    for (size_t i = 0; i < e->entity_count; i++) {
        struct member *member =
            node_is(entities, NODE_MAPPING) ? node_member(entities, e->entities[i]) : NULL;
        bool is_there = member != NULL && member->value->kind != NODE_NULL;
        builder_add_char(&out, is_there ? '+' : '-');
    }
    return builder_slice(&out);
}

/* The services of the last turn, each once. What may become of a webhook is not known. */
static void take_calls(struct exploring *e, const struct simulator *s, struct walked *walked)
{
    for (size_t i = s->turn_start; i < s->event_count; i++) {
        const struct event *event = &s->events[i];
        bool known = event->kind != EVENT_REQUEST || service_is_webhook(event->node);
        for (size_t j = 0; j < walked->call_count && !known; j++) {
            known = walked->calls[j].node == event->node;
        }
        if (!known) {
            walked->calls =
                arena_append(&e->scratch, walked->calls, walked->call_count, sizeof *walked->calls);
            walked->calls[walked->call_count++] =
                (struct walk_call){event->node, event->request, event->response};
        }
    }
}

static void take_end(const struct simulator *s, struct walked *walked)
{
    for (size_t i = 0; i < s->event_count; i++) {
        const struct event *event = &s->events[i];
        bool refused = event->kind == EVENT_REQUEST &&
                       (event->response.status < 200 || event->response.status > 299);
        walked->happy = walked->happy && !refused && event->kind != EVENT_PROBLEM &&
                        !(event->kind == EVENT_END && event->text.length > 0);
        if (event->kind == EVENT_END && event->node != NULL) {
            walked->end = event->node->name;
        }
    }
}

static struct slice transcript_of(struct exploring *e, const struct simulator *s)
{
    struct builder out = builder_new(&e->scratch);
    struct json_writer json = json_writer_new(&out, true);
    for (size_t i = s->turn_start; i < s->event_count; i++) {
        const struct event *event = &s->events[i];
        if (event->kind == EVENT_MESSAGE) {
            json_node(&json, event->message);
        } else if (event->kind == EVENT_END || event->kind == EVENT_TRANSFER ||
                   event->kind == EVENT_PROBLEM) {
            builder_printf(&out, "%d%.*s", (int)event->kind, SLICE_ARG(event->text));
        }
    }
    builder_add(&out, s->waiting != NULL ? s->waiting->id : SLICE(""));
    return builder_slice(&out);
}

static void take_question(struct exploring *e, struct simulator *s, struct walked *walked)
{
    walked->next =
        alternatives_of_question(&e->scratch, s, &e->comparisons, e->ids, e->options.hostile);
    walked->waiting = s->waiting;
    struct answer_context context = {&e->scratch, s->engine, s->locale, s->now};
    if (s->waiting->kind == DIALOG_ENTITY && walked->next.count > 0) {
        walked->answer = answer_value(&context, s->waiting, walked->next.items[0].text);
    }
}

static void set_or_remove(struct exploring *e, const char *key, const struct node *value)
{
    struct node *one = e->file.cases->items[0];
    node_remove(one, slice_of(key));
    if (value != NULL) {
        node_set(e->arena, one, slice_of(key), value);
    }
}

struct walked walk_lead(struct exploring *e, const struct walk *walk, bool notes)
{
    arena_reset(&e->scratch);
    struct walked walked = {.happy = true};
    set_or_remove(e, "set", walk->set);
    set_or_remove(e, "org", walk->org);
    set_or_remove(e, "session", walk->session);
    struct conversation *c = conversation_begin(&e->scratch, &e->file, 0, e->world, SLICE(""));
    struct node *mistakes = node_new_sequence(&e->scratch);
    e->result.runs++;
    walked.asked =
        arena_alloc_array(&e->scratch, walk->turns->count, sizeof(const struct program_node *));
    for (size_t i = 0; i < walk->turns->count && !c->simulator->ended; i++) {
        walked.asked[i] = c->simulator->waiting;
        conversation_say(c, walk->turns->items[i]);
        mistakes_find(&e->scratch, c, walk->turns, mistakes);
    }
    for (size_t i = 0; i < mistakes->count; i++) {
        walk_keep_mistake(e, walk, mistakes->items[i]->text);
    }
    take_coverage(e, c->simulator, &walked, notes);
    take_calls(e, c->simulator, &walked);
    take_end(c->simulator, &walked);
    walked.transcript = transcript_of(e, c->simulator);
    walked.ended = c->simulator->ended;
    e->ends = e->ends || walked.ended;
    walked.outcomes = outcomes_of(e, c->simulator);
    if (!walked.ended && c->simulator->waiting != NULL) {
        take_question(e, c->simulator, &walked);
    }
    return walked;
}
