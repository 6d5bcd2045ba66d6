/* Nodes that refuse answers by their length. */
#include "dialog/lowering.h"
#include "dialog/script.h"
#include "language/model/platform_name.h"

/*
 * Free answers that are too long for their field, or too short for a search, are refused: a bot
 * action finds the answer and forgets it, a message says why, and its transitions lead back to the
 * question. One action and message serve all entities that are asked once; one that is asked in
 * several places has its own for each, so that the way back is known. (An entity of type regex
 * could refuse by its pattern, but the platform takes such entities from the user's first words as
 * well, whatever they are.)
 */
static struct refusals *refusals_of(struct lowering *l, const struct entity *entity)
{
    bool shared = l->asked_by[entity->index] != NO_NODE;
    if (shared && l->shared_refusals != NULL) {
        return l->shared_refusals;
    }
    struct slice stem = shared ? SLICE(PLATFORM_ANSWER) : entity->name;
    struct refusals *refusals = arena_alloc(l->arena, sizeof *refusals);
    struct slice name = platform_check_name(l->arena, stem);
    refusals->action = lowering_add_action(
        l, name, arena_printf(l->arena, "%.*sScript", SLICE_ARG(name)), SLICE(""));
    refusals->message = lowering_add_node(l, DIALOG_MESSAGE, platform_refused_name(l->arena, stem));
    refusals->next = l->refusals;
    l->refusals = refusals;
    l->shared_refusals = shared ? refusals : l->shared_refusals;
    return refusals;
}

void refusals_add(struct lowering *l, size_t from, size_t at)
{
    const struct entity *entity = analysis_entity(l->analysis, l->graph->nodes[at].step);
    const struct entity_facts *facts = analysis_entity_facts(l->analysis, entity);
    bool imported = l->template->imported != NULL; /* has them as nodes of its own, if at all */
    if (imported || (facts->longest == 0 && !facts->is_term)) {
        return;
    }
    struct refusals *refusals = refusals_of(l, entity);
    struct slice path =
        arena_printf(l->arena, "context.entities.%.*s.length", SLICE_ARG(entity->name));
    refusals->nodes =
        arena_append(l->arena, refusals->nodes, refusals->count, sizeof *refusals->nodes);
    refusals->nodes[refusals->count++] = from;
    if (facts->longest > 0) {
        lowering_add_test(l, from, path, OPERATOR_GREATER,
                          arena_printf(l->arena, "%lld", facts->longest), refusals->action);
    }
    if (facts->is_term) {
        lowering_add_test(l, from, path, OPERATOR_EQUAL, SLICE("1"), refusals->action);
    }
}

/* The script, the message and the ways back, once all entities are known. */
void refusals_finish(struct lowering *l, const struct refusals *refusals)
{
    struct dialog_node *action = &l->dialog->nodes[refusals->action];
    struct builder script = builder_new(l->arena);
    builder_add_text(&script, "var limits = {\n");
    for (size_t i = 0; i < refusals->count; i++) {
        const struct entity *entity = l->dialog->nodes[refusals->nodes[i]].entity.entity;
        const struct entity_facts *facts = analysis_entity_facts(l->analysis, entity);
        builder_add_text(&script, "    ");
        script_string(&script, entity->name);
        builder_printf(&script, ": [%d, %lld]%s\n", facts->is_term ? 2 : 0, facts->longest,
                       i + 1 < refusals->count ? "," : "");
    }
    builder_add_text(&script,
                     "};\n"
                     "context.refused = {};\n"
                     "for (var name in limits) {\n"
                     "    var answer = context.entities[name];\n"
                     "    var isShort = answer && answer.length < limits[name][0];\n"
                     "    var isLong = answer && limits[name][1] > 0 && answer.length > "
                     "limits[name][1];\n"
                     "    if (isShort || isLong) {\n"
                     "        context.refused = {name: name, most: isLong ? limits[name][1] : 0};\n"
                     "        delete context.entities[name];\n"
                     "    }\n"
                     "}\n");
    action->members[0].script.text = builder_slice(&script);
    l->dialog->nodes[refusals->message].message.texts =
        message_refused_answer(l->arena, l->template);
    lowering_add_transition(l, refusals->action,
                            (struct dialog_transition){.target = refusals->message});
    for (size_t i = 0; i + 1 < refusals->count; i++) {
        lowering_add_test(l, refusals->message, SLICE("context.refused.name"), OPERATOR_EQUAL,
                          l->dialog->nodes[refusals->nodes[i]].entity.entity->name,
                          refusals->nodes[i]);
    }
    lowering_add_transition(
        l, refusals->message,
        (struct dialog_transition){.target = refusals->nodes[refusals->count - 1]});
}
