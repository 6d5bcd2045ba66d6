#include "page/difference.h"

#include <assert.h>

#include "base/table.h"
#include "page/detail.h"
#include "page/merge.h"

static const char *const change_words[] = {
    [CANVAS_SAME] = NULL,
    [CANVAS_ADDED] = "added",
    [CANVAS_REMOVED] = "removed",
    [CANVAS_CHANGED] = "changed",
};
static_assert(TABLE_LENGTH(change_words) == CANVAS_CHANGED + 1, "a word for each change");

static void add_change(struct cjson json, enum canvas_change change)
{
    if (change_words[change] != NULL) {
        cjson_add_text(json, "change", slice_of(change_words[change]));
    }
}

/* ---- the canvas ---- */

/* What has become of all of the dialog. */
static enum canvas_change change_of(const struct page_dialog *dialog)
{
    const struct diff_place *place = dialog->changes;
    return place->old == NULL   ? CANVAS_ADDED
           : place->new == NULL ? CANVAS_REMOVED
           : place->count > 0   ? CANVAS_CHANGED
                                : CANVAS_SAME;
}

struct canvas page_canvas(struct arena *arena, const struct page_dialog *dialog)
{
    if (dialog->old != NULL) {
        return canvas_merge(arena, dialog->old, dialog->dialog);
    }
    struct canvas canvas = canvas_new(arena, dialog->dialog);
    enum canvas_change change = dialog->changes != NULL ? change_of(dialog) : CANVAS_SAME;
    for (size_t i = 0; i < canvas.count; i++) {
        canvas.nodes[i].change = change;
    }
    for (size_t i = 0; i < canvas.edge_count; i++) {
        canvas.edges[i].change = change;
    }
    return canvas;
}

struct canvas_node *page_members(struct arena *arena, const struct page_dialog *dialog,
                                 const struct canvas_node *node, size_t *count)
{
    const struct program_node *old = node->old;
    size_t old_count = old != NULL ? old->member_count : 0;
    size_t new_count = node->node->member_count;
    struct canvas_node *members =
        arena_alloc_array(arena, old_count + new_count + 1, sizeof *members);
    for (size_t i = 0; i < new_count; i++) {
        members[i].node = &node->node->members[i];
        members[i].change = old != NULL ? CANVAS_ADDED : node->change;
    }
    *count = new_count;
    if (old == NULL) {
        return members;
    }
    const size_t *partners =
        bot_pair_nodes(arena, dialog->old->bot, node_get(old->component, "nodes"),
                       dialog->dialog->bot, node_get(node->node->component, "nodes"));
    for (size_t i = 0; i < old_count; i++) {
        if (partners[i] < new_count) {
            members[partners[i]].old = &old->members[i];
            members[partners[i]].change = CANVAS_SAME;
        } else {
            members[*count].node = &old->members[i];
            members[(*count)++].change = CANVAS_REMOVED;
        }
    }
    return members;
}

/* ---- changes ---- */

/* A change is about a node when it is about something of its type and name. */
static bool is_about(const struct diff_change *change, const struct program_node *node)
{
    return slice_equal(change->subject.type, node_text(node->stub, "type")) &&
           slice_equal(change->subject.name, node->name);
}

static void add_item(struct cjson list, const struct diff_change *change, struct slice text)
{
    struct cjson item = cjson_add_object(list, NULL);
    cjson_add_text(item, "kind", slice_of(diff_kind_name(change->kind)));
    cjson_add_boolean(item, "breaks", change->breaks);
    cjson_add_text(item, "text", text);
}

/* Adds the changes of the place that are about a node (NULL: all), breaking ones first. */
static void add_changes(struct cjson json, const struct diff_place *place,
                        const struct program_node *node)
{
    struct cjson list = cjson_add_array(json, "changes");
    for (int breaks = 1; breaks >= 0; breaks--) {
        for (size_t i = 0; i < place->count; i++) {
            const struct diff_change *change = &place->changes[i];
            if (change->breaks == (breaks == 1) && (node == NULL || is_about(change, node))) {
                add_item(list, change,
                         node != NULL ? change->text : bot_diff_line(json.arena, change));
            }
        }
    }
}

void page_add_changes(struct cjson json, const struct diff_place *place)
{
    add_changes(json, place, NULL);
}

/* True when there is a change about the node, or about one in it. */
static bool has_changes(const struct diff_place *place, const struct program_node *node)
{
    bool found = false;
    for (size_t i = 0; !found && i < place->count; i++) {
        found = is_about(&place->changes[i], node);
    }
    for (size_t i = 0; !found && i < node->member_count; i++) {
        found = has_changes(place, &node->members[i]);
    }
    return found;
}

void page_add_node_difference(struct cjson json, struct page_sampler *sampler,
                              const struct page_dialog *dialog, const struct canvas_node *node)
{
    if (dialog->changes == NULL) {
        return;
    }
    enum canvas_change change = node->change;
    if (change == CANVAS_SAME && has_changes(dialog->changes, node->node)) {
        change = CANVAS_CHANGED;
    }
    add_change(json, change);
    if (change != CANVAS_SAME) {
        add_changes(json, dialog->changes, node->node);
    }
    if (change == CANVAS_CHANGED && node->old != NULL) {
        page_add_detail(cjson_add_object(json, "old"), sampler, dialog->old, node->old);
    }
}

void page_add_edge_difference(struct cjson json, const struct canvas_edge *edge)
{
    add_change(json, edge->change);
}

void page_add_dialog_difference(struct cjson json, const struct page_dialog *dialog)
{
    if (dialog->changes != NULL) {
        add_change(json, change_of(dialog));
        add_changes(json, dialog->changes, NULL);
    }
}
