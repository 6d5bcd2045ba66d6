/*
 * Lowering services to requests. What comes from the conversation is prepared by a script, which
 * runs before the service in the same bot action and leaves one context variable:
 *
 *     context.updateLeadRequest = {id: "00Q…", body: {…}}
 *
 * The service then uses {{context.updateLeadRequest.id}}: no answer enters a request as raw text.
 */
#include "base/ascii.h"
#include "base/percent.h"
#include "base/table.h"
#include "dialog/dialog.h"
#include "dialog/preparation.h"
#include "document/json/writer.h"
#include "language/model/platform_name.h"

static bool is_variable(const struct preparation *p, const struct reference *reference)
{
    enum reference_kind kind = analysis_resolution(p->analysis, reference)->kind;
    return (kind == REFERENCE_ENV || kind == REFERENCE_CONTENT) &&
           !analysis_is_computed(p->analysis, reference);
}

/* ---- URL parts ---- */

/* Appends `text` to a URL: literal parts and variables as they are, values prepared one by one. */
static void add_url_text(struct preparation *p, struct builder *out, const struct text *text,
                         struct slice wanted_name)
{
    for (size_t i = 0; i < text->count; i++) {
        const struct reference *reference = text->parts[i].reference;
        if (reference == NULL) {
            builder_add(out, text->parts[i].literal);
        } else if (is_variable(p, reference) || p->service->unprepared != NULL) {
            builder_printf(out, "{{%.*s}}",
                           SLICE_ARG(script_reference_path(p->arena, p->analysis, reference)));
        } else {
            struct slice name = wanted_name;
            if (name.length == 0 || text->count > 1) {
                name = arena_printf(p->arena, "part%zu", ++p->part_count);
            }
            p->script.helpers |= HELPER_PART;
            preparation_begin(p, name);
            builder_add_text(&p->script.body, "part(");
            script_value(&p->script, reference);
            builder_add_text(&p->script.body, ")");
            preparation_end(p);
            builder_add(out, preparation_path(p, name));
        }
    }
}

/* ---- paths of operations ---- */

/* "Id,Name": what the dialog uses; at least the id. */
static void add_field_names(struct builder *out, const struct service_facts *facts)
{
    for (size_t i = 0; i < facts->asked_count; i++) {
        builder_printf(out, "%s%.*s", i > 0 ? "," : "", SLICE_ARG(facts->asked[i]));
    }
    builder_add_text(out, facts->asked_count == 0 ? "Id" : "");
}

static void add_term(struct preparation *p, struct builder *out)
{
    p->script.helpers |= HELPER_TERM;
    preparation_begin(p, SLICE("term"));
    builder_add_text(&p->script.body, "encodeURIComponent(term(");
    script_text(&p->script, &p->service->salesforce.term);
    builder_add_text(&p->script.body, "))");
    preparation_end(p);
    builder_add(out, preparation_path(p, SLICE("term")));
}

static void add_part(struct preparation *p, struct builder *out, enum route_part part)
{
    const struct salesforce_request *request = &p->service->salesforce;
    switch (part) {
    case PART_OBJECT:
        builder_add(out, request->object);
        break;
    case PART_QUERY:
    case PART_SOSL:
        preparation_add_query(p, out);
        break;
    case PART_ID:
    case PART_VALUE:
        add_url_text(p, out, &request->id, SLICE("id"));
        break;
    case PART_EXTERNAL:
        builder_add(out, request->external->text);
        break;
    case PART_FIELDS:
        add_field_names(out, analysis_service_facts(p->analysis, p->service));
        break;
    case PART_TERM:
        add_term(p, out);
        break;
    case PART_LIMIT:
        builder_printf(out, "%lld", request->limit);
        break;
    }
}

