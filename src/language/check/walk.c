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

static void visit_buttons(struct check *check, const struct button *buttons, size_t count,
                          void (*visit)(struct check *check, const struct text_variant *variant))
{
    for (size_t i = 0; i < count; i++) {
        visit_texts(check, &buttons[i].title, visit);
    }
}

/* The titles of what a message shows below its text. */
static void visit_titles(struct check *check, const struct message *message,
                         void (*visit)(struct check *check, const struct text_variant *variant))
{
    switch (message->kind) {
    case MESSAGE_BUTTONS:
        visit_buttons(check, message->buttons.items, message->buttons.count, visit);
        break;
    case MESSAGE_QUICK_REPLIES:
        for (size_t i = 0; i < message->quick_replies.count; i++) {
            visit_texts(check, &message->quick_replies.items[i].title, visit);
        }
        break;
    case MESSAGE_LIST:
    case MESSAGE_CAROUSEL:
        for (size_t i = 0; i < message->elements.count; i++) {
            const struct element *element = &message->elements.items[i];
            visit_texts(check, &element->title, visit);
            visit_texts(check, &element->subtitle, visit);
            visit_buttons(check, element->buttons, element->button_count, visit);
        }
        break;
    case MESSAGE_TABLE:
        for (size_t i = 0; i < message->table.count; i++) {
            visit_texts(check, &message->table.columns[i].title, visit);
        }
        break;
    case MESSAGE_TEXT:
    case MESSAGE_SCRIPT:
    case MESSAGE_DATA:
    case MESSAGE_CHOICE:
        break;
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
        visit_titles(check, &template->messages[i], visit);
    }
    for (size_t i = 0; i < check->graph->count; i++) {
        const struct step *step = check->graph->nodes[i].step;
        if (step->kind == STEP_CONFIRM) {
            visit_texts(check, &step->confirm.prompt, visit);
        }
    }
}
