/* JSON output of findings: one line. */
#include "report/render.h"
#include "document/json/writer.h"

static void add_position(struct json_writer *json, const char *key, const struct source *source,
                         uint32_t offset)
{
    struct position at = source_position(source, offset);
    json_key(json, key);
    json_begin_object(json);
    json_key(json, "line");
    json_integer(json, (long long)at.line);
    json_key(json, "column");
    json_integer(json, (long long)at.column);
    json_end_object(json);
}

/* The members `file` and `range`, null for a finding without a place. */
static void add_place(struct json_writer *json, const struct source *source, struct range place)
{
    json_key(json, "file");
    if (source == NULL) {
        json_null(json);
        json_key(json, "range");
        json_null(json);
        return;
    }
    json_string(json, slice_of(source->path));
    json_key(json, "range");
    json_begin_object(json);
    add_position(json, "start", source, place.start);
    add_position(json, "end", source, place.end);
    json_end_object(json);
}

static void add_notes(struct json_writer *json, const struct note *notes)
{
    json_key(json, "notes");
    json_begin_array(json);
    for (const struct note *note = notes; note != NULL; note = note->next) {
        json_begin_object(json);
        json_text_member(json, "message", note->message);
        add_place(json, note->source, note->range);
        json_end_object(json);
    }
    json_end_array(json);
}

static void add_diagnostic(struct json_writer *json, const struct diagnostic *diagnostic)
{
    bool error = diagnostic->severity == SEVERITY_ERROR;
    json_begin_object(json);
    json_text_member(json, "code", slice_of(code_info(diagnostic->code)->name));
    json_text_member(json, "severity", error ? SLICE("error") : SLICE("warning"));
    json_text_member(json, "message", diagnostic->message);
    add_place(json, diagnostic->source, diagnostic->range);
    add_notes(json, diagnostic->notes);
    json_key(json, "suggestion");
    if (diagnostic->suggestion.length > 0) {
        json_string(json, diagnostic->suggestion);
    } else {
        json_null(json);
    }
    json_end_object(json);
}

void render_json(struct builder *out, const struct findings *findings)
{
    const struct diagnostics *list = &findings->diagnostics;
    struct json_writer json = json_writer_new(out, true);
    json_begin_object(&json);
    json_key(&json, "diagnostics");
    json_begin_array(&json);
    for (const struct diagnostic *d = list->first; d != NULL; d = d->next) {
        add_diagnostic(&json, d);
    }
    json_end_array(&json);
    json_key(&json, "summary");
    json_begin_object(&json);
    json_key(&json, "files");
    json_integer(&json, (long long)findings->looked_at.count);
    json_key(&json, "errors");
    json_integer(&json, (long long)list->error_count);
    json_key(&json, "warnings");
    json_integer(&json, (long long)list->warning_count);
    json_end_object(&json);
    json_end_object(&json);
    builder_add_char(out, '\n');
}
