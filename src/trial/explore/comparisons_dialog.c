/* Collecting the comparisons of a dialog. */
#include "base/percent.h"
#include "trial/explore/comparisons.h"

struct collecting {
    struct arena *arena;
    const struct program_dialog *dialog;
    struct comparisons list;
};

/* What a test of a transition looks at, as a path. */
static struct slice subject_of(struct collecting *c, const struct node *test)
{
    const struct program_node *asked = program_node(c->dialog, node_text(test, "field"));
    struct slice path = node_text(test, "context");
    if (asked != NULL) {
        return arena_printf(c->arena, "context.entities.%.*s", SLICE_ARG(asked->name));
    }
    bool is_bare = path.length > 0 && !slice_starts_with(path, "context.");
    return is_bare ? arena_printf(c->arena, "context.%.*s", SLICE_ARG(path)) : path;
}

static void add_test(struct collecting *c, const struct node *test)
{
    const struct node *tests = node_get(test, "tests");
    for (size_t i = 0; i < node_length(tests); i++) {
        add_test(c, tests->items[i]);
    }
    struct comparison comparison = {.subject = subject_of(c, test),
                                    .value = node_text(test, "value")};
    struct slice op = node_text(test, "op");
    if (comparison.subject.length == 0) {
        return;
    }
    if (slice_ends_with(comparison.subject, ".length")) {
        comparison.of_length = true;
        comparison.subject.length -= strlen(".length");
    }
    comparison.kind = comparison.value.length == 0 ? COMPARES_PRESENCE
                      : slice_is(op, "cnt")        ? COMPARES_PART
                      : slice_starts_with(op, "gt") || slice_starts_with(op, "lt") ? COMPARES_ORDER
                                                                                   : COMPARES_EQUAL;
    comparisons_add(c->arena, &c->list, comparison);
}

static void look_at(void *context, const struct program_node *node)
{
    struct collecting *c = context;
    for (size_t i = 0; i < node->transition_count; i++) {
        if (node->transitions[i].test != NULL) {
            c->list.group++;
            add_test(c, node->transitions[i].test);
        }
    }
    if (node->kind == DIALOG_SCRIPT) {
        struct slice script = percent_decode_text(c->arena, node_text(node->component, "script"));
        c->list.group++;
        comparisons_of_script(c->arena, script, &c->list);
    }
}

struct comparisons comparisons_of_dialog(struct arena *arena, const struct program_dialog *dialog)
{
    struct collecting collecting = {arena, dialog, {0}};
    program_visit(dialog, look_at, &collecting);
    return collecting.list;
}
