#include "page/place.h"

/* From the key (NULL: the value) to the end of the value (NULL: of the key). */
static struct page_place place_of_value(const struct node *key, const struct node *value)
{
    const struct node *first = key != NULL ? key : value;
    struct page_place place = {0};
    if (first == NULL) {
        return place;
    }
    place.source = first->source;
    place.range = first->range;
    if (value != NULL && value->source == place.source && value->range.end > place.range.end) {
        place.range.end = value->range.end;
    }
    return place;
}

/* The first step of a kind that has this name, in all branches. */
static const struct step *find_step(const struct steps *steps, enum step_kind kind,
                                    struct slice name)
{
    const struct step *found = NULL;
    for (size_t i = 0; found == NULL && i < steps->count; i++) {
        const struct step *step = &steps->items[i];
        struct slice own =
            kind == STEP_CONFIRM && step->kind == STEP_CONFIRM ? step->confirm.name : step->target;
        if (step->kind == kind && (slice_equal(own, name) || slice_equal(step->target, name))) {
            found = step;
        }
        for (size_t b = 0; found == NULL && b < step->branch_count; b++) {
            found = find_step(&step->branches[b].steps, kind, name);
        }
    }
    return found;
}

static struct page_place place_of_step(const struct template *template, enum step_kind kind,
                                       struct slice name)
{
    const struct step *step = find_step(&template->flow, kind, name);
    return step != NULL ? place_of_value(NULL, step->node) : (struct page_place){0};
}

static struct page_place place_in_template(const struct template *template,
                                           const struct program_node *node)
{
    switch (node->kind) {
    case DIALOG_INTENT:
        return place_of_value(NULL, template->intent.node);
    case DIALOG_ENTITY: {
        const struct entity *entity = template_entity(template, node->name);
        return entity != NULL ? place_of_value(entity->key, entity->node) : (struct page_place){0};
    }
    case DIALOG_MESSAGE: {
        const struct message *message = template_message(template, node->name);
        return message != NULL ? place_of_value(message->key, message->node)
                               : (struct page_place){0};
    }
    case DIALOG_SERVICE: {
        const struct service *service = template_service(template, node->name);
        return service != NULL ? place_of_value(service->key, service->node)
                               : (struct page_place){0};
    }
    case DIALOG_SCRIPT: {
        const struct script *script = template_script(template, node->name);
        return script != NULL ? place_of_value(script->key, script->node) : (struct page_place){0};
    }
    case DIALOG_FORM: {
        const struct form *form = template_form(template, node->name);
        return form != NULL ? place_of_value(form->key, NULL) : (struct page_place){0};
    }
    case DIALOG_CONFIRM:
        return place_of_step(template, STEP_CONFIRM, node->name);
    case DIALOG_ACTION:
        return place_of_step(template, STEP_ACTION, node->name);
    case DIALOG_CALL:
        return place_of_step(template, STEP_DIALOG, node->name);
    case DIALOG_TRANSFER:
        return place_of_step(template, STEP_TRANSFER, node->name);
    case DIALOG_LOGIC:
        return place_of_step(template, STEP_CHOOSE, node->name);
    }
    return (struct page_place){0};
}

struct page_place page_place_of(const struct page_dialog *dialog, const struct program_node *node,
                                const struct program_node *action)
{
    if (dialog->template == NULL) {
        struct page_place own =
            place_of_value(NULL, node->component != NULL ? node->component : node->stub);
        own.also = node->stub->range;
        return own;
    }
    struct page_place place = place_in_template(dialog->template, node);
    for (size_t i = 0; place.source == NULL && i < node->member_count; i++) {
        place = place_in_template(dialog->template, &node->members[i]);
    }
    if (place.source == NULL && action != NULL) {
        place = page_place_of(dialog, action, NULL);
    }
    return place;
}

struct page_place page_place_of_dialog(const struct page_dialog *dialog)
{
    const struct node *root =
        dialog->template != NULL ? dialog->template->root : dialog->dialog->root;
    return place_of_value(NULL, root);
}

bool page_place_has(const struct page_place *place, const struct diagnostic *finding)
{
    uint32_t at = finding->range.start;
    /* a template is read again to be looked at, so that its source is another one */
    return place->source != NULL && strcmp(place->source->path, finding->source->path) == 0 &&
           ((place->range.start <= at && at < place->range.end) ||
            (place->also.start <= at && at < place->also.end));
}
