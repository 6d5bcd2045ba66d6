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
    size_t *position; /* of each node: only ways back lead from a higher one to a lower one */
    bool *found;      /* the node is on a way */
    struct queue ways, returning; /* nodes that begin ways */
    struct layout_order result;
};

/* The transition that is taken when all goes well comes first. */
static size_t transition_target(const void *edges, size_t at, size_t edge)
{
    const struct layout_node *node = &((const struct layout_node *)edges)[at];
    if (edge == node->target_count) {
        return GRAPH_NO_EDGE;
    }
    size_t number = edge == 0 ? node->main : edge <= node->main ? edge - 1 : edge;
    return node->targets[number] != LAYOUT_NOWHERE ? node->targets[number] : GRAPH_OUTSIDE;
}

/*
 * Depth first from the first node: a way back leads to a node from which it comes. What only joins
 * another way leads on.
 */
static void find_positions(struct ordering *o)
{
    struct graph graph = {o->count, o->nodes, transition_target};
    bool *met = arena_alloc(o->arena, o->count + 1);
    size_t *walked = arena_alloc_array(o->arena, o->count + 1, sizeof *walked);
    size_t end = o->count; /* what is walked later comes before: nothing before leads to it */
    o->position = arena_alloc_array(o->arena, o->count + 1, sizeof *o->position);
    for (size_t i = 0; i < o->count; i++) {
        if (!met[i]) {
            struct arena_mark mark = arena_mark(o->arena);
            size_t count = graph_walk(o->arena, &graph, i, met, walked);
            end -= count;
            for (size_t j = 0; j < count; j++) {
                o->position[walked[j]] = end + j;
            }
            arena_rewind(o->arena, mark);
        }
    }
}

static bool leads_down(const struct ordering *o, size_t from, size_t to)
{
    return to != LAYOUT_NOWHERE && o->position[from] < o->position[to];
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

/* True when the way from `start` comes to a node that was found before, and that is above it. */
static bool leads_back(const struct ordering *o, size_t start)
{
    size_t at = start;
    for (size_t steps = 0; steps <= o->count; steps++) {
        size_t next = main_target(o, at);
        if (next == LAYOUT_NOWHERE) {
            return false;
        }
        if (o->found[next]) {
            return !leads_down(o, at, next);
        }
        at = next;
    }
    return false;
}

/* Finds the nodes of a way; what leaves it is put off. */
static void follow_way(struct ordering *o, size_t start)
{
    for (size_t at = start; at != LAYOUT_NOWHERE && !o->found[at]; at = main_target(o, at)) {
        o->found[at] = true;
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
        if (o->found[start]) {
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
    o->found = arena_alloc(o->arena, o->count + 1);
    for (size_t i = 0; i < o->count; i++) {
        if (!o->found[i]) {
            follow_way(o, i);
            follow_ways(o);
        }
    }
}

/* ---- rows ---- */

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
    find_positions(&o);
    find_nodes(&o);
    assign_rows(&o);
    return o.result;
}
