/* Which responses of a service a message can show: those of successes, of failures, or of both. */
#include "language/check/families.h"

/* Marks the nodes between calls of `service` that an edge of one of them leads to. */
static void mark_behind(struct check *check, const struct service *service, bool failed,
                        bool *marked)
{
    const struct flow_graph *graph = check->graph;
    for (size_t i = 0; i < graph->count; i++) {
        const struct step *step = graph->nodes[i].step;
        marked[i] = step->kind == STEP_CALL && slice_equal(step->target, service->name);
    }
    for (size_t i = 0; i < graph->count; i++) {
        const struct flow_node *node = &graph->nodes[i];
        bool calls =
            node->step->kind == STEP_CALL && slice_equal(node->step->target, service->name);
        for (size_t j = 0; calls && j < node->edge_count; j++) {
            if ((node->edges[j].outcome != OUTCOME_NEXT) == failed &&
                !(flow_is_node(node->edges[j].target) && marked[node->edges[j].target])) {
                flow_graph_mark_reachable(check->arena, graph, node->edges[j].target, marked);
            }
        }
    }
}

/* True when one of the marked nodes says `message`. */
static bool is_said(const struct check *check, const struct message *message, const bool *marked)
{
    for (size_t i = 0; i < check->graph->count; i++) {
        const struct step *step = check->graph->nodes[i].step;
        if (marked[i] && step->kind == STEP_SAY && slice_equal(step->target, message->name)) {
            return true;
        }
    }
    return false;
}

enum response_ends check_response_ends(struct check *check, const struct service *service)
{
    if (check->message == NULL || service->kind != SERVICE_REQUEST) {
        return RESPONSE_OF_ANY;
    }
    bool *marked = arena_alloc_array(check->arena, check->graph->count, sizeof *marked);
    mark_behind(check, service, false, marked);
    bool succeeded = is_said(check, check->message, marked);
    mark_behind(check, service, true, marked);
    bool failed = is_said(check, check->message, marked);
    return succeeded == failed ? RESPONSE_OF_ANY
           : failed            ? RESPONSE_OF_FAILURE
                               : RESPONSE_OF_SUCCESS;
}
