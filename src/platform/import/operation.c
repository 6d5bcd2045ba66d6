/*
 * Salesforce's REST calls as operations. A request is recognised by its route; its parts are read
 * from the request itself, where the platform puts them in, or from the script that dialogc has
 * written to prepare them. Whether that was right shows when the template is compiled: a service
 * that does not come out as it is in the export is imported as a verbatim request instead.
 */
#include "base/builder.h"
#include "base/percent.h"
#include "document/json/reader.h"
#include "language/model/platform_name.h"
#include "platform/import/prepared.h"
#include "salesforce/operation.h"

/* ---- parts of a request ---- */

/* A part of a path: a fixed text, or what is put in there. */
static struct node *path_part(const struct prepared *p, struct slice text)
{
    return prepared_is(p, text, "id") ? prepared_id(p) : prepared_text(p, text);
}

static struct node *fields_of(const struct prepared *p, const struct node *component)
{
    struct slice payload = node_text(node_get(component, "payload"), "value");
    struct slice text = percent_decode_text(p->arena, payload);
    if (prepared_is(p, text, "body")) {
        return prepared_fields(p);
    }
    const struct node *data = json_read_quietly(p->arena, text);
    struct node *fields = node_new_mapping(p->arena);
    for (size_t i = 0; node_is(data, NODE_MAPPING) && i < data->count; i++) {
        const struct node *value = data->members[i].value;
        struct node *said = NULL;
        if (value->kind == NODE_STRING) {
            said = prepared_text(p, value->text);
        } else if (value->kind != NODE_SEQUENCE && value->kind != NODE_MAPPING) {
            said = node_copy(p->arena, value);
        }
        if (said == NULL) {
            return NULL;
        }
        node_set(p->arena, fields, data->members[i].key->text, said);
    }
    return fields->count > 0 ? fields : NULL;
}

/* "Id,Name" as a list; NULL when one is no name of a field. */
static struct node *names_of(const struct prepared *p, struct slice list)
{
    struct node *names = node_new_sequence(p->arena);
    struct slice name;
    for (size_t at = 0; slice_next_part(list, ',', &at, &name);) {
        if (name.length == 0) {
            return NULL;
        }
        node_append(p->arena, names, node_new_text(p->arena, name));
    }
    return names;
}

/* ---- operations ---- */

/* A fixed query, or one that a script puts together. */
static struct node *query_of(const struct prepared *p, struct slice text)
{
    if (prepared_is(p, text, "query")) {
        return prepared_query(p);
    }
    struct builder decoded = builder_new(p->arena);
    if (!percent_decode(&decoded, text) ||
        slice_find(builder_slice(&decoded), "{{", 0) != SIZE_MAX) {
        return NULL;
    }
    return import_text(p->arena, builder_slice(&decoded));
}

/* A part of a request in the template's words; NULL when it has none. */
static const struct node *part_of(const struct prepared *p, enum route_part part, struct slice text)
{
    switch (part) {
    case PART_OBJECT:
    case PART_EXTERNAL:
        return prepared_is_name(text) ? node_new_text(p->arena, text) : NULL;
    case PART_QUERY:
        return query_of(p, text);
    case PART_SOSL: { /* with references, it stays the request that it is */
        struct node *search = prepared_is(p, text, "query") ? NULL : query_of(p, text);
        return search != NULL && sosl_is_search(search->text) ? search : NULL;
    }
    case PART_ID:
    case PART_VALUE:
        return path_part(p, text);
    case PART_FIELDS:
        return names_of(p, text);
    case PART_TERM:
        return prepared_is(p, text, "term") ? prepared_term(p) : NULL; /* only dialogc writes it */
    case PART_LIMIT: {
        const struct node *limit = json_read_quietly(p->arena, text);
        return node_is(limit, NODE_INTEGER) ? limit : NULL;
    }
    }
    return NULL;
}

/* The operation with the parts of its request; NULL when the language has no words for one. */
static struct node *operation_of(const struct prepared *p, enum operation operation,
                                 const struct slice parts[PART_COUNT], const struct node *component)
{
    struct node *out = node_new_mapping(p->arena);
    struct slice own = slice_of(operation_key(operation));
    for (unsigned i = 0; i < PART_COUNT; i++) {
        enum route_part part = (enum route_part)i;
        bool is_own = part == PART_OBJECT || part == PART_QUERY || part == PART_SOSL;
        const struct node *value = parts[i].data != NULL ? part_of(p, part, parts[i]) : NULL;
        if (value != NULL) {
            node_set(p->arena, out, is_own ? own : slice_of(route_part_key(part)), value);
        } else if (parts[i].data != NULL) {
            return NULL;
        }
    }
    if (out->count == 0) { /* userinfo: true */
        node_set(p->arena, out, own, node_new_boolean(p->arena, true));
    }
    if (operation_writes(operation)) {
        struct node *fields = fields_of(p, component);
        if (fields == NULL) {
            return NULL;
        }
        node_set(p->arena, out, SLICE("fields"), fields);
    }
    return out;
}

bool import_salesforce_path(struct slice path, struct slice *version, struct slice *rest)
{
    static const char root[] = "/services/data/";
    size_t start = sizeof root - 1;
    size_t slash = slice_starts_with(path, root) ? slice_find(path, "/", start) : SIZE_MAX;
    if (slash == SIZE_MAX || slash < start + 2 || path.data[start] != 'v') {
        return false;
    }
    *version = slice_part(path, start, slash);
    *rest = slice_part(path, slash + 1, path.length);
    return true;
}

/* What a route is compared with, of the login's host or the instance's; false on another host. */
static bool take_route(const struct prepared *p, const struct node *point, bool of_login,
                       struct slice *path)
{
    const struct project *project = p->d->importer->compiler->project;
    struct slice host = node_text(point, "host");
    struct slice version;
    *path = import_decode_braces(p->arena, node_text(point, "path"));
    if (of_login) {
        return slice_equal(host, project->login);
    }
    return import_salesforce_path(*path, &version, path) &&
           slice_equal(version, project->api_version) &&
           slice_equal(import_host(p->arena, host), project->instance);
}

struct node *import_operation(struct import_dialog *d, const struct node *component,
                              struct slice name, const struct node *script)
{
    struct arena *arena = d->importer->arena;
    const struct node *point = node_get(component, "endPoint");
    struct prepared p = {.d = d, .arena = arena, .variable = platform_request_name(arena, name)};
    if (script != NULL) {
        p.script = percent_decode_text(arena, node_text(script, "script"));
    }
    if (!slice_is(node_text(point, "protocol"), "https") || node_text(point, "port").length > 0) {
        return NULL;
    }
    for (unsigned i = 0; i < OPERATION_NONE; i++) {
        enum operation operation = (enum operation)i;
        const struct operation_info *info = operation_info(operation);
        struct slice path;
        struct slice parts[PART_COUNT];
        if (slice_is(node_text(point, "method"), info->method) &&
            take_route(&p, point, operation_is_of_login(operation), &path) &&
            route_match(info->route, path, parts)) {
            return operation_of(&p, operation, parts, component);
        }
    }
    return NULL;
}
