#include "trial/simulator/service.h"

#include "base/percent.h"
#include "document/json/reader.h"
#include "document/json/writer.h"
#include "document/tree/build.h"
#include "trial/simulator/invention.h"
#include "trial/simulator/substitute.h"

/* ---- the address ---- */

/* The braces of a path are encoded in newer exports; everything else stays as it is. */
static struct slice decode_braces(struct arena *arena, struct slice path)
{
    struct builder out = builder_new(arena);
    for (size_t at = 0; at < path.length;) {
        struct slice rest = slice_part(path, at, path.length);
        bool open = slice_starts_with(rest, "%7B%7B") || slice_starts_with(rest, "%7b%7b");
        bool close = slice_starts_with(rest, "%7D%7D") || slice_starts_with(rest, "%7d%7d");
        if (open || close) {
            builder_add_text(&out, open ? "{{" : "}}");
            at += 6;
        } else {
            builder_add_char(&out, path.data[at++]);
        }
    }
    return builder_slice(&out);
}

static size_t find_any(struct slice text, const char *characters)
{
    size_t at = 0;
    while (at < text.length && strchr(characters, text.data[at]) == NULL) {
        at++;
    }
    return at;
}

/*
 * The whole URL of a service, without its protocol. Its host may be a variable, and so may the
 * beginning of its path, which the whole URL comes from where there is no host:
 *
 *     host: "",  path: "{{env.serviceUrl}}incident?state=7"
 *
 * A variable without a value is a host: the path begins behind it.
 */
static struct slice url_of(struct run *run, const struct node *end_point)
{
    struct slice host = run_text(run, node_text(end_point, "host"));
    struct slice path = run_text(run, decode_braces(run->arena, node_text(end_point, "path")));
    struct slice start = host.length > 0 ? host : path;
    size_t protocol = slice_find(start, "://", 0);
    if (protocol < find_any(start, "/?")) {
        start = slice_part(start, protocol + 3, start.length);
    }
    struct slice rest = host.length > 0 ? path : SLICE("");
    struct slice unset = run->options.host;
    if (host.length == 0 && unset.length > 0 && start.length > unset.length &&
        slice_equal(slice_part(start, 0, unset.length), unset)) {
        rest = slice_part(start, unset.length, start.length);
        start = unset;
    }
    bool joined = rest.length == 0 || strchr("/?:", rest.data[0]) != NULL ||
                  (start.length > 0 && start.data[start.length - 1] == '/');
    return arena_printf(run->arena, "%.*s%s%.*s", SLICE_ARG(start), joined ? "" : "/",
                        SLICE_ARG(rest));
}

/* ---- the request ---- */

static const struct node *headers_of(struct run *run, const struct program_node *node)
{
    struct slice text = node_text(node_get(node->component, "headers"), "value");
    const struct node *headers =
        json_read_quietly(run->arena, run_text(run, percent_decode_text(run->arena, text)));
    return node_is(headers, NODE_MAPPING) ? headers : NULL;
}

static struct http_request request_of(struct run *run, const struct program_node *node)
{
    const struct node *end_point = node_get(node->component, "endPoint");
    struct slice url = url_of(run, end_point);
    size_t host_end = find_any(url, "/?");
    struct slice path = slice_part(url, host_end, url.length);
    size_t query = find_any(path, "?");
    struct http_request request = {
        .method = arena_upper_case(run->arena, node_text(end_point, "method")),
        .host = slice_part(url, 0, find_any(slice_part(url, 0, host_end), ":")),
        .path = query > 0 ? slice_part(path, 0, query) : SLICE("/"),
        .query = query < path.length ? slice_part(path, query + 1, path.length) : SLICE(""),
        .headers = headers_of(run, node)};
    struct slice payload =
        percent_decode_text(run->arena, node_text(node_get(node->component, "payload"), "value"));
    bool has_body = !slice_is(request.method, "GET") && !slice_is(request.method, "DELETE");
    if (has_body && !slice_is(payload, "undefined")) {
        request.body = run_text(run, payload);
    }
    return request;
}

/* ---- data tables ---- */

/* {payload: {resource: "dataTable", name, method: "insert", data: {…}, query: {…}}} */
static bool is_data_table(const struct program_node *node)
{
    return slice_is(node_text(node_get(node->component, "payload"), "resource"), "dataTable");
}

