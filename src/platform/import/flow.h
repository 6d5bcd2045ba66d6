/* What the parts of the flow writer share. */
#ifndef DIALOGC_PLATFORM_IMPORT_FLOW_H
#define DIALOGC_PLATFORM_IMPORT_FLOW_H

#include "platform/import/importer.h"

/* A condition for those that the language cannot say. */
#define NEVER "${context.see_xo} exists"

#define NO_REGION SIZE_MAX

/* What is known of a node's place in the graph. */
struct place {
    size_t region;     /* nodes that are reached from one start; NO_REGION: not yet */
    size_t rank;       /* in reverse post-order of the region */
    size_t dominator;  /* the node that every way comes by */
    size_t ways;       /* transitions that lead here, within the region */
    size_t weight;     /* how many nodes every way comes to by this one, itself among them */
    size_t first_join; /* what it dominates and several ways lead to, the last in order first */
    size_t next_join;  /* of the dominator's */
    bool emitted;
};

struct flow_writer {
    struct import_dialog *d;
    struct arena *arena;
    struct place *places;
    bool *met;     /* of each node: it is in a region */
    size_t *order; /* of the present region, by rank */
    size_t order_count;
    size_t *detached; /* nodes that stand at the end because of the nesting */
    size_t detached_count;
    struct map labels;
};

/* ---- label.c ---- */

/* The label of the step of a node, which has one from now on. */
struct slice flow_label(struct flow_writer *w, size_t node);

/* ---- graph.c ---- */

/*
 * Finds what can be reached from `start` and is in no region yet: its order, dominators, and where
 * several ways join.
 */
void flow_find_region(struct flow_writer *w, size_t start, size_t region);

/* True when the only way to `target` is one transition of `from`. */
bool flow_belongs_to(const struct flow_writer *w, size_t target, size_t from);

/* ---- conditions.c ---- */

/*
 * The condition of a transition as text. What the language cannot say (a condition that nobody has
 * filled in, `or`, an intent) becomes one that never holds; `xo` has the real one.
 */
struct slice flow_condition(struct flow_writer *w, const struct node *condition);

/* The reference that a test begins with; empty when the language has none. */
struct slice flow_reference(struct flow_writer *w, const struct node *test);

/* ---- steps.c ---- */

/* The step of a node, without its branches. */
struct node *flow_step(struct flow_writer *w, const struct import_node *node);

/* The settings of a node that are not the platform's usual ones; NULL: there are none. */
struct node *flow_options(struct flow_writer *w, const struct import_node *node);

/* Says the node's display name, where it is not its name. */
void flow_add_display(struct flow_writer *w, struct node *step, const struct import_node *node);

#endif
