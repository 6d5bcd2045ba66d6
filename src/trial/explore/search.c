/*
 * The search: conversations that reach something new are gone on with, in every way. Those that
 * reach new nodes or transitions come first, then those in a state that none was in before.
 */
#include "trial/explore/search.h"

#include "document/json/reader.h"
#include "document/tree/build.h"
#include "trial/explore/matching.h"
#include "trial/explore/sessions.h"
#include "trial/explore/states.h"

/* Steps from which a service is given all its responses, and a question all hostile answers, when
 * nothing is new in them. */
#define RESPONSE_LIMIT 4
#define HOSTILE_LIMIT  2

/* How often scripts may be stopped for taking too long: it costs a few seconds. */
#define STOP_LIMIT 40

/* A walk that is to be gone on with, and what is known of it. */
struct step {
    struct walk walk;
    bool is_new;
    struct alternatives next;
    struct walk_call *calls;
    size_t call_count;
    const struct node *answer;
    const struct program_node *waiting;
    struct slice transcript;
};

struct steps {
    struct step *items;
    size_t count, done;
};

struct search {
    struct exploring *e;
    struct states states;
    struct map responses;       /* of each service: from how many steps */
    struct map hostile;         /* of each question: likewise */
    struct map answers;         /* of each question: what was said to it first, alternatives */
    size_t varied;              /* kept walks whose answers were varied */
    size_t followed;            /* and in which hostile answers were followed */
    struct map shown;           /* a question and a node where a hostile answer to it has arrived */
    struct map preset;          /* names of entities that were set before a conversation */
    struct steps fresh, others; /* with something new, and without */
    bool had_sessions;          /* those of try_sessions */
};

static bool is_spent(struct exploring *e)
{
    const struct script_machine *machine = e->world->machine;
    size_t stops = machine != NULL ? script_machine_stops(machine) : 0;
    e->result.complete = e->result.runs < e->options.limit && stops < STOP_LIMIT;
    return !e->result.complete;
}

/* The next walk takes the place of this one: what is needed of it is copied. */
static struct step keep_step(struct exploring *e, const struct walk *walk,
                             const struct walked *walked)
{
    struct arena *arena = e->arena;
    struct step step = {.walk = *walk, .is_new = walked->is_new, .waiting = walked->waiting};
    for (size_t i = 0; i < walked->next.count; i++) {
        const struct alternative *said = &walked->next.items[i];
        alternatives_add(arena, &step.next, arena_slice(arena, said->label),
                         arena_slice(arena, said->text), said->answer);
    }
    step.call_count = walked->call_count;
    step.calls = arena_alloc_array(arena, step.call_count, sizeof *step.calls);
    for (size_t i = 0; i < step.call_count; i++) {
        struct walk_call *call = &step.calls[i];
        *call = walked->calls[i];
        call->request.method = arena_slice(arena, call->request.method);
        call->request.host = arena_slice(arena, call->request.host);
        call->request.path = arena_slice(arena, call->request.path);
        call->request.query = arena_slice(arena, call->request.query);
        call->request.body = arena_slice(arena, call->request.body);
        call->request.headers = NULL;
        call->response.body = arena_slice(arena, call->response.body);
    }
    step.transcript = arena_slice(arena, walked->transcript);
    step.answer = walked->answer != NULL ? node_deep_copy(arena, walked->answer) : NULL;
    return step;
}

static void keep_walk(struct exploring *e, const struct walk *walk, const struct walked *walked)
{
    size_t node_count = e->world->dialog->node_count;
    size_t turns = walk->turns->count;
    struct kept_walk kept = {.walk = *walk};
    kept.nodes = arena_alloc_array(e->arena, node_count, sizeof *kept.nodes);
    kept.asked = arena_alloc_array(e->arena, turns, sizeof(const struct program_node *));
    memcpy(kept.nodes, walked->nodes, node_count * sizeof *kept.nodes);
    memcpy(kept.asked, walked->asked, turns * sizeof(const struct program_node *));
    e->kept = arena_append(e->arena, e->kept, e->kept_count, sizeof *e->kept);
    e->kept[e->kept_count++] = kept;
}

/* True while something of the dialog itself is not reached: its called ones may lead there. */
static bool has_gap(const struct exploring *e)
{
    const struct program_dialog *dialog = e->world->dialog;
    bool gap = false;
    for (size_t i = 0; i < dialog->node_count; i++) {
        gap = gap || !e->nodes[i];
    }
    for (size_t i = 0; i < dialog->transition_count; i++) {
        gap = gap || !e->transitions[i];
    }
    return gap;
}

