/* SARIF 2.1.0: rules with help, results with related locations and fixes. */
#include "base/hash.h"
#include "base/map.h"
#include "base/percent.h"
#include "report/cjson.h"
#include "report/render.h"

#define SARIF_SCHEMA                                                                               \
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"

/* What GitHub calls the folder of the repository, in which dialogc usually runs. */
#define ROOT_ID "%SRCROOT%"

static void add_message(struct cjson object, const char *key, struct slice text)
{
    cjson_add_text(cjson_add_object(object, key), "text", text);
}

static struct slice level_of(enum severity severity)
{
    return severity == SEVERITY_ERROR ? SLICE("error") : SLICE("warning");
}

/* ---- places ---- */

/* Adds the segments of `path` to those of a folder: `.` is nothing, `..` goes up. */
static void add_segments(struct builder *out, struct slice path)
{
    struct slice segment;
    for (size_t at = 0; slice_next_part(path, '/', &at, &segment);) {
        if (slice_is(segment, "..")) {
            while (out->length > 0 && out->data[--out->length] != '/') {
            }
        } else if (segment.length > 0 && !slice_is(segment, ".")) {
            builder_add_char(out, '/');
            percent_encode(out, segment);
        }
    }
}

/*
 * Where a file is: below the folder in which dialogc runs, or by its whole path. Standard input has
 * a name, but no place.
 */
static void add_artifact_location(struct cjson object, const char *root, const char *path)
{
    struct cjson location = cjson_add_object(object, "artifactLocation");
    struct builder base = builder_new(object.arena);
    struct builder uri = builder_new(object.arena);
    add_segments(&base, slice_of(root));
    builder_add(&uri, path[0] != '/' ? builder_slice(&base) : SLICE(""));
    add_segments(&uri, slice_of(path));
    builder_add_char(&base, '/');
    struct slice whole = builder_slice(&uri);
    if (slice_starts_with(whole, builder_slice(&base).data)) {
        cjson_add_text(location, "uri", slice_part(whole, base.length, whole.length));
        cjson_add_text(location, "uriBaseId", SLICE(ROOT_ID));
    } else {
        cjson_add_text(location, "uri",
                       arena_printf(object.arena, "file://%.*s", SLICE_ARG(whole)));
    }
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

static void add_physical_location(struct cjson object, const char *root,
                                  const struct source *source, struct range range)
{
    struct cjson location = cjson_add_object(object, "physicalLocation");
    add_artifact_location(location, root, source->path);
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
static void add_related_locations(struct cjson result, const char *root, const struct note *notes)
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
        add_physical_location(location, root, note->source, note->range);
        add_message(location, "message", note->message);
    }
}

static void add_fixes(struct cjson result, const char *root, const struct diagnostic *d)
{
    if (d->suggestion.length == 0) {
        return;
    }
    struct cjson fix = cjson_add_object(cjson_add_array(result, "fixes"), NULL);
    add_message(fix, "description",
                arena_printf(result.arena, "Write `%.*s`", SLICE_ARG(d->suggestion)));
    struct cjson change = cjson_add_object(cjson_add_array(fix, "artifactChanges"), NULL);
    add_artifact_location(change, root, d->source->path);
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

/* ---- fingerprints ---- */

/*
 * What stays the same while lines move: the code, the message and the words of the line (around the
 * finding, in a very long one). Nothing in it depends on a secret.
 */
static struct slice fingerprint(struct arena *arena, const struct diagnostic *d)
{
    uint32_t start;
    struct slice line = source_excerpt(d->source, d->range.start, &start);
    struct builder text = builder_new(arena);
    builder_printf(&text, "%s\n%.*s\n", code_info(d->code)->name, SLICE_ARG(d->message));
    for (size_t i = 0; i < line.length; i++) {
        if (strchr(" \t\r", line.data[i]) == NULL && !source_is_masked(d->source, start + i)) {
            builder_add_char(&text, line.data[i]);
        }
    }
    return arena_printf(arena, "%016llx", (unsigned long long)hash_short(builder_slice(&text)));
}

/* The same in one file more than once: they are numbered. */
static void add_fingerprint(struct cjson result, struct map *seen, const struct diagnostic *d)
{
    struct slice print = fingerprint(result.arena, d);
    struct slice key = arena_printf(result.arena, "%s\n%.*s", d->source->path, SLICE_ARG(print));
    size_t occurrence = map_increment(seen, key);
    cjson_add_text(cjson_add_object(result, "partialFingerprints"), "primaryLocationLineHash",
                   arena_printf(result.arena, "%.*s:%zu", SLICE_ARG(print), occurrence));
}

/* ---- results ---- */

static void add_result(struct cjson list, const char *root, struct map *seen,
                       const struct diagnostic *d)
{
    struct cjson result = cjson_add_object(list, NULL);
    cjson_add_text(result, "ruleId", slice_of(code_info(d->code)->name));
    cjson_add_count(result, "ruleIndex", (size_t)d->code);
    cjson_add_text(result, "level", level_of(d->severity));
    add_message(result, "message", full_message(list.arena, d));
    struct cjson location = cjson_add_object(cjson_add_array(result, "locations"), NULL);
    add_physical_location(location, root, d->source, d->range);
    add_fingerprint(result, seen, d);
    add_related_locations(result, root, d->notes);
    add_fixes(result, root, d);
}

/* Names the folder that the places are below; where that is, is nobody's business. */
static void add_root(struct cjson run)
{
    struct cjson bases = cjson_add_object(run, "originalUriBaseIds");
    add_message(cjson_add_object(bases, ROOT_ID), "description",
                SLICE("The folder in which dialogc ran."));
}

void render_sarif(struct builder *out, const struct diagnostics *list, const char *version,
                  const char *root)
{
    struct map seen = map_new(out->arena);
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
    add_root(run);
    struct cjson results = cjson_add_array(run, "results");
    for (const struct diagnostic *d = list->first; d != NULL; d = d->next) {
        add_result(results, root, &seen, d);
    }
    cjson_print(out, log, CJSON_LINES);
    builder_add_char(out, '\n');
}
