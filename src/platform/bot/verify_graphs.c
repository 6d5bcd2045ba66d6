/* The graph of a dialog: nodes that nothing leads to, confirmations, loops without a question. */
#include <stdint.h>

#include "base/graph.h"
#include "platform/bot/verify_rules.h"
#include "platform/artifact/node_type.h"

struct dialog_graph {
    struct verify *v;
    const struct node *nodes;
    struct map index; /* a node's id to the address of its entry in nodes->items */
    size_t **targets; /* of each node, ended by SIZE_MAX */
};

static size_t find_node(const struct dialog_graph *graph, const struct node *target)
{
    if (!node_is(target, NODE_STRING)) {
        return SIZE_MAX;
    }
    struct node **place = map_get(&graph->index, target->text);
    return place != NULL ? (size_t)(place - graph->nodes->items) : SIZE_MAX;
}

/* The targets of one node, while they are found. */
struct target_list {
    size_t *items;
    size_t count;
};

static void add_target(struct dialog_graph *graph, struct target_list *list, size_t target)
{
    list->items = arena_append(graph->v->arena, list->items, list->count, sizeof *list->items);
    list->items[list->count++] = target;
}

/* Options lead to nodes, too: after too many retries, or when a request takes too long. */
static void add_option_targets(struct dialog_graph *graph, struct target_list *list,
                               const struct node *options)
{
    size_t target = find_node(graph, options);
    if (target != SIZE_MAX) {
        add_target(graph, list, target);
    }
    bool mapping = node_is(options, NODE_MAPPING);
    for (size_t i = 0; (mapping || node_is(options, NODE_SEQUENCE)) && i < options->count; i++) {
        add_option_targets(graph, list, mapping ? options->members[i].value : options->items[i]);
    }
}

static struct dialog_graph make_graph(struct verify *v, const struct node *nodes)
{
    struct dialog_graph graph = {.v = v, .nodes = nodes, .index = map_new(v->arena)};
    graph.targets = arena_alloc_array(v->arena, nodes->count + 1, sizeof *graph.targets);
    for (size_t i = 0; i < nodes->count; i++) {
        struct slice id = node_text(nodes->items[i], "nodeId");
        if (id.length > 0) {
            map_add(&graph.index, id, &nodes->items[i]);
        }
    }
    for (size_t i = 0; i < nodes->count; i++) {
        const struct node *transitions = node_get(nodes->items[i], "transitions");
        struct target_list list = {0};
        for (size_t t = 0; t < node_length(transitions); t++) {
            size_t otherwise = find_node(&graph, node_get(transitions->items[t], "default"));
            size_t then = find_node(&graph, node_get(transitions->items[t], "then"));
            if (otherwise != SIZE_MAX) {
                add_target(&graph, &list, otherwise);
            }
            if (then != SIZE_MAX) {
                add_target(&graph, &list, then);
            }
        }
        add_option_targets(&graph, &list, node_get(nodes->items[i], "nodeOptions"));
        add_target(&graph, &list, SIZE_MAX);
        graph.targets[i] = list.items;
    }
    return graph;
}

/* ---- unreachable nodes ---- */

/* The dialog begins at its first intent; without one, at its first node. */
static size_t first_node(const struct node *nodes)
{
    for (size_t i = 0; i < nodes->count; i++) {
        if (node_type_is(nodes->items[i], DIALOG_INTENT)) {
            return i;
        }
    }
    return 0;
}

static size_t edge_target(const void *edges, size_t node, size_t edge)
{
    const struct dialog_graph *graph = edges;
    size_t target = graph->targets[node][edge];
    return target != SIZE_MAX ? target : GRAPH_NO_EDGE;
}

static void check_reachable(const struct dialog_graph *graph)
{
    struct verify *v = graph->v;
    size_t count = graph->nodes->count;
    bool *reached = arena_alloc(v->arena, count + 1);
    struct graph edges = {count, graph, edge_target};
    graph_walk(v->arena, &edges, first_node(graph->nodes), reached, NULL);
    for (size_t i = 0; i < count; i++) {
        /* of several nodes with one id only the first can be told from the others */
        if (!reached[i] && map_get(&graph->index, node_text(graph->nodes->items[i], "nodeId")) ==
                               &graph->nodes->items[i]) {
            verify_report(v, W1111, bot_place(graph->nodes->items[i], "nodeId"),
                          "no path leads from the start of the dialog to this node");
        }
    }
}

/* ---- confirmations ---- */

static void check_confirmation(struct verify *v, const struct node *stub)
{
    const struct node *transitions = node_get(stub, "transitions");
    if (!node_type_is(stub, DIALOG_CONFIRM) || !node_is(transitions, NODE_SEQUENCE)) {
        return;
    }
    for (size_t i = 0; i < transitions->count; i++) {
        if (node_get(transitions->items[i], "default") != NULL) {
            return;
        }
    }
    verify_report(v, W1112, bot_place(stub, "nodeId"),
                  "the confirmation has no transition for answers other than yes and no");
}

/* ---- loops without a question ---- */

