/* Whether what refers to something refers to something that is there, and ids that are unique. */
#include "platform/bot/verify_rules.h"
#include "platform/artifact/node_type.h"

static bool is_end(struct slice target)
{
    return target.length == 0 || slice_is(target, "end");
}

/* ---- ids ---- */

static void check_unique(struct verify *v, const char *section_name, const char *key,
                         const char *what)
{
    const struct node *section = bot_section(v->bot, section_name);
    struct map seen = map_new(v->arena);
    for (size_t i = 0; i < node_length(section); i++) {
        const struct node *id = node_get(section->items[i], key);
        if (!node_is(id, NODE_STRING) || id->text.length == 0) {
            continue;
        }
        const struct node *older = map_add(&seen, id->text, section->items[i]);
        if (older != NULL) {
            struct diagnostic *d = verify_report(v, E1101, id, "two %s have the same %s `%.*s`",
                                                 what, key, SLICE_ARG(id->text));
            diag_note(v->diagnostics, d, v->bot->source, bot_place(older, key)->range,
                      "the other one is here");
        }
    }
}

/* ---- a dialog ---- */

static struct map node_ids(struct verify *v, const struct node *nodes)
{
    struct map ids = map_new(v->arena);
    for (size_t i = 0; i < nodes->count; i++) {
        struct node *id = node_get(nodes->items[i], "nodeId");
        if (!node_is(id, NODE_STRING)) {
            continue;
        }
        const struct node *older = map_add(&ids, id->text, id);
        if (older != NULL) {
            struct diagnostic *d =
                verify_report(v, E1102, id, "two nodes of the dialog have the same id `%.*s`",
                              SLICE_ARG(id->text));
            diag_note(v->diagnostics, d, v->bot->source, older->range, "the other one is here");
        }
    }
    return ids;
}

static void check_target(struct verify *v, const struct map *ids, const struct node *target)
{
    if (node_is(target, NODE_STRING) && !is_end(target->text) &&
        map_get(ids, target->text) == NULL) {
        verify_report(v, E1103, target,
                      "the transition leads to `%.*s`, which is not a node of this dialog",
                      SLICE_ARG(target->text));
    }
}

static void check_transitions(struct verify *v, const struct map *ids, const struct node *stub)
{
    const struct node *transitions = node_get(stub, "transitions");
    for (size_t i = 0; i < node_length(transitions); i++) {
        check_target(v, ids, node_get(transitions->items[i], "default"));
        check_target(v, ids, node_get(transitions->items[i], "then"));
    }
}

static void check_component(struct verify *v, const struct node *stub)
{
    const struct node *id = node_get(stub, "componentId");
    const struct node *component = bot_component(v->bot, stub);
    struct slice type = node_text(stub, "type");
    if (!node_is(id, NODE_STRING)) {
        return; /* the schema tells */
    }
    if (component == NULL) {
        verify_report(v, E1104, id, "the node's component `%.*s` is not in the export",
                      SLICE_ARG(id->text));
    } else if (!slice_equal(type, node_text(component, "type"))) {
        verify_report(v, E1105, bot_place(stub, "type"),
                      "the node has the type `%.*s`, but its component `%.*s` has the type `%.*s`",
                      SLICE_ARG(type), SLICE_ARG(node_text(component, "name")),
                      SLICE_ARG(node_text(component, "type")));
    }
}

/* A bot action lists its nodes twice: in the dialog and in its component. */
static void check_action(struct verify *v, const struct node *stub)
{
    const struct node *component = bot_component(v->bot, stub);
    const struct node *mine = node_get(stub, "nodes");
    const struct node *content = node_get(component, "nodes");
    if (!node_type_is(stub, DIALOG_ACTION) || !node_is(mine, NODE_SEQUENCE) ||
        !node_is(content, NODE_SEQUENCE)) {
        return;
    }
    bool same = mine->count == content->count;
    for (size_t i = 0; same && i < mine->count; i++) {
        same = slice_equal(node_text(mine->items[i], "nodeId"),
                           node_text(content->items[i], "nodeId"));
    }
    if (!same) {
        struct diagnostic *d =
            verify_report(v, E1106, mine, "the bot action and its component list different nodes");
        diag_note(v->diagnostics, d, v->bot->source, content->range,
                  "the component's nodes are listed here");
        return;
    }
    struct map ids = node_ids(v, content);
    for (size_t i = 0; i < content->count; i++) {
        check_transitions(v, &ids, content->items[i]);
        check_component(v, mine->items[i]);
    }
}

