/* Which nodes are above which: the rows of a layout, and the ways back. */
#ifndef DIALOGC_DIALOG_LAYOUT_ORDER_H
#define DIALOGC_DIALOG_LAYOUT_ORDER_H

#include "dialog/layout.h"

struct layout_order {
    size_t *row; /* of each node, from 0 on */
    size_t row_count;
    bool *returns; /* the node begins a way that leads back to where it comes from */
};

/*
 * The rows of the nodes: each is below all that lead to it, but for ways back. Nodes are found way
 * by way: what the first node leads to when all goes well, then what leaves that, from top to
 * bottom, and at last what only leads back. A way back is a transition to a node from which its own
 * node comes; so branches of a circle that join are above the node where they do.
 */
struct layout_order layout_order_of(struct arena *arena, const struct layout_node *nodes,
                                    size_t count);

#endif
