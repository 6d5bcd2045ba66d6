/* What the writers of nodes and of components share: the ids of all nodes, encoded text. */
#include "base/percent.h"
#include "document/tree/build.h"
#include "platform/artifact/writer.h"

static void make_ids(struct artifact_writer *w, const struct dialog_node *node, bool member,
                     struct artifact_node_ids *ids)
{
    ids->node = artifact_node_id(w->dialog->template->id, node, member);
    if (node->kind == DIALOG_CALL) {
        ids->component = artifact_intent_id(node->call.callee);
        ids->ref = artifact_intent_ref(node->call.callee);
    } else {
        struct slice template_id = w->dialog->template->id;
        ids->component = artifact_component_id(template_id, node->kind, node->name);
        ids->ref = artifact_component_ref(template_id, node->kind, node->name);
    }
    ids->members = arena_alloc_array(w->arena, node->member_count, sizeof *ids->members);
    for (size_t i = 0; i < node->member_count; i++) {
        make_ids(w, &node->members[i], true, &ids->members[i]);
    }
}

void artifact_make_ids(struct artifact_writer *w)
{
    w->ids = arena_alloc_array(w->arena, w->dialog->count, sizeof *w->ids);
    for (size_t i = 0; i < w->dialog->count; i++) {
        make_ids(w, &w->dialog->nodes[i], false, &w->ids[i]);
    }
}

void artifact_write_encoded(struct json_writer *json, struct slice text)
{
    if (json->tree != NULL) {
        struct builder encoded = builder_new(json->tree->arena);
        percent_encode(&encoded, text);
        json_tree_add(json->tree, node_new_text(json->tree->arena, builder_slice(&encoded)));
        return;
    }
    /* The encoded text is pure ASCII without quotes: it goes into the string as it is. */
    char *at = json_begin_value(json, 1);
    *at++ = '"';
    json_end_value(json, at);
    percent_encode(json->out, text);
    builder_add_char(json->out, '"');
}
