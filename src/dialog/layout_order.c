#include "dialog/layout_order.h"

#include "base/graph.h"

/* A list of nodes that is taken from its beginning. */
struct queue {
    size_t *nodes;
    size_t first, count;
};

struct ordering {
    struct arena *arena;
    const struct layout_node *nodes;
    size_t count;
    size_t *circle; /* the number of the circle that a node is in; alone, it is one by itself */
    size_t *found;  /* when a node was found, from 1 on; 0: not yet */
    size_t found_count;
    struct queue ways, returning; /* nodes that begin ways */
    struct layout_order result;
};

static size_t transition_target(const void *edges, size_t at, size_t edge)
{
    const struct layout_node *node = &((const struct layout_node *)edges)[at];
    if (edge == node->target_count) {
        return GRAPH_NO_EDGE;
    }
    return node->targets[edge] != LAYOUT_NOWHERE ? node->targets[edge] : GRAPH_OUTSIDE;
}

/* ---- circles: nodes that lead to each other (Kosaraju's algorithm) ---- */

/* The transitions the other way round: the origins of node `i` are from `first[i]` on. */
struct origins {
    size_t *first;
    size_t *nodes;
};

static struct origins find_origins(const struct ordering *o)
{
    struct origins origins = {.first = arena_alloc_array(o->arena, o->count + 2, sizeof(size_t))};
    size_t total = 0;
    for (size_t pass = 0; pass < 2; pass++) {
        for (size_t i = 0; i < o->count; i++) {
            for (size_t j = 0; j < o->nodes[i].target_count; j++) {
                size_t target = o->nodes[i].targets[j];
                if (target == LAYOUT_NOWHERE) {
                    continue;
                }
                if (pass == 0) {
                    origins.first[target + 2]++; /* two further on, since they move one back */
                    total++;
                } else {
                    origins.nodes[origins.first[target + 1]++] = i;
                }
            }
        }
        if (pass == 0) {
            origins.nodes = arena_alloc_array(o->arena, total + 1, sizeof *origins.nodes);
            for (size_t i = 2; i < o->count + 2; i++) {
                origins.first[i] += origins.first[i - 1];
            }
        }
    }
    return origins;
}

/* Marks all that lead to `start`, and are in no circle yet. */
static void mark_circle(struct ordering *o, const struct origins *origins, size_t start,
                        size_t number, size_t *open)
{
    size_t open_count = 0;
    open[open_count++] = start;
    o->circle[start] = number;
    while (open_count > 0) {
        size_t at = open[--open_count];
        for (size_t i = origins->first[at]; i < origins->first[at + 1]; i++) {
            size_t origin = origins->nodes[i];
            if (o->circle[origin] == 0) {
                o->circle[origin] = number;
                open[open_count++] = origin;
            }
        }
    }
}

static void find_circles(struct ordering *o)
{
    struct graph graph = {o->count, o->nodes, transition_target};
    bool *met = arena_alloc(o->arena, o->count + 1);
    size_t *order = arena_alloc_array(o->arena, 2 * o->count + 1, sizeof *order);
    size_t *open = arena_alloc_array(o->arena, o->count + 1, sizeof *open);
    struct origins origins = find_origins(o);
    size_t end =
        o->count; /* what is walked later comes before, so that nothing before leads to it */
    o->circle = arena_alloc_array(o->arena, o->count + 1, sizeof *o->circle);
    for (size_t i = 0; i < o->count; i++) {
        if (!met[i]) {
            struct arena_mark mark = arena_mark(o->arena);
            size_t *walked = order + o->count; /* each walk needs room for all nodes */
            size_t count = graph_walk(o->arena, &graph, i, met, walked);
            end -= count;
            memcpy(order + end, walked, count * sizeof *order);
            arena_rewind(o->arena, mark);
        }
    }
    for (size_t i = 0; i < o->count; i++) {
        if (o->circle[order[i]] == 0) {
            mark_circle(o, &origins, order[i], i + 1, open);
        }
    }
}

/* ---- finding nodes, way by way ---- */

static struct queue queue_new(struct arena *arena, size_t room)
{
    return (struct queue){.nodes = arena_alloc_array(arena, room, sizeof(size_t))};
}

static size_t main_target(const struct ordering *o, size_t at)
{
    const struct layout_node *node = &o->nodes[at];
    return node->target_count > 0 ? node->targets[node->main] : LAYOUT_NOWHERE;
}

