/* Words for what differs in the nodes of a dialog, above all in where they lead. */
#include "platform/bot/comparison.h"

#include "platform/artifact/node_type.h"

/* ---- transitions ---- */

/* The nodes whose transitions are shown. */
struct graph {
    const struct comparison *c;
    const struct pairing *nodes;
    struct map positions_a; /* of a node, plus one, by `nodeId` */
    struct map positions_b;
    bool is_a;
    bool ids; /* behind the names of nodes */
};

static struct map index_nodes(struct comparison *c, const struct node *nodes)
{
    struct map map = map_new(c->arena);
    for (size_t i = 0; i < node_length(nodes); i++) {
        size_t *position = arena_alloc(c->arena, sizeof *position);
        *position = i;
        map_add(&map, node_text(nodes->items[i], "nodeId"), position);
    }
    return map;
}

/*
 * The target of a transition by name: `end`, or the node's. A node of `a` has the name of its
 * partner, so that a renaming is not a change of all that leads to the node.
 */
static struct slice target_name(const struct graph *graph, const struct node *target)
{
    if (!node_is(target, NODE_STRING) || target->text.length == 0) {
        return SLICE("nowhere");
    }
    const size_t *position =
        map_get(graph->is_a ? &graph->positions_a : &graph->positions_b, target->text);
    if (position == NULL) {
        return target->text;
    }
    const struct comparison *c = graph->c;
    const struct pairing *nodes = graph->nodes;
    size_t partner = graph->is_a ? nodes->of_a[*position] : UNPAIRED;
    struct slice name = !graph->is_a          ? bot_node_name(c->b, nodes->b->items[*position])
                        : partner != UNPAIRED ? bot_node_name(c->b, nodes->b->items[partner])
                                              : bot_node_name(c->a, nodes->a->items[*position]);
    return graph->ids
               ? arena_printf(c->arena, "%.*s (%.*s)", SLICE_ARG(name), SLICE_ARG(target->text))
               : name;
}

static void add_test(struct builder *out, const struct graph *graph, const struct node *test)
{
    struct slice field = node_text(test, "field");
    struct slice act = node_text(test, "dialogAct");
    struct slice subject = node_text(test, "context");
    subject = subject.length > 0 ? subject : node_text(test, "intent");
    if (act.length > 0) {
        builder_add(out, act);
        return;
    }
    if (field.length > 0) {
        subject = target_name(graph, node_get(test, "field"));
    }
    builder_printf(out, "%.*s", SLICE_ARG(subject));
    if (node_text(test, "op").length > 0) {
        builder_printf(out, " %.*s %.*s", SLICE_ARG(node_text(test, "op")),
                       SLICE_ARG(node_text(test, "value")));
    }
}

/* "yes -> a; no -> end; otherwise -> b" */
static struct slice transitions_text(const struct graph *graph, const struct node *transitions)
{
    struct builder out = builder_new(graph->c->arena);
    for (size_t i = 0; i < node_length(transitions); i++) {
        const struct node *transition = transitions->items[i];
        const struct node *condition = node_get(transition, "if");
        const struct node *tests = node_get(condition, "tests");
        builder_add_text(&out, i > 0 ? "; " : "");
        if (condition == NULL) {
            struct slice target = target_name(graph, node_get(transition, "default"));
            builder_printf(&out, "otherwise -> %.*s", SLICE_ARG(target));
            continue;
        }
        if (tests == NULL) {
            add_test(&out, graph, condition);
        }
        for (size_t t = 0; t < node_length(tests); t++) {
            if (t > 0) {
                builder_printf(&out, " %.*s ", SLICE_ARG(node_text(condition, "conjoin")));
            }
            add_test(&out, graph, tests->items[t]);
        }
        struct slice target = target_name(graph, node_get(transition, "then"));
        builder_printf(&out, " -> %.*s", SLICE_ARG(target));
    }
    return builder_slice(&out);
}

