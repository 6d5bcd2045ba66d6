/*
 * Lines between nodes: down from the middle of a node, across to a way that is free, down or up it,
 * across to the middle of the target, and down into it. Of a few such ways the best is taken: one
 * that goes through no node, crosses few other lines, lies on none of them, and is short.
 *
 *        ┌─────┐
 *        └──┬──┘
 *           └───────┐   the first level
 *                   │   the way
 *              ┌────┘   the last level
 *           ┌──┴──┐
 *           └─────┘
 */
#include "page/canvas.h"

#include <limits.h>
#include <stdlib.h>

/* How far a line keeps away from nodes, and from lines beside it. */
#define AWAY 8
#define STEP 7

/* How far the levels are from the nodes; above a target there is room for words. */
#define FIRST_LEVEL 18
#define LAST_LEVEL  32

/* How many ways are tried on either side. */
#define WAYS 8

/* What a line costs beyond its length. */
#define COST_NODE     100000
#define COST_COVERING 900
#define COST_CROSSING 60
#define COST_BEND     12

/* The height of words, and the width of a character; how far words are above a head of a line. */
#define WORDS_HEIGHT    16
#define CHARACTER_WIDTH 6
#define ABOVE_HEAD      16

struct box {
    long left, top, right, bottom;
};

struct routing {
    struct arena *arena;
    struct canvas *canvas;
    long *ways; /* coordinates between the columns of nodes, in order */
    size_t way_count;
    struct box *labels; /* that have been placed */
    size_t label_count;
};

static struct box box_of_node(const struct canvas_node *node, long away)
{
    return (struct box){node->left - away, node->top - away, node->left + CANVAS_WIDTH + away,
                        node->top + CANVAS_HEIGHT + away};
}

static long smaller(long a, long b)
{
    return a < b ? a : b;
}

static long larger(long a, long b)
{
    return a > b ? a : b;
}

static struct box box_of_line(struct canvas_point a, struct canvas_point b)
{
    return (struct box){smaller(a.x, b.x), smaller(a.y, b.y), larger(a.x, b.x), larger(a.y, b.y)};
}

