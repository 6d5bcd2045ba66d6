/* Services: Salesforce operations, operations on data tables, and requests as they are. */
#include "base/ascii.h"
#include "base/percent.h"
#include "document/json/layout.h"
#include "platform/import/importer.h"

/* JSON text as data when it is written in a known layout; else NULL. */
static const struct node *read_exact_data(struct arena *arena, struct slice text,
                                          enum node_kind kind)
{
    enum json_layout layout;
    const struct node *data = json_read_layout(arena, text, &layout);
    return node_is(data, kind) ? data : NULL;
}

static struct slice upper_case(struct arena *arena, struct slice text)
{
    char *copy = arena_copy(arena, text);
    for (size_t i = 0; i < text.length; i++) {
        copy[i] = ascii_to_upper(copy[i]);
    }
    return (struct slice){copy, text.length};
}

static void add_body(struct import_dialog *d, struct node *request, const struct node *component)
{
    static const char *const nothing[] = {"", "{}", "undefined", NULL};
    struct arena *arena = d->importer->arena;
    struct slice text =
        percent_decode_text(arena, node_text(node_get(component, "payload"), "value"));
    if (slice_is_any(text, nothing)) {
        return;
    }
    const struct node *data = read_exact_data(arena, text, NODE_MAPPING);
    data = data == NULL ? read_exact_data(arena, text, NODE_SEQUENCE) : data;
    node_set(arena, request, SLICE("body"), data != NULL ? data : node_new_text(arena, text));
}

/* The headers, unless they are none or the `usual` ones. */
static void add_headers(struct import_dialog *d, struct node *request, const struct node *component,
                        const char *usual)
{
    struct arena *arena = d->importer->arena;
    struct slice text = node_text(node_get(component, "headers"), "value");
    if (slice_is(text, "{}") || text.length == 0 || slice_is(text, usual)) {
        return;
    }
    const struct node *data = read_exact_data(arena, text, NODE_MAPPING);
    bool words = data != NULL;
    for (size_t i = 0; words && i < data->count; i++) {
        words = data->members[i].value->kind == NODE_STRING;
    }
    node_set(arena, request, SLICE("headers"), words ? data : node_new_text(arena, text));
}

static const struct node *text_or_none(const struct node *node)
{
    return node_is(node, NODE_STRING) ? node : NULL;
}

/* A script that runs before or after the request. */
static void add_processor(struct import_dialog *d, struct node *request, const char *key,
                          const struct node *script)
{
    struct arena *arena = d->importer->arena;
    if (node_is(script, NODE_STRING)) {
        node_set_text(arena, request, key, percent_decode_text(arena, script->text));
    }
}

static struct node *request_of(struct import_dialog *d, const struct node *component)
{
    static const char *const methods[] = {"GET", "POST", "PUT", "PATCH", "DELETE", NULL};
    struct arena *arena = d->importer->arena;
    const struct node *point = node_get(component, "endPoint");
    struct node *request = node_new_mapping(arena);
    struct slice method = upper_case(arena, node_text(point, "method"));
    struct slice protocol = node_text(point, "protocol");
    struct slice port = node_text(point, "port");
    bool is_number = true;
    for (size_t i = 0; i < port.length; i++) {
        is_number = is_number && ascii_is_digit(port.data[i]);
    }
    if (!is_number) {
        node_set_text(arena, request, "port", port);
        port = SLICE("");
    }
    struct slice url = arena_printf(
        arena, "%.*s%s%.*s%s%.*s%.*s", SLICE_ARG(protocol), protocol.length > 0 ? "://" : "",
        SLICE_ARG(node_text(point, "host")), port.length > 0 ? ":" : "", SLICE_ARG(port),
        SLICE_ARG(import_decode_braces(arena, node_text(point, "path"))));
    node_set_text(arena, request, "method", slice_is_any(method, methods) ? method : SLICE("GET"));
    node_set_text(arena, request, "url", url.length > 0 ? url : SLICE("https://example.invalid/"));
    add_headers(d, request, component, "{}");
    add_body(d, request, component);
    add_processor(d, request, "before", node_get(component, "preProcessor"));
    add_processor(d, request, "after", node_get(component, "postProcessor"));
    struct node *integration = node_new_mapping(arena);
    import_set(d, integration, "type", text_or_none(node_get(component, "subType")));
    import_set(d, integration, "id", text_or_none(node_get(component, "integrationId")));
    import_set(d, request, "integration", integration->count > 0 ? integration : NULL);
    return request;
}