static struct slice operation_path(struct preparation *p)
{
    const struct service_facts *facts = analysis_service_facts(p->analysis, p->service);
    enum operation operation = p->service->salesforce.operation;
    struct builder out = builder_new(p->arena);
    struct slice route = slice_of(operation_info(operation)->route);
    struct route_piece piece;
    if (!operation_is_of_login(operation)) {
        builder_printf(&out, "/services/data/%.*s/",
                       SLICE_ARG(p->analysis->template->project->api_version));
    }
    while (route_take(&route, &piece)) {
        switch (piece.kind) {
        case ROUTE_TEXT:
            builder_add(&out, piece.text);
            break;
        case ROUTE_PART:
            add_part(p, &out, piece.part);
            break;
        case ROUTE_OPTIONAL:
            if (facts->asks_all) {
                return builder_slice(&out);
            }
            break;
        }
    }
    return builder_slice(&out);
}

/* A host of the project: a name, or ${env.NAME}. */
static struct slice project_host(struct arena *arena, struct slice host)
{
    if (!slice_starts_with(host, "${")) {
        return host;
    }
    return arena_printf(arena, "{{%.*s}}", SLICE_ARG(slice_part(host, 2, host.length - 1)));
}

/* ---- raw requests ---- */

/* What a relative URL is below: the base URL of the profile, or the organisation. */
static void add_base_url(struct preparation *p, struct builder *out)
{
    struct slice base = p->profile != NULL ? auth_profile_base(p->arena, p->profile) : SLICE("");
    if (base.length > 0) {
        builder_add(out, base);
    } else {
        struct slice instance = p->analysis->template->project->instance;
        builder_printf(out, "https://%.*s", SLICE_ARG(project_host(p->arena, instance)));
    }
}

static void split_url(struct preparation *p, struct dialog_request *request)
{
    struct builder out = builder_new(p->arena);
    const struct text *url = &p->service->request.url;
    if (slice_starts_with(url->node->text, "/")) {
        add_base_url(p, &out);
    }
    add_url_text(p, &out, url, SLICE(""));
    struct slice whole = builder_slice(&out);
    struct slice rest = slice_part(whole, 8, whole.length); /* behind "https://" */
    size_t end = 0;
    while (end < rest.length && rest.data[end] != '/' && rest.data[end] != '?' &&
           rest.data[end] != '#') {
        end++;
    }
    struct slice host = slice_part(rest, 0, end);
    size_t colon = slice_find(host, ":", 0);
    request->host = colon == SIZE_MAX ? host : slice_part(host, 0, colon);
    request->port = colon == SIZE_MAX ? SLICE("") : slice_part(host, colon + 1, host.length);
    struct slice path = slice_part(rest, end, rest.length);
    size_t fragment = slice_find(path, "#", 0);
    path = fragment == SIZE_MAX ? path : slice_part(path, 0, fragment);
    struct builder full = builder_new(p->arena);
    builder_add_text(&full, path.length > 0 && path.data[0] == '/' ? "" : "/");
    builder_add(&full, path);
    bool has_query = slice_find(path, "?", 0) != SIZE_MAX;
    for (size_t i = 0; i < p->service->request.parameter_count; i++) {
        const struct header *parameter = &p->service->request.parameters[i];
        builder_add_char(&full, has_query ? '&' : '?');
        has_query = true;
        percent_encode(&full, parameter->key->text);
        builder_add_char(&full, '=');
        if (parameter->value.has_references) {
            add_url_text(p, &full, &parameter->value, SLICE(""));
        } else {
            percent_encode(&full, text_fixed(&parameter->value));
        }
    }
    request->path = builder_slice(&full);
}

static struct slice lower_header(struct preparation *p, const struct header *header)
{
    struct builder out = builder_new(p->arena);
    for (size_t i = 0; i < header->value.count; i++) {
        const struct reference *reference = header->value.parts[i].reference;
        if (reference == NULL) {
            builder_add(&out, header->value.parts[i].literal);
        } else if (is_variable(p, reference)) {
            builder_printf(&out, "{{%.*s}}",
                           SLICE_ARG(script_reference_path(p->arena, p->analysis, reference)));
        } else {
            struct slice name = arena_printf(p->arena, "part%zu", ++p->part_count);
            p->script.helpers |= HELPER_HEADER;
            preparation_begin(p, name);
            builder_add_text(&p->script.body, "header(");
            script_value(&p->script, reference);
            builder_add_text(&p->script.body, ")");
            preparation_end(p);
            builder_add(&out, preparation_path(p, name));
        }
    }
    return builder_slice(&out);
}

