/*
 * Steps to nodes. Every reachable step but `choose`, `goto` and `end` becomes a node; a call and a
 * script become a bot action, which is where the platform wants them.
 */
#include "dialog/lowering.h"
#include "dialog/script.h"
#include "dialog/value.h"
#include "language/model/platform_name.h"
#include "language/operation/outcome.h"

static bool has_coded_outcome(const struct flow_node *node)
{
    for (size_t i = 0; i < node->edge_count; i++) {
        if (outcome_is_coded(node->edges[i].outcome)) {
            return true;
        }
    }
    return false;
}

/* The request of a service, and the script that prepares it; empty: none. */
static struct dialog_request lower_service(struct lowering *l, const struct service *service,
                                           struct slice *script)
{
    const struct auth_profile *profile = lowering_profile(l, service);
    return request_lower(l->arena, l->analysis, service, profile, script);
}

static size_t lower_call(struct lowering *l, const struct flow_node *call)
{
    const struct service *service = analysis_service(l->analysis, call->step);
    size_t index =
        lowering_add_node(l, DIALOG_ACTION, platform_action_name(l->arena, service->name));
    struct dialog_node *node = &l->dialog->nodes[index];
    struct slice script;
    struct dialog_request request = lower_service(l, service, &script);
    if (script.length > 0) {
        struct slice name = platform_script_name(l->arena, service->name);
        lowering_add_member(l, node, DIALOG_SCRIPT, name)->script.text = script;
    }
    struct dialog_node *member = lowering_add_member(l, node, DIALOG_SERVICE, service->name);
    member->service.request = request;
    member->label = &service->label;
    node->options = call->step->options;
    if (has_coded_outcome(call)) {
        struct slice name = platform_outcome_name(l->arena, service->name);
        lowering_add_member(l, node, DIALOG_SCRIPT, name)->script.text =
            script_outcome(l->arena, service->name, name);
    }
    return index;
}

/* `call` and `run` with `bare: true`: nodes of their own. */
static size_t lower_bare(struct lowering *l, const struct step *step)
{
    bool is_call = step->kind == STEP_CALL;
    size_t index = lowering_add_node(l, is_call ? DIALOG_SERVICE : DIALOG_SCRIPT, step->target);
    struct dialog_node *node = &l->dialog->nodes[index];
    if (is_call) {
        const struct service *service = analysis_service(l->analysis, step);
        struct slice script; /* none: see check_bare */
        node->service.request = lower_service(l, service, &script);
        node->label = &service->label;
    } else {
        const struct script *script = analysis_script(l->analysis, step);
        node->script.text = script->node->text;
        node->label = &script->label;
    }
    return index;
}

/* A bot action as the author has put it together. */
static size_t lower_action(struct lowering *l, const struct step *step)
{
    size_t index = lowering_add_node(l, DIALOG_ACTION, step->target);
    struct dialog_node *node = &l->dialog->nodes[index];
    node->name = step->target; /* without the number of its occurrence: the component is shared */
    node->action.step = step;
    node->label = &step->action.display;
    for (size_t i = 0; i < step->action.member_count; i++) {
        const struct action_member *part = &step->action.members[i];
        const struct service *service = template_member_service(l->template, part);
        const struct script *run = template_member_script(l->template, part);
        enum dialog_kind kind = service != NULL ? DIALOG_SERVICE
                                : run != NULL   ? DIALOG_SCRIPT
                                                : DIALOG_LOGIC;
        struct slice script = SLICE("");
        struct dialog_request request = {0};
        if (kind == DIALOG_SERVICE) {
            request = lower_service(l, service, &script);
        }
        if (script.length > 0) {
            struct slice name = platform_script_name(l->arena, service->name);
            lowering_add_member(l, node, DIALOG_SCRIPT, name)->script.text = script;
        }
        struct dialog_node *member = lowering_add_member(l, node, kind, part->node->text);
        if (kind == DIALOG_SERVICE) {
            member->service.request = request;
            member->label = &service->label;
        } else if (kind == DIALOG_SCRIPT) {
            member->script.text = run->node->text;
            member->label = &run->label;
        }
    }
    return index;
}

static size_t lower_form(struct lowering *l, const struct form *form)
{
    size_t index = lowering_add_node(l, DIALOG_FORM, form->name);
    struct dialog_node *node = &l->dialog->nodes[index];
    node->form.form = form;
    node->label = &form->label;
    node->form.prompts = message_lower_texts(l->arena, l->analysis, &form->prompt);
    node->form.errors = message_lower_texts(l->arena, l->analysis, &form->error);
    node->form.submitted = message_lower_texts(l->arena, l->analysis, &form->submitted);
    return index;
}

static size_t lower_ask(struct lowering *l, const struct entity *entity)
{
    size_t index = lowering_add_node(l, DIALOG_ENTITY, entity->name);
    struct dialog_node *node = &l->dialog->nodes[index];
    node->entity.entity = entity;
    node->default_template = entity->default_template;
    node->entity.prompts = entity->prompt.node != NULL
                               ? message_lower_texts(l->arena, l->analysis, &entity->prompt)
                               : message_default_prompt(l->arena, l->template, entity);
    node->entity.errors = entity->error.node != NULL
                              ? message_lower_texts(l->arena, l->analysis, &entity->error)
                              : message_default_error(l->arena, l->template, entity);
    size_t *asked_by = &l->asked_by[entity->index];
    bool first = lowering_count(l, "asked", entity->name) == 0;
    *asked_by = first ? index : NO_NODE;
    return index;
}

