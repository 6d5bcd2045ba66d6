/* What has changed in a dialog and its nodes, for a page that compares two versions. */
#ifndef DIALOGC_PAGE_DIFFERENCE_H
#define DIALOGC_PAGE_DIFFERENCE_H

#include "page/page.h"
#include "page/sample.h"
#include "report/cjson.h"

/* The canvas of the dialog; with both versions on it, where they are compared. */
struct canvas page_canvas(struct arena *arena, const struct page_dialog *dialog);

/*
 * Adds `change`, `changes` and `old`, which has the details of the older version, to a node of a
 * dialog that is compared; nothing to others.
 */
void page_add_node_difference(struct cjson json, struct page_sampler *sampler,
                              const struct page_dialog *dialog, const struct canvas_node *node);

/* Adds `change` to a line that is not the same in both versions. */
void page_add_edge_difference(struct cjson json, const struct canvas_edge *edge);

/* Adds `change` and `changes` to a dialog that is compared: those that break something first. */
void page_add_dialog_difference(struct cjson json, const struct page_dialog *dialog);

/* Adds `changes`, those that belong to no dialog. */
void page_add_changes(struct cjson json, const struct diff_place *place);

/*
 * The members of a bot action, as the canvas has nodes: of `node`, and those that only its older
 * version has; their number is in `*count`.
 */
struct canvas_node *page_members(struct arena *arena, const struct page_dialog *dialog,
                                 const struct canvas_node *node, size_t *count);

#endif
