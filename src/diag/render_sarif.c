/* SARIF 2.1.0, built with cJSON: rules with help, results with related locations and fixes. */
#include <cjson/cJSON.h>
#include <stdlib.h>

#include "base/percent.h"
#include "diag/render.h"

#define SARIF_SCHEMA                                                                               \
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"

/* Every call of cJSON may lack memory; the flag remembers it, so that the code can go on. */
struct sarif {
    struct arena *arena;
    bool failed;
};

static cJSON *check(struct sarif *s, cJSON *item)
{
    s->failed = s->failed || item == NULL;
    return item;
}

static cJSON *add_object(struct sarif *s, cJSON *parent, const char *key)
{
    return check(s, cJSON_AddObjectToObject(parent, key));
}

static cJSON *add_array(struct sarif *s, cJSON *parent, const char *key)
{
    return check(s, cJSON_AddArrayToObject(parent, key));
}

static cJSON *append_object(struct sarif *s, cJSON *array)
{
    cJSON *object = check(s, cJSON_CreateObject());
    if (object != NULL && !cJSON_AddItemToArray(array, object)) {
        cJSON_Delete(object);
        s->failed = true;
        return NULL;
    }
    return object;
}

static void add_text(struct sarif *s, cJSON *parent, const char *key, const char *text)
{
    check(s, cJSON_AddStringToObject(parent, key, text));
}

static void add_number(struct sarif *s, cJSON *parent, const char *key, size_t number)
{
    check(s, cJSON_AddNumberToObject(parent, key, (double)number));
}

static void add_message(struct sarif *s, cJSON *parent, const char *key, struct slice text)
{
    add_text(s, add_object(s, parent, key), "text", arena_copy(s->arena, text));
}

/* A path as a relative URI reference. */
static const char *uri_of(struct sarif *s, const char *path)
{
    struct builder out = builder_new(s->arena);
    percent_encode_path(&out, slice_of(path));
    return builder_slice(&out).data;
}

static void add_region(struct sarif *s, cJSON *parent, const char *key, const struct source *source,
                       struct range range)
{
    struct position start = source_position(source, range.start);
    struct position end = source_position(source, range.end);
    cJSON *region = add_object(s, parent, key);
    add_number(s, region, "startLine", start.line);
    add_number(s, region, "startColumn", start.column);
    add_number(s, region, "endLine", end.line);
    add_number(s, region, "endColumn", end.column);
}

static void add_location(struct sarif *s, cJSON *location, const struct source *source,
                         struct range range)
{
    cJSON *physical = add_object(s, location, "physicalLocation");
    add_text(s, add_object(s, physical, "artifactLocation"), "uri", uri_of(s, source->path));
    add_region(s, physical, "region", source, range);
}

static void add_rule(struct sarif *s, cJSON *rules, const struct code_info *info)
{
    cJSON *rule = append_object(s, rules);
    add_text(s, rule, "id", info->name);
    add_message(s, rule, "shortDescription", slice_of(info->title));
    add_message(s, rule, "fullDescription", slice_of(info->explanation));
    struct slice help = arena_printf(s->arena, "%s\n\n`dialogc explain %s` tells the same.",
                                     info->explanation, info->name);
    cJSON *object = add_object(s, rule, "help");
    add_text(s, object, "text", help.data);
    add_text(s, object, "markdown", help.data);
    add_text(s, add_object(s, rule, "defaultConfiguration"), "level",
             info->severity == SEVERITY_ERROR ? "error" : "warning");
}

static void add_notes(struct sarif *s, cJSON *result, const struct diagnostic *d)
{
    cJSON *related = NULL;
    for (const struct note *note = d->notes; note != NULL; note = note->next) {
        if (note->source == NULL) {
            continue;
        }
        related = related != NULL ? related : add_array(s, result, "relatedLocations");
        cJSON *location = append_object(s, related);
        add_location(s, location, note->source, note->range);
        add_message(s, location, "message", note->message);
    }
}

static void add_fix(struct sarif *s, cJSON *result, const struct diagnostic *d)
{
    if (d->suggestion.length == 0) {
        return;
    }
    cJSON *fix = append_object(s, add_array(s, result, "fixes"));
    add_message(s, fix, "description",
                arena_printf(s->arena, "Write `%.*s`", SLICE_ARG(d->suggestion)));
    cJSON *change = append_object(s, add_array(s, fix, "artifactChanges"));
    add_text(s, add_object(s, change, "artifactLocation"), "uri", uri_of(s, d->source->path));
    cJSON *replacement = append_object(s, add_array(s, change, "replacements"));
    add_region(s, replacement, "deletedRegion", d->source, d->range);
    add_message(s, replacement, "insertedContent", d->suggestion);
}

/* The message with the remarks that have no place of their own. */
static struct slice full_message(struct sarif *s, const struct diagnostic *d)
{
    struct builder out = builder_new(s->arena);
    builder_add(&out, d->message);
    for (const struct note *note = d->notes; note != NULL; note = note->next) {
        if (note->source == NULL) {
            builder_printf(&out, "\n%.*s", SLICE_ARG(note->message));
        }
    }
    return builder_slice(&out);
}

static void add_result(struct sarif *s, cJSON *results, const struct diagnostic *d)
{
    cJSON *result = append_object(s, results);
    add_text(s, result, "ruleId", code_info(d->code)->name);
    add_number(s, result, "ruleIndex", (size_t)d->code);
    add_text(s, result, "level", d->severity == SEVERITY_ERROR ? "error" : "warning");
    add_message(s, result, "message", full_message(s, d));
    add_location(s, append_object(s, add_array(s, result, "locations")), d->source, d->range);
    add_notes(s, result, d);
    add_fix(s, result, d);
}

bool render_sarif(struct builder *out, const struct diagnostics *list, const char *version)
{
    struct sarif s = {out->arena, false};
    cJSON *root = check(&s, cJSON_CreateObject());
    add_text(&s, root, "$schema", SARIF_SCHEMA);
    add_text(&s, root, "version", "2.1.0");
    cJSON *run = append_object(&s, add_array(&s, root, "runs"));
    cJSON *driver = add_object(&s, add_object(&s, run, "tool"), "driver");
    add_text(&s, driver, "name", "dialogc");
    add_text(&s, driver, "version", version);
    cJSON *rules = add_array(&s, driver, "rules");
    for (size_t i = 0; i < CODE_COUNT; i++) {
        add_rule(&s, rules, code_info((enum code)i));
    }
    add_text(&s, run, "columnKind", "unicodeCodePoints");
    cJSON *results = add_array(&s, run, "results");
    for (const struct diagnostic *d = list->first; d != NULL; d = d->next) {
        add_result(&s, results, d);
    }
    char *text = s.failed ? NULL : cJSON_Print(root);
    cJSON_Delete(root);
    if (text == NULL) {
        return false;
    }
    builder_add_text(out, text);
    builder_add_char(out, '\n');
    cJSON_free(text);
    return true;
}
