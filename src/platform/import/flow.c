/*
 * The graph of a dialog as steps. A node that only one way leads to stands where that way comes
 * from: in the branch, or right behind. A node that several ways lead to stands behind the step
 * that all of them come from (its immediate dominator), under a label; the last way before it
 * falls through, the others `goto` it. Of several ways, the default goes on behind the step, or one
 * that is much longer than the others.
 */
#include "platform/import/flow.h"

/* Branches that are nested deeper stand at the end of the flow, under a label. */
#define NESTING_LIMIT 8

/* Which way a list of steps goes on at its end. */
enum { FOLLOW_END = -1, FOLLOW_NOTHING = -2 };

/* ---- branches ---- */

static struct node *end_step(struct flow_writer *w)
{
    return node_new_text(w->arena, SLICE("end"));
}

/* The steps that lead to `target` at the end of a list that goes on with `follow`. */
static void add_jump(struct flow_writer *w, struct node *list, size_t target, long follow)
{
    if (target == NO_TARGET || target == 0) {
        if (follow != FOLLOW_END) {
            node_append(w->arena, list, end_step(w));
        }
    } else if (follow < 0 || (size_t)follow != target) {
        struct node *step = node_new_mapping(w->arena);
        node_set_text(w->arena, step, "goto", flow_label(w, target));
        node_append(w->arena, list, step);
    }
}

static void add_sequence(struct flow_writer *w, struct node *list, size_t start, long follow,
                         size_t depth);

/* The steps of a branch of `from`; none when it leads to what goes on behind it. */
static struct node *branch_to(struct flow_writer *w, size_t from, size_t target, long follow,
                              size_t depth)
{
    struct node *list = node_new_sequence(w->arena);
    bool goes_on = follow >= 0 && (size_t)follow == target;
    if (goes_on || !flow_belongs_to(w, target, from)) {
        add_jump(w, list, target, follow);
    } else if (depth >= NESTING_LIMIT) {
        w->detached = arena_append(w->arena, w->detached, w->detached_count, sizeof *w->detached);
        w->detached[w->detached_count++] = target;
        add_jump(w, list, target, FOLLOW_NOTHING);
    } else {
        add_sequence(w, list, target, follow, depth + 1);
    }
    return list;
}

/* The transitions of a node in the language's order: conditions, then the default. */
struct ways {
    size_t *conditions; /* numbers of transitions */
    size_t condition_count;
    size_t fallback; /* the target of the default */
    bool has_default;
};

static struct ways ways_of(struct flow_writer *w, const struct import_node *node)
{
    struct ways ways = {.fallback = NO_TARGET};
    const struct node *transitions = node_get(node->stub, "transitions");
    ways.conditions = arena_alloc_array(w->arena, node->target_count + 1, sizeof(size_t));
    for (size_t i = 0; i < node->target_count; i++) {
        if (node_get(transitions->items[i], "if") != NULL) {
            ways.conditions[ways.condition_count++] = i;
        } else {
            ways.fallback = node->targets[i];
            ways.has_default = true;
        }
    }
    return ways;
}

static const struct node *condition_at(const struct import_node *node, size_t transition)
{
    return node_get(node_get(node->stub, "transitions")->items[transition], "if");
}

/* `choose: ${name}` with `cases` reads better than a list of `${name} == value`. */
static struct slice common_reference(struct flow_writer *w, const struct import_node *node,
                                     const struct ways *ways)
{
    struct slice common = SLICE("");
    for (size_t i = 0; i < ways->condition_count; i++) {
        const struct node *test = condition_at(node, ways->conditions[i]);
        struct slice reference = flow_reference(w, test);
        bool equals = node_get(test, "tests") == NULL && slice_is(node_text(test, "op"), "eq") &&
                      node_text(test, "value").length > 0;
        if (!equals || reference.length == 0 || (i > 0 && !slice_equal(reference, common))) {
            return SLICE("");
        }
        common = reference;
    }
    return ways->condition_count > 1 ? common : SLICE("");
}

