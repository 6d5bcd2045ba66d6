/* Dialogs of exports as nodes that can be followed. */
#include "trial/simulator/program.h"

static void read_transitions(struct arena *arena, struct program_dialog *dialog,
                             struct program_node *node, const struct node *transitions)
{
    node->first_transition = dialog->transition_count;
    node->transition_count = node_length(transitions);
    node->transitions = arena_alloc_array(arena, node->transition_count, sizeof *node->transitions);
    for (size_t i = 0; i < node->transition_count; i++) {
        const struct node *transition = transitions->items[i];
        node->transitions[i].test = node_get(transition, "if");
        node->transitions[i].target =
            node_text(transition, node->transitions[i].test != NULL ? "then" : "default");
    }
    dialog->transition_count += node->transition_count;
}

static void read_node(struct arena *arena, struct program_dialog *dialog, struct program_node *node,
                      const struct node *stub, bool first)
{
    node->kind = DIALOG_LOGIC;
    if (!node_type_kind(node_text(stub, "type"), first, &node->kind)) {
        node->unknown = node_text(stub, "type");
    }
    node->id = node_text(stub, "nodeId");
    node->name = bot_node_name(dialog->bot, stub);
    node->stub = stub;
    node->component = bot_component(dialog->bot, stub);
    node->index = dialog->node_count++;
    read_transitions(arena, dialog, node, node_get(stub, "transitions"));
}

/* The transitions between members are in the component of the bot action, not in its stub. */
static void read_members(struct arena *arena, struct program_dialog *dialog,
                         struct program_node *node)
{
    const struct node *members = node_get(node->component, "nodes");
    node->member_count = node_length(members);
    node->members = arena_alloc_array(arena, node->member_count, sizeof *node->members);
    for (size_t i = 0; i < node->member_count; i++) {
        read_node(arena, dialog, &node->members[i], members->items[i], false);
    }
}

static void read_dialog(struct arena *arena, struct program_dialog *dialog)
{
    const struct node *nodes = node_get(dialog->root, "nodes");
    dialog->count = node_length(nodes);
    dialog->nodes = arena_alloc_array(arena, dialog->count, sizeof *dialog->nodes);
    dialog->by_id = map_new(arena);
    for (size_t i = 0; i < dialog->count; i++) {
        struct program_node *node = &dialog->nodes[i];
        read_node(arena, dialog, node, nodes->items[i], i == 0);
        if (node->kind == DIALOG_ACTION) {
            read_members(arena, dialog, node);
        }
        map_add(&dialog->by_id, node->id, node);
    }
}

void program_add(struct arena *arena, struct program *program, const struct bot *bot)
{
    const struct node *dialogs = bot_section(bot, "dialogs");
    size_t count = node_length(dialogs);
    program->dialogs = arena_grow(arena, program->dialogs, program->count, program->count + count,
                                  sizeof *program->dialogs);
    for (size_t i = 0; i < count; i++) {
        struct program_dialog *dialog = &program->dialogs[program->count++];
        dialog->bot = bot;
        dialog->root = dialogs->items[i];
        dialog->id = node_text(dialog->root, "_id");
        dialog->name = bot_dialog_name(dialog->root);
        read_dialog(arena, dialog);
    }
    program->by_id = map_new(arena);
    for (size_t i = 0; i < program->count; i++) {
        map_add(&program->by_id, program->dialogs[i].id, &program->dialogs[i]);
    }
}

const struct program_dialog *program_find(const struct program *program, struct slice name)
{
    for (size_t i = 0; i < program->count; i++) {
        const struct program_dialog *dialog = &program->dialogs[i];
        if (slice_equal_ignoring_case(dialog->name, name) || slice_equal(dialog->id, name)) {
            return dialog;
        }
    }
    return NULL;
}

const struct program_node *program_node(const struct program_dialog *dialog, struct slice id)
{
    return map_get(&dialog->by_id, id);
}

void program_visit(const struct program_dialog *dialog,
                   void (*visit)(void *context, const struct program_node *node), void *context)
{
    for (size_t i = 0; i < dialog->count; i++) {
        const struct program_node *node = &dialog->nodes[i];
        visit(context, node);
        for (size_t j = 0; j < node->member_count; j++) {
            visit(context, &node->members[j]);
        }
    }
}

static void add_call(struct arena *arena, struct program_calls *calls,
                     const struct program_dialog *dialog)
{
    for (size_t i = 0; i < calls->count; i++) {
        if (calls->dialogs[i] == dialog) {
            return;
        }
    }
    calls->dialogs =
        arena_append(arena, calls->dialogs, calls->count, sizeof(struct program_dialog *));
    calls->dialogs[calls->count++] = dialog;
}

struct program_calls program_calls(struct arena *arena, const struct program *program,
                                   const struct program_dialog *dialog)
{
    struct program_calls calls = {0};
    add_call(arena, &calls, dialog);
    for (size_t i = 0; i < calls.count; i++) {
        for (size_t j = 0; j < calls.dialogs[i]->count; j++) {
            const struct program_node *node = &calls.dialogs[i]->nodes[j];
            struct slice id = node_text(node->component, "dialogId");
            const struct program_dialog *called =
                node->kind == DIALOG_CALL ? map_get(&program->by_id, id) : NULL;
            if (called != NULL) {
                add_call(arena, &calls, called);
            } else if (node->kind == DIALOG_CALL && calls.missing == NULL) {
                calls.missing = node;
            }
        }
    }
    return calls;
}
