/*
 * `choose`: conditions on the transitions that lead to it, where those can carry them; elsewhere
 * (behind a confirmation or another condition, with `<`, which few exports show) a bot action
 * decides by a script and its transitions follow.
 */
#include "dialog/lowering.h"
#include "dialog/script.h"

/* A `choose` whose conditions would be repeated on more transitions than this gets a node. */
#define INLINE_LIMIT 4

bool choice_is_at(const struct lowering *l, size_t target)
{
    return flow_is_node(target) && l->graph->nodes[target].step->kind == STEP_CHOOSE;
}

static bool can_be_platform_test(const struct lowering *l, const struct test *test)
{
    bool less = test->comparison == OPERATOR_LESS || test->comparison == OPERATOR_LESS_EQUAL;
    if (test->reference == NULL || (less && l->dialog->template->imported == NULL)) {
        return false; /* a bot that has `<` in its conditions keeps it there */
    }
    const struct resolution *to = analysis_resolution(l->analysis, test->reference);
    if (to->kind == REFERENCE_INTENT) {
        return l->dialog->template->imported != NULL && test->comparison == OPERATOR_EQUAL;
    }
    return (to->kind == REFERENCE_ENTITY && !to->entity->multiple) || to->kind == REFERENCE_BODY ||
           to->kind == REFERENCE_STATUS || to->kind == REFERENCE_CONTEXT;
}

static bool has_platform_conditions(const struct lowering *l, const struct flow_node *node)
{
    for (size_t i = 0; i < node->edge_count; i++) {
        const struct condition *condition = node->edges[i].condition;
        for (size_t j = 0; condition != NULL && j < condition->count; j++) {
            if (!can_be_platform_test(l, &condition->tests[j])) {
                return false;
            }
        }
    }
    return true;
}

bool choice_is_inline(const struct lowering *l, size_t at)
{
    return choice_is_at(l, at) && l->graph->nodes[at].step->choose.name.length == 0 &&
           l->others_into[at] == 0 && l->defaults_into[at] > 0 &&
           l->defaults_into[at] <= INLINE_LIMIT && l->graph->entry != at &&
           has_platform_conditions(l, &l->graph->nodes[at]);
}

/* Counts how each `choose` is reached. A confirmation's transitions cannot carry conditions. */
void choices_count_ways(struct lowering *l)
{
    for (size_t i = 0; i < l->graph->count; i++) {
        const struct flow_node *node = &l->graph->nodes[i];
        if (!l->reachable[i] || node->step->kind == STEP_GOTO) {
            continue;
        }
        bool bears = node->step->kind != STEP_CONFIRM;
        for (size_t j = 0; j < node->edge_count; j++) {
            size_t target = flow_graph_resolve(l->graph, node->edges[j].target);
            if (!choice_is_at(l, target)) {
                continue;
            }
            if (bears && j + 1 == node->edge_count) {
                l->defaults_into[target]++;
            } else {
                l->others_into[target]++;
            }
        }
    }
}

/* A script does not know what an operator of the platform does. */
static void report_platform_operators(struct lowering *l, const struct condition *condition)
{
    for (size_t i = 0; i < condition->count; i++) {
        const struct test *test = &condition->tests[i];
        if (test->comparison == OPERATOR_PLATFORM) {
            struct diagnostic *d = diag_report(
                l->diagnostics, E0211, condition->node->source, test->range,
                "a script decides here, and it cannot use the operator `[%.*s]` of the platform",
                SLICE_ARG(test->operator_name));
            diag_note(l->diagnostics, d, NULL, test->range,
                      "put the `choose` right behind a step that is not a `confirm` or another "
                      "`choose`, with conditions that the platform can test");
        }
    }
}

/* A bot action whose script finds the case that holds: context.NAME = "1", "2", … or "". */
void choice_lower(struct lowering *l, size_t at)
{
    const struct flow_node *node = &l->graph->nodes[at];
    const struct step *step = node->step;
    size_t number = lowering_count(l, "unnamed", SLICE("choose"));
    struct slice name =
        step->label != NULL ? step->label->text : arena_printf(l->arena, "choose%zu", number + 1);
    struct builder variable = builder_new(l->arena);
    for (size_t i = 0; i < name.length; i++) {
        builder_add_char(&variable, name.data[i] == '-' ? '_' : name.data[i]);
    }
    struct script_writer w = script_writer_new(l->arena, l->analysis, l->template->locales[0]);
    struct slice path = builder_slice(&variable);
    builder_printf(&w.body, "context.%.*s = \"\";\n", SLICE_ARG(path));
    for (size_t i = 0; i + 1 < node->edge_count; i++) {
        builder_add_text(&w.body, i == 0 ? "if (" : " else if (");
        report_platform_operators(l, node->edges[i].condition);
        script_condition(&w, node->edges[i].condition);
        builder_printf(&w.body, ") {\n    context.%.*s = \"%zu\";\n}", SLICE_ARG(path), i + 1);
    }
    builder_add_text(&w.body, node->edge_count > 1 ? "\n" : "");
    size_t index = lowering_add_action(l, arena_printf(l->arena, "%.*sAction", SLICE_ARG(path)),
                                       arena_printf(l->arena, "%.*sScript", SLICE_ARG(path)),
                                       script_finish(&w));
    l->node_of[at] = l->entry_of[at] = index;
}
