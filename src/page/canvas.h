/*
 * The canvas of a dialog: where its nodes are, and the lines between them. Places come from the
 * export, as the platform shows them; a dialog without places is laid out as dialogc does it.
 */
#ifndef DIALOGC_PAGE_CANVAS_H
#define DIALOGC_PAGE_CANVAS_H

#include "trial/simulator/program.h"

/* The size of a node, and the room around the canvas, in pixels. */
#define CANVAS_WIDTH  172
#define CANVAS_HEIGHT 52
#define CANVAS_MARGIN 60

/* The dialog ends here. */
#define CANVAS_END SIZE_MAX

#define CANVAS_POINTS 6

/* How far the circle that is an end reaches from its node, to the right. */
#define CANVAS_END_REACH 24

struct canvas_point {
    long x, y;
};

/* What has become of a node or line of an older version; only merge.h compares two. */
enum canvas_change {
    CANVAS_SAME, /* a node may have changed in what it says or does */
    CANVAS_ADDED,
    CANVAS_REMOVED,
    CANVAS_CHANGED,
};

struct canvas_node {
    const struct program_node *node;
    const struct program_node *old; /* the same node of an older version, or NULL */
    enum canvas_change change;
    long left, top;
};

/* All transitions of one node to the same target. */
struct canvas_edge {
    size_t from, to;     /* nodes; `to` may be CANVAS_END */
    struct slice words;  /* "`age` is 17; otherwise"; empty: the only way on */
    size_t *transitions; /* of the node, by their numbers */
    size_t transition_count;
    struct canvas_point points[CANVAS_POINTS]; /* none to the end, and to what is not there */
    size_t point_count;
    struct canvas_point label; /* the middle of the words */
    enum canvas_change change;
};

struct canvas {
    const struct program_dialog *dialog;
    struct canvas_node *nodes; /* as in the dialog */
    size_t count;
    struct canvas_edge *edges;
    size_t edge_count;
    long width, height;
};

/* Everything in `arena`; the smallest coordinates are CANVAS_MARGIN. */
struct canvas canvas_new(struct arena *arena, const struct program_dialog *dialog);

/* Long words with the last names of their paths alone: "`statusCode` is 200". */
struct slice canvas_short_words(struct arena *arena, struct slice words);

/* The words as a line shows them: shortened, without backquotes, and cut. */
struct slice canvas_label(struct arena *arena, struct slice words);

/* ---- private to the canvas ---- */

/* The number of the transition that a node takes when all goes well: "yes" to a question, else the
 * last one, which is the default. */
size_t canvas_main_transition(const struct program_node *node);

/* Moves everything to the margin, draws the lines and measures the canvas. */
void canvas_arrange(struct arena *arena, struct canvas *canvas);

/* Gives the edges their points and labels: right-angled lines around the nodes (route.c). */
void canvas_route(struct arena *arena, struct canvas *canvas);

#endif
