#include "page/mermaid.h"

#include "base/markdown.h"
#include "base/table.h"

/* What is before and behind the text of a node: the shape of its kind. */
static const struct {
    const char *before;
    const char *behind;
} shapes[] = {
    [DIALOG_INTENT] = {"([", "])"},  [DIALOG_ENTITY] = {"[/", "/]"}, [DIALOG_MESSAGE] = {"[", "]"},
    [DIALOG_CONFIRM] = {"{", "}"},   [DIALOG_ACTION] = {"[[", "]]"}, [DIALOG_SCRIPT] = {"[[", "]]"},
    [DIALOG_SERVICE] = {"[[", "]]"}, [DIALOG_LOGIC] = {"{", "}"},    [DIALOG_CALL] = {"[(", ")]"},
    [DIALOG_TRANSFER] = {">", "]"},  [DIALOG_FORM] = {"[/", "/]"},
};
_Static_assert(TABLE_LENGTH(shapes) == DIALOG_KIND_COUNT, "a shape for each kind");

/* Inside of quotation marks: what has a meaning to Mermaid, Markdown or HTML is its number. */
static void add_text(struct builder *out, struct slice text)
{
    for (size_t i = 0; i < text.length; i++) {
        unsigned char c = (unsigned char)text.data[i];
        if (c < ' ') {
            builder_add_char(out, ' ');
        } else if (strchr("\"<>&#`\\*_{}[]|~", c) != NULL) {
            builder_printf(out, "#%d;", c);
        } else {
            builder_add_char(out, (char)c);
        }
    }
}

static void add_node(struct builder *out, size_t number, const struct program_node *node)
{
    builder_printf(out, "    n%zu%s\"", number, shapes[node->kind].before);
    add_text(out, node->name);
    builder_printf(out, "\"%s\n", shapes[node->kind].behind);
}

static void add_edge(struct builder *out, const struct canvas_edge *edge)
{
    builder_printf(out, "    n%zu -->", edge->from);
    if (edge->words.length > 0) {
        builder_add_text(out, "|\"");
        add_text(out, canvas_label(out->arena, edge->words));
        builder_add_text(out, "\"|");
    }
    if (edge->to == CANVAS_END) {
        builder_printf(out, " e%zu(( ))\n", edge->from);
    } else {
        builder_printf(out, " n%zu\n", edge->to);
    }
}

static void add_dialog(struct builder *out, const struct program_dialog *dialog)
{
    struct canvas canvas = canvas_new(out->arena, dialog);
    builder_add_text(out, "```mermaid\nflowchart TD\n");
    for (size_t i = 0; i < canvas.count; i++) {
        add_node(out, i, canvas.nodes[i].node);
    }
    for (size_t i = 0; i < canvas.edge_count; i++) {
        add_edge(out, &canvas.edges[i]);
    }
    builder_add_text(out, "```\n");
}

void page_mermaid(struct builder *out, const struct page *page)
{
    for (size_t i = 0; i < page->count; i++) {
        const struct program_dialog *dialog = page->dialogs[i].dialog;
        builder_add_text(out, i > 0 ? "\n" : "");
        if (page->count > 1) {
            builder_add_text(out, "## ");
            markdown_add_text(out, dialog->name);
            builder_add_text(out, "\n\n");
        }
        add_dialog(out, dialog);
    }
}
