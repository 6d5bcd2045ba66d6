/* The canvas of two versions of a dialog: what either has is on it. */
#ifndef DIALOGC_PAGE_MERGE_H
#define DIALOGC_PAGE_MERGE_H

#include "page/canvas.h"

/*
 * The canvas of `new` with the nodes and lines that only `old` has, which are marked as removed;
 * those that only `new` has are marked as added, and lines with other words as changed. Nodes are
 * where `new` has them, or where `old` had them; where two would be on one spot, everything is laid
 * out anew.
 */
struct canvas canvas_merge(struct arena *arena, const struct program_dialog *old,
                           const struct program_dialog *new);

#endif
