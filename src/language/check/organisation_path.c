/*
 * The paths of raw requests to a Salesforce organisation: its APIs are below a few known roots
 * ("Resources" of the REST API guide), so that a slip in one of them can be told.
 */
#include "base/ascii.h"
#include "base/suggestion.h"
#include "base/table.h"
#include "language/check/salesforce.h"

static const char *const roots[] = {"services", "id", "sfc", "servlet", "secur", "lightning"};
static const char *const services[] = {"data",  "apexrest", "oauth2", "async", "Soap",
                                       "proxy", "auth",     "scrt",   "files"};
static const char *const resources[] = {"sobjects",
                                        "query",
                                        "queryAll",
                                        "search",
                                        "parameterizedSearch",
                                        "composite",
                                        "actions",
                                        "chatter",
                                        "connect",
                                        "analytics",
                                        "limits",
                                        "tooling",
                                        "ui-api",
                                        "jobs",
                                        "wave",
                                        "process",
                                        "recent",
                                        "tabs",
                                        "theme",
                                        "knowledgeManagement",
                                        "support",
                                        "event",
                                        "eventSchema",
                                        "consent",
                                        "metadata",
                                        "licensing",
                                        "appMenu",
                                        "compactLayouts",
                                        "quickActions",
                                        "einstein",
                                        "graphql",
                                        "async-queries",
                                        "dedupe",
                                        "domino",
                                        "scheduling",
                                        "commerce",
                                        "assistant",
                                        "folders",
                                        "iot",
                                        "jsonxform",
                                        "localizedvalue",
                                        "mobile",
                                        "nouns",
                                        "payments",
                                        "prechatForms",
                                        "relevantItems",
                                        "serviceTemplates",
                                        "smartdatadiscovery",
                                        "emailConnect",
                                        "contact-tracing",
                                        "communities"};

struct path {
    struct check *check;
    const struct node *node; /* the URL */
    struct slice rest;       /* what has not been taken yet, without a slash before it */
};

/* The part up to the next slash, question mark or reference; empty at the end. */
static struct slice take(struct path *path)
{
    size_t end = 0;
    while (end < path->rest.length && strchr("/?#", path->rest.data[end]) == NULL &&
           !slice_starts_with(slice_part(path->rest, end, path->rest.length), "${")) {
        end++;
    }
    struct slice part = slice_part(path->rest, 0, end);
    bool goes_on = end < path->rest.length && path->rest.data[end] == '/';
    bool is_whole = goes_on || end == path->rest.length || path->rest.data[end] == '?';
    path->rest = goes_on ? slice_part(path->rest, end + 1, path->rest.length) : SLICE("");
    return is_whole ? part : SLICE("");
}

static struct diagnostic *report(const struct path *path, struct slice part, const char *format)
{
    return diag_report(path->check->diagnostics, W0714, path->node->source,
                       passage_range(path->node, part), format, SLICE_ARG(part));
}

enum part_kind { PART_KNOWN, PART_NEARLY, PART_UNKNOWN };

/* What the part is, compared with `names`; reports one that is nearly one of them. */
static enum part_kind look_at(const struct path *path, struct slice part, const char *const *names,
                              size_t count)
{
    struct suggestion meant = suggestion_new(part);
    for (size_t i = 0; i < count; i++) {
        if (slice_is(part, names[i])) {
            return PART_KNOWN;
        }
        suggestion_offer(&meant, slice_of(names[i]));
    }
    if (part.length == 0 || meant.best.length == 0) {
        return PART_UNKNOWN;
    }
    struct diagnostic *d = report(path, part, "Salesforce has no `%.*s` in this path");
    diag_suggest(path->check->diagnostics, d, meant.best);
    return PART_NEARLY;
}

static void check_version(const struct path *path, struct slice version)
{
    if (version.length == 0 || version.data[0] == 'v' || !ascii_is_digit(version.data[0])) {
        return;
    }
    struct slice behind = slice_find(version, ".", 0) != SIZE_MAX ? SLICE("") : SLICE(".0");
    struct diagnostic *d = report(path, version, "a version begins with `v`, not `%.*s`");
    diag_suggest(
        path->check->diagnostics, d,
        arena_printf(path->check->arena, "v%.*s%.*s", SLICE_ARG(version), SLICE_ARG(behind)));
}

static void check_object(const struct path *path, struct slice object)
{
    struct sobject_catalog *catalog = path->check->template->project->catalog;
    if (object.length > 0 && sobject_find(catalog, object, path->check->arena) == NULL) {
        check_report_unknown_object(path->check, path->node, passage_range(path->node, object),
                                    object);
    }
}

static void report_root(const struct path *path, struct slice root)
{
    struct diagnostic *d = report(path, root, "a Salesforce organisation has no path `/%.*s`");
    diag_note(path->check->diagnostics, d, NULL, path->node->range,
              "its own endpoints are below `/services/apexrest/`, and its API below "
              "`/services/data/%.*s/`; for another system, name its auth profile with `auth`",
              SLICE_ARG(path->check->template->project->api_version));
}

void check_organisation_path(struct check *check, const struct node *url)
{
    struct path path = {check, url, slice_trim(url->text)};
    path.rest = slice_part(path.rest, 1, path.rest.length);
    struct slice root = take(&path);
    if (look_at(&path, root, roots, TABLE_LENGTH(roots)) == PART_UNKNOWN && root.length > 0) {
        report_root(&path, root);
    }
    struct slice service = slice_is(root, "services") ? take(&path) : SLICE("");
    look_at(&path, service, services, TABLE_LENGTH(services));
    if (!slice_is(service, "data")) {
        return;
    }
    check_version(&path, take(&path));
    struct slice resource = take(&path);
    look_at(&path, resource, resources, TABLE_LENGTH(resources));
    if (slice_is(resource, "sobjects")) {
        check_object(&path, take(&path));
    }
}
