/* Ranges of the tree: what can be folded, and what is selected when a selection grows. */
#include "base/ascii.h"
#include "editor/server/server.h"

/* ---- folding ---- */

struct folding {
    const struct lines *lines;
    struct cjson result;
    size_t last_line; /* where the last range began: one range a line is enough */
};

/* The end of a value without the blank lines and comments that follow it. */
static size_t last_line_of(const struct lines *lines, struct range range)
{
    size_t line = lines_position(lines, range.end).line;
    size_t first = lines_position(lines, range.start).line;
    for (; line > first; line--) {
        size_t end = line + 1 < lines->count ? lines->starts[line + 1] : lines->text.length;
        end = end < range.end ? end : range.end;
        struct slice text = lines->starts[line] < end
                                ? slice_trim(slice_part(lines->text, lines->starts[line], end))
                                : SLICE("");
        if (text.length > 0 && text.data[0] != '#') {
            break;
        }
    }
    return line;
}

/* From the line of `start` to the last one of a value. */
static void add_fold(struct folding *f, uint32_t start, struct range value)
{
    size_t first = lines_position(f->lines, start).line;
    size_t last = last_line_of(f->lines, value);
    if (last > first && first != f->last_line) {
        struct cjson range = cjson_add_object(f->result, NULL);
        cjson_add_count(range, "startLine", first);
        cjson_add_count(range, "endLine", last);
        f->last_line = first;
    }
}

static void fold(struct folding *f, const struct node *node)
{
    for (size_t i = 0; node->kind == NODE_MAPPING && i < node->count; i++) {
        const struct member *member = &node->members[i];
        if (member->value->range.start >= member->key->range.end) { /* no alias */
            add_fold(f, member->key->range.start, member->value->range);
            fold(f, member->value);
        }
    }
    for (size_t i = 0; i < node_length(node); i++) {
        add_fold(f, node->items[i]->range.start, node->items[i]->range);
        fold(f, node->items[i]);
    }
}

/* Several lines of comments, one behind the other. */
static void fold_comments(struct folding *f)
{
    const struct lines *lines = f->lines;
    size_t first = 0;
    for (size_t line = 0; line <= lines->count; line++) {
        size_t start = line < lines->count ? lines->starts[line] : lines->text.length;
        struct slice rest = slice_trim(slice_part(lines->text, start, lines->text.length));
        bool is_own = line < lines->count && rest.length > 0 && rest.data[0] == '#' &&
                      slice_find(slice_part(lines->text, start, lines->text.length), "\n", 0) >
                          (size_t)(rest.data - lines->text.data) - start;
        if (is_own) {
            continue;
        }
        if (line > first + 1) {
            struct cjson range = cjson_add_object(f->result, NULL);
            cjson_add_count(range, "startLine", first);
            cjson_add_count(range, "endLine", line - 1);
            cjson_add_text(range, "kind", SLICE("comment"));
        }
        first = line + 1;
    }
}

void lsp_folding(struct lsp *lsp, struct rpc_call *call)
{
    const struct document *document = lsp_document(lsp, call);
    if (document == NULL) {
        return;
    }
    struct folding folding = {.lines = &document->lines,
                              .result = cjson_add_array(call->response, "result"),
                              .last_line = SIZE_MAX};
    const struct node *root = lsp_tree(call->arena, document);
    if (root != NULL) {
        fold(&folding, root);
        fold_comments(&folding);
    }
}

/* ---- selection ---- */

struct selection {
    struct arena *arena;
    struct range *ranges; /* the widest first */
    size_t count;
};

/* Adds a range that is inside of the last one, and not the same. */
static void add_range(struct selection *s, struct range range)
{
    const struct range *last = s->count > 0 ? &s->ranges[s->count - 1] : NULL;
    bool is_narrower = last == NULL || (range.start >= last->start && range.end <= last->end &&
                                        range.end - range.start < last->end - last->start);
    if (is_narrower) {
        s->ranges = arena_append(s->arena, s->ranges, s->count, sizeof *s->ranges);
        s->ranges[s->count++] = range;
    }
}

static bool covers(struct range range, uint32_t offset)
{
    return range.start <= offset && offset <= range.end;
}

static void select_in(struct selection *s, const struct node *node, uint32_t offset)
{
    add_range(s, node->range);
    for (size_t i = 0; node->kind == NODE_MAPPING && i < node->count; i++) {
        const struct member *member = &node->members[i];
        struct range both = {member->key->range.start, member->value->range.end};
        if (covers(member->key->range, offset)) {
            add_range(s, both);
            add_range(s, member->key->range);
            return;
        }
        if (both.end > both.start && covers(both, offset)) {
            add_range(s, both);
            select_in(s, member->value, offset);
            return;
        }
    }
    for (size_t i = 0; i < node_length(node); i++) {
        if (covers(node->items[i]->range, offset)) {
            select_in(s, node->items[i], offset);
            return;
        }
    }
}

static void add_word(struct selection *s, struct slice text, uint32_t offset)
{
    struct range word = {offset, offset};
    while (word.start > 0 && ascii_is_word(text.data[word.start - 1])) {
        word.start--;
    }
    while (word.end < text.length && ascii_is_word(text.data[word.end])) {
        word.end++;
    }
    if (word.end > word.start) {
        add_range(s, word);
    }
}

static void add_selection(struct cjson result, const struct document *document,
                          const struct node *root, uint32_t offset)
{
    struct selection selection = {.arena = result.arena};
    add_range(&selection, (struct range){0, (uint32_t)document->text.length});
    if (root != NULL) {
        select_in(&selection, root, offset);
    }
    add_word(&selection, document->text, offset);
    struct cjson at = cjson_add_object(result, NULL);
    for (size_t i = selection.count; i-- > 0;) {
        lines_add_range(&document->lines, at, "range", selection.ranges[i]);
        at = i > 0 ? cjson_add_object(at, "parent") : at;
    }
}

void lsp_selection(struct lsp *lsp, struct rpc_call *call)
{
    const struct document *document = lsp_document(lsp, call);
    const struct node *positions = node_get(call->params, "positions");
    if (document == NULL) {
        return;
    }
    const struct node *root = lsp_tree(call->arena, document);
    struct cjson result = cjson_add_array(call->response, "result");
    for (size_t i = 0; i < node_length(positions); i++) {
        struct text_position position = {0, 0};
        position_read(positions->items[i], &position);
        add_selection(result, document, root, lines_offset(&document->lines, position));
    }
}
