#include "page/data.h"

#include "page/detail.h"
#include "page/difference.h"
#include "page/place.h"

/* One page that is being written. */
struct writing {
    const struct page *page;
    struct page_sampler sampler;
    struct map places; /* a finding that a node has, by address */
};

static void add_coordinate(struct cjson json, const char *key, long value)
{
    cjson_add_count(json, key, value > 0 ? (size_t)value : 0);
}

/* ---- findings ---- */

static void add_finding(struct cjson list, const struct diagnostic *finding)
{
    struct cjson json = cjson_add_object(list, NULL);
    struct position position = source_position(finding->source, finding->range.start);
    cjson_add_text(json, "code", slice_of(code_info(finding->code)->name));
    cjson_add_text(json, "severity",
                   finding->severity == SEVERITY_ERROR ? SLICE("error") : SLICE("warning"));
    cjson_add_text(json, "message", finding->message);
    cjson_add_count(json, "line", position.line);
    struct cjson notes = cjson_add_array(json, "notes");
    for (const struct note *note = finding->notes; note != NULL; note = note->next) {
        cjson_add_text(notes, NULL, note->message);
    }
}

/* The findings at a place (NULL: anywhere) that nothing before had. */
static void add_findings(struct cjson json, struct writing *w, const struct page_place *place)
{
    const struct diagnostic *d = w->page->findings->first;
    struct cjson list = cjson_add_array(json, "findings");
    for (; d != NULL; d = d->next) {
        if ((place == NULL || page_place_has(place, d)) &&
            map_add_address(&w->places, d, w) == NULL) {
            add_finding(list, d);
        }
    }
}

static void add_place(struct cjson json, const struct page_place *place)
{
    if (place->source != NULL) {
        cjson_add_text(json, "file", slice_of(place->source->path));
        cjson_add_count(json, "line", source_position(place->source, place->range.start).line);
    }
}

/* ---- nodes ---- */

/* The number of the dialog among those of the page; SIZE_MAX when it is not there. */
static size_t dialog_number(const struct page *page, struct slice id)
{
    size_t number = 0;
    while (number < page->count && !slice_equal(page->dialogs[number].dialog->id, id)) {
        number++;
    }
    return number < page->count ? number : SIZE_MAX;
}

static void add_node(struct cjson json, struct writing *w, const struct page_dialog *dialog,
                     const struct canvas_node *shown, const struct program_node *action)
{
    const struct program_node *node = shown->node;
    bool is_old = shown->change == CANVAS_REMOVED && dialog->old != NULL;
    struct page_place place = page_place_of(dialog, node, action);
    cjson_add_text(json, "id", node->id);
    cjson_add_text(json, "kind",
                   node->unknown.length > 0 ? node->unknown
                                            : slice_of(dialog_kind_word(node->kind)));
    cjson_add_text(json, "name", node->name);
    if (node->kind == DIALOG_CALL) {
        size_t called = dialog_number(w->page, node_text(node->component, "dialogId"));
        if (called != SIZE_MAX) {
            cjson_add_count(json, "calls", called);
        }
    }
    if (dialog->nodes != NULL) {
        cjson_add_boolean(json, "taken", dialog->nodes[node->index]);
    }
    if (dialog->reach != NULL) {
        cjson_add_boolean(json, "reached", dialog->reach->nodes[node->index]);
    }
    add_place(json, &place);
    add_findings(json, w, &place);
    page_add_node_difference(json, &w->sampler, dialog, shown);
    page_add_detail(json, &w->sampler, is_old ? dialog->old : dialog->dialog, node);
}

static void add_nodes(struct cjson json, struct writing *w, const struct page_dialog *dialog,
                      const struct canvas *canvas)
{
    struct cjson nodes = cjson_add_array(json, "nodes");
    for (size_t i = 0; i < canvas->count; i++) {
        const struct canvas_node *node = &canvas->nodes[i];
        size_t count;
        struct canvas_node *inside = page_members(json.arena, dialog, node, &count);
        struct cjson item = cjson_add_object(nodes, NULL);
        add_coordinate(item, "left", node->left);
        add_coordinate(item, "top", node->top);
        struct cjson members = cjson_add_array(item, "members");
        for (size_t m = 0; m < count; m++) {
            add_node(cjson_add_object(members, NULL), w, dialog, &inside[m], node->node);
        }
        add_node(item, w, dialog, node, NULL);
    }
}

/* ---- edges ---- */

/* True when any of the transitions of a line is among the flags, which are those of the dialog. */
static bool has_any(const bool *transitions, const struct canvas *canvas,
                    const struct canvas_edge *edge)
{
    bool any = false;
    for (size_t i = 0; i < edge->transition_count; i++) {
        size_t first = canvas->nodes[edge->from].node->first_transition;
        any = any || transitions[first + edge->transitions[i]];
    }
    return any;
}

