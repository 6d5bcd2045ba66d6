/*
 * The flow as a graph: one node for each step, edges for where it can go on. The checks and the
 * lowering both walk it, so that they agree on what a flow means.
 */
#ifndef DIALOGC_LANGUAGE_MODEL_FLOW_GRAPH_H
#define DIALOGC_LANGUAGE_MODEL_FLOW_GRAPH_H

#include "language/model/template.h"

#define FLOW_END  SIZE_MAX       /* the dialog ends */
#define FLOW_FAIL (SIZE_MAX - 1) /* a call failed and the author says nothing of it */

struct flow_edge {
    enum outcome outcome;
    const struct condition *condition; /* OUTCOME_CASE */
    size_t target;                     /* an index, FLOW_END or FLOW_FAIL */
};

struct flow_node {
    const struct step *step;
    struct flow_edge *edges; /* tried in order; the last one is the default */
    size_t edge_count;
};

struct flow_graph {
    struct flow_node *nodes; /* by the index of the step: in the order of the text */
    size_t count;
    size_t entry;       /* FLOW_END for an empty flow */
    size_t *resolved;   /* of each node: see flow_graph_resolve */
    bool has_lost_jump; /* to a label that no step has */
};

/* Builds the graph; unknown and repeated labels are reported (E0205, E0305). */
const struct flow_graph *flow_graph_build(struct arena *arena, const struct template *template,
                                          struct diagnostics *diagnostics);

/*
 * Marks in `reachable` (one for each node) what `start` leads to, itself included, without going
 * on behind nodes that are marked already. `start` may be FLOW_END.
 */
void flow_graph_mark_reachable(struct arena *arena, const struct flow_graph *graph, size_t start,
                               bool *reachable);

static inline bool flow_is_node(size_t target)
{
    return target < FLOW_FAIL;
}

/* `target`, or where the `goto`s and `end`s there lead to. */
static inline size_t flow_graph_resolve(const struct flow_graph *graph, size_t target)
{
    return flow_is_node(target) ? graph->resolved[target] : target;
}

/* Where too many retries lead to: FLOW_END when the author says nothing of it. */
size_t flow_graph_retries(const struct flow_node *node);

#endif
