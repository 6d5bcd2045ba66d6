/* Lowering: the flow graph to dialog nodes. */
#include "dialog/lowering.h"

static size_t *new_indexes(struct lowering *l, size_t count, size_t value)
{
    size_t *indexes = arena_alloc_array(l->arena, count + 1, sizeof *indexes);
    for (size_t i = 0; i < count; i++) {
        indexes[i] = value;
    }
    return indexes;
}

struct dialog *dialog_lower(struct arena *arena, const struct analysis *analysis,
                            const struct auth_profiles *profiles,
                            const struct dialog_directory *directory,
                            struct diagnostics *diagnostics)
{
    const struct template *template = analysis->template;
    const struct flow_graph *graph = analysis->graph;
    struct lowering lowering = {.arena = arena,
                                .template = template,
                                .graph = graph,
                                .analysis = analysis,
                                .profiles = profiles,
                                .directory = directory,
                                .diagnostics = diagnostics};
    struct lowering *l = &lowering;
    l->dialog = arena_alloc(arena, sizeof *l->dialog);
    l->dialog->template = template;
    l->reachable = arena_alloc(arena, graph->count + 1);
    l->entry_of = new_indexes(l, graph->count, NO_NODE);
    l->node_of = new_indexes(l, graph->count, NO_NODE);
    l->defaults_into = new_indexes(l, graph->count, 0);
    l->others_into = new_indexes(l, graph->count, 0);
    l->asked_by = new_indexes(l, template->entity_count, NO_NODE);
    l->failure_of = new_indexes(l, template->service_count, NO_NODE);
    l->occurrences = map_new(arena);
    l->tests = map_new(arena);
    if (template->imported != NULL) {
        memset(l->reachable, true, graph->count); /* the platform keeps what nothing leads to */
    } else {
        flow_graph_mark_reachable(arena, graph, graph->entry, l->reachable);
    }
    choices_count_ways(l);
    lowering_add_node(l, DIALOG_INTENT, template->intent.name);
    l->dialog->nodes[0].options = template->intent.options;
    for (size_t i = 0; i < graph->count; i++) {
        if (!l->reachable[i]) {
            continue;
        }
        const struct step *step = graph->nodes[i].step;
        if (step->kind != STEP_CHOOSE || step->choose.name.length > 0) {
            step_lower(l, i);
        } else if (!choice_is_inline(l, i)) {
            choice_lower(l, i);
        }
    }
    lowering_add_transition(
        l, 0, (struct dialog_transition){.target = edge_target(l, graph->entry, NULL)});
    for (size_t i = 0; i < graph->count; i++) {
        if (l->reachable[i]) {
            edges_lower(l, i);
        }
    }
    for (const struct refusals *r = l->refusals; r != NULL; r = r->next) {
        refusals_finish(l, r);
    }
    dialog_layout(arena, l->dialog);
    return l->dialog;
}
