/* Findings as the protocol's diagnostics: published when they change, and pulled. */
#include <inttypes.h>

#include "base/hash.h"
#include "editor/server/server.h"
#include "editor/workspace/uri.h"

/* Of the protocol. */
enum {
    SEVERITY_OF_ERROR = 1,
    SEVERITY_OF_WARNING = 2,
    TAG_UNNECESSARY = 1,
};

/* What has no effect is shown faded. */
static const bool is_unnecessary[CODE_COUNT] = {
    [W0017] = true, [W0018] = true, [E0301] = true, [W0311] = true,
    [W0312] = true, [W0313] = true, [W0314] = true,
};

/* ---- one finding ---- */

/* The lines of the sources of findings, each found once. */
struct line_cache {
    struct arena *arena;
    enum position_encoding encoding;
    struct map by_source;
};

static const struct lines *lines_of(struct line_cache *cache, const struct source *source)
{
    struct lines *lines = map_get_address(&cache->by_source, source);
    if (lines == NULL) {
        lines = arena_alloc(cache->arena, sizeof *lines);
        *lines = lines_new(cache->arena, source->bytes, cache->encoding);
        map_add_address(&cache->by_source, source, lines);
    }
    return lines;
}

/* The message, with the remarks that have no place of their own, and what to write instead. */
static struct slice message_of(const struct lsp *lsp, struct arena *arena,
                               const struct diagnostic *d)
{
    struct builder text = builder_new(arena);
    builder_add(&text, d->message);
    for (const struct note *note = d->notes; note != NULL; note = note->next) {
        if (note->source == NULL || !lsp->client.shows_related) {
            builder_printf(&text, "\n%.*s", SLICE_ARG(note->message));
        }
    }
    if (d->suggestion.length > 0) {
        builder_printf(&text, "\ndid you mean `%.*s`?", SLICE_ARG(d->suggestion));
    }
    return builder_slice(&text);
}

static void add_related(struct cjson item, struct line_cache *cache, const struct diagnostic *d)
{
    struct cjson list = {NULL, NULL};
    for (const struct note *note = d->notes; note != NULL; note = note->next) {
        if (note->source == NULL || note->source->path[0] != '/') {
            continue; /* what is part of dialogc has no place that an editor could show */
        }
        if (list.item == NULL) {
            list = cjson_add_array(item, "relatedInformation");
        }
        struct cjson related = cjson_add_object(list, NULL);
        struct cjson location = cjson_add_object(related, "location");
        cjson_add_text(location, "uri", uri_of_path(cache->arena, note->source->path));
        lines_add_range(lines_of(cache, note->source), location, "range", note->range);
        cjson_add_text(related, "message", note->message);
    }
}

static void add_finding(const struct lsp *lsp, struct cjson items, struct line_cache *cache,
                        const struct diagnostic *d)
{
    struct cjson item = cjson_add_object(items, NULL);
    const char *code = code_info(d->code)->name;
    lines_add_range(lines_of(cache, d->source), item, "range", d->range);
    cjson_add_count(item, "severity",
                    d->severity == SEVERITY_ERROR ? SEVERITY_OF_ERROR : SEVERITY_OF_WARNING);
    cjson_add_text(item, "code", slice_of(code));
    if (lsp->client.links_codes && lsp->checks_url != NULL) {
        struct slice name = arena_lower_case(cache->arena, slice_of(code));
        cjson_add_text(cjson_add_object(item, "codeDescription"), "href",
                       arena_printf(cache->arena, "%s%.*s", lsp->checks_url, SLICE_ARG(name)));
    }
    cjson_add_text(item, "source", SLICE("dialogc"));
    cjson_add_text(item, "message", message_of(lsp, cache->arena, d));
    if (lsp->client.shows_tags && is_unnecessary[d->code]) {
        cjson_add_count(cjson_add_array(item, "tags"), NULL, TAG_UNNECESSARY);
    }
    if (lsp->client.shows_related) {
        add_related(item, cache, d);
    }
    if (d->suggestion.length > 0) {
        cjson_add_text(cjson_add_object(item, "data"), "suggestion", d->suggestion);
    }
}

/* ---- the findings of a file ---- */