static enum dialog_effect effect_of(const struct node *stub)
{
    enum dialog_kind kind;
    bool known = node_type_kind(node_text(stub, "type"), false, &kind);
    return known ? dialog_kind_effect(kind) : EFFECT_NONE;
}

/* The dialog waits for the user here, or goes to where it may. */
static bool waits(const struct node *stub)
{
    return effect_of(stub) == EFFECT_WAITS;
}

/* It can change what the conditions of a loop depend on. */
static bool changes_context(const struct node *stub)
{
    return effect_of(stub) == EFFECT_CHANGES;
}

/* Tarjan's strongly connected components, without recursion, over the nodes that do not wait. */
struct component_search {
    const struct dialog_graph *graph;
    size_t *order; /* when a node was met; 0: not yet */
    size_t *low;   /* the earliest node that can be come back to */
    bool *open;    /* on the stack of unfinished components */
    size_t *stack; /* unfinished components */
    size_t depth;
    size_t *path;      /* the nodes on the way down */
    size_t *next;      /* of each node: the transition to take next */
    size_t *component; /* of each node: the number of its component; 0: none yet */
    size_t clock;
    size_t components;
};

/* What the members of a component are together. */
static void check_component_loop(struct component_search *s, const size_t *members, size_t count)
{
    const struct dialog_graph *graph = s->graph;
    bool loops = count > 1;
    bool leaves = false;
    bool changes = false;
    size_t first = members[0];
    for (size_t i = 0; i < count; i++) {
        first = members[i] < first ? members[i] : first;
        changes = changes || changes_context(graph->nodes->items[members[i]]);
        const struct node *transitions = node_get(graph->nodes->items[members[i]], "transitions");
        size_t inside = 0;
        for (const size_t *t = graph->targets[members[i]]; *t != SIZE_MAX; t++) {
            bool stays = s->component[*t] == s->component[members[i]];
            loops = loops || (stays && *t == members[i]);
            inside += stays;
        }
        leaves = leaves || transitions == NULL || inside < transitions->count;
    }
    if (loops && (!changes || !leaves)) {
        verify_report(graph->v, W1113, bot_place(graph->nodes->items[first], "nodeId"),
                      "the dialog loops here without asking anything%s",
                      leaves ? ", and nothing in the loop can change the conditions"
                             : ", and no transition leads out");
    }
}

static void close_component(struct component_search *s, size_t node)
{
    size_t end = s->depth;
    s->components++;
    do {
        size_t member = s->stack[--s->depth];
        s->open[member] = false;
        s->component[member] = s->components;
    } while (s->stack[s->depth] != node);
    check_component_loop(s, s->stack + s->depth, end - s->depth);
}

static void meet(struct component_search *s, size_t node, size_t *length)
{
    s->order[node] = s->low[node] = ++s->clock;
    s->open[node] = true;
    s->stack[s->depth++] = node;
    s->path[(*length)++] = node;
}

static void search_from(struct component_search *s, size_t root)
{
    size_t length = 0;
    meet(s, root, &length);
    while (length > 0) {
        size_t node = s->path[length - 1];
        size_t target = s->graph->targets[node][s->next[node]];
        if (target == SIZE_MAX) {
            length--;
            if (length > 0 && s->low[node] < s->low[s->path[length - 1]]) {
                s->low[s->path[length - 1]] = s->low[node];
            }
            if (s->low[node] == s->order[node]) {
                close_component(s, node);
            }
            continue;
        }
        s->next[node]++;
        if (waits(s->graph->nodes->items[target])) {
            continue;
        }
        if (s->order[target] == 0) {
            meet(s, target, &length);
        } else if (s->open[target] && s->order[target] < s->low[node]) {
            s->low[node] = s->order[target];
        }
    }
}

static void check_loops(const struct dialog_graph *graph)
{
    struct arena *arena = graph->v->arena;
    size_t count = graph->nodes->count;
    size_t size = sizeof(size_t);
    struct component_search s = {
        .graph = graph,
        .order = arena_alloc_array(arena, count + 1, size),
        .low = arena_alloc_array(arena, count + 1, size),
        .open = arena_alloc(arena, count + 1),
        .stack = arena_alloc_array(arena, count + 1, size),
        .path = arena_alloc_array(arena, count + 1, size),
        .next = arena_alloc_array(arena, count + 1, size),
        .component = arena_alloc_array(arena, count + 1, size),
    };
    for (size_t i = 0; i < count; i++) {
        if (s.order[i] == 0 && !waits(graph->nodes->items[i])) {
            search_from(&s, i);
        }
    }
}

void verify_graphs(struct verify *v)
{
    const struct node *dialogs = bot_section(v->bot, "dialogs");
    for (size_t i = 0; i < dialogs->count; i++) {
        const struct node *nodes = node_get(dialogs->items[i], "nodes");
        if (!node_is(nodes, NODE_SEQUENCE) || nodes->count == 0) {
            continue;
        }
        struct dialog_graph graph = make_graph(v, nodes);
        check_reachable(&graph);
        check_loops(&graph);
        for (size_t j = 0; j < nodes->count; j++) {
            check_confirmation(v, nodes->items[j]);
        }
    }
}