static void add_edge(struct cjson json, const struct page_dialog *dialog,
                     const struct canvas *canvas, const struct canvas_edge *edge)
{
    struct cjson points = cjson_add_array(json, "points");
    cjson_add_count(json, "from", edge->from);
    if (edge->to != CANVAS_END) {
        cjson_add_count(json, "to", edge->to);
    }
    if (edge->words.length > 0) {
        cjson_add_text(json, "words", edge->words);
        cjson_add_text(json, "label", canvas_short_words(json.arena, edge->words));
        add_coordinate(json, "x", edge->label.x);
        add_coordinate(json, "y", edge->label.y);
    }
    for (size_t i = 0; i < edge->point_count; i++) {
        add_coordinate(points, NULL, edge->points[i].x);
        add_coordinate(points, NULL, edge->points[i].y);
    }
    struct cjson transitions = cjson_add_array(json, "transitions");
    for (size_t i = 0; i < edge->transition_count; i++) {
        cjson_add_count(transitions, NULL, edge->transitions[i]);
    }
    page_add_edge_difference(json, edge);
    if (dialog->transitions != NULL) {
        cjson_add_boolean(json, "taken", has_any(dialog->transitions, canvas, edge));
    }
    if (dialog->reach != NULL) {
        cjson_add_boolean(json, "reached", has_any(dialog->reach->transitions, canvas, edge));
    }
}

/* ---- dialogs ---- */

/* The sentences that start the dialog: {locale, text}. */
static void add_utterances(struct cjson json, const struct program_dialog *dialog)
{
    const struct node *sentences = bot_section(dialog->bot, "sentences");
    struct slice intent = node_text(bot_intent(dialog->bot, dialog->root), "_id");
    struct cjson list = cjson_add_array(json, "utterances");
    for (size_t i = 0; intent.length > 0 && i < node_length(sentences); i++) {
        if (slice_equal(node_text(sentences->items[i], "taskId"), intent)) {
            struct cjson item = cjson_add_object(list, NULL);
            cjson_add_text(item, "locale", node_text(sentences->items[i], "language"));
            cjson_add_text(item, "text", node_text(sentences->items[i], "sentence"));
        }
    }
}

static void add_gaps(struct cjson json, const struct page_reach *reach)
{
    struct cjson list = cjson_add_array(json, "unreached");
    for (size_t i = 0; i < reach->gap_count; i++) {
        struct cjson item = cjson_add_object(list, NULL);
        cjson_add_text(item, "text", reach->gaps[i].text);
        cjson_add_text(item, "reason", reach->gaps[i].reason);
    }
}

static void add_dialog(struct cjson json, struct writing *w, const struct page_dialog *dialog)
{
    struct canvas canvas = page_canvas(json.arena, dialog);
    struct page_place place = page_place_of_dialog(dialog);
    cjson_add_text(json, "id", dialog->dialog->id);
    cjson_add_text(json, "name", dialog->dialog->name);
    add_place(json, &place);
    add_coordinate(json, "width", canvas.width);
    add_coordinate(json, "height", canvas.height);
    page_add_dialog_difference(json, dialog);
    add_utterances(json, dialog->dialog);
    if (dialog->reach != NULL) {
        add_gaps(json, dialog->reach);
    }
    add_nodes(json, w, dialog, &canvas);
    struct cjson edges = cjson_add_array(json, "edges");
    for (size_t i = 0; i < canvas.edge_count; i++) {
        add_edge(cjson_add_object(edges, NULL), dialog, &canvas, &canvas.edges[i]);
    }
    add_findings(json, w, &place);
}

/* In texts of JSON, and nowhere else, there is a `<`. */
static void add_escaped(struct builder *out, struct slice json)
{
    size_t start = 0;
    for (size_t i = 0; i < json.length; i++) {
        if (json.data[i] == '<') {
            builder_add(out, slice_part(json, start, i));
            builder_add_text(out, "\\u003c");
            start = i + 1;
        }
    }
    builder_add(out, slice_part(json, start, json.length));
}

void page_data(struct builder *out, const struct page *page)
{
    struct arena *arena = out->arena;
    struct writing w = {page, page_sampler_new(arena, page->machine), map_new(arena)};
    struct cjson json = cjson_new_object(arena);
    struct builder text = builder_new(arena);
    cjson_add_text(json, "title", page->title);
    cjson_add_text(json, "folder", slice_of(page->folder));
    if (page->talks) {
        cjson_add_boolean(json, "talks", true);
        cjson_add_text(json, "stamp", page->stamp);
    }
    if (page->changes != NULL) {
        page_add_changes(json, page->changes);
    }
    struct cjson dialogs = cjson_add_array(json, "dialogs");
    for (size_t i = 0; i < page->count; i++) {
        add_dialog(cjson_add_object(dialogs, NULL), &w, &page->dialogs[i]);
    }
    add_findings(json, &w, NULL);
    cjson_print(&text, json, CJSON_COMPACT);
    add_escaped(out, builder_slice(&text));
}