/*
 * Says what the transitions were and are: with the ids of nodes when several have one name; and
 * where they differ, when they read alike.
 */
static void tell_transitions(struct comparison *c, const struct diff_subject *subject,
                             const struct pairing *nodes, const struct node *a,
                             const struct node *b, const struct key_list *keys)
{
    struct graph graph = {
        .c = c,
        .nodes = nodes,
        .positions_a = index_nodes(c, nodes->a),
        .positions_b = index_nodes(c, nodes->b),
    };
    for (int ids = 0; ids < 2; ids++) {
        graph.ids = ids == 1;
        graph.is_a = true;
        struct slice before = transitions_text(&graph, a);
        graph.is_a = false;
        struct slice after = transitions_text(&graph, b);
        if (!slice_equal(before, after) && a != NULL && b != NULL) {
            tell(c, subject, DIFF_CHANGED, true, "the transitions were \"%.*s\", now \"%.*s\"",
                 SLICE_ARG(before), SLICE_ARG(after));
            return;
        }
    }
    tell_keys(c, subject, true, keys);
}

/* What a transition has besides a condition and a target. */
static const char *const beside_flow[] = {"metadata", "userUtterance", NULL};
static const char *const flow[] = {"if", "then", "default", NULL};

static void compare_transitions(struct comparison *c, const struct diff_subject *subject,
                                const struct pairing *nodes, const struct node *stub_a,
                                const struct node *stub_b, struct key_list *rest)
{
    const struct node *a = node_get(stub_a, "transitions");
    const struct node *b = node_get(stub_b, "transitions");
    struct key_list keys = {0};
    struct step way[2] = {{SLICE("transitions"), 0}, {{NULL, 0}, 0}};
    if (!node_is(a, NODE_SEQUENCE) || !node_is(b, NODE_SEQUENCE) || a->count != b->count) {
        compare_trees(c, "node", "transitions", a, b, &keys);
        if (keys.count > 0) {
            tell_transitions(c, subject, nodes, a, b, &keys);
        }
        return;
    }
    for (size_t i = 0; i < a->count; i++) {
        way[1].index = i;
        compare_members_at(c, "node", way, 2, a->items[i], b->items[i], beside_flow, &keys);
    }
    if (keys.count > 0) {
        tell_transitions(c, subject, nodes, a, b, &keys);
        return;
    }
    for (size_t i = 0; i < a->count; i++) {
        way[1].index = i;
        if (node_is(a->items[i], NODE_MAPPING)) {
            compare_members_at(c, "node", way, 2, a->items[i], b->items[i], flow, rest);
        }
    }
}

/* ---- nodes ---- */

static const char *const told_of_node[] = {"type", "componentId", "transitions", "nodes", NULL};

static struct slice component_name(const struct bot *bot, const struct node *stub)
{
    struct slice name = node_text(bot_component(bot, stub), "name");
    return name.length > 0 ? name : node_text(stub, "componentId");
}

/* The component of a node: another one, or the same with changes. */
static void compare_content(struct comparison *c, const struct diff_subject *subject,
                            const struct node *a, const struct node *b, struct key_list *keys)
{
    const struct node *old = bot_component(c->a, a);
    const struct node *new = bot_component(c->b, b);
    if (old != NULL && new != NULL && map_get_address(&c->partners, old) == new) {
        compare_trees(c, "node", "componentId", node_get(a, "componentId"),
                      node_get(b, "componentId"), keys);
        compare_component_pair(c, old, new);
    } else if (old == NULL && new == NULL) {
        compare_trees(c, "node", "componentId", node_get(a, "componentId"),
                      node_get(b, "componentId"), keys);
    } else {
        tell(c, subject, DIFF_CHANGED, true, "the component was `%.*s`, now `%.*s`",
             SLICE_ARG(component_name(c->a, a)), SLICE_ARG(component_name(c->b, b)));
    }
}

