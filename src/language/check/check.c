/* The order of the families: references first, since the others follow their pointers. */
#include "language/check/check.h"

static void visit_list(struct check *check, const struct references *list,
                       void (*visit)(struct check *check, const struct reference *reference))
{
    for (const struct reference *r = list->first; r != NULL; r = r->next) {
        visit(check, r);
    }
}

static void visit_steps(struct check *check, const struct steps *steps,
                        void (*visit)(struct check *check, const struct reference *reference))
{
    for (size_t i = 0; i < steps->count; i++) {
        visit_list(check, &steps->items[i].references, visit);
        for (size_t j = 0; j < steps->items[i].branch_count; j++) {
            visit_steps(check, &steps->items[i].branches[j].steps, visit);
        }
    }
}

void check_each_reference(struct check *check,
                          void (*visit)(struct check *check, const struct reference *reference))
{
    const struct template *template = check->template;
    for (size_t i = 0; i < template->entity_count; i++) {
        visit_list(check, &template->entities[i].references, visit);
    }
    for (size_t i = 0; i < template->service_count; i++) {
        visit_list(check, &template->services[i].references, visit);
    }
    for (size_t i = 0; i < template->message_count; i++) {
        visit_list(check, &template->messages[i].references, visit);
    }
    for (size_t i = 0; i < template->form_count; i++) {
        visit_list(check, &template->forms[i].references, visit);
    }
    visit_steps(check, &template->flow, visit);
}

const struct analysis *check_template(struct arena *arena, const struct template *template,
                                      const struct auth_profiles *profiles,
                                      struct diagnostics *diagnostics)
{
    struct check check = {
        .arena = arena, .diagnostics = diagnostics, .template = template, .profiles = profiles};
    size_t errors = diagnostics->error_count;
    check.graph = flow_graph_build(arena, template, diagnostics);
    check.analysis = analysis_new(arena, template, check.graph);
    check.unresolved = diagnostics->error_count > errors;
    check.unknown_names = map_new(arena);
    check_objects(&check);
    check_references(&check);
    check_operations(&check);
    check_names(&check);
    check_entities(&check);
    check_training(&check);
    check_locales(&check);
    check_flow(&check);
    check_security(&check);
    check_scripts(&check);
    check_braces(&check);
    return check.analysis;
}