/* A bot action that gives values to entities and variables, one after the other. */
static size_t lower_set(struct lowering *l, const struct step *step)
{
    struct script_writer w = script_writer_new(l->arena, l->analysis, l->template->locales[0]);
    w.any_locale = true;
    struct assignments values = step->set.values;
    for (size_t i = 0; i < values.count; i++) {
        struct slice name = values.items[i].key->text;
        bool is_entity = template_entity(l->template, name) != NULL;
        builder_printf(&w.body, "context.%s%.*s = ", is_entity ? "entities." : "", SLICE_ARG(name));
        if (step->set.default_of != NULL) {
            script_or_default(&w, name, &values.items[i].value.text);
        } else {
            value_write(&w, &values.items[i].value, NULL);
        }
        builder_add_text(&w.body, ";\n");
    }
    struct slice first = values.items[0].key->text;
    struct slice name = step->set.default_of != NULL ? platform_default_name(l->arena, first)
                                                     : platform_set_name(l->arena, first);
    size_t index = lowering_add_node(l, DIALOG_ACTION, name);
    struct dialog_node *node = &l->dialog->nodes[index];
    struct slice script = arena_printf(l->arena, "%.*sScript", SLICE_ARG(node->name));
    lowering_add_member(l, node, DIALOG_SCRIPT, script)->script.text = script_finish(&w);
    return index;
}

static struct slice confirm_name(struct lowering *l, const struct step *step)
{
    if (step->confirm.name.length > 0) {
        return step->confirm.name;
    }
    size_t number = lowering_count(l, "unnamed", SLICE("confirm"));
    return arena_printf(l->arena, "confirm%zu", number + 1);
}

static size_t lower_confirm(struct lowering *l, const struct step *step)
{
    size_t index = lowering_add_node(l, DIALOG_CONFIRM, confirm_name(l, step));
    struct dialog_node *node = &l->dialog->nodes[index];
    node->confirm.step = step;
    node->confirm.prompts = message_lower_texts(l->arena, l->analysis, &step->confirm.prompt);
    node->label = &step->confirm.display;
    node->default_template = step->confirm.default_template;
    return index;
}

/* A bot action that forgets an entity's value, so that it is asked once more. */
static size_t lower_reset(struct lowering *l, const struct entity *entity)
{
    struct slice name = arena_printf(l->arena, "%.*sReset", SLICE_ARG(entity->name));
    struct builder script = builder_new(l->arena);
    builder_add_text(&script, "delete context.entities[");
    script_string(&script, entity->name);
    builder_add_text(&script, "];\n");
    return lowering_add_action(l, name, arena_printf(l->arena, "%.*sScript", SLICE_ARG(name)),
                               builder_slice(&script));
}

static size_t lower_say(struct lowering *l, const struct message *message)
{
    size_t index = lowering_add_node(l, DIALOG_MESSAGE, message->name);
    l->dialog->nodes[index].message.texts = message_lower(l->arena, l->analysis, message);
    l->dialog->nodes[index].label = &message->label;
    return index;
}

static size_t lower_run(struct lowering *l, const struct script *script)
{
    struct slice name = arena_printf(l->arena, "%.*sAction", SLICE_ARG(script->name));
    size_t index = lowering_add_action(l, name, script->name, script->node->text);
    l->dialog->nodes[index].members[0].label = &script->label;
    return index;
}

void step_lower(struct lowering *l, size_t at)
{
    const struct step *step = l->graph->nodes[at].step;
    size_t index = NO_NODE;
    size_t entry = NO_NODE;
    switch (step->kind) {
    case STEP_ASK:
        entry = step->ask.again ? lower_reset(l, analysis_entity(l->analysis, step)) : NO_NODE;
        index = lower_ask(l, analysis_entity(l->analysis, step));
        break;
    case STEP_CALL:
        index = step->call.bare ? lower_bare(l, step) : lower_call(l, &l->graph->nodes[at]);
        break;
    case STEP_SAY:
        index = lower_say(l, analysis_message(l->analysis, step));
        break;
    case STEP_RUN:
        index =
            step->run.bare ? lower_bare(l, step) : lower_run(l, analysis_script(l->analysis, step));
        break;
    case STEP_SET:
        index = lower_set(l, step);
        break;
    case STEP_CONFIRM:
        index = lower_confirm(l, step);
        break;
    case STEP_CHOOSE: /* with a node of its own */
        index = lowering_add_node(l, DIALOG_LOGIC, step->choose.name);
        l->dialog->nodes[index].label = &step->choose.display;
        break;
    case STEP_ACTION:
        index = lower_action(l, step);
        break;
    case STEP_FORM:
        index = lower_form(l, analysis_form(l->analysis, step));
        break;
    case STEP_DIALOG:
        index = call_lower(l, step, &entry);
        break;
    case STEP_TRANSFER:
        index = lowering_add_node(l, DIALOG_TRANSFER,
                                  step->transfer.name.length > 0 ? step->transfer.name
                                                                 : SLICE("agentTransfer"));
        l->dialog->nodes[index].label = &step->transfer.display;
        break;
    case STEP_GOTO:
    case STEP_END:
        break;
    }
    if (index != NO_NODE && step->options != NULL) {
        l->dialog->nodes[index].options = step->options;
    }
    l->node_of[at] = index;
    l->entry_of[at] = entry != NO_NODE ? entry : index;
}