/* Text as it is; data as JSON in one line. */
static struct slice verbatim_text(struct arena *arena, const struct node *node)
{
    if (node == NULL || node->kind == NODE_STRING) {
        return node != NULL ? node->text : SLICE("");
    }
    struct builder out = builder_new(arena);
    struct json_writer json = json_writer_new(&out, true);
    json_node(&json, node);
    return builder_slice(&out);
}

static bool has_header(const struct header *headers, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++) {
        if (slice_equal_ignoring_case(headers[i].key->text, slice_of(name))) {
            return true;
        }
    }
    return false;
}

/*
 * The usual headers, where `headers` has none of that name, and `headers`. `content_type` is that
 * of the body; NULL: there is none.
 */
static struct slice lower_headers(struct preparation *p, const struct header *headers, size_t count,
                                  const char *content_type)
{
    if (p->service->headers != NULL) {
        return verbatim_text(p->arena, p->service->headers);
    }
    struct builder out = builder_new(p->arena);
    struct json_writer json = json_writer_new(&out, true);
    json_begin_object(&json);
    if (!has_header(headers, count, "Accept")) {
        json_text_member(&json, "Accept", SLICE("application/json"));
    }
    if (content_type != NULL && !has_header(headers, count, "Content-Type")) {
        json_text_member(&json, "Content-Type", slice_of(content_type));
    }
    for (size_t i = 0; i < count; i++) {
        json_key_slice(&json, headers[i].key->text);
        json_string(&json, lower_header(p, &headers[i]));
    }
    json_end_object(&json);
    return builder_slice(&out);
}

/* ---- samples ---- */

static const char userinfo_sample[] =
    "{\"statusCode\":200,\"headers\":{},\"body\":{\"user_id\":\"0055g00000AbCdEAAV\","
    "\"organization_id\":\"00D5g000005AbCdEAM\",\"name\":\"Ada Example\","
    "\"preferred_username\":\"ada@example.com\",\"urls\":{\"rest\":"
    "\"https://example.my.salesforce.com/services/data/v{version}/\",\"custom_domain\":"
    "\"https://example.my.salesforce.com\"}}}";

static struct slice lower_sample(struct arena *arena, const struct service *service)
{
    if (service->samples == NULL || service->samples->count == 0) {
        return service_operation(service) == OPERATION_USERINFO ? SLICE(userinfo_sample)
                                                                : SLICE("");
    }
    const struct node *sample = service->samples->items[0];
    const struct node *headers = node_get(sample, "headers");
    const struct node *body = node_get(sample, "body");
    struct builder out = builder_new(arena);
    struct json_writer json = json_writer_new(&out, true);
    json_begin_object(&json);
    json_key(&json, "statusCode");
    json_node(&json, node_get(sample, "status"));
    json_key(&json, "headers");
    if (headers != NULL) {
        json_node(&json, headers);
    } else {
        json_begin_object(&json);
        json_end_object(&json);
    }
    json_key(&json, "body");
    if (body != NULL) {
        json_node(&json, body);
    } else {
        json_string(&json, SLICE(""));
    }
    json_end_object(&json);
    return builder_slice(&out);
}

/* ---- requests as they are ---- */

/* The parts of a verbatim URL: protocol, host, port, path. */
static void split_verbatim(struct arena *arena, struct dialog_request *request, struct slice url)
{
    size_t scheme = slice_find(url, "://", 0);
    size_t at = scheme != SIZE_MAX ? scheme + 3 : 0;
    request->protocol = scheme != SIZE_MAX ? arena_copy(arena, slice_part(url, 0, scheme)) : "";
    size_t end = at;
    while (end < url.length && strchr("/?#", url.data[end]) == NULL) {
        end += slice_starts_with(slice_part(url, end, url.length), "{{") ? 2 : 1;
        end = end > url.length ? url.length : end;
    }
    size_t colon = end;
    while (colon > at && ascii_is_digit(url.data[colon - 1])) {
        colon--;
    }
    bool has_port = colon > at && colon < end && url.data[colon - 1] == ':';
    request->host = slice_part(url, at, has_port ? colon - 1 : end);
    request->port = has_port ? slice_part(url, colon, end) : SLICE("");
    request->path = slice_part(url, end, url.length);
}

