/* Scripts that read the response of a service before the flow calls it. */
#include "document/tree/passage.h"
#include "language/check/families.h"

/* Of one script: what reads it is visited path by path. */
struct order {
    struct check *check;
    const struct node *script;
    struct map seen; /* services of which it is known */
};

static bool runs(const struct step *step, const struct node *script,
                 const struct template *template)
{
    const struct script *target =
        step->kind == STEP_RUN ? template_script(template, step->target) : NULL;
    return target != NULL && target->node == script;
}

/* Marks the steps that the flow can reach behind a call of the service; false: nothing calls it. */
static bool mark_behind(struct check *check, const struct service *service, bool *behind)
{
    const struct flow_graph *graph = check->graph;
    bool is_called = false;
    for (size_t i = 0; i < graph->count; i++) {
        const struct flow_node *node = &graph->nodes[i];
        if (node->step->kind != STEP_CALL || !slice_equal(node->step->target, service->name)) {
            continue;
        }
        is_called = true;
        for (size_t j = 0; j < node->edge_count; j++) {
            if (flow_is_node(node->edges[j].target)) {
                flow_graph_mark_reachable(check->arena, graph, node->edges[j].target, behind);
            }
        }
    }
    return is_called;
}

/* Whether the script runs, and each time before the service has been called. */
static bool is_too_early(struct order *order, const struct service *service)
{
    const struct flow_graph *graph = order->check->graph;
    bool *behind = arena_alloc_array(order->check->arena, graph->count, sizeof *behind);
    bool early = false;
    if (!mark_behind(order->check, service, behind)) {
        return false; /* that nothing calls it is told elsewhere */
    }
    for (size_t i = 0; i < graph->count; i++) {
        bool is_run = runs(graph->nodes[i].step, order->script, order->check->template);
        if (is_run && behind[i]) {
            return false;
        }
        early = early || is_run;
    }
    return early;
}

static void check_path(void *context, const struct javascript_path *path)
{
    struct order *order = context;
    const struct service *service =
        path->count > 1 && !path->is_written && slice_is(path->names[1], "response")
            ? template_service(order->check->template, path->names[0])
            : NULL;
    if (service == NULL || map_add(&order->seen, service->name, order) != NULL ||
        !is_too_early(order, service)) {
        return;
    }
    struct range range = passage_range(order->script, path->names[0]);
    struct diagnostic *d =
        diag_report(order->check->diagnostics, W0222, order->script->source, range,
                    "the flow runs this script before it calls `%.*s`", SLICE_ARG(service->name));
    diag_note(order->check->diagnostics, d, NULL, range,
              "there is no response yet; move the step `run` behind `call: %.*s`",
              SLICE_ARG(service->name));
}

void check_script_order(struct check *check)
{
    const struct template *template = check->template;
    for (size_t i = 0; i < check->graph->count; i++) {
        if (check->graph->nodes[i].step->kind == STEP_ACTION) {
            return; /* its parts are not steps */
        }
    }
    for (size_t i = 0; i < template->script_count && template->imported == NULL; i++) {
        const struct node *script = template->scripts[i].node;
        struct order order = {check, script, map_new(check->arena)};
        javascript_each_path(context_writes_script(check->writes, script), "context", check_path,
                             &order);
    }
}
