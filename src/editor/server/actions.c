/*
 * Code actions: the suggestions of findings as quick fixes, one at a time, all of a kind and all of
 * a file; and comments that silence a warning where it is.
 */
#include "base/ascii.h"
#include "diag/fix.h"
#include "editor/server/additions.h"
#include "editor/server/extraction.h"
#include "editor/server/server.h"
#include "editor/workspace/uri.h"

#define QUICK_FIX   "quickfix"
#define FIX_ALL     "source.fixAll.dialogc"
#define REWRITE     "refactor.rewrite"
#define EXTRACT     "refactor.extract"
#define IGNORE_MARK "# " DIAG_IGNORE_MARK " "

struct actions {
    struct lsp *lsp;
    struct rpc_call *call;
    const struct document *document;
    struct findings findings; /* of the document */
    struct range range;       /* that the client asks for */
    struct cjson result;
};

/* ---- what the client asks for ---- */

/* True when actions of this kind are wanted: `only` may name it, or a kind that it is a part of. */
static bool is_wanted(const struct actions *a, const char *kind)
{
    const struct node *only = node_get(node_get(a->call->params, "context"), "only");
    bool wanted = node_length(only) == 0;
    for (size_t i = 0; !wanted && i < node_length(only); i++) {
        struct slice name = only->items[i]->text;
        bool begins = node_is(only->items[i], NODE_STRING) &&
                      strncmp(kind, name.data, name.length) == 0 && name.length <= strlen(kind);
        wanted = begins && (kind[name.length] == '\0' || kind[name.length] == '.');
    }
    return wanted;
}

static bool is_at(const struct actions *a, const struct diagnostic *d)
{
    return d->range.start <= a->range.end && a->range.start <= d->range.end;
}

/* ---- making actions ---- */

static struct cjson add_action(struct actions *a, struct slice title, const char *kind)
{
    struct cjson action = cjson_add_object(a->result, NULL);
    cjson_add_text(action, "title", title);
    cjson_add_text(action, "kind", slice_of(kind));
    return action;
}

/* The finding that the action is for, as the client knows it. */
static void add_finding(struct actions *a, struct cjson action, const struct diagnostic *d)
{
    const struct node *known = node_get(node_get(a->call->params, "context"), "diagnostics");
    struct slice code = slice_of(code_info(d->code)->name);
    struct cjson list = cjson_add_array(action, "diagnostics");
    for (size_t i = 0; i < node_length(known); i++) {
        struct range range;
        if (slice_equal(node_text(known->items[i], "code"), code) &&
            lines_read_range(&a->document->lines, node_get(known->items[i], "range"), &range) &&
            range.start == d->range.start && range.end == d->range.end) {
            cjson_add_node(list, NULL, known->items[i]);
        }
    }
}

static void list_edits(const struct actions *a, struct cjson list, const struct edits *edits)
{
    for (size_t i = 0; i < edits->count; i++) {
        struct cjson edit = cjson_add_object(list, NULL);
        struct range range = {(uint32_t)edits->items[i].start, (uint32_t)edits->items[i].end};
        lines_add_range(&a->document->lines, edit, "range", range);
        cjson_add_text(edit, "newText", edits->items[i].text);
    }
}

static void add_edits(struct actions *a, struct cjson action, const struct edits *edits)
{
    struct cjson changes = cjson_add_object(cjson_add_object(action, "edit"), "changes");
    const char *uri = arena_copy(a->call->arena, a->document->uri);
    list_edits(a, cjson_add_array(changes, uri), edits);
}

/* ---- suggestions ---- */

static void add_fix(struct actions *a, const struct diagnostic *d)
{
    struct arena *arena = a->call->arena;
    struct edits edits = edits_new(arena);
    struct edit fix = fix_of(arena, d);
    edits_add(&edits, fix.start, fix.end, fix.text);
    struct cjson action =
        add_action(a, arena_printf(arena, "Change to `%.*s`", SLICE_ARG(d->suggestion)), QUICK_FIX);
    add_finding(a, action, d);
    cjson_add_boolean(action, "isPreferred", true);
    add_edits(a, action, &edits);
}

/* The same for all findings of a code, where there are several. */
static void add_fixes_of(struct actions *a, enum code code)
{
    struct arena *arena = a->call->arena;
    struct edits edits = fixes_of(arena, &a->findings.diagnostics, a->document->path, code);
    if (edits.count > 1) {
        struct slice title = arena_printf(arena, "Change all %zu of %s in this file", edits.count,
                                          code_info(code)->name);
        add_edits(a, add_action(a, title, QUICK_FIX), &edits);
    }
}

static void add_all_fixes(struct actions *a)
{
    struct edits edits =
        fixes_of(a->call->arena, &a->findings.diagnostics, a->document->path, CODE_COUNT);
    if (edits.count > 0) {
        add_edits(a, add_action(a, SLICE("Apply all suggestions of dialogc"), FIX_ALL), &edits);
    }
}

/* ---- silence ---- */

static bool is_blank(struct slice line)
{
    return slice_trim(line).length == 0;
}

/* The line before the one that begins at `start`; false for the first. */
static bool line_before(struct slice text, size_t start, struct slice *line)
{
    size_t end = start > 0 ? start - 1 : 0;
    size_t begin = end;
    while (begin > 0 && text.data[begin - 1] != '\n') {
        begin--;
    }
    *line = slice_part(text, begin, end);
    return start > 0;
}

