/* Walks through graphs whose nodes are numbered from 0. */
#ifndef DIALOGC_BASE_GRAPH_H
#define DIALOGC_BASE_GRAPH_H

#include <stdint.h>

#include "base/arena.h"

/* What an edge leads to, other than a node. */
#define GRAPH_OUTSIDE SIZE_MAX       /* it leads out of the graph */
#define GRAPH_NO_EDGE (SIZE_MAX - 1) /* the node has fewer edges */

struct graph {
    size_t count; /* of nodes */
    const void *edges;
    /* The node that edge number `edge` (from 0) of `node` leads to, or one of the values above. */
    size_t (*target)(const void *edges, size_t node, size_t edge);
};

/*
 * Walks depth first from `start`, which is a node that has not been met, through nodes that have
 * not been met, and marks them in `met` (one for each node). Writes them to `order`, which has room
 * for all nodes, in reverse post-order: but for edges that lead back, a node comes before those it
 * leads to. `order` may be NULL. Returns how many nodes were met.
 */
size_t graph_walk(struct arena *arena, const struct graph *graph, size_t start, bool *met,
                  size_t *order);

#endif
