/* SARIF 2.1.0: rules with help, results with related locations and fixes. */
#include "base/percent.h"
#include "report/cjson.h"
#include "report/render.h"

#define SARIF_SCHEMA                                                                               \
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"

static void add_message(struct cjson object, const char *key, struct slice text)
{
    cjson_add_text(cjson_add_object(object, key), "text", text);
}

static struct slice level_of(enum severity severity)
{
    return severity == SEVERITY_ERROR ? SLICE("error") : SLICE("warning");
}

/* The file's path, as a relative URI reference. */
static void add_artifact_location(struct cjson object, const char *path)
{
    struct builder uri = builder_new(object.arena);
    percent_encode_path(&uri, slice_of(path));
    cjson_add_text(cjson_add_object(object, "artifactLocation"), "uri", builder_slice(&uri));
}

static void add_region(struct cjson object, const char *key, const struct source *source,
                       struct range range)
{
    struct position start = source_position(source, range.start);
    struct position end = source_position(source, range.end);
    struct cjson region = cjson_add_object(object, key);
    cjson_add_count(region, "startLine", start.line);
    cjson_add_count(region, "startColumn", start.column);
    cjson_add_count(region, "endLine", end.line);
    cjson_add_count(region, "endColumn", end.column);
}

static void add_physical_location(struct cjson object, const struct source *source,
                                  struct range range)
{
    struct cjson location = cjson_add_object(object, "physicalLocation");
    add_artifact_location(location, source->path);
    add_region(location, "region", source, range);
}

static void add_rule(struct cjson list, const struct code_info *info)
{
    struct slice help = arena_printf(list.arena,
                                     "%s\n\n"
                                     "Run `dialogc explain %s` for more.",
                                     info->explanation, info->name);
    struct cjson rule = cjson_add_object(list, NULL);
    cjson_add_text(rule, "id", slice_of(info->name));
    add_message(rule, "shortDescription", slice_of(info->title));
    add_message(rule, "fullDescription", slice_of(info->explanation));
    struct cjson help_forms = cjson_add_object(rule, "help");
    cjson_add_text(help_forms, "text", help);
    cjson_add_text(help_forms, "markdown", help);
    cjson_add_text(cjson_add_object(rule, "defaultConfiguration"), "level",
                   level_of(info->severity));
}

/* The notes that have a place. */
static void add_related_locations(struct cjson result, const struct note *notes)
{
    struct cjson list = {0}; /* made when there is something to put into it */
    for (const struct note *note = notes; note != NULL; note = note->next) {
        if (note->source == NULL) {
            continue;
        }
        if (list.item == NULL) {
            list = cjson_add_array(result, "relatedLocations");
        }
        struct cjson location = cjson_add_object(list, NULL);
        add_physical_location(location, note->source, note->range);
        add_message(location, "message", note->message);
    }
}

static void add_fixes(struct cjson result, const struct diagnostic *d)
{
    if (d->suggestion.length == 0) {
        return;
    }
    struct cjson fix = cjson_add_object(cjson_add_array(result, "fixes"), NULL);
    add_message(fix, "description",
                arena_printf(result.arena, "Write `%.*s`", SLICE_ARG(d->suggestion)));
    struct cjson change = cjson_add_object(cjson_add_array(fix, "artifactChanges"), NULL);
    add_artifact_location(change, d->source->path);
    struct cjson replacement = cjson_add_object(cjson_add_array(change, "replacements"), NULL);
    add_region(replacement, "deletedRegion", d->source, d->range);
    add_message(replacement, "insertedContent", d->suggestion);
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

static void add_result(struct cjson list, const struct diagnostic *d)
{
    struct cjson result = cjson_add_object(list, NULL);
    cjson_add_text(result, "ruleId", slice_of(code_info(d->code)->name));
    cjson_add_count(result, "ruleIndex", (size_t)d->code);
    cjson_add_text(result, "level", level_of(d->severity));
    add_message(result, "message", full_message(list.arena, d));
    struct cjson location = cjson_add_object(cjson_add_array(result, "locations"), NULL);
    add_physical_location(location, d->source, d->range);
    add_related_locations(result, d->notes);
    add_fixes(result, d);
}

void render_sarif(struct builder *out, const struct diagnostics *list, const char *version)
{
    struct cjson log = cjson_new_object(out->arena);
    cjson_add_text(log, "$schema", SLICE(SARIF_SCHEMA));
    cjson_add_text(log, "version", SLICE("2.1.0"));
    struct cjson run = cjson_add_object(cjson_add_array(log, "runs"), NULL);
    struct cjson driver = cjson_add_object(cjson_add_object(run, "tool"), "driver");
    cjson_add_text(driver, "name", SLICE("dialogc"));
    cjson_add_text(driver, "version", slice_of(version));
    struct cjson rules = cjson_add_array(driver, "rules");
    for (size_t i = 0; i < CODE_COUNT; i++) {
        add_rule(rules, code_info((enum code)i));
    }
    cjson_add_text(run, "columnKind", SLICE("unicodeCodePoints"));
    struct cjson results = cjson_add_array(run, "results");
    for (const struct diagnostic *d = list->first; d != NULL; d = d->next) {
        add_result(results, d);
    }
    cjson_print(out, log, CJSON_LINES);
    builder_add_char(out, '\n');
}
