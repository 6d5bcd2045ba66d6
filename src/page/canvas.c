#include "page/canvas.h"

#include <stdlib.h>

#include "dialog/layout.h"
#include "trial/conversation/gaps.h"

/* A coordinate of an export is any number; what is not one, or absurd, is 0. */
static long coordinate(const struct node *place, const char *key)
{
    const long most = 1000000;
    const struct node *value = node_get(place, key);
    if (!node_is_number(value)) {
        return 0;
    }
    char digits[32];
    size_t length = value->text.length < sizeof digits ? value->text.length : sizeof digits - 1;
    memcpy(digits, value->text.data, length);
    digits[length] = '\0';
    double number = strtod(digits, NULL);
    return number > -(double)most && number < (double)most ? (long)number : 0;
}

static size_t target_of(const struct canvas *canvas, struct slice id)
{
    const struct program_node *target = program_node(canvas->dialog, id);
    return target != NULL ? (size_t)(target - canvas->dialog->nodes) : CANVAS_END;
}

/* True when the export has a place for most nodes: what was never opened in the editor has none. */
static bool has_places(const struct program_dialog *dialog)
{
    size_t placed = 0;
    for (size_t i = 0; i < dialog->count; i++) {
        placed += node_get(dialog->nodes[i].stub, "positionMeta") != NULL;
    }
    return placed == dialog->count;
}

size_t canvas_main_transition(const struct program_node *node)
{
    for (size_t i = 0; i < node->transition_count; i++) {
        if (slice_is(node_text(node->transitions[i].test, "dialogAct"), "yes")) {
            return i;
        }
    }
    return node->transition_count > 0 ? node->transition_count - 1 : 0;
}

static void lay_out(struct arena *arena, struct canvas *canvas)
{
    const struct program_dialog *dialog = canvas->dialog;
    struct layout_node *nodes = arena_alloc_array(arena, dialog->count, sizeof *nodes);
    for (size_t i = 0; i < dialog->count; i++) {
        const struct program_node *node = &dialog->nodes[i];
        size_t *targets = arena_alloc_array(arena, node->transition_count + 1, sizeof *targets);
        nodes[i].targets = targets;
        nodes[i].main = canvas_main_transition(node);
        for (size_t j = 0; j < node->transition_count; j++) {
            size_t target = target_of(canvas, node->transitions[j].target);
            targets[nodes[i].target_count++] = target == CANVAS_END ? LAYOUT_NOWHERE : target;
        }
    }
    layout_graph(arena, nodes, dialog->count);
    for (size_t i = 0; i < dialog->count; i++) {
        canvas->nodes[i].left = nodes[i].left;
        canvas->nodes[i].top = nodes[i].top;
    }
}

static void place_nodes(struct arena *arena, struct canvas *canvas)
{
    const struct program_dialog *dialog = canvas->dialog;
    canvas->count = dialog->count;
    canvas->nodes = arena_alloc_array(arena, dialog->count, sizeof *canvas->nodes);
    for (size_t i = 0; i < dialog->count; i++) {
        const struct node *place = node_get(dialog->nodes[i].stub, "positionMeta");
        canvas->nodes[i].node = &dialog->nodes[i];
        canvas->nodes[i].left = coordinate(place, "left");
        canvas->nodes[i].top = coordinate(place, "top");
    }
    if (!has_places(dialog)) {
        lay_out(arena, canvas);
    }
}

/* ---- edges ---- */

static struct canvas_edge *edge_to(struct arena *arena, struct canvas *canvas, size_t from,
                                   size_t to)
{
    for (size_t i = canvas->edge_count; i-- > 0 && canvas->edges[i].from == from;) {
        if (canvas->edges[i].to == to) {
            return &canvas->edges[i];
        }
    }
    canvas->edges = arena_append(arena, canvas->edges, canvas->edge_count, sizeof *canvas->edges);
    struct canvas_edge *edge = &canvas->edges[canvas->edge_count++];
    *edge = (struct canvas_edge){.from = from, .to = to};
    return edge;
}

static struct slice words_of(struct arena *arena, const struct program_dialog *dialog,
                             const struct program_node *node, const struct canvas_edge *edge)
{
    struct builder out = builder_new(arena);
    for (size_t i = 0; i < edge->transition_count; i++) {
        const struct node *test = node->transitions[edge->transitions[i]].test;
        builder_add_text(&out, i > 0 ? "; " : "");
        if (test != NULL) {
            builder_add(&out, gap_condition(arena, dialog, test));
        } else {
            builder_add_text(&out, node->transition_count > 1 ? "otherwise" : "");
        }
    }
    return builder_slice(&out);
}

static void add_edges(struct arena *arena, struct canvas *canvas, size_t from)
{
    const struct program_node *node = canvas->nodes[from].node;
    size_t first = canvas->edge_count;
    for (size_t i = 0; i < node->transition_count; i++) {
        size_t to = target_of(canvas, node->transitions[i].target);
        struct canvas_edge *edge = edge_to(arena, canvas, from, to);
        edge->transitions = arena_append(arena, edge->transitions, edge->transition_count,
                                         sizeof *edge->transitions);
        edge->transitions[edge->transition_count++] = i;
    }
    for (size_t i = first; i < canvas->edge_count; i++) {
        canvas->edges[i].words = words_of(arena, canvas->dialog, node, &canvas->edges[i]);
    }
}

/* ---- the whole ---- */

/* Moves everything so that the margin is left and above of it. */
static void move_to_margin(struct canvas *canvas)
{
    long left = 0, top = 0;
    for (size_t i = 0; i < canvas->count; i++) {
        const struct canvas_node *node = &canvas->nodes[i];
        left = i == 0 || node->left < left ? node->left : left;
        top = i == 0 || node->top < top ? node->top : top;
    }
    for (size_t i = 0; i < canvas->count; i++) {
        canvas->nodes[i].left += CANVAS_MARGIN - left;
        canvas->nodes[i].top += CANVAS_MARGIN - top;
    }
}

static void widen(struct canvas *canvas, long x, long y)
{
    canvas->width = x + CANVAS_MARGIN > canvas->width ? x + CANVAS_MARGIN : canvas->width;
    canvas->height = y + CANVAS_MARGIN > canvas->height ? y + CANVAS_MARGIN : canvas->height;
}

/* A line may lead around the outermost nodes. */
static void measure(struct canvas *canvas)
{
    for (size_t i = 0; i < canvas->count; i++) {
        widen(canvas, canvas->nodes[i].left + CANVAS_WIDTH, canvas->nodes[i].top + CANVAS_HEIGHT);
    }
    for (size_t i = 0; i < canvas->edge_count; i++) {
        for (size_t p = 0; p < canvas->edges[i].point_count; p++) {
            widen(canvas, canvas->edges[i].points[p].x, canvas->edges[i].points[p].y);
        }
        if (canvas->edges[i].words.length > 0) {
            widen(canvas, canvas->edges[i].label.x, canvas->edges[i].label.y);
        }
    }
}

void canvas_arrange(struct arena *arena, struct canvas *canvas)
{
    move_to_margin(canvas);
    canvas_route(arena, canvas);
    measure(canvas);
}

struct canvas canvas_new(struct arena *arena, const struct program_dialog *dialog)
{
    struct canvas canvas = {.dialog = dialog};
    place_nodes(arena, &canvas);
    for (size_t i = 0; i < canvas.count; i++) {
        add_edges(arena, &canvas, i);
    }
    canvas_arrange(arena, &canvas);
    return canvas;
}