/* A comment above the line of a warning; or one more code in the comment that is there. */
static void add_ignore(struct actions *a, const struct diagnostic *d)
{
    struct arena *arena = a->call->arena;
    struct slice text = a->document->text;
    const struct lines *lines = &a->document->lines;
    const char *code = code_info(d->code)->name;
    size_t start = lines->starts[lines_position(lines, d->range.start).line];
    size_t indent = start;
    struct slice before;
    struct edits edits = edits_new(arena);
    while (indent < text.length && text.data[indent] == ' ') {
        indent++;
    }
    if (line_before(text, start, &before) && !is_blank(before) &&
        slice_starts_with(slice_trim(before), IGNORE_MARK)) {
        size_t end = (size_t)(slice_trim(before).data - text.data) + slice_trim(before).length;
        edits_add(&edits, end, end, arena_printf(arena, " %s", code));
    } else {
        edits_add(&edits, start, start,
                  arena_printf(arena, "%.*s" IGNORE_MARK "%s\n",
                               SLICE_ARG(slice_part(text, start, indent)), code));
    }
    struct cjson action = add_action(a, arena_printf(arena, "Ignore %s here", code), QUICK_FIX);
    add_finding(a, action, d);
    add_edits(a, action, &edits);
}

/* ---- what is missing ---- */

/* Texts for a locale, where a finding says that some are missing. */
static void add_locales(struct actions *a, const struct diagnostic *d,
                        const struct compiler *compiler)
{
    struct edits edits;
    struct slice locales = additions_of_locales(a->call->arena, a->document, compiler, &edits);
    if (locales.length > 0) {
        struct slice title = arena_printf(a->call->arena, "Add the texts that are missing in %.*s",
                                          SLICE_ARG(locales));
        struct cjson action = add_action(a, title, QUICK_FIX);
        add_finding(a, action, d);
        add_edits(a, action, &edits);
    }
}

static void add_fields(struct actions *a, const struct compiler *compiler)
{
    struct edits edits;
    struct slice fields =
        additions_of_fields(a->call->arena, a->document, compiler, a->range, &edits);
    if (fields.length > 0) {
        struct slice title =
            arena_printf(a->call->arena, "Ask for the required fields %.*s", SLICE_ARG(fields));
        add_edits(a, add_action(a, title, REWRITE), &edits);
    }
}

/* ---- a fragment of its own ---- */

/* A change of a document, of any version; the list of its edits. */
static struct cjson add_document(struct cjson changes, struct slice uri)
{
    struct cjson change = cjson_add_object(changes, NULL);
    struct cjson document = cjson_add_object(change, "textDocument");
    cjson_add_text(document, "uri", uri);
    cjson_add_null(document, "version");
    return cjson_add_array(change, "edits");
}

static void add_extraction(struct actions *a, const struct project_state *project)
{
    struct arena *arena = a->call->arena;
    struct extraction extraction;
    if (!a->lsp->client.creates_files ||
        !extraction_of_call(a->lsp, arena, a->document, project, a->range, &extraction)) {
        return;
    }
    struct slice uri = uri_of_path(arena, extraction.path);
    struct slice title =
        arena_printf(arena, "Move the call to a fragment `%.*s`", SLICE_ARG(extraction.id));
    struct cjson action = add_action(a, title, EXTRACT);
    struct cjson changes = cjson_add_array(cjson_add_object(action, "edit"), "documentChanges");
    struct cjson creation = cjson_add_object(changes, NULL);
    cjson_add_text(creation, "kind", SLICE("create"));
    cjson_add_text(creation, "uri", uri);
    struct cjson edit = cjson_add_object(add_document(changes, uri), NULL);
    struct lines empty = lines_new(arena, SLICE(""), ENCODING_UTF8);
    lines_add_range(&empty, edit, "range", (struct range){0, 0});
    cjson_add_text(edit, "newText", extraction.text);
    list_edits(a, add_document(changes, a->document->uri), &extraction.edits);
}

/* ---- all ---- */

static void add_actions_of(struct actions *a, const struct diagnostic *d, bool *done)
{
    if (d->suggestion.length > 0) {
        add_fix(a, d);
    }
    if (d->suggestion.length > 0 && !done[d->code]) {
        done[d->code] = true;
        add_fixes_of(a, d->code);
    }
    if (d->severity == SEVERITY_WARNING && code_info(d->code)->severity == SEVERITY_WARNING) {
        add_ignore(a, d);
    }
}

void lsp_code_actions(struct lsp *lsp, struct rpc_call *call)
{
    struct actions a = {.lsp = lsp, .call = call, .document = lsp_document(lsp, call)};
    bool done[CODE_COUNT] = {false};
    if (a.document == NULL) {
        return;
    }
    if (!lines_read_range(&a.document->lines, node_get(call->params, "range"), &a.range)) {
        rpc_fail(call, RPC_INVALID_PARAMS, "there is no range");
        return;
    }
    a.result = cjson_add_array(call->response, "result");
    a.findings = lsp_findings(lsp, call->arena, a.document);
    const struct project_state *project = lsp_project(lsp, call->arena, a.document);
    const struct compiler *compiler = project != NULL ? project_state_compiler(project) : NULL;
    bool has_locales = false;
    const struct diagnostic *first = a.findings.diagnostics.first;
    for (const struct diagnostic *d = first; d != NULL; d = d->next) {
        if (is_at(&a, d) && is_wanted(&a, QUICK_FIX)) {
            add_actions_of(&a, d, done);
        }
        bool lacks_texts = d->code == E0501 || d->code == W0511;
        if (lacks_texts && !has_locales && is_at(&a, d) && is_wanted(&a, QUICK_FIX)) {
            has_locales = true;
            add_locales(&a, d, compiler);
        }
    }
    if (is_wanted(&a, REWRITE)) {
        add_fields(&a, compiler);
    }
    if (is_wanted(&a, EXTRACT)) {
        add_extraction(&a, project);
    }
    if (is_wanted(&a, FIX_ALL)) {
        add_all_fixes(&a);
    }
}
