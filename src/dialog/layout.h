/* Places on the canvas for the nodes of any graph. */
#ifndef DIALOGC_DIALOG_LAYOUT_H
#define DIALOGC_DIALOG_LAYOUT_H

#include <stdint.h>

#include "base/arena.h"

/* The target of a transition that leads to the end. */
#define LAYOUT_NOWHERE SIZE_MAX

struct layout_node {
    const size_t *targets; /* of its transitions */
    size_t target_count;
    size_t main;    /* the number of the transition that is taken when all goes well */
    long left, top; /* the result, in pixels */
};

/*
 * Gives every node a place: from top to bottom beginning with the first one, the way that is taken
 * when all goes well straight down, branches beside it, what they join below; no two on one spot.
 */
void layout_graph(struct arena *arena, struct layout_node *nodes, size_t count);

#endif