static void add_choose(struct flow_writer *w, struct node *step, size_t at, const struct ways *ways,
                       long next, size_t depth)
{
    const struct import_node *node = &w->d->nodes[at];
    struct slice common = common_reference(w, node, ways);
    struct node *cases = node_new_sequence(w->arena);
    if (common.length > 0) {
        node_set_text(w->arena, step, "choose",
                      arena_printf(w->arena, "${%.*s}", SLICE_ARG(common)));
        node_set(w->arena, step, SLICE("cases"), cases);
    } else {
        node_set(w->arena, step, SLICE("choose"), cases);
    }
    if (ways->condition_count == 0) { /* a logic node that nobody has filled in */
        struct node *branch = node_new_mapping(w->arena);
        node_set_text(w->arena, branch, "when", SLICE(NEVER));
        node_set(w->arena, branch, SLICE("then"), node_new_sequence(w->arena));
        node_append(w->arena, cases, branch);
    }
    for (size_t i = 0; i < ways->condition_count; i++) {
        const struct node *test = condition_at(node, ways->conditions[i]);
        struct node *branch = node_new_mapping(w->arena);
        node_set_text(w->arena, branch, "when",
                      common.length > 0 ? node_text(test, "value") : flow_condition(w, test));
        node_set(w->arena, branch, SLICE("then"),
                 branch_to(w, at, node->targets[ways->conditions[i]], next, depth));
        node_append(w->arena, cases, branch);
    }
}

/* yes, no, and what is neither. */
static void add_answers(struct flow_writer *w, struct node *step, size_t at,
                        const struct ways *ways, long follow, size_t depth)
{
    static const char *const answers[] = {"yes", "no"};
    const struct import_node *node = &w->d->nodes[at];
    for (size_t i = 0; i < 2; i++) {
        for (size_t j = 0; j < ways->condition_count; j++) {
            struct slice answer = node_text(condition_at(node, ways->conditions[j]), "dialogAct");
            if (slice_is(answer, answers[i])) {
                struct node *branch =
                    branch_to(w, at, node->targets[ways->conditions[j]], follow, depth);
                if (branch->count > 0) {
                    node_set(w->arena, step, slice_of(answers[i]), branch);
                }
                break;
            }
        }
    }
}

/* Where the transition of an answer leads; NO_TARGET where there is none. */
static size_t answer_target(const struct import_node *node, const struct ways *ways,
                            const char *answer)
{
    for (size_t i = 0; i < ways->condition_count; i++) {
        if (slice_is(node_text(condition_at(node, ways->conditions[i]), "dialogAct"), answer)) {
            return node->targets[ways->conditions[i]];
        }
    }
    return NO_TARGET;
}

/* What follows an answer that is neither yes nor no; without `else` the same as a no. */
static void add_neither(struct flow_writer *w, struct node *step, size_t at,
                        const struct ways *ways, long next, size_t depth)
{
    const struct import_node *node = &w->d->nodes[at];
    if (!ways->has_default) {
        node_set_text(w->arena, step, "else", SLICE("none"));
    } else if (answer_target(node, ways, "no") != ways->fallback) {
        node_set(w->arena, step, SLICE("else"), branch_to(w, at, ways->fallback, next, depth));
    }
}

/* ---- the way that goes on ---- */

/* A way that goes on although it is not the default, or joins stand behind it, has so many nodes.
 */
#define TRUNK_WEIGHT 4

/*
 * The way of a node that goes on in the same list, with the others as branches: the one that is
 * much longer than all else that the node leads to, so that what a dialog is mostly about does not
 * stand in the branches of its questions; else the default, unless there are joins, which then
 * stand behind the node's step. NO_TARGET: none does.
 */
static size_t trunk_of(const struct flow_writer *w, size_t at, const struct ways *ways,
                       bool has_joins)
{
    const struct import_node *node = &w->d->nodes[at];
    size_t fallback = flow_belongs_to(w, ways->fallback, at) ? ways->fallback : NO_TARGET;
    size_t longest = fallback;
    size_t weight = fallback != NO_TARGET ? w->places[fallback].weight : 0;
    for (size_t i = 0; i < ways->condition_count; i++) {
        size_t target = node->targets[ways->conditions[i]];
        if (flow_belongs_to(w, target, at) && w->places[target].weight > weight) {
            longest = target;
            weight = w->places[target].weight;
        }
    }
    size_t rest = w->places[at].weight - 1 - weight;
    bool prevails = weight >= TRUNK_WEIGHT && weight > 2 * rest;
    return prevails ? longest : has_joins ? NO_TARGET : fallback;
}

/* What a node dominates and several ways lead to, put on the stack so that the first is on top. */
static size_t *push_joins(struct flow_writer *w, size_t at, size_t *stack, size_t *count)
{
    for (size_t join = w->places[at].first_join; join != NO_TARGET;
         join = w->places[join].next_join) {
        stack = arena_append(w->arena, stack, *count, sizeof *stack);
        stack[(*count)++] = join;
    }
    return stack;
}

