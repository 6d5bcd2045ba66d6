/* A file of conversations that names another dialog than the one whose parts it names. */
#include "trial/conversation/meant.h"

/* The names of services and nodes in a file, each place of them. */
struct names {
    struct arena *arena;
    const struct node **items;
    size_t count;
};

static void add_name(struct names *names, const struct node *name)
{
    if (node_is(name, NODE_STRING)) {
        names->items =
            arena_append(names->arena, (void *)names->items, names->count, sizeof *names->items);
        names->items[names->count++] = name;
    }
}

static void add_turn(struct names *names, const struct node *turn)
{
    const struct node *requests = node_get(turn, "requests");
    const struct node *answers = node_get(turn, "answers");
    for (size_t i = 0; i < node_length(requests); i++) {
        add_name(names, node_get(requests->items[i], "service"));
    }
    for (size_t i = 0; node_is(answers, NODE_MAPPING) && i < answers->count; i++) {
        add_name(names, answers->members[i].key);
    }
}

static struct names names_of(struct arena *arena, const struct conversation_file *file)
{
    struct names names = {.arena = arena};
    for (size_t i = 0; i < file->cases->count; i++) {
        const struct node *one = file->cases->items[i];
        const struct node *turns = node_get(one, "turns");
        for (size_t j = 0; j < node_length(turns); j++) {
            add_turn(&names, turns->items[j]);
        }
        add_name(&names, node_get(one, "ends"));
        add_name(&names, node_get(one, "asks"));
    }
    return names;
}

/* How many of the names the dialog has. */
static size_t found_in(struct arena *arena, const struct conversation_world *world,
                       const struct program_dialog *dialog, const struct names *names)
{
    struct conversation_world other = *world;
    other.dialog = dialog;
    struct scope scope = scope_new(arena, &other);
    size_t found = 0;
    for (size_t i = 0; i < names->count; i++) {
        found += scope_find(&scope, names->items[i]->text, SCOPE_NODE) != NULL;
    }
    return found;
}

const struct program_dialog *conversation_meant(struct arena *arena,
                                                const struct conversation_file *file,
                                                const struct conversation_world *world)
{
    struct names names = names_of(arena, file);
    if (names.count < 2 || found_in(arena, world, world->dialog, &names) > 0) {
        return NULL;
    }
    for (size_t i = 0; i < world->program->count; i++) {
        const struct program_dialog *dialog = &world->program->dialogs[i];
        if (found_in(arena, world, dialog, &names) == names.count) {
            return dialog;
        }
    }
    return NULL;
}
