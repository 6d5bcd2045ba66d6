#include "page/merge.h"

#include <stdlib.h>

#include "dialog/layout.h"
#include "platform/bot/diff.h"

/* The nodes of the older canvas among those of the merged one. */
struct merging {
    struct arena *arena;
    struct canvas old;
    struct canvas new;
    struct canvas merged;
    size_t *positions; /* of the older nodes */
};

/* ---- nodes ---- */

/* Adds a node that only the older version has, as far from the others as it was. */
static void add_removed(struct merging *m, size_t i, long right, long down)
{
    struct canvas_node *node = &m->merged.nodes[m->merged.count];
    *node = m->old.nodes[i];
    node->left += right;
    node->top += down;
    node->change = CANVAS_REMOVED;
    m->positions[i] = m->merged.count++;
}

static void merge_nodes(struct merging *m)
{
    const struct program_dialog *old = m->old.dialog;
    const struct program_dialog *new = m->new.dialog;
    const size_t *partners = bot_pair_nodes(m->arena, old->bot, node_get(old->root, "nodes"),
                                            new->bot, node_get(new->root, "nodes"));
    long right = 0, down = 0;
    m->positions = arena_alloc_array(m->arena, m->old.count + 1, sizeof *m->positions);
    m->merged.nodes =
        arena_alloc_array(m->arena, m->old.count + m->new.count + 1, sizeof *m->merged.nodes);
    for (size_t i = 0; i < m->new.count; i++) {
        m->merged.nodes[i] = m->new.nodes[i];
        m->merged.nodes[i].change = CANVAS_ADDED;
    }
    m->merged.count = m->new.count;
    for (size_t i = m->old.count; i-- > 0;) {
        if (partners[i] != DIFF_UNPAIRED) {
            struct canvas_node *node = &m->merged.nodes[partners[i]];
            node->change = CANVAS_SAME;
            node->old = m->old.nodes[i].node;
            right = node->left - m->old.nodes[i].left;
            down = node->top - m->old.nodes[i].top;
            m->positions[i] = partners[i];
        }
    }
    for (size_t i = 0; i < m->old.count; i++) {
        if (partners[i] == DIFF_UNPAIRED) {
            add_removed(m, i, right, down);
        }
    }
}

/* ---- edges ---- */

static struct canvas_edge *find_edge(struct canvas *canvas, size_t from, size_t to)
{
    for (size_t i = 0; i < canvas->edge_count; i++) {
        if (canvas->edges[i].from == from && canvas->edges[i].to == to) {
            return &canvas->edges[i];
        }
    }
    return NULL;
}

/* The transitions of a line that was removed are of no node that is there. */
static void merge_edge(struct merging *m, const struct canvas_edge *old)
{
    struct canvas *merged = &m->merged;
    size_t from = m->positions[old->from];
    size_t to = old->to == CANVAS_END ? CANVAS_END : m->positions[old->to];
    struct canvas_edge *edge = find_edge(merged, from, to);
    if (edge != NULL) {
        edge->change = slice_equal(edge->words, old->words) ? CANVAS_SAME : CANVAS_CHANGED;
        return;
    }
    merged->edges[merged->edge_count++] =
        (struct canvas_edge){.from = from, .to = to, .words = old->words, .change = CANVAS_REMOVED};
}

static void merge_edges(struct merging *m)
{
    m->merged.edges = arena_alloc_array(m->arena, m->old.edge_count + m->new.edge_count + 1,
                                        sizeof *m->merged.edges);
    for (size_t i = 0; i < m->new.edge_count; i++) {
        const struct canvas_edge *edge = &m->new.edges[i];
        m->merged.edges[m->merged.edge_count++] =
            (struct canvas_edge){.from = edge->from,
                                 .to = edge->to,
                                 .words = edge->words,
                                 .transitions = edge->transitions,
                                 .transition_count = edge->transition_count,
                                 .change = CANVAS_ADDED};
    }
    for (size_t i = 0; i < m->old.edge_count; i++) {
        merge_edge(m, &m->old.edges[i]);
    }
}

/* ---- places ---- */

/* True when a node that was removed is on another one. */
static bool has_overlaps(const struct canvas *canvas)
{
    for (size_t i = 0; i < canvas->count; i++) {
        for (size_t j = 0; j < canvas->count; j++) {
            const struct canvas_node *a = &canvas->nodes[i];
            const struct canvas_node *b = &canvas->nodes[j];
            if (i != j && a->change == CANVAS_REMOVED && labs(a->left - b->left) < CANVAS_WIDTH &&
                labs(a->top - b->top) < CANVAS_HEIGHT) {
                return true;
            }
        }
    }
    return false;
}

static bool has_transition(const struct canvas_edge *edge, size_t transition)
{
    for (size_t i = 0; i < edge->transition_count; i++) {
        if (edge->transitions[i] == transition) {
            return true;
        }
    }
    return false;
}

/* The targets of a node, the main one among them. */
static void add_targets(const struct canvas *canvas, size_t from, struct layout_node *node,
                        size_t *targets)
{
    size_t main = canvas_main_transition(canvas->nodes[from].node);
    node->targets = targets;
    for (size_t i = 0; i < canvas->edge_count; i++) {
        const struct canvas_edge *edge = &canvas->edges[i];
        if (edge->from == from) {
            node->main = has_transition(edge, main) ? node->target_count : node->main;
            targets[node->target_count++] = edge->to == CANVAS_END ? LAYOUT_NOWHERE : edge->to;
        }
    }
}

/* Places for what both versions have, as dialogc lays out what it builds. */
static void lay_out(struct arena *arena, struct canvas *canvas)
{
    struct layout_node *nodes = arena_alloc_array(arena, canvas->count, sizeof *nodes);
    size_t *targets = arena_alloc_array(arena, canvas->edge_count + 1, sizeof *targets);
    size_t used = 0;
    for (size_t i = 0; i < canvas->count; i++) {
        add_targets(canvas, i, &nodes[i], targets + used);
        used += nodes[i].target_count;
    }
    layout_graph(arena, nodes, canvas->count);
    for (size_t i = 0; i < canvas->count; i++) {
        canvas->nodes[i].left = nodes[i].left;
        canvas->nodes[i].top = nodes[i].top;
    }
}

/* ---- the whole ---- */

struct canvas canvas_merge(struct arena *arena, const struct program_dialog *old,
                           const struct program_dialog *new)
{
    struct merging m = {
        .arena = arena,
        .old = canvas_new(arena, old),
        .new = canvas_new(arena, new),
        .merged = {.dialog = new},
    };
    merge_nodes(&m);
    merge_edges(&m);
    if (has_overlaps(&m.merged)) {
        lay_out(arena, &m.merged);
    }
    canvas_arrange(arena, &m.merged);
    return m.merged;
}