struct findings lsp_findings(struct lsp *lsp, struct arena *arena, const struct document *document)
{
    struct findings findings = findings_new(arena, -1);
    struct project_state *state = workspace_project_of(&lsp->workspace, arena, document);
    if (state != NULL) {
        struct given_inputs given;
        struct file_list bounds;
        struct project_work work = lsp_work_on(lsp, arena, state, &given, &bounds);
        project_state_check(state, &work, document->path);
        project_state_findings(state, document->path, &findings);
    }
    return findings;
}

/* What a run of the file has shown, each at its line. */
static void add_trials(const struct lsp *lsp, struct cjson items, const char *path)
{
    size_t count;
    struct slice text;
    const struct trial_failure *failures = lsp_trial(lsp, path, &count);
    if (failures == NULL || !lsp_text(lsp, items.arena, path, &text)) {
        return;
    }
    struct lines lines = lines_new(items.arena, text, lsp->workspace.encoding);
    for (size_t i = 0; i < count; i++) {
        struct text_position start = {failures[i].line, 0}, end = {failures[i].line, SIZE_MAX};
        struct cjson item = cjson_add_object(items, NULL);
        lines_add_range(&lines, item, "range",
                        (struct range){lines_offset(&lines, start), lines_offset(&lines, end)});
        cjson_add_count(item, "severity", SEVERITY_OF_ERROR);
        cjson_add_text(item, "source", SLICE("dialogc test"));
        cjson_add_text(item, "message", failures[i].message);
    }
}

/* Adds the findings of a file under `key`, and returns a fingerprint of them. */
static uint64_t add_findings(const struct lsp *lsp, const struct project_state *state,
                             const char *path, struct cjson parent, const char *key)
{
    struct arena *arena = parent.arena;
    struct findings findings = findings_new(arena, -1);
    struct cjson items = cjson_add_array(parent, key);
    struct line_cache cache = {arena, lsp->workspace.encoding, map_new(arena)};
    if (state != NULL) {
        project_state_findings(state, path, &findings);
    }
    for (const struct diagnostic *d = findings.diagnostics.first; d != NULL; d = d->next) {
        add_finding(lsp, items, &cache, d);
    }
    add_trials(lsp, items, path);
    struct builder text = builder_new(arena);
    cjson_print_whole(&text, items);
    return hash_short(builder_slice(&text));
}

/* Notes what the client knows of a file now; false when it knew that already. */
static bool note_published(struct lsp *lsp, struct arena *arena, const char *path,
                           uint64_t fingerprint)
{
    lsp->published_arena.recovery = arena->recovery;
    uint64_t *known = map_get(&lsp->published, slice_of(path));
    if (known == NULL) {
        known = arena_alloc(&lsp->published_arena, sizeof *known);
        *known = hash_short(SLICE("[]")); /* nothing, as of every file at first */
        map_add(&lsp->published, arena_slice(&lsp->published_arena, slice_of(path)), known);
    }
    bool is_new = *known != fingerprint;
    *known = fingerprint;
    return is_new;
}

void lsp_publish_file(struct lsp *lsp, struct arena *arena, const struct project_state *state,
                      const char *path)
{
    const struct document *document = workspace_document_at(&lsp->workspace, path);
    struct cjson notification = connection_notification(arena, "textDocument/publishDiagnostics");
    struct cjson params = cjson_add_object(notification, "params");
    cjson_add_text(params, "uri", document != NULL ? document->uri : uri_of_path(arena, path));
    if (document != NULL) {
        cjson_add_integer(params, "version", document->version);
    }
    uint64_t fingerprint = add_findings(lsp, state, path, params, "diagnostics");
    if (!note_published(lsp, arena, path, fingerprint)) {
        return;
    }
    if (!lsp->client.pulls_diagnostics) {
        connection_send(lsp->connection, notification);
    } else if (document == NULL || !document->is_dirty) {
        lsp->wants_refresh = true;
    }
}