static void note_emitted(struct flow_writer *w, size_t at, struct node *step)
{
    struct import_dialog *d = w->d;
    w->places[at].emitted = true;
    d->nodes[at].step = step;
    if (at != 0) {
        d->emitted[d->emitted_count++] = at;
    }
}

/* The conditions of a node: of a logic node in its step, of others in a step behind it. */
static void add_choice(struct flow_writer *w, struct node *list, struct node *step, size_t at,
                       const struct ways *ways, size_t trunk, long next, size_t depth)
{
    const struct import_node *node = &w->d->nodes[at];
    bool is_logic = node->kind == DIALOG_LOGIC;
    struct node *holder = is_logic ? step : node_new_mapping(w->arena);
    if (!is_logic) {
        node_append(w->arena, list, holder);
    }
    add_choose(w, holder, at, ways, next, depth);
    if (is_logic) {
        node_set_text(w->arena, step, "node", node->name);
        flow_add_display(w, step, node);
    }
    if (trunk != NO_TARGET && trunk == ways->fallback) {
        return;
    }
    struct node *otherwise = branch_to(w, at, ways->fallback, next, depth);
    if (otherwise->count > 0) {
        node_set(w->arena, holder, SLICE("else"), otherwise);
    }
}

/*
 * Appends the step of a node and its branches. Returns the node that goes on in the same list, or
 * NO_TARGET when the list ends here or goes on with what is on the stack.
 */
static size_t add_node_steps(struct flow_writer *w, struct node *list, size_t at, long follow,
                             bool has_joins, size_t depth)
{
    const struct import_node *node = &w->d->nodes[at];
    struct ways ways = ways_of(w, node);
    struct node *step = flow_step(w, node);
    bool is_confirm = node->kind == DIALOG_CONFIRM;
    bool straight = flow_belongs_to(w, ways.fallback, at);
    size_t trunk = trunk_of(w, at, &ways, has_joins);
    struct node *options = flow_options(w, node);
    note_emitted(w, at, step);
    if (at != 0) {
        node_append(w->arena, list, step);
        import_set(w->d, step, "options", options);
    } else if (options != NULL) {
        node_set(w->arena, node_get(w->d->root, "intent"), SLICE("options"), options);
    }
    bool branches = is_confirm || node->kind == DIALOG_LOGIC || ways.condition_count > 0;
    long next = trunk != NO_TARGET ? (long)trunk : follow;
    if (is_confirm) {
        add_answers(w, step, at, &ways, next, depth);
        add_neither(w, step, at, &ways, next, depth);
        return trunk;
    }
    if (!branches) {
        if (!straight && node->kind != DIALOG_TRANSFER) {
            add_jump(w, list, ways.fallback, follow);
        }
        return straight ? ways.fallback : NO_TARGET;
    }
    add_choice(w, list, step, at, &ways, trunk, next, depth);
    return trunk;
}

static void add_sequence(struct flow_writer *w, struct node *list, size_t start, long follow,
                         size_t depth)
{
    size_t *joins = NULL;
    size_t join_count = 0;
    size_t at = start;
    for (;;) {
        size_t before = join_count;
        joins = push_joins(w, at, joins, &join_count);
        long next = join_count > 0 ? (long)joins[join_count - 1] : follow;
        at = add_node_steps(w, list, at, next, join_count > before, depth);
        while (at == NO_TARGET || w->places[at].emitted) {
            if (join_count == 0) {
                return;
            }
            at = joins[--join_count];
        }
    }
}

/* ---- the whole ---- */

/* A region: what can be reached from `start` and stands nowhere yet. */
static void add_region(struct flow_writer *w, struct node *list, size_t start, size_t region,
                       long follow)
{
    flow_find_region(w, start, region);
    add_sequence(w, list, start, follow, 0);
    for (size_t i = 0; i < w->detached_count; i++) {
        add_sequence(w, list, w->detached[i], FOLLOW_NOTHING, 0);
    }
    w->detached_count = 0;
}

static void join_asks(struct flow_writer *w, struct node *list);

/* The same in the branches of a step. */
static void join_asks_in_branches(struct flow_writer *w, const struct node *step)
{
    static const char *const branches[] = {"yes", "no", "else", NULL};
    for (size_t i = 0; node_is(step, NODE_MAPPING) && i < step->count; i++) {
        struct node *value = step->members[i].value;
        if (slice_is_any(step->members[i].key->text, branches) && value->kind == NODE_SEQUENCE) {
            join_asks(w, value);
        }
        for (size_t j = 0; j < node_length(value); j++) {
            struct node *then = node_get(value->items[j], "then");
            if (then != NULL) {
                join_asks(w, then);
            }
        }
    }
}