/* The type of a node is that of its component: a change of both is said of that. */
static void compare_type(struct comparison *c, const struct diff_subject *subject,
                         const struct node *a, const struct node *b, struct key_list *keys)
{
    struct slice before = node_text(a, "type");
    struct slice after = node_text(b, "type");
    const struct node *old = bot_component(c->a, a);
    bool of_component = old != NULL && slice_equal(node_text(old, "type"), before) &&
                        map_get_address(&c->partners, old) == bot_component(c->b, b) &&
                        slice_equal(node_text(bot_component(c->b, b), "type"), after);
    if (slice_equal(before, after)) {
        compare_trees(c, "node", "type", node_get(a, "type"), node_get(b, "type"), keys);
    } else if (!of_component) {
        tell(c, subject, DIFF_CHANGED, true, "the type was `%.*s`, now `%.*s`", SLICE_ARG(before),
             SLICE_ARG(after));
    }
}

/* A bot action: what its stub says of the nodes in it. Its component says the same and more. */
static void compare_action(struct comparison *c, const struct node *a, const struct node *b,
                           struct key_list *keys)
{
    const struct node *old = node_get(a, "nodes");
    const struct node *new = node_get(b, "nodes");
    if (node_is(old, NODE_SEQUENCE) && node_is(new, NODE_SEQUENCE)) {
        struct pairing members = pair_nodes(c, old, new);
        compare_nodes(c, &members);
    } else {
        compare_trees(c, "node", "nodes", old, new, keys);
    }
}

static void compare_node(struct comparison *c, const struct pairing *nodes, const struct node *a,
                         const struct node *b)
{
    struct diff_subject subject = {node_text(b, "type"), bot_node_name(c->b, b)};
    struct key_list keys = {0};
    struct map told = map_new(c->arena);
    struct map *outer = c->told;
    c->told = outer != NULL ? outer : &told;
    compare_type(c, &subject, a, b, &keys);
    compare_action(c, a, b, &keys);
    compare_content(c, &subject, a, b, &keys);
    c->told = outer;
    compare_transitions(c, &subject, nodes, a, b, &keys);
    compare_members(c, "node", a, b, told_of_node, &keys);
    tell_keys(c, &subject, false, &keys);
}

void compare_nodes(struct comparison *c, const struct pairing *nodes)
{
    pairing_note_order(c, nodes, "nodes");
    for (size_t i = 0; i < node_length(nodes->a); i++) {
        if (nodes->of_a[i] == UNPAIRED) {
            const struct node *stub = nodes->a->items[i];
            struct diff_subject subject = {node_text(stub, "type"), bot_node_name(c->a, stub)};
            tell(c, &subject, DIFF_REMOVED, true, "removed");
        }
    }
    for (size_t i = 0; i < node_length(nodes->b); i++) {
        const struct node *stub = nodes->b->items[i];
        if (nodes->of_b[i] == UNPAIRED) {
            struct diff_subject subject = {node_text(stub, "type"), bot_node_name(c->b, stub)};
            tell(c, &subject, DIFF_ADDED, false, "added");
        } else {
            compare_node(c, nodes, nodes->a->items[nodes->of_b[i]], stub);
        }
    }
}

/* The nodes of a bot action are in its component, and once more in its stub. */
void compare_component_pair(struct comparison *c, const struct node *a, const struct node *b)
{
    const struct node *old = node_get(a, "nodes");
    const struct node *new = node_get(b, "nodes");
    if (compare_components(c, a, b) && are_lists_of_mappings(old, new)) {
        struct diff_place *place = c->place;
        const struct dialog_pair *pair = c->pair;
        struct pairing members = pair_nodes(c, old, new);
        c->place = component_place(c, a, b);
        c->pair = map_get_address(&c->owners_b, b); /* whose ids the nodes have */
        compare_nodes(c, &members);
        c->place = place;
        c->pair = pair;
    }
}