/*
 * Leads a conversation for the first time; it is gone on with when it got somewhere. Returns what
 * the bot said in the end, which lives until the next one.
 */
static struct slice try(struct search *s, struct walk walk)
{
    struct exploring *e = s->e;
    if (is_spent(e)) {
        return SLICE("");
    }
    struct walked walked = walk_lead(e, &walk, true);
    /* other responses may go with this answer only while there is something to reach */
    bool may_go_on = walked.waiting != NULL || has_gap(e);
    bool has_new_state = may_go_on && states_note(&s->states, &walk, &walked);
    if (walked.is_new) {
        keep_walk(e, &walk, &walked);
    }
    bool leads_on = walked.is_new_below && walked.waiting != NULL && has_gap(e);
    if (walked.is_new || has_new_state || leads_on) {
        struct steps *steps = walked.is_new ? &s->fresh : &s->others;
        steps->items = arena_append(e->arena, steps->items, steps->count, sizeof *steps->items);
        steps->items[steps->count++] = keep_step(e, &walk, &walked);
    }
    return walked.transcript;
}

/* Conversations in which an entity has its value from the start: a good one, and an unknown one. */
static void try_preset(struct search *s, const struct walk *walk, struct slice name,
                       const struct node *value)
{
    struct exploring *e = s->e;
    const struct node *values[] = {value, node_new_text(e->arena, SLICE("something else"))};
    static const char *const labels[] = {"is known before", "is something else"};
    for (size_t i = 0; i < 2; i++) {
        struct node *set = node_new_mapping(e->arena);
        struct node *turns = node_new_sequence(e->arena);
        struct walk preset = {.turns = turns,
                              .set = set,
                              .label =
                                  arena_printf(e->arena, "%.*s %s", SLICE_ARG(name), labels[i])};
        node_set(e->arena, set, name, values[i]);
        node_append(e->arena, turns, walk->turns->items[0]);
        try(s, preset);
    }
}

/*
 * Conversations in which the user answers, and corrects an earlier answer that the transitions of
 * the question look at.
 */
static void try_corrections(struct search *s, const struct walk *walk,
                            const struct program_node *asked, const struct alternative *answer)
{
    struct exploring *e = s->e;
    for (size_t i = 0; i < asked->transition_count; i++) {
        const struct node *test = asked->transitions[i].test;
        const struct program_node *other = program_node(e->world->dialog, node_text(test, "field"));
        if (other == NULL || other == asked) {
            continue;
        }
        struct walk next = walk_add_turn(e, walk, answer);
        struct node *set = node_new_mapping(e->arena);
        node_set(e->arena, set, other->name, node_new_text(e->arena, node_text(test, "value")));
        node_set(e->arena, next.turns->items[next.turns->count - 1], SLICE("set"), set);
        next.label = arena_printf(e->arena, "%.*s is corrected to %.*s", SLICE_ARG(other->name),
                                  SLICE_ARG(node_text(test, "value")));
        try(s, next);
    }
}

/* True as often as `limit` for a key, and always from a step that has something new. */
static bool is_due(struct map *counts, const struct step *step, struct slice key, size_t limit)
{
    bool due = step->is_new || map_number(counts, key) < limit;
    map_increment(counts, key);
    return due;
}

static void try_answers(struct search *s, const struct step *step)
{
    bool with_hostile =
        step->waiting != NULL && is_due(&s->hostile, step, step->waiting->id, HOSTILE_LIMIT);
    for (size_t i = 0; i < step->next.count; i++) {
        const struct alternative *said = &step->next.items[i];
        if (with_hostile || !slice_is(said->label, ALTERNATIVE_HOSTILE)) {
            try(s, walk_add_turn(s->e, &step->walk, said));
        }
    }
}

/* The answers that the last turn has already for the services. */
static bool is_answered(const struct walk *walk, struct slice service)
{
    const struct node *last = walk->turns->items[walk->turns->count - 1];
    const struct node *answers = node_get(last, "answers");
    return node_is(answers, NODE_MAPPING) && node_member(answers, service) != NULL;
}

static bool is_failure(const struct node *answer)
{
    return node_get(answer, "unreachable") != NULL ||
           node_integer(node_get(answer, "status"), 0) >= 400;
}

