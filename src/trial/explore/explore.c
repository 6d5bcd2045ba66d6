/*
 * The search: conversations that reach something new are gone on with, in every way. Every
 * conversation is led from its start, so that nothing has to be undone.
 */
#include "trial/explore/alternatives.h"
#include "trial/explore/mistakes.h"
#include "trial/explore/seeds.h"
#include "document/json/reader.h"
#include "trial/simulator/answer.h"
#include "document/tree/build.h"

#define TURN_LIMIT    25  /* of one conversation */
#define STATE_LIMIT   400 /* conversations that wait to be gone on with */
#define FINDING_LIMIT 50

/* A conversation: what is said, and what services are answered meanwhile. */
struct walk {
    struct node *turns;     /* as in a file: {user, answers} */
    const struct node *set; /* entities that have a value before, or NULL */
    struct slice label;     /* what is special about it */
};

/* What became of one. */
struct walked {
    bool is_new; /* it reached nodes or transitions that no other had */
    bool ended;
    bool happy;     /* it ended as the flow says, and no service was refused */
    size_t covered; /* nodes and transitions */
    bool *nodes, *transitions;
    struct alternatives next; /* what can be said now */
    struct node *services;    /* asked in the last turn, and their answers: a mapping */
    struct node *answer;      /* a good answer, as a value of the entity; NULL: none */
    const struct program_node *waiting;
    struct slice state; /* where it waits, with what is known */
    struct slice end;   /* the node in which it ended */
};

struct exploring {
    struct arena *arena;  /* of the result */
    struct arena scratch; /* of one conversation */
    const struct conversation_world *world;
    struct explore_options options;
    struct conversation_file file; /* with one case, which every conversation is led as */
    struct node *records, *ids;
    bool *nodes, *transitions; /* reached so far */
    struct map states;
    struct map preset; /* names of entities that were set before a conversation */
    struct walk *queue;
    size_t queue_count;
    struct walk *kept; /* reached something new */
    size_t kept_count;
    struct exploration result;
    jmp_buf recovery;
};

/* ---- walks ---- */

static struct node *copy_turns(struct exploring *e, const struct node *turns)
{
    struct node *copy = node_new_sequence(e->arena);
    for (size_t i = 0; i < node_length(turns); i++) {
        node_append(e->arena, copy, turns->items[i]);
    }
    return copy;
}

/* The walk, and then `text`. */
static struct walk add_turn(struct exploring *e, const struct walk *walk,
                            const struct alternative *said)
{
    struct walk next = {copy_turns(e, walk->turns), walk->set, walk->label};
    node_append(e->arena, next.turns,
                conversation_turn(e->arena, arena_slice(e->arena, said->text)));
    if (said->label.length > 0) {
        next.label = arena_slice(e->arena, said->label);
    }
    return next;
}

/* The walk, with another answer to `service` in its last turn. */
static struct walk set_response(struct exploring *e, const struct walk *walk, struct slice service,
                                const struct alternative *answer)
{
    struct walk next = {copy_turns(e, walk->turns), walk->set, walk->label};
    struct node **last = &next.turns->items[next.turns->count - 1];
    const struct node *before = node_get(*last, "answers");
    struct node *answers =
        before != NULL ? node_copy(e->arena, before) : node_new_mapping(e->arena);
    node_set(e->arena, answers, arena_slice(e->arena, service), answer->answer);
    *last = node_copy(e->arena, *last);
    node_set(e->arena, *last, SLICE("answers"), answers);
    next.label = arena_printf(e->arena, "%.*s: %.*s", SLICE_ARG(service), SLICE_ARG(answer->label));
    return next;
}

/* ---- leading one ---- */

static bool has_braces(const struct node *turns)
{
    for (size_t i = 0; i < node_length(turns); i++) {
        struct slice text = node_get(turns->items[i], "user")->text;
        if (slice_find(text, "{{", 0) < text.length) {
            return true;
        }
    }
    return false;
}

