/* Connecting each step with what follows it. */
#include "language/model/flow_graph.h"

#include "base/graph.h"
#include "base/map.h"
#include "base/suggestion.h"

struct builder_state {
    struct arena *arena;
    const struct template *template;
    struct diagnostics *diagnostics;
    struct flow_graph *graph;
    struct map labels; /* name to struct flow_node */
};

static void note_labels(struct builder_state *state, const struct steps *steps)
{
    for (size_t i = 0; i < steps->count; i++) {
        const struct step *step = &steps->items[i];
        state->graph->nodes[step->index].step = step;
        if (step->label != NULL) {
            struct flow_node *node = &state->graph->nodes[step->index];
            const struct flow_node *older = map_add(&state->labels, step->label->text, node);
            if (older != NULL) {
                struct diagnostic *d =
                    diag_report(state->diagnostics, E0305, step->label->source, step->label->range,
                                "the label `%.*s` appears twice", SLICE_ARG(step->label->text));
                diag_note(state->diagnostics, d, older->step->label->source,
                          older->step->label->range, "it appears here first");
            }
        }
        for (size_t j = 0; j < step->branch_count; j++) {
            note_labels(state, &step->branches[j].steps);
        }
    }
}

static void add_edge(struct builder_state *state, const struct step *step, struct flow_edge edge)
{
    struct flow_node *node = &state->graph->nodes[step->index];
    node->edges = arena_append(state->arena, node->edges, node->edge_count, sizeof *node->edges);
    node->edges[node->edge_count++] = edge;
}

/* An edge to the step with the label that `node` names. */
static void connect_label(struct builder_state *state, const struct step *step,
                          enum outcome outcome, const struct node *node)
{
    const struct flow_node *target = map_get(&state->labels, node->text);
    if (target != NULL) {
        add_edge(state, step,
                 (struct flow_edge){.outcome = outcome, .target = target->step->index});
        return;
    }
    struct diagnostic *d = diag_report(state->diagnostics, E0205, node->source, node->range,
                                       "no step has the label `%.*s`", SLICE_ARG(node->text));
    struct suggestion suggestion = suggestion_new(node->text);
    for (size_t i = 0; i < state->labels.count; i++) {
        suggestion_offer(&suggestion, state->labels.entries[i].key);
    }
    if (slice_is(node->text, "end")) {
        diag_note(state->diagnostics, d, NULL, node->range, "to end the dialog, write `- end`");
    } else if (suggestion.best.length > 0) {
        diag_suggest(state->diagnostics, d, suggestion.best);
    } else {
        diag_note(state->diagnostics, d, NULL, node->range,
                  "write `label: %.*s` at the step that comes next", SLICE_ARG(node->text));
    }
    state->graph->has_lost_jump = true;
    add_edge(state, step, (struct flow_edge){.outcome = outcome, .target = FLOW_END});
}

static const struct branch *find_branch(const struct step *step, enum outcome outcome)
{
    for (size_t i = 0; i < step->branch_count; i++) {
        if (step->branches[i].outcome == outcome) {
            return &step->branches[i];
        }
    }
    return NULL;
}

/* The first step of a branch, or what follows when it is empty or not there. */
static size_t branch_target(const struct branch *branch, size_t following)
{
    return branch != NULL && branch->steps.count > 0 ? branch->steps.items[0].index : following;
}

static void connect_call(struct builder_state *state, const struct step *step, size_t following)
{
    for (enum outcome outcome = OUTCOME_UNREACHABLE; outcome < OUTCOME_FAILURE; outcome++) {
        const struct branch *branch = find_branch(step, outcome);
        if (branch != NULL) {
            add_edge(
                state, step,
                (struct flow_edge){.outcome = outcome, .target = branch_target(branch, following)});
        }
    }
    if (!step->implicit || state->template->flow_node == NULL) {
        const struct service *service = template_service(state->template, step->target);
        bool added = service != NULL && service->node == NULL;
        const struct branch *failure = find_branch(step, OUTCOME_FAILURE);
        if (!added) {
            size_t target = failure != NULL ? branch_target(failure, following) : FLOW_FAIL;
            add_edge(state, step, (struct flow_edge){.outcome = OUTCOME_FAILURE, .target = target});
        }
    }
    size_t target = branch_target(find_branch(step, OUTCOME_NEXT), following);
    add_edge(state, step, (struct flow_edge){.outcome = OUTCOME_NEXT, .target = target});
}

static void connect(struct builder_state *state, const struct steps *steps, size_t following);

