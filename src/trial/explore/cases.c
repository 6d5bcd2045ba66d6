/* Conversations of an exploration as a file. */
#include "trial/explore/cases.h"

#include "document/tree/build.h"

#define TURN_LIMIT 25 /* of a walk that is led to its end */

/* Goes on with good answers until the dialog ends, or asks the same again and again. */
static struct walk walk_to_end(struct exploring *e, struct walk walk)
{
    struct slice label = walk.label;
    for (;;) {
        struct walked walked = walk_lead(e, &walk, false);
        if (walked.ended || walked.next.count == 0 || walk.turns->count >= TURN_LIMIT) {
            walk.label = label;
            return walk;
        }
        walk = walk_add_turn(e, &walk, &walked.next.items[0]);
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

/* Nothing went wrong, and nothing was made to: only records were added that a query finds. */
static bool is_happy(const struct walk *walk, const struct walked *walked)
{
    return walked->happy && (walk->label.length == 0 || walk->org != NULL);
}

/* A name that no other case has. */
static struct slice name_of(struct exploring *e, struct map *names, const struct walk *walk,
                            const struct walked *walked)
{
    bool goes_well = is_happy(walk, walked);
    struct slice name = goes_well ? SLICE("all goes well") : walk->label;
    if (goes_well && walked->end.length > 0) {
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
    if (walk->org != NULL) {
        node_set(e->arena, one, SLICE("org"), walk->org);
    }
    if (walk->session != NULL) {
        node_set(e->arena, one, SLICE("session"), walk->session);
    }
    node_set(e->arena, one, SLICE("turns"), walk->turns);
    node_append(e->arena, cases, one);
}

/*
 * What makes a conversation the first case: nothing in it goes wrong, and a query finds something.
 * Records that were made for the query count where those of the file are not enough.
 */
static size_t happiness(struct exploring *e, const struct walk *walk, const struct walked *walked)
{
    size_t much = e->world->dialog->node_count * 10; /* more than a conversation can gain */
    if (!is_happy(walk, walked)) {
        return 0;
    }
    return walk->org != NULL ? 2 * much : much;
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
        walks[i] = walk_to_end(e, e->kept[i].walk);
        struct walked walked = walk_lead(e, &walks[i], false);
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
            gain += gain > 0 && cases->count == 0 ? happiness(e, &walks[i], &all[i]) : 0;
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

void cases_write(struct exploring *e, struct node *file)
{
    struct node *cases = node_new_sequence(e->arena);
    size_t runs = e->result.runs; /* what follows shows nothing new */
    choose_cases(e, cases);
    e->result.runs = runs;
    record_cases(e, file, cases);
}
