/*
 * `dialog`: a call of another dialog, the values that it is handed, and those that it sets.
 *
 * Entities belong to their dialog. Those of the called one get values by `contextMap`, a JSON text
 * in which the platform replaces `{{…}}`. A value from the conversation could break that text, so a
 * script makes the whole of it. Variables of the context are the same for all dialogs: what the
 * called one sets is there when it has ended.
 */
#include "base/suggestion.h"
#include "dialog/lowering.h"
#include "dialog/value.h"
#include "language/check/constant.h"
#include "language/model/context_writes.h"
#include "language/model/platform_name.h"

static void report_unknown_dialog(struct lowering *l, const struct step *step)
{
    const struct dialog_directory *others = l->directory;
    if (others != NULL && others->is_broken != NULL &&
        others->is_broken(others->context, step->target)) {
        l->dialog->incomplete = true;
        return;
    }
    struct diagnostic *d =
        diag_report(l->diagnostics, E0213, step->node->source, step->node->range,
                    "no template in this build has the identifier `%.*s`", SLICE_ARG(step->target));
    struct slice nearest = others != NULL && others->nearest != NULL
                               ? others->nearest(others->context, step->target)
                               : SLICE("");
    const struct node *own = node_get(l->template->root, "dialogs");
    struct suggestion s = suggestion_new(step->target);
    for (size_t i = 0; node_is(own, NODE_MAPPING) && i < own->count; i++) {
        suggestion_offer(&s, own->members[i].key->text);
    }
    nearest = nearest.length > 0 ? nearest : s.best;
    if (nearest.length > 0) {
        diag_suggest(l->diagnostics, d, nearest);
    } else {
        diag_note(l->diagnostics, d, NULL, step->node->range,
                  "to call a dialog, compile its template in the same run");
    }
}

/* ---- values for its entities ---- */

static void check_value_of(struct lowering *l, const struct entity *entity,
                           const struct body *value)
{
    bool is_scalar = value->node->kind != NODE_SEQUENCE && value->node->kind != NODE_MAPPING;
    if (is_scalar && !value->text.has_references && !value->text.has_platform) {
        constant_check(l->arena, l->diagnostics,
                       &(struct constant){.entity = entity,
                                          .node = value->node,
                                          .what = "value",
                                          .is_imported = l->template->imported != NULL});
    } else if (is_scalar) {
        constant_check_reference(l->analysis, l->diagnostics, entity, &value->text);
    }
}

static void check_entities_of(struct lowering *l, const struct step *step,
                              const struct template *callee)
{
    struct assignments with = step->dialog.with;
    for (size_t i = 0; i < with.count; i++) {
        const struct node *key = with.items[i].key;
        const struct entity *entity = template_entity(callee, key->text);
        if (entity != NULL) {
            check_value_of(l, entity, &with.items[i].value);
            continue;
        }
        struct diagnostic *d = diag_report(l->diagnostics, E0202, key->source, key->range,
                                           "the dialog `%.*s` has no entity `%.*s`",
                                           SLICE_ARG(callee->id), SLICE_ARG(key->text));
        struct suggestion s = suggestion_new(key->text);
        for (size_t j = 0; j < callee->entity_count; j++) {
            suggestion_offer(&s, callee->entities[j].name);
        }
        diag_suggest(l->diagnostics, d, s.best);
    }
}

static bool are_fixed(struct assignments values)
{
    for (size_t i = 0; i < values.count; i++) {
        if (value_has_references(&values.items[i].value)) {
            return false;
        }
    }
    return true;
}

static struct slice fixed_values(struct lowering *l, struct assignments values)
{
    struct builder out = builder_new(l->arena);
    struct json_writer json = json_writer_new(&out, true);
    json_begin_object(&json);
    for (size_t i = 0; i < values.count; i++) {
        json_key_slice(&json, values.items[i].key->text);
        value_write_fixed(&json, l->analysis, &values.items[i].value);
    }
    json_end_object(&json);
    return builder_slice(&out);
}