/* Questions that follow one another are one step. */
static void join_asks(struct flow_writer *w, struct node *list)
{
    size_t kept = 0;
    for (size_t i = 0; i < list->count; i++) {
        struct node *step = list->items[i];
        struct node *last = kept > 0 ? list->items[kept - 1] : NULL;
        struct node *names = node_get(last, "ask");
        const struct node *name = node_get(step, "ask");
        join_asks_in_branches(w, step);
        if (names == NULL || name == NULL || step->count > 1 || last->count > 1) {
            list->items[kept++] = step;
            continue;
        }
        if (names->kind == NODE_STRING) {
            struct node *both = node_new_sequence(w->arena);
            node_append(w->arena, both, names);
            node_set(w->arena, last, SLICE("ask"), both);
            names = both;
        }
        node_append(w->arena, names, name);
    }
    list->count = (uint32_t)kept;
}

/* The label stands first, where a reader looks for it. */
static void put_label(struct flow_writer *w, struct node *step, struct slice label)
{
    node_set_text(w->arena, step, "label", label);
    struct member last = step->members[step->count - 1];
    memmove(&step->members[1], &step->members[0], (step->count - 1) * sizeof *step->members);
    step->members[0] = last;
}

static void add_labels(struct flow_writer *w)
{
    for (size_t i = 1; i < w->d->node_count; i++) {
        struct import_node *node = &w->d->nodes[i];
        if (node->needs_label && node->step != NULL) {
            put_label(w, node->step, node->label);
        }
    }
}

/* Every node as a step, one after the other: `xo` has the transitions. */
static void add_flat(struct flow_writer *w, struct node *list)
{
    for (size_t i = 1; i < w->d->node_count; i++) {
        struct node *step = flow_step(w, &w->d->nodes[i]);
        if (w->d->nodes[i].kind == DIALOG_LOGIC) {
            struct node *cases = node_new_sequence(w->arena);
            struct node *branch = node_new_mapping(w->arena);
            node_set_text(w->arena, branch, "when", SLICE(NEVER));
            node_set(w->arena, branch, SLICE("then"), node_new_sequence(w->arena));
            node_append(w->arena, cases, branch);
            node_set(w->arena, step, SLICE("choose"), cases);
            node_set_text(w->arena, step, "node", w->d->nodes[i].name);
        }
        node_append(w->arena, list, step);
        note_emitted(w, i, step);
    }
}

static void write_flow(struct flow_writer *w, struct node *list, long follow)
{
    struct import_dialog *d = w->d;
    d->emitted_count = 0;
    w->labels = map_new(w->arena);
    for (size_t i = 0; i < d->node_count; i++) {
        w->places[i] = (struct place){.region = NO_REGION};
        w->met[i] = false;
        d->nodes[i].needs_label = false;
        d->nodes[i].step = NULL;
    }
    if (d->flat) {
        add_flat(w, list);
        return;
    }
    size_t region = 0;
    add_region(w, list, 0, region++, follow);
    for (size_t i = 1; i < d->node_count; i++) {
        if (!w->met[i]) {
            /* a start that nothing leads to, where there is one */
            add_region(w, list, i, region++, FOLLOW_NOTHING);
        }
    }
}

struct node *import_flow(struct import_dialog *d)
{
    struct arena *arena = d->importer->arena;
    struct flow_writer w = {.d = d, .arena = arena};
    w.places = arena_alloc_array(arena, d->node_count + 1, sizeof *w.places);
    w.met = arena_alloc(arena, d->node_count + 1);
    w.order = arena_alloc_array(arena, d->node_count + 1, sizeof *w.order);
    d->emitted = arena_alloc_array(arena, d->node_count + 1, sizeof *d->emitted);
    struct node *list = node_new_sequence(arena);
    write_flow(&w, list, FOLLOW_END);
    bool more = false; /* is there anything behind the flow that starts with the intent? */
    for (size_t i = 0; i < d->node_count; i++) {
        more = more || w.places[i].region != 0;
    }
    if (!d->flat && (more || w.detached != NULL)) {
        list = node_new_sequence(arena);
        write_flow(&w, list, FOLLOW_NOTHING);
        const struct node *last = list->count > 0 ? list->items[list->count - 1] : NULL;
        list->count -= node_is(last, NODE_STRING);
    }
    add_labels(&w);
    join_asks(&w, list);
    return list;
}
