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

/* The values that have cases. */
static struct map values_of_cases(struct arena *arena, const struct step *step)
{
    struct map values = map_new(arena);
    for (size_t i = 0; i < step->branch_count; i++) {
        const struct condition *condition = &step->branches[i].condition;
        for (size_t j = 0; j < condition->count; j++) {
            map_increment(&values, condition->tests[j].literal);
        }
    }
    return values;
}

/* More than these are only counted. */
#define MOST_NAMED 5

static void check_left_out(struct check *check, const struct step *step)
{
    const struct entity *entity =
        check->template->imported == NULL ? divided_entity(check, step) : NULL;
    if (entity == NULL) {
        return;
    }
    struct map with_case = values_of_cases(check->arena, step);
    struct map choices = map_new(check->arena);
    struct builder left_out = builder_new(check->arena);
    size_t covered = 0, count = 0;
    for (size_t i = 0; i < entity->choice_count; i++) {
        struct slice value = entity->choices[i].value;
        if (map_increment(&choices, value) > 1) {
            continue; /* a choice that is there twice is told elsewhere */
        }
        if (map_number(&with_case, value) > 0) {
            covered++;
        } else if (count++ < MOST_NAMED) {
            builder_printf(&left_out, "%s`%.*s`", left_out.length > 0 ? ", " : "",
                           SLICE_ARG(value));
        }
    }
    /* a case of another value may be meant for one that is left out, and is told already (E0209) */
    if (left_out.length == 0 || covered < with_case.count || check->unresolved) {
        return;
    }
    if (count > MOST_NAMED) {
        builder_printf(&left_out, " and %zu more", count - MOST_NAMED);
    }
    struct slice list = builder_slice(&left_out);
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
