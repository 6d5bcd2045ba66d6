/*
 * Places on the canvas. A node stands one row below the lowest node that leads to it (ways back
 * do not count); the default transition goes straight down, the others to the right of it.
 */
#include "dialog/layout.h"

#include "base/graph.h"
#include "dialog/dialog.h"

/* The distances of the platform's own editor, in pixels. */
#define FIRST_LEFT 750
#define FIRST_TOP  100
#define COLUMN     250
#define ROW        140

struct layout {
    struct layout_node *nodes;
    size_t count;
    size_t *order; /* the nodes in reverse post-order of a depth-first walk */
    size_t order_count;
    size_t *row;
    size_t *next_column; /* of each row: the first free one */
    bool *placed;
};

static size_t transition_target(const void *edges, size_t at, size_t edge)
{
    const struct layout_node *node = &((const struct layout_node *)edges)[at];
    if (edge == node->target_count) {
        return GRAPH_NO_EDGE;
    }
    return node->targets[edge] != LAYOUT_NOWHERE ? node->targets[edge] : GRAPH_OUTSIDE;
}

/* Every node is in the order: what the first one does not lead to comes behind all that it does. */
static void find_order(struct arena *arena, struct layout *layout)
{
    struct graph graph = {layout->count, layout->nodes, transition_target};
    bool *met = arena_alloc(arena, layout->count + 1);
    layout->order = arena_alloc_array(arena, 2 * layout->count + 1,
                                      sizeof *layout->order); /* of which each walk needs all */
    for (size_t i = 0; i < layout->count; i++) {
        if (!met[i]) {
            layout->order_count +=
                graph_walk(arena, &graph, i, met, layout->order + layout->order_count);
        }
    }
}

static void assign_rows(struct arena *arena, struct layout *layout)
{
    size_t *rank = arena_alloc_array(arena, layout->count + 1, sizeof *rank);
    for (size_t i = 0; i < layout->order_count; i++) {
        rank[layout->order[i]] = i;
    }
    for (size_t i = 0; i < layout->order_count; i++) {
        size_t at = layout->order[i];
        const struct layout_node *node = &layout->nodes[at];
        for (size_t j = 0; j < node->target_count; j++) {
            size_t target = node->targets[j];
            bool down = target != LAYOUT_NOWHERE && rank[target] > i;
            if (down && layout->row[target] < layout->row[at] + 1) {
                layout->row[target] = layout->row[at] + 1;
            }
        }
    }
}

static void place(struct layout *layout, size_t at, size_t wanted, size_t *columns)
{
    size_t row = layout->row[at];
    size_t column = wanted > layout->next_column[row] ? wanted : layout->next_column[row];
    layout->next_column[row] = column + 1;
    layout->placed[at] = true;
    columns[at] = column;
    layout->nodes[at].left = FIRST_LEFT + COLUMN * (long)column;
    layout->nodes[at].top = FIRST_TOP + ROW * (long)row;
}

/* Columns are given in order of rank: a node's children stand below it, side by side. */
static void assign_columns(struct arena *arena, struct layout *layout)
{
    size_t *columns = arena_alloc_array(arena, layout->count + 1, sizeof *columns);
    for (size_t i = 0; i < layout->order_count; i++) {
        size_t at = layout->order[i];
        const struct layout_node *node = &layout->nodes[at];
        if (!layout->placed[at]) {
            place(layout, at, 0, columns);
        }
        for (size_t j = node->target_count; j-- > 0;) { /* the default first */
            size_t target = node->targets[j];
            bool is_default = j + 1 == node->target_count;
            if (target != LAYOUT_NOWHERE && !layout->placed[target]) {
                place(layout, target, columns[at] + !is_default, columns);
            }
        }
    }
}

void layout_graph(struct arena *arena, struct layout_node *nodes, size_t count)
{
    struct layout layout = {.nodes = nodes, .count = count};
    layout.row = arena_alloc_array(arena, count + 1, sizeof *layout.row);
    layout.next_column = arena_alloc_array(arena, count + 2, sizeof *layout.next_column);
    layout.placed = arena_alloc(arena, count + 1);
    find_order(arena, &layout);
    assign_rows(arena, &layout);
    assign_columns(arena, &layout);
}

/* The nodes of a dialog, for layout_graph. */
static struct layout_node *nodes_of(struct arena *arena, const struct dialog *dialog)
{
    struct layout_node *nodes = arena_alloc_array(arena, dialog->count, sizeof *nodes);
    for (size_t i = 0; i < dialog->count; i++) {
        const struct dialog_node *node = &dialog->nodes[i];
        size_t *targets = arena_alloc_array(arena, node->transition_count + 1, sizeof *targets);
        for (size_t j = 0; j < node->transition_count; j++) {
            size_t target = node->transitions[j].target;
            targets[j] = target != DIALOG_END ? target : LAYOUT_NOWHERE;
        }
        nodes[i].targets = targets;
        nodes[i].target_count = node->transition_count;
    }
    return nodes;
}

void dialog_layout(struct arena *arena, struct dialog *dialog)
{
    struct layout_node *nodes = nodes_of(arena, dialog);
    layout_graph(arena, nodes, dialog->count);
    for (size_t i = 0; i < dialog->count; i++) {
        dialog->nodes[i].left = nodes[i].left;
        dialog->nodes[i].top = nodes[i].top;
        for (size_t j = 0; j < dialog->nodes[i].member_count; j++) {
            dialog->nodes[i].members[j].left = 0;
            dialog->nodes[i].members[j].top = 200 + ROW * (long)j;
        }
    }
}
