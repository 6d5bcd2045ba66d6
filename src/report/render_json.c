/* JSON output of findings: one line. */
#include "report/cjson.h"
#include "report/render.h"

static void add_position(struct cjson range, const char *key, const struct source *source,
                         uint32_t offset)
{
    struct position at = source_position(source, offset);
    struct cjson position = cjson_add_object(range, key);
    cjson_add_count(position, "line", at.line);
    cjson_add_count(position, "column", at.column);
}

/* The members `file` and `range`, null for a finding without a place. */
static void add_place(struct cjson finding, const struct source *source, struct range place)
{
    if (source == NULL) {
        cjson_add_null(finding, "file");
        cjson_add_null(finding, "range");
        return;
    }
    cjson_add_text(finding, "file", slice_of(source->path));
    struct cjson range = cjson_add_object(finding, "range");
    add_position(range, "start", source, place.start);
    add_position(range, "end", source, place.end);
}

static void add_notes(struct cjson finding, const struct note *notes)
{
    struct cjson list = cjson_add_array(finding, "notes");
    for (const struct note *note = notes; note != NULL; note = note->next) {
        struct cjson one = cjson_add_object(list, NULL);
        cjson_add_text(one, "message", note->message);
        add_place(one, note->source, note->range);
    }
}

static void add_diagnostic(struct cjson list, const struct diagnostic *diagnostic)
{
    bool error = diagnostic->severity == SEVERITY_ERROR;
    struct cjson finding = cjson_add_object(list, NULL);
    cjson_add_text(finding, "code", slice_of(code_info(diagnostic->code)->name));
    cjson_add_text(finding, "severity", error ? SLICE("error") : SLICE("warning"));
    cjson_add_text(finding, "message", diagnostic->message);
    add_place(finding, diagnostic->source, diagnostic->range);
    add_notes(finding, diagnostic->notes);
    if (diagnostic->suggestion.length > 0) {
        cjson_add_text(finding, "suggestion", diagnostic->suggestion);
    } else {
        cjson_add_null(finding, "suggestion");
    }
}

void render_json(struct builder *out, const struct findings *findings,
                 const struct render_result *result)
{
    const struct diagnostics *diagnostics = &findings->diagnostics;
    struct cjson report = cjson_new_object(out->arena);
    struct cjson list = cjson_add_array(report, "diagnostics");
    for (const struct diagnostic *d = diagnostics->first; d != NULL; d = d->next) {
        add_diagnostic(list, d);
    }
    struct cjson summary = cjson_add_object(report, "summary");
    cjson_add_count(summary, "files", findings->looked_at.count);
    cjson_add_count(summary, "errors", diagnostics->error_count);
    cjson_add_count(summary, "warnings", diagnostics->warning_count);
    if (result != NULL) {
        result->add(report, result->context);
    }
    cjson_print(out, report, CJSON_COMPACT);
    builder_add_char(out, '\n');
}
