/* The reasons for gaps: what the flow says, and what was seen of the values that it compares. */
#include "trial/explore/reach.h"

#include "trial/conversation/gaps.h"

struct reaching {
    struct exploring *e;
    const struct program_node *wanted; /* by a visit: the node that leads to its id */
    bool found;
};

static void look_for_target(void *context, const struct program_node *node)
{
    struct reaching *r = context;
    for (size_t i = 0; i < node->transition_count; i++) {
        r->found = r->found || slice_equal(node->transitions[i].target, r->wanted->id);
    }
}

/* True when a transition leads to the node; the first one of an action needs none. */
static bool is_led_to(struct exploring *e, const struct program_node *node)
{
    struct reaching reaching = {e, node, false};
    program_visit(e->world->dialog, look_for_target, &reaching);
    const struct program_dialog *dialog = e->world->dialog;
    for (size_t i = 0; i < dialog->count && !reaching.found; i++) {
        reaching.found = dialog->nodes[i].members == node && dialog->nodes[i].member_count > 0;
    }
    return reaching.found;
}

/* The first name behind `prefix` in a path, or empty. */
static struct slice name_behind(struct slice path, const char *prefix)
{
    if (!slice_starts_with(path, prefix)) {
        return SLICE("");
    }
    size_t start = strlen(prefix);
    size_t end = start;
    while (end < path.length && path.data[end] != '.' && path.data[end] != '[') {
        end++;
    }
    return slice_part(path, start, end);
}

static struct slice why_test(struct exploring *e, const struct node *test)
{
    const struct node *tests = node_get(test, "tests");
    const struct program_node *asked = program_node(e->world->dialog, node_text(test, "field"));
    struct slice path = node_text(test, "context");
    struct slice entity = asked != NULL ? asked->name : name_behind(path, "context.entities.");
    struct slice service = name_behind(path, "context.");
    bool is_response = slice_find(path, ".response.", 0) < path.length;
    if (tests != NULL) {
        return SLICE("its conditions were never true together");
    }
    if (node_get(test, "intent") != NULL) {
        return SLICE("no other intent is ever recognised here");
    }
    if (entity.length > 0) {
        return arena_printf(e->arena, "no answer to `%.*s` that was tried makes this true",
                            SLICE_ARG(entity));
    }
    if (is_response) {
        return arena_printf(e->arena, "no response of `%.*s` that was tried makes this true",
                            SLICE_ARG(service));
    }
    return SLICE("the condition was never true");
}

static struct slice why_transition(struct exploring *e, const struct gap *gap)
{
    size_t index = (size_t)(gap->transition - gap->node->transitions);
    for (size_t i = 0; i < index; i++) {
        if (gap->node->transitions[i].test == NULL) {
            return SLICE("a transition before it always matches");
        }
    }
    return gap->transition->test != NULL ? why_test(e, gap->transition->test)
           : index > 0                   ? SLICE("one of the conditions before it was always true")
                                         : SLICE("");
}

static struct slice why(struct exploring *e, const struct gap *gap)
{
    struct slice reason = gap->transition != NULL ? why_transition(e, gap)
                          : is_led_to(e, gap->node)
                              ? SLICE("no transition that was taken leads to it")
                              : SLICE("no transition leads to it");
    return e->result.complete
               ? reason
               : arena_printf(e->arena, "%.*s; not everything was tried", SLICE_ARG(reason));
}

static size_t count(const bool *flags, size_t length)
{
    size_t set = 0;
    for (size_t i = 0; i < length; i++) {
        set += flags[i];
    }
    return set;
}

void reach_describe(struct exploring *e)
{
    const struct program_dialog *dialog = e->world->dialog;
    struct exploration *result = &e->result;
    struct gaps gaps = gaps_find(e->arena, dialog, e->nodes, e->transitions);
    result->all = dialog->node_count + dialog->transition_count;
    result->reached =
        count(e->nodes, dialog->node_count) + count(e->transitions, dialog->transition_count);
    result->gap_count = gaps.count;
    result->gaps = arena_alloc_array(e->arena, gaps.count, sizeof *result->gaps);
    for (size_t i = 0; i < gaps.count; i++) {
        result->gaps[i] = (struct explore_gap){gaps.items[i].text, why(e, &gaps.items[i])};
    }
}
