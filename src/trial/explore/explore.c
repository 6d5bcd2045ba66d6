/* From options to findings: setting up, searching, and saying what was not reached. */
#include "trial/explore/explore.h"

#include "document/tree/build.h"
#include "trial/explore/cases.h"
#include "trial/explore/reach.h"
#include "trial/explore/search.h"
#include "trial/explore/seeds.h"

/* The file, with the cases that are led while searching, and no others yet. */
static struct node *new_file(struct exploring *e, struct slice name)
{
    struct node *file = node_new_mapping(e->arena);
    node_set(e->arena, file, SLICE("dialogc"), node_new_integer(e->arena, 1));
    node_set_text(e->arena, file, "conversation", name);
    conversation_name_locale(e->arena, file, e->world);
    if (e->records->count > 0) {
        node_set(e->arena, file, SLICE("org"), e->records);
    }
    struct node *cases = node_new_sequence(e->arena);
    struct node *one = node_new_mapping(e->arena);
    node_set_text(e->arena, one, "name", SLICE("explored"));
    node_append(e->arena, cases, one);
    e->file = (struct conversation_file){.path = "", .root = file, .dialog = name, .cases = cases};
    return file;
}

static void add_entity(void *context, const struct program_node *node)
{
    struct exploring *e = context;
    if (node->kind == DIALOG_ENTITY) {
        e->entities = arena_append(e->arena, e->entities, e->entity_count, sizeof *e->entities);
        e->entities[e->entity_count++] = node->name;
    }
}

/* Small dialogs may take EXPLORE_LIMIT conversations, larger ones more. */
static size_t limit_of(const struct program_dialog *dialog)
{
    return EXPLORE_LIMIT + 20 * (dialog->node_count + dialog->transition_count);
}

struct exploration explore(struct arena *arena, const struct conversation_world *world,
                           struct slice name, const struct explore_options *options)
{
    const struct program_dialog *dialog = world->dialog;
    struct exploring *e = arena_alloc(arena, sizeof *e);
    jmp_buf recovery;
    struct conversation_world *own = arena_alloc(arena, sizeof *own);
    *own = *world;
    own->invents = options->hostile; /* what is recorded must be repeatable, and needs the truth */
    e->arena = arena;
    e->world = own;
    e->options = *options;
    e->options.limit = options->limit > 0 ? options->limit : limit_of(dialog);
    e->comparisons = comparisons_of_dialog(arena, world->program, dialog);
    e->below = map_new(arena);
    program_visit(dialog, add_entity, e);
    e->ids = node_new_sequence(arena);
    e->records = seed_records(arena, world, e->ids);
    e->nodes = arena_alloc_array(arena, dialog->node_count, sizeof *e->nodes);
    e->transitions = arena_alloc_array(arena, dialog->transition_count, sizeof *e->transitions);
    struct node *file = new_file(e, name);
    arena_init(&e->scratch);
    e->scratch.recovery = &recovery;
    if (setjmp(recovery) != 0) {
        arena_free(&e->scratch);
        arena_fail(arena);
    }
    if (own->machine != NULL) {
        script_machine_begin_series(own->machine);
    }
    search_all(e);
    bool complete = e->result.complete;
    if (complete && !e->ends && !options->makes_cases) {
        struct walk nothing = {.turns = node_new_sequence(arena)};
        walk_keep_mistake(e, &nothing, SLICE("no conversation comes to an end"));
    }
    if (options->makes_cases) {
        cases_write(e, file);
        e->result.file = file;
    } else {
        reach_describe(e);
    }
    arena_free(&e->scratch);
    e->result.nodes = e->nodes;
    e->result.transitions = e->transitions;
    e->result.complete = complete;
    return e->result;
}