/* A copy of a tree in which the variables of all texts have their values. */
static const struct node *fill(struct run *run, const struct node *value)
{
    if (node_is(value, NODE_STRING)) {
        return node_new_text(run->arena,
                             run_text(run, percent_decode_text(run->arena, value->text)));
    }
    struct node *filled = node_copy(run->arena, value);
    for (size_t i = 0; node_is(filled, NODE_MAPPING) && i < filled->count; i++) {
        node_set(run->arena, filled, value->members[i].key->text,
                 fill(run, value->members[i].value));
    }
    if (node_is(value, NODE_SEQUENCE)) {
        filled = node_new_sequence(run->arena);
        for (size_t i = 0; i < value->count; i++) {
            node_append(run->arena, filled, fill(run, value->items[i]));
        }
    }
    return filled;
}

/* A table is asked as a server would be: the host "dataTable", the name as path, a method each. */
static struct http_request table_request(struct run *run, const struct program_node *node)
{
    static const struct {
        const char *method, *http;
    } methods[] = {{"get", "GET"}, {"insert", "POST"}, {"update", "PUT"}, {"delete", "DELETE"}};
    static const char *const parts[] = {"data", "query"};
    const struct node *payload = node_get(node->component, "payload");
    struct http_request request = {
        .method = SLICE("GET"),
        .host = SLICE("dataTable"),
        .path = arena_printf(run->arena, "/%.*s", SLICE_ARG(node_text(payload, "name")))};
    for (size_t i = 0; i < sizeof methods / sizeof methods[0]; i++) {
        if (slice_is(node_text(payload, "method"), methods[i].method)) {
            request.method = slice_of(methods[i].http);
        }
    }
    struct node *body = node_new_mapping(run->arena);
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        const struct node *part = node_get(payload, parts[i]);
        if (part != NULL) {
            node_set(run->arena, body, slice_of(parts[i]), fill(run, part));
        }
    }
    struct builder out = builder_new(run->arena);
    substitute_value(&out, body);
    request.body = builder_slice(&out);
    return request;
}

/* ---- webhooks ---- */

bool service_is_webhook(const struct program_node *node)
{
    return slice_is(node->unknown, "webhook");
}

/* A webhook is asked as a server would be: the host "webhook", its name as path. */
static struct http_request webhook_request(struct run *run, const struct program_node *node)
{
    struct slice reason;
    const struct node *context =
        script_show(run->public.engine, run->arena, SLICE("context"), &reason);
    struct node *body = node_new_mapping(run->arena);
    if (context != NULL) {
        node_set(run->arena, body, SLICE("context"), context);
    }
    struct builder out = builder_new(run->arena);
    substitute_value(&out, body);
    return (struct http_request){.method = SLICE("POST"),
                                 .host = SLICE("webhook"),
                                 .path = arena_printf(run->arena, "/%.*s", SLICE_ARG(node->name)),
                                 .body = builder_slice(&out)};
}

/* What it gives back of the context, it has changed. */
static void take_context(struct run *run, const struct http_response *response)
{
    const struct node *body = json_read_quietly(run->arena, response->body);
    const struct node *context = node_get(body, "context");
    for (size_t i = 0; node_is(context, NODE_MAPPING) && i < context->count; i++) {
        const struct slice path[] = {SLICE("context"), context->members[i].key->text};
        run_set(run, path, 2, context->members[i].value);
    }
}

/* ---- the response ---- */

static long status_of(const struct node *status)
{
    if (!node_is(status, NODE_STRING)) {
        return (long)node_integer(status, 200);
    }
    long code = 0;
    for (size_t i = 0; i < status->text.length && i < 3; i++) {
        char c = status->text.data[i];
        if (c < '0' || c > '9') {
            return 200;
        }
        code = code * 10 + (c - '0');
    }
    return code > 0 ? code : 200;
}

static const struct node *default_sample(const struct node *samples)
{
    for (size_t i = 0; i < node_length(samples); i++) {
        const struct node *is_default = node_get(samples->items[i], "isDefault");
        if (node_is(is_default, NODE_BOOLEAN) && is_default->boolean) {
            return samples->items[i];
        }
    }
    return node_length(samples) > 0 ? samples->items[0] : NULL;
}

/*
 * The sample that is kept with a service: {statusCode, headers, body} as a rule; whatever else it
 * is, is the body.
 */
