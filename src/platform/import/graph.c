/* The graph of a dialog: what leads where, and what every way to a node passes. */
#include "base/graph.h"
#include "platform/import/flow.h"

static size_t transition_target(const void *edges, size_t at, size_t edge)
{
    const struct import_node *node = &((const struct import_dialog *)edges)->nodes[at];
    if (edge > node->target_count) {
        return GRAPH_NO_EDGE;
    }
    size_t target = edge < node->target_count ? node->targets[edge] : node->retries;
    return target != NO_TARGET ? target : GRAPH_OUTSIDE;
}

static void walk_region(struct flow_writer *w, size_t start, size_t region)
{
    struct graph graph = {w->d->node_count, w->d, transition_target};
    w->order_count = graph_walk(w->arena, &graph, start, w->met, w->order);
    for (size_t i = 0; i < w->order_count; i++) {
        w->places[w->order[i]].region = region;
        w->places[w->order[i]].rank = i;
        w->places[w->order[i]].dominator = NO_TARGET;
        w->places[w->order[i]].ways = 0;
        w->places[w->order[i]].first_join = NO_TARGET;
    }
}

static void link_joins(struct flow_writer *w)
{
    for (size_t i = 1; i < w->order_count; i++) {
        struct place *place = &w->places[w->order[i]];
        if (place->ways > 1) {
            place->next_join = w->places[place->dominator].first_join;
            w->places[place->dominator].first_join = w->order[i];
        }
    }
}

static size_t common_dominator(const struct flow_writer *w, size_t a, size_t b)
{
    while (a != b) {
        while (w->places[a].rank > w->places[b].rank) {
            a = w->places[a].dominator;
        }
        while (w->places[b].rank > w->places[a].rank) {
            b = w->places[b].dominator;
        }
    }
    return a;
}

/* Cooper, Harvey, Kennedy: pushes dominators along the edges until nothing changes. */
static void find_dominators(struct flow_writer *w, size_t start)
{
    struct import_dialog *d = w->d;
    size_t region = w->places[start].region;
    w->places[start].dominator = start;
    bool changed = true;
    bool first = true;
    while (changed) {
        changed = false;
        for (size_t i = 0; i < w->order_count; i++) {
            size_t at = w->order[i];
            const struct import_node *node = &d->nodes[at];
            for (size_t j = 0; j <= node->target_count; j++) {
                bool is_event = j == node->target_count;
                size_t target = is_event ? node->retries : node->targets[j];
                if (target == NO_TARGET || w->places[target].region != region) {
                    continue;
                }
                struct place *place = &w->places[target];
                /* an event leads to a step only by its label: it is in no branch */
                place->ways += !first ? 0 : is_event ? 2 : 1;
                if (target == start || w->places[at].dominator == NO_TARGET) {
                    continue;
                }
                size_t dominator =
                    place->dominator == NO_TARGET ? at : common_dominator(w, place->dominator, at);
                changed = changed || dominator != place->dominator;
                place->dominator = dominator;
            }
        }
        first = false;
    }
}

bool flow_belongs_to(const struct flow_writer *w, size_t target, size_t from)
{
    return target != NO_TARGET && target != 0 && !w->places[target].emitted &&
           w->places[target].region == w->places[from].region && w->places[target].ways == 1 &&
           w->places[target].dominator == from && target != from;
}

static void weigh(struct flow_writer *w)
{
    for (size_t i = 0; i < w->order_count; i++) {
        w->places[w->order[i]].weight = 1;
    }
    for (size_t i = w->order_count; i-- > 1;) { /* a dominator comes before what it dominates */
        const struct place *place = &w->places[w->order[i]];
        w->places[place->dominator].weight += place->weight;
    }
}

void flow_find_region(struct flow_writer *w, size_t start, size_t region)
{
    walk_region(w, start, region);
    find_dominators(w, start);
    link_joins(w);
    weigh(w);
}