void lsp_publish(struct lsp *lsp, struct arena *arena)
{
    bool has_work = false;
    for (struct workspace_project *p = lsp->workspace.projects; p != NULL; p = p->next) {
        struct file_list changes = project_state_changes(p->state, arena);
        for (size_t i = 0; i < changes.count; i++) {
            if (changes.paths[i][0] == '/') { /* not part of dialogc itself */
                lsp_publish_file(lsp, arena, p->state, changes.paths[i]);
            }
        }
        has_work = has_work || project_state_has_work(p->state);
    }
    if (lsp->wants_refresh && !has_work) {
        lsp->wants_refresh = false;
        if (lsp->client.refreshes_diagnostics) {
            connection_send(lsp->connection, connection_request(lsp->connection, arena,
                                                                "workspace/diagnostic/refresh"));
        }
    }
}

void lsp_unpublish(struct lsp *lsp, struct arena *arena, const struct document *document)
{
    struct project_state *state = workspace_project_of(&lsp->workspace, arena, document);
    if (state != NULL && project_state_alone(state) != NULL && !lsp->client.pulls_diagnostics) {
        lsp_publish_file(lsp, arena, NULL, document->path);
    }
}

/* ---- pulled ---- */

/* Adds a report of a file's findings to `report`: whole, or that it is as `previous` says. */
static void add_report(struct lsp *lsp, struct cjson report, const struct project_state *state,
                       const char *path, struct slice previous)
{
    struct arena *arena = report.arena;
    struct cjson whole = cjson_new_object(arena);
    uint64_t fingerprint = add_findings(lsp, state, path, whole, "items");
    struct slice result = arena_printf(arena, "%016" PRIx64, fingerprint);
    note_published(lsp, arena, path, fingerprint);
    cjson_add_text(report, "resultId", result);
    if (slice_equal(result, previous)) {
        cjson_add_text(report, "kind", SLICE("unchanged"));
        return;
    }
    cjson_add_text(report, "kind", SLICE("full"));
    add_findings(lsp, state, path, report, "items");
}

void lsp_document_diagnostics(struct lsp *lsp, struct rpc_call *call)
{
    struct document *document = lsp_document(lsp, call);
    if (document == NULL) {
        return;
    }
    struct project_state *state = workspace_project_of(&lsp->workspace, call->arena, document);
    struct cjson report = cjson_add_object(call->response, "result");
    if (state != NULL) {
        struct given_inputs given;
        struct file_list bounds;
        struct project_work work = lsp_work_on(lsp, call->arena, state, &given, &bounds);
        project_state_check(state, &work, document->path);
        document->is_dirty = false;
    }
    add_report(lsp, report, state, document->path != NULL ? document->path : "",
               node_text(call->params, "previousResultId"));
}

/* What the client has of a file, as the request says. */
static struct slice previous_of(const struct node *params, struct slice uri)
{
    const struct node *known = node_get(params, "previousResultIds");
    for (size_t i = 0; i < node_length(known); i++) {
        if (slice_equal(node_text(known->items[i], "uri"), uri)) {
            return node_text(known->items[i], "value");
        }
    }
    return SLICE("");
}

static void add_project_reports(struct lsp *lsp, struct rpc_call *call, struct cjson items,
                                struct project_state *state)
{
    struct file_list files = {0};
    struct given_inputs given;
    struct file_list bounds;
    struct project_work work = lsp_work_on(lsp, call->arena, state, &given, &bounds);
    while (project_state_has_work(state)) {
        project_state_step(state, &work);
    }
    project_state_files(state, call->arena, &files);
    for (size_t i = 0; i < files.count; i++) {
        const struct document *document = workspace_document_at(&lsp->workspace, files.paths[i]);
        struct slice uri =
            document != NULL ? document->uri : uri_of_path(call->arena, files.paths[i]);
        struct cjson report = cjson_add_object(items, NULL);
        cjson_add_text(report, "uri", uri);
        if (document != NULL) {
            cjson_add_integer(report, "version", document->version);
        } else {
            cjson_add_null(report, "version");
        }
        add_report(lsp, report, state, files.paths[i], previous_of(call->params, uri));
    }
}

void lsp_workspace_diagnostics(struct lsp *lsp, struct rpc_call *call)
{
    struct cjson items = cjson_add_array(cjson_add_object(call->response, "result"), "items");
    for (struct workspace_project *p = lsp->workspace.projects; p != NULL; p = p->next) {
        add_project_reports(lsp, call, items, p->state);
    }
}