/* True when the way from `start` comes to a node that was found before, and that leads to it. */
static bool leads_back(const struct ordering *o, size_t start)
{
    size_t at = start;
    for (size_t steps = 0; steps <= o->count; steps++) {
        size_t next = main_target(o, at);
        if (next == LAYOUT_NOWHERE) {
            return false;
        }
        if (o->found[next] != 0) {
            return o->circle[next] == o->circle[start];
        }
        at = next;
    }
    return false;
}

/* Finds the nodes of a way; what leaves it is put off. */
static void follow_way(struct ordering *o, size_t start)
{
    for (size_t at = start; at != LAYOUT_NOWHERE && o->found[at] == 0; at = main_target(o, at)) {
        o->found[at] = ++o->found_count;
        for (size_t j = 0; j < o->nodes[at].target_count; j++) {
            size_t target = o->nodes[at].targets[j];
            if (target != LAYOUT_NOWHERE && j != o->nodes[at].main) {
                o->ways.nodes[o->ways.count++] = target;
            }
        }
    }
}

/* Follows what has been put off: ways that lead back after all others. */
static void follow_ways(struct ordering *o)
{
    while (o->ways.first < o->ways.count || o->returning.first < o->returning.count) {
        bool is_late = o->ways.first == o->ways.count;
        struct queue *queue = is_late ? &o->returning : &o->ways;
        size_t start = queue->nodes[queue->first++];
        if (o->found[start] != 0) {
            continue;
        }
        if (!is_late && leads_back(o, start)) {
            o->returning.nodes[o->returning.count++] = start;
            continue;
        }
        o->result.returns[start] = is_late;
        follow_way(o, start);
    }
}

static void find_nodes(struct ordering *o)
{
    size_t transitions = 0;
    for (size_t i = 0; i < o->count; i++) {
        transitions += o->nodes[i].target_count;
    }
    o->ways = queue_new(o->arena, transitions + 1);
    o->returning = queue_new(o->arena, transitions + 1);
    o->found = arena_alloc_array(o->arena, o->count + 1, sizeof *o->found);
    for (size_t i = 0; i < o->count; i++) {
        if (o->found[i] == 0) {
            follow_way(o, i);
            follow_ways(o);
        }
    }
}

/* ---- rows ---- */

static bool leads_down(const struct ordering *o, size_t from, size_t to)
{
    return to != LAYOUT_NOWHERE &&
           (o->circle[from] != o->circle[to] || o->found[from] < o->found[to]);
}

/* Each node is looked at when all that lead down to it have been. */
static void assign_rows(struct ordering *o)
{
    size_t *missing = arena_alloc_array(o->arena, o->count + 1, sizeof *missing);
    struct queue ready = queue_new(o->arena, o->count + 1);
    for (size_t i = 0; i < o->count; i++) {
        for (size_t j = 0; j < o->nodes[i].target_count; j++) {
            if (leads_down(o, i, o->nodes[i].targets[j])) {
                missing[o->nodes[i].targets[j]]++;
            }
        }
    }
    for (size_t i = 0; i < o->count; i++) {
        if (missing[i] == 0) {
            ready.nodes[ready.count++] = i;
        }
    }
    size_t *row = o->result.row;
    while (ready.first < ready.count) {
        size_t at = ready.nodes[ready.first++];
        o->result.row_count = row[at] + 1 > o->result.row_count ? row[at] + 1 : o->result.row_count;
        for (size_t j = 0; j < o->nodes[at].target_count; j++) {
            size_t target = o->nodes[at].targets[j];
            if (leads_down(o, at, target)) {
                row[target] = row[at] + 1 > row[target] ? row[at] + 1 : row[target];
                if (--missing[target] == 0) {
                    ready.nodes[ready.count++] = target;
                }
            }
        }
    }
}

struct layout_order layout_order_of(struct arena *arena, const struct layout_node *nodes,
                                    size_t count)
{
    struct ordering o = {.arena = arena, .nodes = nodes, .count = count};
    o.result.row = arena_alloc_array(arena, count + 1, sizeof *o.result.row);
    o.result.returns = arena_alloc(arena, count + 1);
    find_circles(&o);
    find_nodes(&o);
    assign_rows(&o);
    return o.result;
}
