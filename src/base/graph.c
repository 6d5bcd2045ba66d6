#include "base/graph.h"

size_t graph_walk(struct arena *arena, const struct graph *graph, size_t start, bool *met,
                  size_t *order)
{
    size_t *path = arena_alloc_array(arena, graph->count, sizeof *path);
    size_t *edge = arena_alloc_array(arena, graph->count, sizeof *edge); /* of each: the next one */
    size_t length = 0;
    size_t first = graph->count; /* where the nodes that are finished begin in `order` */
    path[length++] = start;
    met[start] = true;
    while (length > 0) {
        size_t node = path[length - 1];
        size_t target = graph->target(graph->edges, node, edge[node]++);
        if (target == GRAPH_NO_EDGE) {
            length--;
            first--;
            if (order != NULL) {
                order[first] = node;
            }
        } else if (target != GRAPH_OUTSIDE && !met[target]) {
            met[target] = true;
            path[length++] = target;
        }
    }
    size_t count = graph->count - first;
    if (order != NULL) {
        memmove(order, order + first, count * sizeof *order);
    }
    return count;
}