static void check_dialog(struct verify *v, const struct node *dialog)
{
    const struct node *nodes = node_get(dialog, "nodes");
    if (!node_is(nodes, NODE_SEQUENCE)) {
        return;
    }
    struct map ids = node_ids(v, nodes);
    for (size_t i = 0; i < nodes->count; i++) {
        check_transitions(v, &ids, nodes->items[i]);
        check_component(v, nodes->items[i]);
        check_action(v, nodes->items[i]);
    }
}

/* ---- what else refers to components and dialogs ---- */

static void check_sentences(struct verify *v)
{
    const struct node *sentences = bot_section(v->bot, "sentences");
    for (size_t i = 0; i < node_length(sentences); i++) {
        const struct node *task = node_get(sentences->items[i], "taskId");
        if (!node_is(task, NODE_STRING)) {
            continue;
        }
        const struct node *intent = map_get(&v->bot->components, task->text);
        if (!node_type_is(intent, DIALOG_INTENT)) {
            verify_report(v, E1107, task,
                          "the utterance belongs to `%.*s`, which is not an intent of the export",
                          SLICE_ARG(task->text));
        }
    }
}

static void check_patterns(struct verify *v)
{
    const struct node *components = bot_section(v->bot, "dialogComponents");
    const struct node *patterns = bot_section(v->bot, "patterns");
    struct map refs = map_new(v->arena);
    for (size_t i = 0; i < components->count; i++) {
        struct slice ref = node_text(components->items[i], "refId");
        if (ref.length > 0) {
            map_add(&refs, ref, components->items[i]);
        }
    }
    for (size_t i = 0; i < node_length(patterns); i++) {
        const struct node *ref = node_get(patterns->items[i], "refId");
        if (node_is(ref, NODE_STRING) && map_get(&refs, ref->text) == NULL) {
            verify_report(v, E1108, ref,
                          "the patterns belong to `%.*s`, which is not a component of the export",
                          SLICE_ARG(ref->text));
        }
    }
}

static void check_components(struct verify *v)
{
    const struct node *components = bot_section(v->bot, "dialogComponents");
    const struct node *forms = bot_section(v->bot, "forms");
    struct map form_refs = map_new(v->arena);
    for (size_t i = 0; i < node_length(forms); i++) {
        map_add(&form_refs, node_text(forms->items[i], "refId"), forms->items[i]);
    }
    for (size_t i = 0; i < components->count; i++) {
        const struct node *component = components->items[i];
        const struct node *called = node_get(component, "dialogId");
        const struct node *form = node_get(component, "resourceId");
        if (node_is(called, NODE_STRING) && called->text.length > 0 &&
            map_get(&v->bot->dialogs, called->text) == NULL) {
            verify_report(v, W1109, called,
                          "the intent `%.*s` starts a dialog that is not in the "
                          "export",
                          SLICE_ARG(node_text(component, "name")));
        }
        if (node_type_is(component, DIALOG_FORM) && node_is(form, NODE_STRING) && forms != NULL &&
            map_get(&form_refs, form->text) == NULL) {
            verify_report(v, W1109, form, "the form `%.*s` is not in the export",
                          SLICE_ARG(node_text(component, "name")));
        }
        if (!v->partial && map_get(&v->used_by, node_text(component, "_id")) == NULL) {
            verify_report(v, W1110, bot_place(component, "name"),
                          "no dialog has a node of the component `%.*s`",
                          SLICE_ARG(node_text(component, "name")));
        }
    }
}

void verify_references(struct verify *v)
{
    check_unique(v, "dialogs", "_id", "dialogs");
    check_unique(v, "dialogs", "refId", "dialogs");
    check_unique(v, "dialogComponents", "_id", "components");
    check_unique(v, "dialogComponents", "refId", "components");
    check_unique(v, "sentences", "_id", "utterances");
    const struct node *dialogs = bot_section(v->bot, "dialogs");
    for (size_t i = 0; i < dialogs->count; i++) {
        check_dialog(v, dialogs->items[i]);
    }
    check_sentences(v);
    check_patterns(v);
    check_components(v);
}