/* A bot action whose script makes the JSON text of the values: `context.NAME`. */
static size_t lower_values(struct lowering *l, struct slice name, struct assignments values)
{
    struct script_writer w = script_writer_new(l->arena, l->analysis, l->template->locales[0]);
    w.any_locale = true;
    builder_printf(&w.body, "context.%.*s = JSON.stringify({\n", SLICE_ARG(name));
    for (size_t i = 0; i < values.count; i++) {
        builder_add_text(&w.body, "    ");
        script_string(&w.body, values.items[i].key->text);
        builder_add_text(&w.body, ": ");
        value_write(&w, &values.items[i].value, NULL);
        builder_add_text(&w.body, i + 1 < values.count ? ",\n" : "\n});\n");
    }
    size_t index = lowering_add_node(l, DIALOG_ACTION, name);
    struct dialog_node *node = &l->dialog->nodes[index];
    struct slice script = arena_printf(l->arena, "%.*sScript", SLICE_ARG(node->name));
    lowering_add_member(l, node, DIALOG_SCRIPT, script)->script.text = script_finish(&w);
    return index;
}

static void check_before(struct lowering *l, const struct step *step)
{
    const struct node *before = step->dialog.before;
    if (before != NULL && step->dialog.with.count > 0) {
        struct diagnostic *d = diag_report(l->diagnostics, E0214, before->source, before->range,
                                           "`before` and `with` both hand values to the dialog");
        diag_note(l->diagnostics, d, NULL, before->range,
                  "write all values under `with`; `before` is for what import finds in a bot");
    }
}

/* ---- variables that it sets ---- */

static void check_returns(struct lowering *l, const struct step *step,
                          const struct template *callee)
{
    const struct node *returns = step->dialog.returns;
    if (returns == NULL) {
        return;
    }
    struct context_writes writes = context_writes_of(l->arena, callee);
    for (size_t i = 0; !writes.is_open && i < node_length(returns); i++) {
        const struct node *name = returns->items[i];
        if (map_get(&writes.variables, name->text) != NULL) {
            continue;
        }
        struct diagnostic *d = diag_report(l->diagnostics, E0206, name->source, name->range,
                                           "the dialog `%.*s` does not set `%.*s`",
                                           SLICE_ARG(callee->id), SLICE_ARG(name->text));
        struct suggestion s = suggestion_new(name->text);
        for (size_t j = 0; j < writes.variables.count; j++) {
            suggestion_offer(&s, writes.variables.entries[j].key);
        }
        if (s.best.length > 0) {
            diag_suggest(l->diagnostics, d, s.best);
        } else {
            diag_note(l->diagnostics, d, NULL, name->range,
                      "add a step `set: {%.*s: …}` to that dialog", SLICE_ARG(name->text));
        }
    }
}

/* ---- the call ---- */

size_t call_lower(struct lowering *l, const struct step *step, size_t *entry)
{
    const struct template *other = template_other_dialog(l->arena, l->template, step->target);
    const struct template *callee = other;
    if (callee == NULL && l->directory != NULL) {
        callee = l->directory->find(l->directory->context, step->target);
    }
    if (callee == NULL) {
        report_unknown_dialog(l, step);
        return NO_NODE;
    }
    check_before(l, step);
    if (other == NULL) { /* of another, only the head is known */
        check_entities_of(l, step, callee);
        check_returns(l, step, callee);
    }
    struct assignments with = step->dialog.with;
    struct slice values = SLICE("");
    if (with.count > 0 && are_fixed(with)) {
        values = fixed_values(l, with);
    } else if (with.count > 0) {
        struct slice name = platform_values_name(l->arena, callee->id);
        *entry = lower_values(l, name, with);
        values = arena_printf(l->arena, "{{context.%.*s}}", SLICE_ARG(name));
    }
    size_t index = lowering_add_node(l, DIALOG_CALL, callee->intent.name);
    l->dialog->nodes[index].call.callee = callee;
    l->dialog->nodes[index].call.step = step;
    l->dialog->nodes[index].call.values = values;
    return index;
}