/* The first sample answer, when it is written as dialogc writes one. */
static void add_sample(struct import_dialog *d, struct node *service, const struct node *component)
{
    struct arena *arena = d->importer->arena;
    const struct node *samples = node_get(component, "sampleResponse");
    struct slice text =
        node_length(samples) > 0 ? node_text(samples->items[0], "response") : SLICE("");
    const struct node *answer = read_exact_data(arena, text, NODE_MAPPING);
    const struct node *status = node_get(answer, "statusCode");
    const struct node *headers = node_get(answer, "headers");
    const struct node *body = node_get(answer, "body");
    long long code = node_integer(status, 0);
    if (answer == NULL || answer->count != 3 || code < 100 || code > 599 || body == NULL ||
        !node_is(headers, NODE_MAPPING)) {
        return;
    }
    for (size_t i = 0; i < headers->count; i++) {
        if (headers->members[i].value->kind != NODE_STRING) {
            return;
        }
    }
    struct node *sample = node_new_mapping(arena);
    struct node *list = node_new_sequence(arena);
    node_set(arena, sample, SLICE("status"), status);
    import_set(d, sample, "headers", headers->count > 0 ? headers : NULL);
    node_set(arena, sample, SLICE("body"), body);
    node_append(arena, list, sample);
    node_set(arena, service, SLICE("samples"), list);
}

static struct node *table_of(struct import_dialog *d, const struct node *component)
{
    const struct node *payload = node_get(component, "payload");
    if (!slice_is(node_text(component, "serviceNodeType"), "datatable") ||
        !slice_is(node_text(payload, "resource"), "dataTable") ||
        node_text(payload, "name").length == 0 || node_text(payload, "method").length == 0) {
        return NULL;
    }
    struct node *table = node_copy(d->importer->arena, payload);
    node_remove(table, SLICE("resource"));
    return table;
}

/* A profile, and what is only said where it differs from the usual. */
static void add_binding(struct import_dialog *d, struct node *service, const struct node *component)
{
    struct arena *arena = d->importer->arena;
    struct slice *profile = map_get(&d->importer->profiles, node_text(component, "idp"));
    node_set_text(arena, service, "auth", profile != NULL ? *profile : SLICE("none"));
    long long timeout = node_integer(node_get(component, "serviceAPITimeout"), 20);
    if (timeout >= 1 && timeout < 20) {
        node_set(arena, service, SLICE("timeout"), node_new_integer(arena, timeout));
    }
    add_sample(d, service, component);
}

static struct node *placeholder_service(struct import_dialog *d)
{
    struct arena *arena = d->importer->arena;
    struct node *service = node_new_mapping(arena);
    struct node *request = node_new_mapping(arena);
    node_set_text(arena, request, "method", SLICE("GET"));
    node_set_text(arena, request, "url", SLICE("https://example.invalid/"));
    node_set(arena, service, SLICE("verbatim"), request);
    node_set_text(arena, service, "auth", SLICE("none"));
    return service;
}

static bool has_reference(const struct node *node)
{
    bool found = node->kind == NODE_STRING && slice_find(node->text, "${", 0) != SIZE_MAX;
    for (size_t i = 0; !found && node->kind == NODE_MAPPING && i < node->count; i++) {
        found = has_reference(node->members[i].value);
    }
    return found;
}

struct node *import_service(struct import_dialog *d, const struct node *component,
                            struct slice name, const struct node *script)
{
    struct arena *arena = d->importer->arena;
    struct node *service = node_new_mapping(arena);
    struct node *table = table_of(d, component);
    if (import_is_opaque(d, "services", name)) {
        return placeholder_service(d);
    }
    import_set(d, service, "label", import_localized(d, component, "label", name));
    if (table != NULL) {
        node_set(arena, service, SLICE("dataTable"), table);
        add_sample(d, service, component);
        return service;
    }
    struct node *operation = import_is_opaque(d, "operations", name)
                                 ? NULL
                                 : import_operation(d, component, name, script);
    if (operation != NULL) {
        node_set(arena, service, SLICE("salesforce"), operation);
        bool has_body = node_get(operation, "fields") != NULL &&
                        node_get(operation, "fields")->kind == NODE_MAPPING;
        import_set_true(d, service, "unprepared", script == NULL && has_reference(operation));
        add_headers(d, service, component,
                    has_body ? "{\"Accept\":\"application/json\","
                               "\"Content-Type\":\"application/json\"}"
                             : "{\"Accept\":\"application/json\"}");
    } else {
        node_set(arena, service, SLICE("verbatim"), request_of(d, component));
    }
    add_binding(d, service, component);
    return service;
}
