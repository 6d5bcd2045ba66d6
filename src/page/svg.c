#include "page/svg.h"

#include "base/table.h"
#include "base/utf8.h"

/* So many characters of a name fit into a node. */
#define NAME_CHARACTERS 18

static const char style[] =
    "text{font:12px system-ui,'Segoe UI',Helvetica,Arial,sans-serif;fill:#1b2430}"
    ".n{font-weight:600}.k{font-size:10.5px;fill:#566273}"
    ".w{font-size:10.5px;text-anchor:middle;paint-order:stroke;stroke:#f3f5f8;stroke-width:4px}"
    ".g{fill:#f3f5f8}.b{fill:#fff;stroke:#d5dbe3}.e{fill:none;stroke:#8793a5;stroke-width:1.5}"
    ".h{fill:#8793a5}"
    ".intent,.dialog{fill:#007a5a}.entity,.form{fill:#0072b2}.message{fill:#9a4a86}"
    ".confirm{fill:#1f7fb8}.action,.service{fill:#b85c00}.script{fill:#7d6a00}"
    ".logic,.transfer{fill:#56606e}"
    "@media(prefers-color-scheme:dark){text{fill:#e8edf4}.k{fill:#a4b0c0}.w{stroke:#12161c}"
    ".g{fill:#12161c}.b{fill:#1c222b;stroke:#333d4a}.e{stroke:#7e8b9d}.h{fill:#7e8b9d}}";

/* By enumerator; the words that people read. */
static const char *const kind_titles[] = {
    [DIALOG_INTENT] = "Intent",     [DIALOG_ENTITY] = "Entity",
    [DIALOG_MESSAGE] = "Message",   [DIALOG_CONFIRM] = "Confirmation",
    [DIALOG_ACTION] = "Bot action", [DIALOG_SCRIPT] = "Script",
    [DIALOG_SERVICE] = "Service",   [DIALOG_LOGIC] = "Logic",
    [DIALOG_CALL] = "Dialog",       [DIALOG_TRANSFER] = "Agent transfer",
    [DIALOG_FORM] = "Form",
};
_Static_assert(TABLE_LENGTH(kind_titles) == DIALOG_KIND_COUNT, "a title for each kind");

/* Text as XML has it; control characters are in no XML at all. */
static void add_text(struct builder *out, struct slice text)
{
    for (size_t i = 0; i < text.length; i++) {
        char c = text.data[i];
        if (c == '<' || c == '>' || c == '&') {
            builder_add_text(out, c == '<' ? "&lt;" : c == '>' ? "&gt;" : "&amp;");
        } else if ((unsigned char)c < ' ') {
            builder_add_char(out, ' ');
        } else {
            builder_add_char(out, c);
        }
    }
}

/* The beginning of a text, with an ellipsis where it is cut. */
static void add_shortened(struct builder *out, struct slice text, size_t most)
{
    size_t at = 0;
    for (size_t characters = 0; at < text.length && characters < most; characters++) {
        size_t length = utf8_sequence(slice_part(text, at, text.length));
        at += length > 0 ? length : 1;
    }
    add_text(out, slice_part(text, 0, at));
    builder_add_text(out, at < text.length ? "…" : "");
}

static void add_line(struct builder *out, const struct canvas *canvas,
                     const struct canvas_edge *edge)
{
    const struct canvas_node *from = &canvas->nodes[edge->from];
    if (edge->point_count == 0) {
        long x = from->left + CANVAS_WIDTH, y = from->top + CANVAS_HEIGHT / 2;
        builder_printf(out,
                       "<path class=\"e\" d=\"M%ld %ldh14\"/><circle class=\"h\" cx=\"%ld\" "
                       "cy=\"%ld\" r=\"5\"/>\n",
                       x, y, x + 18, y);
        return;
    }
    builder_add_text(out, "<path class=\"e\" marker-end=\"url(#h)\" d=\"");
    for (size_t i = 0; i < edge->point_count; i++) {
        builder_printf(out, "%s%ld %ld", i == 0 ? "M" : "L", edge->points[i].x, edge->points[i].y);
    }
    builder_add_text(out, "\"/>\n");
}

static void add_words(struct builder *out, const struct canvas_edge *edge)
{
    if (edge->words.length == 0) {
        return;
    }
    builder_printf(out, "<text class=\"w\" x=\"%ld\" y=\"%ld\"><title>", edge->label.x,
                   edge->label.y + 4);
    add_text(out, edge->words);
    builder_add_text(out, "</title>");
    add_text(out, canvas_label(out->arena, edge->words));
    builder_add_text(out, "</text>\n");
}

static void add_node(struct builder *out, const struct canvas_node *place)
{
    const struct program_node *node = place->node;
    long x = place->left, y = place->top;
    builder_printf(out,
                   "<g><rect class=\"b\" x=\"%ld\" y=\"%ld\" width=\"%d\" height=\"%d\" rx=\"8\"/>"
                   "<rect class=\"%s\" x=\"%ld\" y=\"%ld\" width=\"6\" height=\"%d\" rx=\"3\"/>",
                   x, y, CANVAS_WIDTH, CANVAS_HEIGHT, dialog_kind_word(node->kind), x, y,
                   CANVAS_HEIGHT);
    builder_printf(out, "<text class=\"n\" x=\"%ld\" y=\"%ld\"><title>", x + 18, y + 23);
    add_text(out, node->name);
    builder_add_text(out, "</title>");
    add_shortened(out, node->name, NAME_CHARACTERS);
    builder_printf(out, "</text><text class=\"k\" x=\"%ld\" y=\"%ld\">", x + 18, y + 39);
    if (node->unknown.length > 0) {
        add_shortened(out, node->unknown, NAME_CHARACTERS);
    } else {
        builder_add_text(out, kind_titles[node->kind]);
    }
    builder_add_text(out, "</text></g>\n");
}

void page_svg(struct builder *out, const struct canvas *canvas)
{
    builder_printf(out,
                   "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %ld %ld\" "
                   "width=\"%ld\" height=\"%ld\" role=\"img\">\n<title>",
                   canvas->width, canvas->height, canvas->width, canvas->height);
    add_text(out, canvas->dialog->name);
    builder_printf(out,
                   "</title>\n<style>%s</style>\n<defs><marker id=\"h\" viewBox=\"0 0 8 8\" "
                   "refX=\"7\" refY=\"4\" markerWidth=\"9\" markerHeight=\"9\" "
                   "markerUnits=\"userSpaceOnUse\" orient=\"auto\"><path class=\"h\" d=\"M0 0L8 "
                   "4L0 8z\"/></marker></defs>\n<rect class=\"g\" width=\"100%%\" "
                   "height=\"100%%\"/>\n",
                   style);
    for (size_t i = 0; i < canvas->edge_count; i++) {
        add_line(out, canvas, &canvas->edges[i]);
    }
    for (size_t i = 0; i < canvas->edge_count; i++) {
        add_words(out, &canvas->edges[i]);
    }
    for (size_t i = 0; i < canvas->count; i++) {
        add_node(out, &canvas->nodes[i]);
    }
    builder_add_text(out, "</svg>\n");
}