static bool take_sample(struct run *run, const struct program_node *node,
                        struct http_response *response)
{
    const struct node *kept =
        node_get(default_sample(node_get(node->component, "sampleResponse")), "response");
    struct slice text =
        node_is(kept, NODE_STRING) ? percent_decode_text(run->arena, kept->text) : SLICE("");
    const struct node *sample =
        node_is(kept, NODE_STRING) ? json_read_quietly(run->arena, text) : kept;
    bool is_response = node_get(sample, "statusCode") != NULL || node_get(sample, "body") != NULL;
    struct builder body = builder_new(run->arena);
    if (is_response && node_get(sample, "body") != NULL) {
        substitute_value(&body, node_get(sample, "body"));
    } else if (!is_response && sample != NULL) {
        substitute_value(&body, sample);
    } else if (sample == NULL) {
        builder_add(&body, text);
    }
    *response = (struct http_response){.status = status_of(node_get(sample, "statusCode")),
                                       .body = builder_slice(&body)};
    return is_response || slice_trim(response->body).length > 0;
}

/* context.NAME.response as the platform fills it: a body that is JSON is data. */
static void keep_response(struct run *run, const struct program_node *node,
                          const struct http_response *response)
{
    const struct slice path[] = {SLICE("context"), node->name, SLICE("response")};
    run_set(run, path, 3, NULL);
    if (response->status == 0) {
        return;
    }
    struct node *kept = node_new_mapping(run->arena);
    node_set(run->arena, kept, SLICE("statusCode"), node_new_integer(run->arena, response->status));
    node_set(run->arena, kept, SLICE("headers"), node_new_mapping(run->arena));
    const struct node *body = json_read_quietly(run->arena, response->body);
    if (body == NULL) {
        body = node_new_text(run->arena, response->body);
    }
    node_set(run->arena, kept, SLICE("body"), body);
    run_set(run, path, 3, kept);
}

/* ---- the call ---- */

/* What nobody answers is made up where the conversation asks for that, or is a problem. */
static void make_up(struct run *run, const struct program_node *node, struct event *event)
{
    if (run->options.invents) {
        struct builder body = builder_new(run->arena);
        substitute_value(&body, invention_body(run->arena, run->dialog, node->name));
        event->response = (struct http_response){.status = 200, .body = builder_slice(&body)};
        event->invented = true;
        return;
    }
    run_problem(run, node,
                arena_printf(run->arena,
                             "the request of `%.*s` to %.*s%.*s gets no response: nothing "
                             "simulates it, and the service has no sample",
                             SLICE_ARG(node->name), SLICE_ARG(event->request.host),
                             SLICE_ARG(event->request.path)));
}

static void send(struct run *run, const struct program_node *node)
{
    const struct simulator_network *network = &run->options.network;
    struct http_request request = service_is_webhook(node) ? webhook_request(run, node)
                                  : is_data_table(node)    ? table_request(run, node)
                                                           : request_of(run, node);
    struct http_response response = {0};
    bool answered = network->send != NULL &&
                    network->send(network->context, run->arena, node->name, &request, &response);
    bool sampled = !answered && take_sample(run, node, &response);
    struct event *event = run_event(run, EVENT_REQUEST, node);
    size_t index = run->public.event_count - 1;
    event->request = request;
    event->response = response;
    event->from_sample = sampled;
    if (!answered && !sampled) {
        event->response = (struct http_response){0};
        make_up(run, node, event);
    }
    if (service_is_webhook(node)) {
        take_context(run, &run->events[index].response);
    } else {
        keep_response(run, node, &run->events[index].response);
    }
    const struct node *closes =
        node_get(node_get(node->component, "timeOutError"), "closeConversation");
    if (response.timed_out && node_is(closes, NODE_BOOLEAN) && closes->boolean) {
        run_end(run, node, "a service timed out");
    }
}

static void run_processor(struct run *run, const struct program_node *node, const char *key)
{
    struct slice script = node_text(node->component, key);
    if (script.length > 0 && !run->public.ended) {
        run_script(run, node, script);
    }
}

void service_call(struct run *run, const struct program_node *node)
{
    const struct node *needs_login = node_get(node->component, "authRequired");
    run_processor(run, node, "preProcessor");
    if (run->public.ended) {
        return;
    }
    if (node_is(needs_login, NODE_BOOLEAN) && needs_login->boolean && !run->signed_in) {
        run_event(run, EVENT_SIGN_IN, node)->text = node_text(node->component, "idp");
        run->signed_in = true;
    }
    send(run, node);
    run_processor(run, node, "postProcessor");
}
