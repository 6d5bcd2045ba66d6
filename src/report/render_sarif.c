/* SARIF 2.1.0: rules with help, results with related locations and fixes. */
#include "base/percent.h"
#include "report/render.h"
#include "document/json/writer.h"

#define SARIF_SCHEMA                                                                               \
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"

static void begin_object(struct json_writer *json, const char *key)
{
    json_key(json, key);
    json_begin_object(json);
}

static void begin_array(struct json_writer *json, const char *key)
{
    json_key(json, key);
    json_begin_array(json);
}

static void add_number(struct json_writer *json, const char *key, size_t number)
{
    json_key(json, key);
    json_integer(json, (long long)number);
}

static void add_message(struct json_writer *json, const char *key, struct slice text)
{
    begin_object(json, key);
    json_text_member(json, "text", text);
    json_end_object(json);
}

static struct slice level_of(enum severity severity)
{
    return severity == SEVERITY_ERROR ? SLICE("error") : SLICE("warning");
}

/* The file's path, as a relative URI reference. */
static void add_artifact_location(struct json_writer *json, const char *path)
{
    struct builder uri = builder_new(json->out->arena);
    percent_encode_path(&uri, slice_of(path));
    begin_object(json, "artifactLocation");
    json_text_member(json, "uri", builder_slice(&uri));
    json_end_object(json);
}

static void add_region(struct json_writer *json, const char *key, const struct source *source,
                       struct range range)
{
    struct position start = source_position(source, range.start);
    struct position end = source_position(source, range.end);
    begin_object(json, key);
    add_number(json, "startLine", start.line);
    add_number(json, "startColumn", start.column);
    add_number(json, "endLine", end.line);
    add_number(json, "endColumn", end.column);
    json_end_object(json);
}

static void add_physical_location(struct json_writer *json, const struct source *source,
                                  struct range range)
{
    begin_object(json, "physicalLocation");
    add_artifact_location(json, source->path);
    add_region(json, "region", source, range);
    json_end_object(json);
}

static void add_rule(struct json_writer *json, const struct code_info *info)
{
    struct slice help = arena_printf(json->out->arena, "%s\n\n`dialogc explain %s` tells the same.",
                                     info->explanation, info->name);
    json_begin_object(json);
    json_text_member(json, "id", slice_of(info->name));
    add_message(json, "shortDescription", slice_of(info->title));
    add_message(json, "fullDescription", slice_of(info->explanation));
    begin_object(json, "help");
    json_text_member(json, "text", help);
    json_text_member(json, "markdown", help);
    json_end_object(json);
    begin_object(json, "defaultConfiguration");
    json_text_member(json, "level", level_of(info->severity));
    json_end_object(json);
    json_end_object(json);
}

/* The notes that have a place. */
static void add_related_locations(struct json_writer *json, const struct note *notes)
{
    bool any = false;
    for (const struct note *note = notes; note != NULL; note = note->next) {
        if (note->source == NULL) {
            continue;
        }
        if (!any) {
            begin_array(json, "relatedLocations");
            any = true;
        }
        json_begin_object(json);
        add_physical_location(json, note->source, note->range);
        add_message(json, "message", note->message);
        json_end_object(json);
    }
    if (any) {
        json_end_array(json);
    }
}

static void add_fixes(struct json_writer *json, const struct diagnostic *d)
{
    if (d->suggestion.length == 0) {
        return;
    }
    begin_array(json, "fixes");
    json_begin_object(json);
    add_message(json, "description",
                arena_printf(json->out->arena, "Write `%.*s`", SLICE_ARG(d->suggestion)));
    begin_array(json, "artifactChanges");
    json_begin_object(json);
    add_artifact_location(json, d->source->path);
    begin_array(json, "replacements");
    json_begin_object(json);
    add_region(json, "deletedRegion", d->source, d->range);
    add_message(json, "insertedContent", d->suggestion);
    json_end_object(json);
    json_end_array(json);
    json_end_object(json);
    json_end_array(json);
    json_end_object(json);
    json_end_array(json);
}

/* The message with the remarks that have no place of their own. */
static struct slice full_message(struct arena *arena, const struct diagnostic *d)
{
    struct builder out = builder_new(arena);
    builder_add(&out, d->message);
    for (const struct note *note = d->notes; note != NULL; note = note->next) {
        if (note->source == NULL) {
            builder_printf(&out, "\n%.*s", SLICE_ARG(note->message));
        }
    }
    return builder_slice(&out);
}

static void add_result(struct json_writer *json, const struct diagnostic *d)
{
    json_begin_object(json);
    json_text_member(json, "ruleId", slice_of(code_info(d->code)->name));
    add_number(json, "ruleIndex", (size_t)d->code);
    json_text_member(json, "level", level_of(d->severity));
    add_message(json, "message", full_message(json->out->arena, d));
    begin_array(json, "locations");
    json_begin_object(json);
    add_physical_location(json, d->source, d->range);
    json_end_object(json);
    json_end_array(json);
    add_related_locations(json, d->notes);
    add_fixes(json, d);
    json_end_object(json);
}

void render_sarif(struct builder *out, const struct diagnostics *list, const char *version)
{
    struct json_writer json = json_writer_new(out, false);
    json_begin_object(&json);
    json_text_member(&json, "$schema", SLICE(SARIF_SCHEMA));
    json_text_member(&json, "version", SLICE("2.1.0"));
    begin_array(&json, "runs");
    json_begin_object(&json);
    begin_object(&json, "tool");
    begin_object(&json, "driver");
    json_text_member(&json, "name", SLICE("dialogc"));
    json_text_member(&json, "version", slice_of(version));
    begin_array(&json, "rules");
    for (size_t i = 0; i < CODE_COUNT; i++) {
        add_rule(&json, code_info((enum code)i));
    }
    json_end_array(&json);
    json_end_object(&json);
    json_end_object(&json);
    json_text_member(&json, "columnKind", SLICE("unicodeCodePoints"));
    begin_array(&json, "results");
    for (const struct diagnostic *d = list->first; d != NULL; d = d->next) {
        add_result(&json, d);
    }
    json_end_array(&json);
    json_end_object(&json);
    json_end_array(&json);
    json_end_object(&json);
    builder_add_char(out, '\n');
}