static void connect_step(struct builder_state *state, const struct step *step, size_t following)
{
    struct flow_edge next = {.outcome = OUTCOME_NEXT, .target = following};
    if (step->retries != NULL && step->kind == STEP_ASK) {
        connect_label(state, step, OUTCOME_RETRIES, step->retries);
    }
    switch (step->kind) {
    case STEP_CALL:
        if (step->call.bare) {
            add_edge(state, step, next);
        } else {
            connect_call(state, step, following);
        }
        break;
    case STEP_CONFIRM:
        next.outcome = OUTCOME_YES;
        next.target = branch_target(find_branch(step, OUTCOME_YES), following);
        add_edge(state, step, next);
        next.outcome = OUTCOME_NO;
        next.target = branch_target(find_branch(step, OUTCOME_NO), following);
        add_edge(state, step, next);
        if (find_branch(step, OUTCOME_NEXT) != NULL) {
            next.outcome = OUTCOME_NEXT;
            next.target = branch_target(find_branch(step, OUTCOME_NEXT), following);
            add_edge(state, step, next);
        }
        break;
    case STEP_CHOOSE:
        for (size_t i = 0; i < step->branch_count; i++) {
            if (step->branches[i].outcome == OUTCOME_CASE) {
                add_edge(
                    state, step,
                    (struct flow_edge){.outcome = OUTCOME_CASE,
                                       .condition = &step->branches[i].condition,
                                       .target = branch_target(&step->branches[i], following)});
            }
        }
        next.target = branch_target(find_branch(step, OUTCOME_NEXT), following);
        add_edge(state, step, next);
        break;
    case STEP_GOTO:
        connect_label(state, step, OUTCOME_NEXT, step->node);
        break;
    case STEP_TRANSFER:
    case STEP_END:
        break;
    case STEP_ASK:
    case STEP_SAY:
    case STEP_RUN:
    case STEP_SET:
    case STEP_DIALOG:
    case STEP_ACTION:
    case STEP_FORM:
        add_edge(state, step, next);
        break;
    }
    for (size_t i = 0; i < step->branch_count; i++) {
        connect(state, &step->branches[i].steps, following);
    }
}

static void connect(struct builder_state *state, const struct steps *steps, size_t following)
{
    for (size_t i = 0; i < steps->count; i++) {
        size_t next = i + 1 < steps->count ? steps->items[i + 1].index : following;
        connect_step(state, &steps->items[i], next);
    }
}

/* ---- where a `goto` ends ---- */

static bool is_open_goto(const struct flow_graph *graph, size_t target)
{
    return flow_is_node(target) && graph->nodes[target].step->kind == STEP_GOTO &&
           graph->resolved[target] == target;
}

static size_t follow(const struct flow_graph *graph, size_t target)
{
    for (size_t steps = 0; is_open_goto(graph, target); steps++) {
        if (steps == graph->count) {
            return FLOW_END; /* gotos in a circle: reported by the checks */
        }
        target = graph->nodes[target].edges[0].target;
    }
    return flow_graph_resolve(graph, target);
}

/* What is found is noted for the whole chain, so that long ones are walked once. */
static void resolve_gotos(struct flow_graph *graph, struct arena *arena)
{
    graph->resolved = arena_alloc_array(arena, graph->count, sizeof *graph->resolved);
    for (size_t i = 0; i < graph->count; i++) {
        graph->resolved[i] = graph->nodes[i].step->kind == STEP_END ? FLOW_END : i;
    }
    for (size_t i = 0; i < graph->count; i++) {
        size_t end = follow(graph, i);
        for (size_t at = i; is_open_goto(graph, at); at = graph->nodes[at].edges[0].target) {
            graph->resolved[at] = end;
        }
    }
}

/* ---- the whole ---- */

const struct flow_graph *flow_graph_build(struct arena *arena, const struct template *template,
                                          struct diagnostics *diagnostics)
{
    struct flow_graph *graph = arena_alloc(arena, sizeof *graph);
    struct builder_state state = {arena, template, diagnostics, graph, map_new(arena)};
    graph->count = template->step_count;
    graph->nodes = arena_alloc_array(arena, graph->count, sizeof *graph->nodes);
    note_labels(&state, &template->flow);
    connect(&state, &template->flow, FLOW_END);
    graph->entry = template->flow.count > 0 ? template->flow.items[0].index : FLOW_END;
    resolve_gotos(graph, arena);
    return graph;
}

static size_t edge_target(const void *edges, size_t node, size_t edge)
{
    const struct flow_graph *graph = edges;
    if (edge == graph->nodes[node].edge_count) {
        return GRAPH_NO_EDGE;
    }
    size_t target = graph->nodes[node].edges[edge].target;
    return flow_is_node(target) ? target : GRAPH_OUTSIDE;
}

void flow_graph_mark_reachable(struct arena *arena, const struct flow_graph *graph, size_t start,
                               bool *reachable)
{
    if (flow_is_node(start)) {
        struct graph edges = {graph->count, graph, edge_target};
        graph_walk(arena, &edges, start, reachable, NULL);
    }
}

size_t flow_graph_retries(const struct flow_node *node)
{
    bool leads = node->edge_count > 0 && node->edges[0].outcome == OUTCOME_RETRIES;
    return leads ? node->edges[0].target : FLOW_END;
}