/* True when a call has changed something: what only reads may fail without a word. */
static bool is_done(const struct walk_call *call)
{
    return call->response.status >= 200 && call->response.status < 300 &&
           !slice_is(call->request.method, "GET");
}

static void try_responses(struct search *s, const struct step *step, const struct walk_call *call)
{
    struct exploring *e = s->e;
    struct slice name = call->node->name;
    if (!is_answered(&step->walk, name)) {
        struct walk walk = step->walk;
        walk.org = matching_records(e, call, step->walk.org);
        walk.label = arena_printf(e->arena, "%.*s finds a record", SLICE_ARG(name));
        if (walk.org != NULL) {
            try(s, walk);
        }
    }
    if (e->options.only_happy || !is_due(&s->responses, step, name, RESPONSE_LIMIT)) {
        return;
    }
    struct alternatives responses = alternatives_of_response(
        e->arena, &e->comparisons, call->node, json_read_quietly(e->arena, call->response.body));
    struct walk failing = step->walk;
    size_t failures = 0, noticed = 0;
    for (size_t i = 0; i < responses.count; i++) {
        struct walk walk = walk_set_response(e, &step->walk, name, &responses.items[i]);
        struct slice transcript = try(s, walk);
        if (is_failure(responses.items[i].answer)) {
            failing = failures == 0 ? walk : failing;
            failures++;
            noticed += !slice_equal(transcript, step->transcript);
        }
    }
    if (failures > 0 && noticed == 0 && is_done(call) && !is_spent(e)) {
        walk_keep_mistake(e, &failing,
                          arena_printf(e->arena,
                                       "a failure of `%.*s` goes unnoticed: the bot says the same "
                                       "as after a success",
                                       SLICE_ARG(name)));
    }
}

static void go_on(struct search *s, struct step *step)
{
    if (step->waiting != NULL) {
        map_add(&s->answers, step->waiting->id, &step->next);
    }
    try_answers(s, step);
    for (size_t i = 0; i < step->call_count; i++) {
        try_responses(s, step, &step->calls[i]);
    }
    if (s->e->options.only_happy) {
        return;
    }
    if (step->answer != NULL && step->waiting != NULL &&
        map_add(&s->preset, step->waiting->name, s) == NULL) {
        try_preset(s, &step->walk, step->waiting->name, step->answer);
    }
    if (step->waiting != NULL && step->next.count > 0) {
        try_corrections(s, &step->walk, step->waiting, &step->next.items[0]);
    }
}

/* ---- variations ---- */

struct gap_search {
    const struct exploring *e;
    const bool *nodes; /* of a walk */
    bool found;
};

static void look_for_gap(void *context, const struct program_node *node)
{
    struct gap_search *gap = context;
    for (size_t i = 0; i < node->transition_count && gap->nodes[node->index]; i++) {
        gap->found = gap->found || !gap->e->transitions[node->first_transition + i];
    }
}

/* True when a walk enters a node with a transition that no walk has taken. */
static bool passes_gap(struct exploring *e, const struct kept_walk *kept)
{
    struct gap_search gap = {e, kept->nodes, false};
    program_visit(e->world->dialog, look_for_gap, &gap);
    return gap.found;
}

/*
 * What several answers bring about together is not found by one after the other. So walks that come
 * near to something that was not reached are led again with each of their answers changed. Those
 * that reach more are kept, and are varied in their turn.
 */
static void vary(struct search *s, const struct kept_walk *kept)
{
    struct exploring *e = s->e;
    for (size_t turn = 1; turn < kept->walk.turns->count; turn++) {
        const struct program_node *asked = kept->asked[turn];
        const struct alternatives *answers = asked != NULL ? map_get(&s->answers, asked->id) : NULL;
        for (size_t i = 0; answers != NULL && i < answers->count; i++) {
            if (!slice_is(answers->items[i].label, ALTERNATIVE_HOSTILE)) {
                try(s, walk_replace_turn(e, &kept->walk, turn, &answers->items[i]));
            }
        }
    }
}

/* ---- hostile answers ---- */

static bool mentions(const struct node *tree, struct slice name)
{
    if (node_is(tree, NODE_STRING)) {
        return slice_find_slice(tree->text, name, 0) != SIZE_MAX;
    }
    for (size_t i = 0; node_is(tree, NODE_SEQUENCE) && i < tree->count; i++) {
        if (mentions(tree->items[i], name)) {
            return true;
        }
    }
    for (size_t i = 0; node_is(tree, NODE_MAPPING) && i < tree->count; i++) {
        if (mentions(tree->members[i].value, name)) {
            return true;
        }
    }
    return false;
}

