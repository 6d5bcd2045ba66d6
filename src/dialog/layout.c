/*
 * Places on the canvas. The way that is taken when all goes well goes straight down from the first
 * node. What leaves it is to the right of it, and goes straight down in a column of its own; what
 * leads back, to a question that is asked again, is to the left. A node is one row below the lowest
 * node that leads to it; ways back do not count.
 *
 *         ask size ───┐
 *            │    check the answer
 *        call shop ──┬────────┐
 *            │       │        │
 *        say done  refused  unreachable
 */
#include "dialog/layout.h"

#include "dialog/dialog.h"
#include "dialog/layout_order.h"

/* The distances of the platform's own editor, in pixels. */
#define FIRST_LEFT 750
#define FIRST_TOP  100
#define COLUMN     250
#define ROW        140

/* So many columns have room to the left of the first node. */
#define LEFT_COLUMNS 2

/* A node whose column is still to be found, and what leads to it. */
struct waiting {
    size_t node;
    size_t first_row; /* its column is free from here on */
    size_t column;    /* and not nearer to the middle than this */
    bool left;        /* it is on the left side, as what leads to it */
};

/* The columns on one side, from the middle on. */
struct side {
    bool **taken; /* of each column: which rows; NULL: none */
    size_t count; /* of columns that something is in */
};

struct layout {
    struct arena *arena;
    struct layout_node *nodes;
    size_t count;
    struct layout_order order;
    struct side right, left; /* the first column is the right one's */
    bool *placed;
    long *columns;           /* of each node; to the left they are negative */
    struct waiting *waiting; /* the last one is next */
    size_t waiting_count;
};

/* ---- columns ---- */

/* The next node straight below; LAYOUT_NOWHERE: the column ends here. */
static size_t next_below(const struct layout *layout, size_t at)
{
    const struct layout_node *node = &layout->nodes[at];
    size_t next = node->target_count > 0 ? node->targets[node->main] : LAYOUT_NOWHERE;
    bool below = next != LAYOUT_NOWHERE && !layout->placed[next] &&
                 layout->order.row[next] > layout->order.row[at];
    return below ? next : LAYOUT_NOWHERE;
}

/* The first column of a side from `column` on that is free between two rows. */
static size_t free_column(const struct side *side, size_t column, size_t first, size_t last)
{
    for (;; column++) {
        const bool *taken = side->taken[column];
        size_t row = first;
        while (taken != NULL && row <= last && !taken[row]) {
            row++;
        }
        if (taken == NULL || row > last) {
            return column;
        }
    }
}

static void take_rows(struct layout *layout, struct side *side, size_t column, size_t first,
                      size_t last)
{
    if (side->taken[column] == NULL) {
        side->taken[column] = arena_alloc(layout->arena, layout->order.row_count);
    }
    memset(side->taken[column] + first, true, last - first + 1);
    side->count = column + 1 > side->count ? column + 1 : side->count;
}

/* What leaves a node of a column waits, in the order of its transitions. */
static void wait_for_branches(struct layout *layout, size_t at, size_t column, bool left)
{
    const struct layout_node *node = &layout->nodes[at];
    for (size_t j = node->target_count; j-- > 0;) {
        size_t target = node->targets[j];
        if (target != LAYOUT_NOWHERE && !layout->placed[target]) {
            size_t below = layout->order.row[at] + 1;
            size_t first = below < layout->order.row[target] ? below : layout->order.row[target];
            bool turns = layout->order.returns[target] && !left;
            layout->waiting[layout->waiting_count++] =
                (struct waiting){target, first, turns ? 0 : column + 1, left || turns};
        }
    }
}

/* A column: the node, and what is straight below it. */
static void place_column(struct layout *layout, struct waiting start)
{
    struct side *side = start.left ? &layout->left : &layout->right;
    size_t last = start.node;
    for (size_t next; (next = next_below(layout, last)) != LAYOUT_NOWHERE;) {
        last = next;
    }
    size_t last_row = layout->order.row[last];
    size_t column = free_column(side, start.column, start.first_row, last_row);
    take_rows(layout, side, column, start.first_row, last_row);
    for (size_t at = start.node, next; at != LAYOUT_NOWHERE; at = next) {
        next = next_below(layout, at);
        layout->placed[at] = true;
        layout->columns[at] = start.left ? -1 - (long)column : (long)column;
    }
    for (size_t at = start.node;; at = layout->nodes[at].targets[layout->nodes[at].main]) {
        wait_for_branches(layout, at, column, start.left);
        if (at == last) {
            return;
        }
    }
}

static void assign_columns(struct layout *layout)
{
    size_t transitions = 0;
    for (size_t i = 0; i < layout->count; i++) {
        transitions += layout->nodes[i].target_count;
    }
    layout->waiting = arena_alloc_array(layout->arena, transitions + 1, sizeof *layout->waiting);
    for (size_t first = 0; first < layout->count; first++) {
        if (layout->placed[first]) {
            continue;
        }
        place_column(layout, (struct waiting){first, layout->order.row[first], 0, false});
        while (layout->waiting_count > 0) {
            struct waiting next = layout->waiting[--layout->waiting_count];
            if (!layout->placed[next.node]) {
                place_column(layout, next);
            }
        }
    }
}

void layout_graph(struct arena *arena, struct layout_node *nodes, size_t count)
{
    struct layout layout = {.arena = arena, .nodes = nodes, .count = count};
    layout.order = layout_order_of(arena, nodes, count);
    layout.right.taken = arena_alloc_array(arena, count + 2, sizeof *layout.right.taken);
    layout.left.taken = arena_alloc_array(arena, count + 2, sizeof *layout.left.taken);
    layout.placed = arena_alloc(arena, count + 1);
    layout.columns = arena_alloc_array(arena, count + 1, sizeof *layout.columns);
    assign_columns(&layout);
    size_t left = layout.left.count > LEFT_COLUMNS ? layout.left.count - LEFT_COLUMNS : 0;
    for (size_t i = 0; i < count; i++) {
        nodes[i].left = FIRST_LEFT + COLUMN * (layout.columns[i] + (long)left);
        nodes[i].top = FIRST_TOP + ROW * (long)layout.order.row[i];
    }
}

/* ---- dialogs ---- */

/* "Yes" to a question, else the default. */
static size_t main_transition(const struct dialog_node *node)
{
    for (size_t i = 0; i < node->transition_count; i++) {
        const struct dialog_transition *transition = &node->transitions[i];
        if (transition->test_count == 1 && transition->tests[0].kind == DIALOG_TEST_ANSWER &&
            slice_is(transition->tests[0].value, "yes")) {
            return i;
        }
    }
    return node->transition_count > 0 ? node->transition_count - 1 : 0;
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
        nodes[i] =
            (struct layout_node){targets, node->transition_count, main_transition(node), 0, 0};
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
