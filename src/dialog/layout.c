/*
 * Places on the canvas. A node stands one row below the lowest node that leads to it (ways back
 * do not count); the default transition goes straight down, the others to the right of it.
 */
#include "base/graph.h"
#include "dialog/dialog.h"

/* The distances of the platform's own editor, in pixels. */
#define FIRST_LEFT 750
#define FIRST_TOP  100
#define COLUMN     250
#define ROW        140

struct layout {
    const struct dialog *dialog;
    size_t *order; /* the nodes in reverse post-order of a depth-first walk */
    size_t order_count;
    size_t *row;
    size_t *next_column; /* of each row: the first free one */
    bool *placed;
};

static size_t transition_target(const void *edges, size_t at, size_t edge)
{
    const struct dialog_node *node = &((const struct dialog *)edges)->nodes[at];
    if (edge == node->transition_count) {
        return GRAPH_NO_EDGE;
    }
    size_t target = node->transitions[edge].target;
    return target != DIALOG_END ? target : GRAPH_OUTSIDE;
}

static void assign_rows(struct arena *arena, struct layout *layout)
{
    size_t count = layout->dialog->count;
    size_t *rank = arena_alloc_array(arena, count + 1, sizeof *rank);
    for (size_t i = 0; i < layout->order_count; i++) {
        rank[layout->order[i]] = i;
    }
    for (size_t i = 0; i < layout->order_count; i++) {
        size_t at = layout->order[i];
        const struct dialog_node *node = &layout->dialog->nodes[at];
        for (size_t j = 0; j < node->transition_count; j++) {
            size_t target = node->transitions[j].target;
            bool down = target != DIALOG_END && rank[target] > i;
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
    struct dialog_node *node = &layout->dialog->nodes[at];
    node->left = FIRST_LEFT + COLUMN * (long)column;
    node->top = FIRST_TOP + ROW * (long)row;
}

/* Columns are given in order of rank: a node's children stand below it, side by side. */
static void assign_columns(struct arena *arena, struct layout *layout)
{
    size_t *columns = arena_alloc_array(arena, layout->dialog->count + 1, sizeof *columns);
    place(layout, 0, 0, columns);
    for (size_t i = 0; i < layout->order_count; i++) {
        size_t at = layout->order[i];
        const struct dialog_node *node = &layout->dialog->nodes[at];
        for (size_t j = node->transition_count; j-- > 0;) { /* the default first */
            size_t target = node->transitions[j].target;
            bool is_default = j + 1 == node->transition_count;
            if (target != DIALOG_END && !layout->placed[target]) {
                place(layout, target, columns[at] + !is_default, columns);
            }
        }
    }
}

void dialog_layout(struct arena *arena, struct dialog *dialog)
{
    struct layout layout = {.dialog = dialog};
    layout.order = arena_alloc_array(arena, dialog->count + 1, sizeof *layout.order);
    layout.row = arena_alloc_array(arena, dialog->count + 1, sizeof *layout.row);
    layout.next_column = arena_alloc_array(arena, dialog->count + 2, sizeof *layout.next_column);
    layout.placed = arena_alloc(arena, dialog->count + 1);
    struct graph graph = {dialog->count, dialog, transition_target};
    layout.order_count =
        graph_walk(arena, &graph, 0, arena_alloc(arena, dialog->count + 1), layout.order);
    assign_rows(arena, &layout);
    assign_columns(arena, &layout);
    for (size_t i = 0; i < dialog->count; i++) {
        for (size_t j = 0; j < dialog->nodes[i].member_count; j++) {
            dialog->nodes[i].members[j].left = 0;
            dialog->nodes[i].members[j].top = 200 + ROW * (long)j;
        }
    }
}
