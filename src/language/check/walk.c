/* Going through the references and texts of a template. */
#include "language/check/families.h"

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
        check->message = &template->messages[i];
        visit_list(check, &template->messages[i].references, visit);
    }
    check->message = NULL;
    for (size_t i = 0; i < template->form_count; i++) {
        visit_list(check, &template->forms[i].references, visit);
    }
    visit_steps(check, &template->flow, visit);
}

static void visit_texts(struct check *check, const struct texts *texts,
                        void (*visit)(struct check *check, const struct text_variant *variant))
{
    for (size_t i = 0; i < texts->count; i++) {
        if (!texts->variants[i].borrowed) {
            visit(check, &texts->variants[i]);
        }
    }
}

void check_each_text(struct check *check,
                     void (*visit)(struct check *check, const struct text_variant *variant))
{
    const struct template *template = check->template;
    for (size_t i = 0; i < template->entity_count; i++) {
        visit_texts(check, &template->entities[i].prompt, visit);
        visit_texts(check, &template->entities[i].error, visit);
    }
    for (size_t i = 0; i < template->message_count; i++) {
        visit_texts(check, &template->messages[i].text, visit);
    }
    for (size_t i = 0; i < check->graph->count; i++) {
        const struct step *step = check->graph->nodes[i].step;
        if (step->kind == STEP_CONFIRM) {
            visit_texts(check, &step->confirm.prompt, visit);
        }
    }
}