/* A request that is taken as it is. */
static struct dialog_request lower_verbatim(struct arena *arena, const struct service *service)
{
    const struct node *node = service->verbatim;
    const struct node *headers = node_get(node, "headers");
    struct slice method = node_get(node, "method")->text;
    struct dialog_request request = {
        .method = arena_lower_case(arena, method).data,
        .headers = headers != NULL ? verbatim_text(arena, headers) : SLICE("{}"),
        .payload = verbatim_text(arena, node_get(node, "body")),
    };
    split_verbatim(arena, &request, node_get(node, "url")->text);
    const struct node *port = node_get(node, "port");
    request.port = port != NULL ? port->text : request.port;
    request.before = node_get(node, "before");
    request.after = node_get(node, "after");
    request.integration = node_get(node, "integration");
    return request;
}

/* ---- the whole ---- */

static const char *lower_method(struct slice method)
{
    static const char *const methods[][2] = {
        {"POST", "post"}, {"PUT", "put"}, {"PATCH", "patch"}, {"DELETE", "delete"}};
    for (size_t i = 0; i < TABLE_LENGTH(methods); i++) {
        if (slice_is(method, methods[i][0])) {
            return methods[i][1];
        }
    }
    return "get";
}

static void lower_raw(struct preparation *p, struct dialog_request *request)
{
    const struct raw_request *raw = &p->service->request;
    request->method = lower_method(raw->method);
    split_url(p, request);
    request->payload = preparation_body(p, &raw->body, raw->form);
    request->headers =
        lower_headers(p, raw->headers, raw->header_count,
                      request->payload.length > 0 ? body_form_media_type(raw->form) : NULL);
}

static void lower_operation(struct preparation *p, struct dialog_request *request)
{
    const struct salesforce_request *salesforce = &p->service->salesforce;
    const struct project *project = p->analysis->template->project;
    bool login = operation_is_of_login(salesforce->operation);
    request->method = operation_info(salesforce->operation)->method;
    request->host = project_host(p->arena, login ? project->login : project->instance);
    request->path = operation_path(p);
    request->payload = preparation_body(p, &salesforce->fields, BODY_JSON);
    request->headers = lower_headers(
        p, NULL, 0, request->payload.length > 0 ? body_form_media_type(BODY_JSON) : NULL);
}

struct dialog_request request_lower(struct arena *arena, const struct analysis *analysis,
                                    const struct service *service,
                                    const struct auth_profile *profile, struct slice *script)
{
    struct preparation p = {
        .arena = arena, .analysis = analysis, .service = service, .profile = profile};
    struct dialog_request request = {0};
    p.variable = platform_request_name(arena, service->name);
    p.script = script_writer_new(arena, analysis, analysis->template->locales[0]);
    p.script.any_locale = true;
    builder_add_text(&p.script.body, "var request = {};\n");
    switch (service->kind) {
    case SERVICE_SALESFORCE:
        lower_operation(&p, &request);
        break;
    case SERVICE_REQUEST:
        lower_raw(&p, &request);
        break;
    case SERVICE_VERBATIM:
        request = lower_verbatim(arena, service);
        break;
    case SERVICE_DATA_TABLE:
        request.data_table = service->data_table;
        break;
    }
    bool is_open = profile == NULL || profile->type == AUTH_NONE;
    request.profile = is_open ? SLICE("") : profile->name;
    request.timeout = service->timeout;
    request.sample = lower_sample(arena, service);
    builder_printf(&p.script.body, "context.%.*s = request;\n", SLICE_ARG(p.variable));
    *script = p.needed ? script_finish(&p.script) : SLICE("");
    return request;
}
