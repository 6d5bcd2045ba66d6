/* The cases of a `choose` that tell the values of an entity apart: whether each value has one. */
#include "language/check/families.h"

/*
 * The entity whose values the cases of a step tell apart; NULL: they do not, or other values are
 * provided for. A single case says what is special about its values, and the rest goes on.
 */
static const struct entity *divided_entity(struct check *check, const struct step *step)
{
    const struct reference *first = NULL;
    for (size_t i = 0; i < step->branch_count; i++) {
        const struct branch *branch = &step->branches[i];
        const struct test *test = branch->condition.count > 0 ? &branch->condition.tests[0] : NULL;
        if (branch->outcome != OUTCOME_CASE || test == NULL || test->reference == NULL ||
            test->comparison != OPERATOR_EQUAL ||
            (first != NULL && test->reference->range.start != first->range.start)) {
            return NULL;
        }
        first = test->reference;
    }
    if (step->kind != STEP_CHOOSE || step->branch_count < 2 || first->count != 1) {
        return NULL;
    }
    const struct resolution *to = check_resolution(check, first);
    bool is_choice = to->kind == REFERENCE_ENTITY && to->entity->choice_count > 0 &&
                     to->entity->variable == NULL && !to->entity->multiple && !to->entity->optional;
    return is_choice ? to->entity : NULL;
}

static bool has_case(const struct step *step, struct slice value)
{
    for (size_t i = 0; i < step->branch_count; i++) {
        const struct condition *condition = &step->branches[i].condition;
        for (size_t j = 0; j < condition->count; j++) {
            if (slice_equal(condition->tests[j].literal, value)) {
                return true;
            }
        }
    }
    return false;
}

/* A case of another value may be meant for one that is left out; it is told already (E0209). */
static bool has_unknown_case(const struct step *step, const struct entity *entity)
{
    for (size_t i = 0; i < step->branch_count; i++) {
        const struct condition *condition = &step->branches[i].condition;
        for (size_t j = 0; j < condition->count; j++) {
            bool found = false;
            for (size_t k = 0; k < entity->choice_count; k++) {
                found |= slice_equal(entity->choices[k].value, condition->tests[j].literal);
            }
            if (!found) {
                return true;
            }
        }
    }
    return false;
}

static void check_left_out(struct check *check, const struct step *step)
{
    const struct entity *entity =
        check->template->imported == NULL ? divided_entity(check, step) : NULL;
    if (entity == NULL || has_unknown_case(step, entity)) {
        return;
    }
    struct builder values = builder_new(check->arena);
    for (size_t i = 0; i < entity->choice_count; i++) {
        struct slice value = entity->choices[i].value;
        if (!has_case(step, value)) {
            builder_printf(&values, "%s`%.*s`", values.length > 0 ? ", " : "", SLICE_ARG(value));
        }
    }
    if (values.length == 0 || check->unresolved) {
        return;
    }
    struct slice list = builder_slice(&values);
    struct diagnostic *d = diag_report(check->diagnostics, W0315, step->node->source,
                                       step->node->range, "no case is for %.*s", SLICE_ARG(list));
    diag_note(check->diagnostics, d, NULL, step->node->range,
              "add a case, or `else: []` if nothing is to be done");
}

void check_cases(struct check *check)
{
    for (size_t i = 0; i < check->graph->count && !diagnostics_full(check->diagnostics); i++) {
        check_left_out(check, check->graph->nodes[i].step);
    }
}