static void keep_mistakes(struct exploring *e, const struct walk *walk, const struct node *mistakes)
{
    struct exploration *result = &e->result;
    for (size_t i = 0; i < mistakes->count; i++) {
        bool known = result->finding_count >= FINDING_LIMIT;
        for (size_t j = 0; j < result->finding_count; j++) {
            known = known || slice_equal(result->findings[j].what, mistakes->items[i]->text);
        }
        if (known) {
            continue;
        }
        result->findings = arena_append(e->arena, result->findings, result->finding_count,
                                        sizeof *result->findings);
        result->findings[result->finding_count++] =
            (struct explore_finding){arena_slice(e->arena, mistakes->items[i]->text), walk->turns};
    }
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
        if (event->node == NULL || event->dialog != dialog ||
            (event->kind != EVENT_NODE && event->kind != EVENT_TRANSITION)) {
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

/*
 * Where the conversation waits, and which entities have a value: conversations with the same state
 * go on in the same way, so only one of them is followed.
 */
static struct slice state_of(struct exploring *e, const struct simulator *s)
{
    struct builder out = builder_new(&e->scratch);
    const struct node *entities = script_get(s->engine, &e->scratch, SLICE("context.entities"));
    builder_printf(&out, "%.*s", SLICE_ARG(s->waiting->id));
    for (size_t i = 0; node_is(entities, NODE_MAPPING) && i < entities->count; i++) {
        builder_printf(&out, " %.*s", SLICE_ARG(entities->members[i].key->text));
    }
    return builder_slice(&out);
}

static void look_at_last_turn(struct exploring *e, const struct simulator *s, struct walked *walked)
{
    walked->services = node_new_mapping(&e->scratch);
    for (size_t i = s->turn_start; i < s->event_count; i++) {
        const struct event *event = &s->events[i];
        if (event->kind == EVENT_REQUEST &&
            node_member(walked->services, event->node->name) == NULL) {
            node_set(&e->scratch, walked->services, event->node->name,
                     node_new_text(&e->scratch, event->response.body));
        }
    }
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

/* Leads a conversation; everything of the answer lives until the next one. */
static struct walked lead(struct exploring *e, const struct walk *walk, bool notes)
{
    arena_reset(&e->scratch);
    struct walked walked = {.happy = true};
    node_remove(e->file.cases->items[0], SLICE("set"));
    if (walk->set != NULL) {
        node_set(e->arena, e->file.cases->items[0], SLICE("set"), walk->set);
    }
    struct conversation *c = conversation_begin(&e->scratch, &e->file, 0, e->world, SLICE(""));
    struct node *mistakes = node_new_sequence(&e->scratch);
    bool braces = has_braces(walk->turns);
    e->result.runs++;
    for (size_t i = 0; i < walk->turns->count && !c->simulator->ended; i++) {
        const struct node *turn = walk->turns->items[i];
        conversation_say(c, turn);
        mistakes_find(&e->scratch, c, braces, mistakes);
    }
    keep_mistakes(e, walk, mistakes);
    take_coverage(e, c->simulator, &walked, notes);
    look_at_last_turn(e, c->simulator, &walked);
    walked.ended = c->simulator->ended;
    if (!walked.ended && c->simulator->waiting != NULL) {
        walked.state = state_of(e, c->simulator);
        walked.next = alternatives_of_question(&e->scratch, c->simulator, e->world->dialog, e->ids,
                                               e->options.hostile);
        walked.waiting = c->simulator->waiting;
        struct answer_context context = {&e->scratch, c->simulator->engine, c->simulator->locale,
                                         c->simulator->now};
        if (walked.waiting->kind == DIALOG_ENTITY && walked.next.count > 0) {
            walked.answer = answer_value(&context, walked.waiting, walked.next.items[0].text);
        }
    }
    return walked;
}

/* ---- the search ---- */

static bool is_spent(struct exploring *e)
{
    e->result.complete = e->result.runs < e->options.limit;
    return !e->result.complete;
}

static void append(struct exploring *e, struct walk **list, size_t *count, struct walk walk)
{
    *list = arena_append(e->arena, *list, *count, sizeof **list);
    (*list)[(*count)++] = walk;
}

/* Leads a conversation for the first time; it is gone on with when it got somewhere. */
static void try(struct exploring *e, struct walk walk)
{
    if (is_spent(e)) {
        return;
    }
    struct walked walked = lead(e, &walk, true);
    bool new_state = walked.state.length > 0 && map_get(&e->states, walked.state) == NULL;
    if (walked.is_new) {
        append(e, &e->kept, &e->kept_count, walk);
    }
    if (new_state && e->states.count < STATE_LIMIT) {
        map_add(&e->states, arena_slice(e->arena, walked.state), e);
    }
    if ((walked.is_new || new_state) && e->queue_count < 4 * STATE_LIMIT) {
        append(e, &e->queue, &e->queue_count, walk);
    }
}

/* Copies, since the next conversation takes the place of this one. */
static struct alternatives keep_alternatives(struct exploring *e, const struct alternatives *list)
{
    struct alternatives copy = {0};
    for (size_t i = 0; i < list->count; i++) {
        alternatives_add(e->arena, &copy, arena_slice(e->arena, list->items[i].label),
                         arena_slice(e->arena, list->items[i].text), list->items[i].answer);
    }
    return copy;
}

/* Conversations in which an entity has its value from the start: a good one, and an unknown one. */
static void try_preset(struct exploring *e, const struct walk *walk, struct slice name,
                       const struct node *value)
{
    const struct node *values[] = {value, node_new_text(e->arena, SLICE("something else"))};
    static const char *const labels[] = {"is known before", "is something else"};
    for (size_t i = 0; i < 2; i++) {
        struct node *set = node_new_mapping(e->arena);
        struct walk preset = {node_new_sequence(e->arena), set,
                              arena_printf(e->arena, "%.*s %s", SLICE_ARG(name), labels[i])};
        node_set(e->arena, set, name, values[i]);
        node_append(e->arena, preset.turns, walk->turns->items[0]);
        try(e, preset);
    }
}

/*
 * Conversations in which the user answers, and corrects an earlier answer that the transitions of
 * the question look at.
 */
static void try_corrections(struct exploring *e, const struct walk *walk,
                            const struct program_node *asked, const struct alternative *answer)
{
    for (size_t i = 0; i < asked->transition_count; i++) {
        const struct node *test = asked->transitions[i].test;
        const struct program_node *other = program_node(e->world->dialog, node_text(test, "field"));
        if (other == NULL || other == asked) {
            continue;
        }
        struct walk next = add_turn(e, walk, answer);
        struct node *set = node_new_mapping(e->arena);
        node_set(e->arena, set, other->name, node_new_text(e->arena, node_text(test, "value")));
        node_set(e->arena, next.turns->items[next.turns->count - 1], SLICE("set"), set);
        next.label = arena_printf(e->arena, "%.*s is corrected to %.*s", SLICE_ARG(other->name),
                                  SLICE_ARG(node_text(test, "value")));
        try(e, next);
    }
}

static void go_on(struct exploring *e, const struct walk *walk)
{
    struct walked walked = lead(e, walk, false);
    struct alternatives next = keep_alternatives(e, &walked.next);
    struct node *services = node_new_mapping(e->arena);
    const struct node *answer =
        walked.answer != NULL ? node_deep_copy(e->arena, walked.answer) : NULL;
    const struct program_node *asked = walked.waiting;
    for (size_t i = 0; i < walked.services->count; i++) {
        struct member *member = &walked.services->members[i];
        struct node *body = json_read_quietly(e->arena, arena_slice(e->arena, member->value->text));
        node_set(e->arena, services, arena_slice(e->arena, member->key->text),
                 body != NULL ? body : node_new_text(e->arena, SLICE("")));
    }
    for (size_t i = 0; i < next.count && walk->turns->count < TURN_LIMIT; i++) {
        try(e, add_turn(e, walk, &next.items[i]));
    }
    if (e->options.only_happy) {
        return;
    }
    for (size_t i = 0; i < services->count; i++) {
        struct slice service = services->members[i].key->text;
        struct alternatives answers = alternatives_of_response(e->arena, e->world->dialog, service,
                                                               services->members[i].value);
        for (size_t j = 0; j < answers.count; j++) {
            try(e, set_response(e, walk, service, &answers.items[j]));
        }
    }
    if (answer != NULL && map_add(&e->preset, asked->name, e) == NULL) {
        try_preset(e, walk, asked->name, answer);
    }
    if (asked != NULL && next.count > 0) {
        try_corrections(e, walk, asked, &next.items[0]);
    }
}

static void search(struct exploring *e)
{
    struct alternatives first = alternatives_of_utterance(e->arena, e->world->dialog);
    struct walk nothing = {node_new_sequence(e->arena), NULL, SLICE("")};
    for (size_t i = 0; i < first.count; i++) {
        try(e, add_turn(e, &nothing, &first.items[i]));
    }
    for (size_t i = 0; i < e->queue_count && !is_spent(e); i++) {
        struct walk walk = e->queue[i];
        go_on(e, &walk);
    }
}

/* ---- conversations for a file ---- */

/* Goes on with good answers until the dialog ends, or asks the same again and again. */
static struct walk walk_to_end(struct exploring *e, struct walk walk)
{
    struct slice label = walk.label;
    for (;;) {
        struct walked walked = lead(e, &walk, false);
        if (walked.ended || walked.next.count == 0 || walk.turns->count >= TURN_LIMIT) {
            walk.label = label;
            return walk;
        }
        walk = add_turn(e, &walk, &walked.next.items[0]);
    }
}

static size_t gain_of(struct exploring *e, const struct walked *walked, const bool *nodes,
                      const bool *transitions)
{
    size_t gain = 0;
    for (size_t i = 0; i < e->world->dialog->node_count; i++) {
        gain += walked->nodes[i] && !nodes[i];
    }
    for (size_t i = 0; i < e->world->dialog->transition_count; i++) {
        gain += walked->transitions[i] && !transitions[i];
    }
    return gain;
}

/* A name that no other case has. */
static struct slice name_of(struct exploring *e, struct map *names, const struct walk *walk,
                            const struct walked *walked)
{
    struct slice name = walk->label.length > 0 ? walk->label : SLICE("all goes well");
    if (walk->label.length == 0 && walked->end.length > 0) {
        name = arena_printf(e->arena, "all goes well, to %.*s", SLICE_ARG(walked->end));
    }
    struct slice unique = arena_slice(e->arena, name);
    for (size_t i = 2; map_add(names, unique, e) != NULL; i++) {
        unique = arena_printf(e->arena, "%.*s (%zu)", SLICE_ARG(name), i);
    }
    return unique;
}

static void add_case(struct exploring *e, struct node *cases, struct map *names,
                     const struct walk *walk, const struct walked *walked)
{
    struct node *one = node_new_mapping(e->arena);
    node_set_text(e->arena, one, "name", name_of(e, names, walk, walked));
    if (walk->set != NULL) {
        node_set(e->arena, one, SLICE("set"), walk->set);
    }
    node_set(e->arena, one, SLICE("turns"), walk->turns);
    node_append(e->arena, cases, one);
}

/* Those that together go through all that was reached, the ones that add most first. */
static void choose_cases(struct exploring *e, struct node *cases)
{
    const struct program_dialog *dialog = e->world->dialog;
    struct walk *walks = arena_alloc_array(e->arena, e->kept_count, sizeof *walks);
    bool *nodes = arena_alloc_array(e->arena, dialog->node_count, sizeof *nodes);
    bool *transitions = arena_alloc_array(e->arena, dialog->transition_count, sizeof *transitions);
    struct walked *all = arena_alloc_array(e->arena, e->kept_count, sizeof *all);
    struct map names = map_new(e->arena);
    for (size_t i = 0; i < e->kept_count; i++) {
        walks[i] = walk_to_end(e, e->kept[i]);
        struct walked walked = lead(e, &walks[i], false);
        all[i] = walked;
        all[i].end = arena_slice(e->arena, walked.end);
        all[i].nodes = arena_grow(e->arena, NULL, 0, dialog->node_count, sizeof(bool));
        all[i].transitions = arena_grow(e->arena, NULL, 0, dialog->transition_count, sizeof(bool));
        memcpy(all[i].nodes, walked.nodes, dialog->node_count * sizeof(bool));
        memcpy(all[i].transitions, walked.transitions, dialog->transition_count * sizeof(bool));
    }
    for (;;) {
        size_t best = e->kept_count, most = 0;
        for (size_t i = 0; i < e->kept_count; i++) {
            size_t gain = gain_of(e, &all[i], nodes, transitions);
            bool plain = all[i].happy && walks[i].label.length == 0;
            gain += gain > 0 && plain && cases->count == 0 ? dialog->node_count * 10 : 0;
            if (gain > most) {
                most = gain;
                best = i;
            }
        }
        if (best == e->kept_count) {
            return;
        }
        for (size_t i = 0; i < dialog->node_count; i++) {
            nodes[i] = nodes[i] || all[best].nodes[i];
        }
        for (size_t i = 0; i < dialog->transition_count; i++) {
            transitions[i] = transitions[i] || all[best].transitions[i];
        }
        add_case(e, cases, &names, &walks[best], &all[best]);
        if (e->options.only_happy) {
            return;
        }
    }
}

/* What was said is recorded with what followed. */
static void record_cases(struct exploring *e, struct node *file, struct node *cases)
{
    struct node *recorded = node_new_sequence(e->arena);
    struct conversation_file whole = e->file;
    whole.root = file;
    whole.cases = cases;
    for (size_t i = 0; i < cases->count; i++) {
        struct conversation_result result = conversation_run(e->arena, &whole, i, e->world);
        node_append(e->arena, recorded, result.recorded);
    }
    node_set(e->arena, file, SLICE("cases"), recorded);
}

/* The file, with the cases that are led while searching, and no others yet. */
static struct node *new_file(struct exploring *e, struct slice name)
{
    struct node *file = node_new_mapping(e->arena);
    node_set(e->arena, file, SLICE("dialogc"), node_new_integer(e->arena, 1));
    node_set_text(e->arena, file, "conversation", name);
    if (e->records->count > 0) {
        node_set(e->arena, file, SLICE("org"), e->records);
    }
    struct node *cases = node_new_sequence(e->arena);
    struct node *one = node_new_mapping(e->arena);
    node_set_text(e->arena, one, "name", SLICE("explored"));
    node_append(e->arena, cases, one);
    e->file = (struct conversation_file){.path = "", .root = file, .dialog = name, .cases = cases};
    return file;
}

struct exploration explore(struct arena *arena, const struct conversation_world *world,
                           struct slice name, const struct explore_options *options)
{
    const struct program_dialog *dialog = world->dialog;
    struct exploring *e = arena_alloc(arena, sizeof *e);
    struct conversation_world *own = arena_alloc(arena, sizeof *own);
    *own = *world;
    own->invents = options->hostile; /* what is recorded must be repeatable, and needs the truth */
    e->arena = arena;
    e->world = own;
    e->options = *options;
    e->options.limit = options->limit > 0 ? options->limit : EXPLORE_LIMIT;
    e->ids = node_new_sequence(arena);
    e->records = seed_records(arena, world, e->ids);
    e->nodes = arena_alloc_array(arena, dialog->node_count, sizeof *e->nodes);
    e->transitions = arena_alloc_array(arena, dialog->transition_count, sizeof *e->transitions);
    e->states = map_new(arena);
    e->preset = map_new(arena);
    struct node *file = new_file(e, name);
    struct node *cases = node_new_sequence(arena);
    arena_init(&e->scratch);
    e->scratch.recovery = &e->recovery;
    if (setjmp(e->recovery) != 0) {
        arena_free(&e->scratch);
        arena_fail(arena);
    }
    search(e);
    bool complete = e->result.complete;
    size_t runs = e->result.runs;
    choose_cases(e, cases);
    arena_free(&e->scratch);
    record_cases(e, file, cases);
    e->result.file = file;
    e->result.complete = complete;
    e->result.runs = runs;
    return e->result;
}