struct arrival {
    struct search *s;
    const bool *nodes; /* of a walk */
    const struct program_node *asked;
    bool is_new;
};

/* Notes the nodes of the walk that name the entity, and whether a hostile answer is new to one. */
static void note_arrival(void *context, const struct program_node *node)
{
    struct arrival *arrival = context;
    struct search *s = arrival->s;
    struct slice name = arrival->asked->name;
    if (!arrival->nodes[node->index] || node == arrival->asked ||
        !mentions(node->component, name)) {
        return;
    }
    struct slice key =
        arena_printf(s->e->arena, "%.*s in %zu", SLICE_ARG(arrival->asked->id), node->index);
    arrival->is_new = map_add(&s->shown, key, s) == NULL || arrival->is_new;
}

/*
 * A hostile answer makes no state of its own, so nothing goes on from it: but it may do harm only
 * in a later message or request. So it is said in a walk that gets there, with good answers behind
 * it; for each question once for every node that names its entity.
 */
static void follow_hostile(struct search *s, const struct kept_walk *kept)
{
    struct exploring *e = s->e;
    for (size_t turn = 1; turn < kept->walk.turns->count; turn++) {
        const struct program_node *asked = kept->asked[turn];
        const struct alternatives *answers = asked != NULL ? map_get(&s->answers, asked->id) : NULL;
        struct arrival arrival = {s, kept->nodes, asked, false};
        if (answers == NULL) {
            continue;
        }
        program_visit(e->world->dialog, note_arrival, &arrival);
        for (size_t i = 0; arrival.is_new && i < answers->count; i++) {
            if (slice_is(answers->items[i].label, ALTERNATIVE_HOSTILE)) {
                try(s, walk_replace_turn(e, &kept->walk, turn, &answers->items[i]));
            }
        }
    }
}

/* Conversations of users whose session holds what conditions ask for. */
static void try_sessions(struct search *s)
{
    struct exploring *e = s->e;
    struct alternatives first = alternatives_of_utterance(e->arena, e->world->dialog);
    struct node *sessions = sessions_wanted(e->arena, e->world->program, e->world->dialog);
    for (size_t i = 0; i < node_length(sessions) && first.count > 0; i++) {
        struct walk nothing = {.turns = node_new_sequence(e->arena), .session = sessions->items[i]};
        struct walk walk = walk_add_turn(e, &nothing, &first.items[0]);
        walk.label = SLICE("the session holds what a condition asks for");
        try(s, walk);
    }
}

/* Goes on from the next step, or varies the next walk; false when there is none. */
static bool take_step(struct search *s)
{
    struct exploring *e = s->e;
    struct steps *steps = s->fresh.done < s->fresh.count ? &s->fresh : &s->others;
    if (steps->done < steps->count) {
        struct step *step = arena_alloc(e->arena, sizeof *step); /* the list may move */
        *step = steps->items[steps->done++];
        if (step->walk.session == NULL || has_gap(e)) {
            go_on(s, step);
        }
        return true;
    }
    if (!s->had_sessions && has_gap(e)) {
        s->had_sessions = true;
        try_sessions(s);
        return true;
    }
    if (e->options.only_happy || s->followed == e->kept_count) {
        return false;
    }
    bool varies = s->varied < e->kept_count;
    struct kept_walk kept = e->kept[varies ? s->varied++ : s->followed++]; /* the list may move */
    if (varies && passes_gap(e, &kept)) {
        vary(s, &kept);
    } else if (!varies) {
        follow_hostile(s, &kept);
    }
    return true;
}

void search_all(struct exploring *e)
{
    struct search search = {.e = e,
                            .states = states_new(e),
                            .responses = map_new(e->arena),
                            .hostile = map_new(e->arena),
                            .answers = map_new(e->arena),
                            .preset = map_new(e->arena),
                            .shown = map_new(e->arena)};
    struct alternatives first = alternatives_of_utterance(e->arena, e->world->dialog);
    struct walk nothing = {.turns = node_new_sequence(e->arena)};
    for (size_t i = 0; i < first.count; i++) {
        try(&search, walk_add_turn(e, &nothing, &first.items[i]));
    }
    while (!is_spent(e) && take_step(&search)) {
    }
}