static bool boxes_meet(struct box a, struct box b)
{
    return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

/* ---- the ways between the nodes ---- */

static int compare_numbers(const void *a, const void *b)
{
    long first = *(const long *)a, second = *(const long *)b;
    return (first > second) - (first < second);
}

/* On both sides of each node, once. */
static void find_ways(struct routing *r)
{
    const struct canvas *canvas = r->canvas;
    const long beside = (250 - CANVAS_WIDTH) / 2;
    r->ways = arena_alloc_array(r->arena, 2 * canvas->count + 1, sizeof *r->ways);
    for (size_t i = 0; i < canvas->count; i++) {
        r->ways[r->way_count++] = canvas->nodes[i].left - beside;
        r->ways[r->way_count++] = canvas->nodes[i].left + CANVAS_WIDTH + beside;
    }
    qsort(r->ways, r->way_count, sizeof *r->ways, compare_numbers);
    size_t kept = 0;
    for (size_t i = 0; i < r->way_count; i++) {
        if (kept == 0 || r->ways[i] - r->ways[kept - 1] >= STEP) {
            r->ways[kept++] = r->ways[i];
        }
    }
    r->way_count = kept;
}

/* ---- what a line costs ---- */

/* Two lines: how far they cover each other, or that they cross. */
static long cost_of_meeting(struct canvas_point a, struct canvas_point b, struct canvas_point c,
                            struct canvas_point d)
{
    struct box one = box_of_line(a, b), other = box_of_line(c, d);
    bool upright = a.x == b.x, other_upright = c.x == d.x;
    if (upright != other_upright) {
        bool cross = one.left <= other.right && other.left <= one.right &&
                     one.top <= other.bottom && other.top <= one.bottom;
        return cross ? COST_CROSSING : 0;
    }
    long apart = upright ? labs(a.x - c.x) : labs(a.y - c.y);
    long shared = upright ? smaller(one.bottom, other.bottom) - larger(one.top, other.top)
                          : smaller(one.right, other.right) - larger(one.left, other.left);
    return apart < STEP - 2 && shared > 0 ? COST_COVERING : 0;
}

/* Lines from one node, or into one, may lie on each other: they are one line that divides. */
static long cost_of_edges(const struct canvas_edge *edge, const struct canvas_edge *other)
{
    long cost = 0;
    if (other->from == edge->from || other->to == edge->to) {
        return 0;
    }
    for (size_t i = 1; i < edge->point_count; i++) {
        for (size_t j = 1; j < other->point_count; j++) {
            cost += cost_of_meeting(edge->points[i - 1], edge->points[i], other->points[j - 1],
                                    other->points[j]);
        }
    }
    return cost;
}

/* Its first and last line touch its own nodes, and may be in the room around them. */
static long cost_of_nodes(const struct canvas *canvas, const struct canvas_edge *edge)
{
    long cost = 0;
    for (size_t n = 0; n < canvas->count; n++) {
        bool own = n == edge->from || n == edge->to;
        struct box node = box_of_node(&canvas->nodes[n], own ? 0 : AWAY);
        for (size_t i = 1; i < edge->point_count; i++) {
            struct box line = box_of_line(edge->points[i - 1], edge->points[i]);
            line.right++;
            line.bottom++;
            bool touches =
                (n == edge->from && i == 1) || (n == edge->to && i + 1 == edge->point_count);
            cost += !touches && boxes_meet(node, line) ? COST_NODE : 0;
        }
    }
    return cost;
}

static long cost_of(const struct routing *r, const struct canvas_edge *edge, long best)
{
    long cost = 0;
    for (size_t i = 1; i < edge->point_count; i++) {
        struct box line = box_of_line(edge->points[i - 1], edge->points[i]);
        cost += line.right - line.left + line.bottom - line.top;
        cost += line.right > line.left ? COST_BEND : 0;
    }
    cost += cost < best ? cost_of_nodes(r->canvas, edge) : 0;
    for (size_t i = 0; i < r->canvas->edge_count && cost < best; i++) {
        const struct canvas_edge *other = &r->canvas->edges[i];
        cost += other->point_count > 0 ? cost_of_edges(edge, other) : 0;
    }
    return cost;
}

/* ---- the best one ---- */

static void set_points(const struct canvas *canvas, struct canvas_edge *edge, long way, long first,
                       long last)
{
    const struct canvas_node *from = &canvas->nodes[edge->from];
    const struct canvas_node *to = &canvas->nodes[edge->to];
    long start = from->left + CANVAS_WIDTH / 2;
    long end = to->left + CANVAS_WIDTH / 2;
    long first_level = from->top + CANVAS_HEIGHT + first;
    long last_level = to->top - last;
    struct canvas_point points[CANVAS_POINTS] = {{start, from->top + CANVAS_HEIGHT},
                                                 {start, first_level},
                                                 {way, first_level},
                                                 {way, last_level},
                                                 {end, last_level},
                                                 {end, to->top}};
    memcpy(edge->points, points, sizeof points);
    edge->point_count = CANVAS_POINTS;
}

/* Keeps the cheaper one of the best so far and the edge with these measures. */
static void try_way(const struct routing *r, const struct canvas_edge *edge, long way, long first,
                    long last, struct canvas_edge *best, long *best_cost)
{
    struct canvas_edge tried = *edge;
    set_points(r->canvas, &tried, way, first, last);
    long cost = cost_of(r, &tried, *best_cost);
    if (cost < *best_cost) {
        *best = tried;
        *best_cost = cost;
    }
}

/* The middles of both nodes, and what is beside and between them. */
static void try_ways(const struct routing *r, const struct canvas_edge *edge, long first, long last,
                     struct canvas_edge *best, long *best_cost)
{
    long start = r->canvas->nodes[edge->from].left + CANVAS_WIDTH / 2;
    long end = r->canvas->nodes[edge->to].left + CANVAS_WIDTH / 2;
    size_t middle = 0;
    try_way(r, edge, end, first, last, best, best_cost);
    try_way(r, edge, start, first, last, best, best_cost);
    while (middle < r->way_count && r->ways[middle] < (start + end) / 2) {
        middle++;
    }
    size_t least = middle > WAYS ? middle - WAYS : 0;
    for (size_t i = least; i < r->way_count && i < middle + WAYS; i++) {
        for (long beside = -2; beside <= 2; beside++) {
            try_way(r, edge, r->ways[i] + beside * STEP, first, last, best, best_cost);
        }
    }
}

static void route_edge(const struct routing *r, struct canvas_edge *edge)
{
    struct canvas_edge best = *edge;
    long best_cost = LONG_MAX;
    try_ways(r, edge, FIRST_LEVEL, LAST_LEVEL, &best, &best_cost);
    long way = best.points[2].x;
    for (long first = 0; first < 3; first++) { /* other levels on the same way */
        for (long last = 0; last < 3; last++) {
            try_way(r, edge, way, FIRST_LEVEL + first * STEP, LAST_LEVEL + last * STEP, &best,
                    &best_cost);
        }
    }
    *edge = best;
}

/* ---- words ---- */

static struct box box_of_words(struct routing *r, const struct canvas_edge *edge,
                               struct canvas_point middle)
{
    struct slice label = canvas_label(r->arena, edge->words);
    long width = (long)label.length * CHARACTER_WIDTH;
    return (struct box){middle.x - width / 2, middle.y - WORDS_HEIGHT / 2, middle.x + width / 2,
                        middle.y + WORDS_HEIGHT / 2};
}

/* True when nothing is where the words would be. */
static bool has_room(const struct routing *r, struct box words)
{
    bool room = true;
    for (size_t i = 0; room && i < r->canvas->count; i++) {
        room = !boxes_meet(words, box_of_node(&r->canvas->nodes[i], 0));
    }
    for (size_t i = 0; room && i < r->label_count; i++) {
        room = !boxes_meet(words, r->labels[i]);
    }
    return room;
}

/* True when the words have room with their middle at a point, which is then their place. */
static bool fit_words(struct routing *r, struct canvas_edge *edge, struct canvas_point middle)
{
    edge->label = middle;
    return has_room(r, box_of_words(r, edge, middle));
}

/* On the line into the target first, then on the others from the last to the first. */
static void place_on_line(struct routing *r, struct canvas_edge *edge)
{
    const struct canvas_point *end = &edge->points[edge->point_count - 1];
    bool placed = fit_words(r, edge, (struct canvas_point){end->x, end->y - ABOVE_HEAD});
    for (size_t i = edge->point_count - 1; !placed && i > 0; i--) {
        struct canvas_point a = edge->points[i - 1], b = edge->points[i];
        for (long part = 2; !placed && part > 0; part--) {
            placed = fit_words(
                r, edge,
                (struct canvas_point){a.x + (b.x - a.x) * part / 3, a.y + (b.y - a.y) * part / 3});
        }
    }
    if (!placed) {
        edge->label = edge->points[3];
    }
}

/* The circle that is an end is beside the node: behind it, or else under it. */
static void place_at_end(struct routing *r, struct canvas_edge *edge)
{
    const struct canvas_node *from = &r->canvas->nodes[edge->from];
    struct box words = box_of_words(r, edge, (struct canvas_point){0, 0});
    long end = from->left + CANVAS_WIDTH + CANVAS_END_REACH;
    struct canvas_point behind = {end + 4 + words.right, from->top + CANVAS_HEIGHT / 2};
    struct canvas_point under = {end + 40 - words.right,
                                 from->top + CANVAS_HEIGHT + WORDS_HEIGHT / 2};
    if (!fit_words(r, edge, behind)) {
        edge->label = under;
    }
}

static void place_words(struct routing *r, struct canvas_edge *edge)
{
    if (edge->point_count > 0) {
        place_on_line(r, edge);
    } else {
        place_at_end(r, edge);
    }
    r->labels[r->label_count++] = box_of_words(r, edge, edge->label);
}

void canvas_route(struct arena *arena, struct canvas *canvas)
{
    struct routing r = {.arena = arena, .canvas = canvas};
    find_ways(&r);
    r.labels = arena_alloc_array(arena, canvas->edge_count + 1, sizeof *r.labels);
    for (size_t i = 0; i < canvas->edge_count; i++) {
        if (canvas->edges[i].to != CANVAS_END) {
            route_edge(&r, &canvas->edges[i]);
        }
    }
    for (size_t i = 0; i < canvas->edge_count; i++) {
        struct canvas_edge *edge = &canvas->edges[i];
        if (edge->words.length > 0) {
            place_words(&r, edge);
        }
    }
}
