/* Collecting the comparisons of a dialog. */
#include "base/percent.h"
#include "trial/explore/comparisons.h"
#include "trial/simulator/transition.h"

struct collecting {
    struct arena *arena;
    const struct program_dialog *dialog;
    struct comparisons list;
};

/* What a test of a transition looks at, as a path. */
static struct slice subject_of(struct collecting *c, const struct node *test)
{
    const struct program_node *asked = program_node(c->dialog, node_text(test, "field"));
    if (asked != NULL) {
        return arena_printf(c->arena, "context.entities.%.*s", SLICE_ARG(asked->name));
    }
    struct slice path = transition_variable(c->arena, node_text(test, "context"));
    return slice_starts_with(path, "context.") ? path : SLICE("");
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
    static const char *const keys[] = {"script", "preProcessor", "postProcessor"};
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
        struct slice script = percent_decode_text(c->arena, node_text(node->component, keys[i]));
        if (script.length > 0) {
            c->list.group++;
            comparisons_of_script(c->arena, script, &c->list);
        }
    }
}

struct comparisons comparisons_of_dialog(struct arena *arena, const struct program *program,
                                         const struct program_dialog *dialog)
{
    struct collecting collecting = {arena, dialog, {0}};
    struct program_calls calls = program_calls(arena, program, dialog);
    for (size_t i = 0; i < calls.count; i++) { /* the first one is the dialog itself */
        collecting.dialog = calls.dialogs[i];
        program_visit(calls.dialogs[i], look_at, &collecting);
        comparisons_follow_aliases(arena, &collecting.list);
        collecting.list.own = i == 0 ? collecting.list.count : collecting.list.own;
    }
    return collecting.list;
}
