/* The REST and OAuth APIs: from the path of a request to what it does. */
#include "base/percent.h"
#include "base/table.h"
#include "base/utf8.h"
#include "salesforce/operation.h"
#include "trial/organisation/call.h"

/* ---- paths ---- */

static bool split_path(struct call *c)
{
    struct slice path = c->request->path;
    for (size_t at = 1; at < path.length;) {
        size_t end = slice_find(path, "/", at);
        end = end < path.length ? end : path.length;
        if (end > at) {
            struct builder out = builder_new(c->org->work);
            if (c->count == SEGMENT_LIMIT || !percent_decode(&out, slice_part(path, at, end)) ||
                !utf8_is_valid(builder_slice(&out))) {
                return false;
            }
            c->segments[c->count++] = builder_slice(&out);
        }
        at = end + 1;
    }
    return true;
}

/* Takes `services/data/VERSION` off the path, where it begins so. */
static void take_version(struct call *c)
{
    if (c->count < 3 || !slice_is(c->segments[0], "services") ||
        !slice_is(c->segments[1], "data") || !slice_starts_with(c->segments[2], "v")) {
        return;
    }
    c->version = c->segments[2];
    c->count -= 3;
    memmove(c->segments, c->segments + 3, c->count * sizeof c->segments[0]);
}

/* ---- routes ---- */

/* What responds to the operations that templates name. */
static struct http_response (*const operations[])(struct call *c) = {
#define OPERATION(name, key, ...) [OPERATION_##name] = call_##key,
#include "salesforce/operation.def"
#undef OPERATION
};

TABLE_HAS_ROWS(operations, OPERATION_NONE);

/* Requests that no operation makes, but raw requests and people with curl. */
static const struct {
    const char *method;
    const char *route;
    struct http_response (*respond)(struct call *c);
} others[] = {
    {"get", "sobjects", call_describe_all},
    {"get", "sobjects/{object}/{external}/{value}", call_retrieve_external},
    {"delete", "sobjects/{object}/{external}/{value}", call_delete_external},
    {"get", "query/{id}", call_next_batch},
    {"get", "queryAll", call_query},
    {"get", "queryAll/{id}", call_next_batch},
    {"post", "/services/oauth2/userinfo", call_userinfo},
};

/* How far the path and the method of a request go with a route. */
enum fit { FIT_NONE, FIT_PATH, FIT_ALL };

static enum fit fit_route(struct call *c, const char *method, const char *route)
{
    struct slice parts[PART_COUNT];
    bool whole = c->version.length == 0;
    if (whole != (route[0] == '/') || !route_match_segments(route, c->segments, c->count, parts)) {
        return FIT_NONE;
    }
    memcpy(c->parts, parts, sizeof parts);
    return slice_equal_ignoring_case(c->request->method, slice_of(method)) ? FIT_ALL : FIT_PATH;
}

/* Sets the object that the path names; false when there is none of that name. */
static bool find_object(struct call *c)
{
    struct slice name = c->parts[PART_OBJECT];
    c->object = name.data != NULL ? sobject_find(c->org->catalog, name, c->org->work) : NULL;
    return name.data == NULL || c->object != NULL;
}

static struct http_response respond_to_route(struct call *c)
{
    bool known = false;
    for (unsigned i = 0; i < OPERATION_NONE; i++) {
        const struct operation_info *info = operation_info((enum operation)i);
        enum fit fit = fit_route(c, info->method, info->route);
        if (fit == FIT_ALL) {
            return find_object(c) ? operations[i](c) : call_refuse_path(c);
        }
        known = known || fit == FIT_PATH;
    }
    for (size_t i = 0; i < TABLE_LENGTH(others); i++) {
        enum fit fit = fit_route(c, others[i].method, others[i].route);
        if (fit == FIT_ALL) {
            return find_object(c) ? others[i].respond(c) : call_refuse_path(c);
        }
        known = known || fit == FIT_PATH;
    }
    return known && find_object(c) ? call_refuse_method(c) : call_refuse_path(c);
}

/* "sobjects" of "sobjects/{object}", "query" of "query?q={query}". */
static struct slice route_root(const char *route)
{
    return (struct slice){route, strcspn(route, "/?")};
}

/* True when a resource of the organisation has the path below it, be there a route or not. */
static bool is_served(struct call *c)
{
    take_version(c);
    if (c->version.length == 0) {
        bool below = c->count >= 2 && slice_is(c->segments[0], "services");
        return below && (slice_is(c->segments[1], "data") || slice_is(c->segments[1], "oauth2"));
    }
    bool served = c->count == 0;
    for (unsigned i = 0; i < OPERATION_NONE && !served; i++) {
        served = slice_equal(route_root(operation_info((enum operation)i)->route), c->segments[0]);
    }
    for (size_t i = 0; i < TABLE_LENGTH(others) && !served; i++) {
        served = slice_equal(route_root(others[i].route), c->segments[0]);
    }
    return served;
}

static struct http_response respond(struct call *c)
{
    if (!utf8_is_valid(c->request->method) || !split_path(c)) {
        return call_refuse_path(c);
    }
    if (fit_route(c, "post", "/services/oauth2/token") != FIT_NONE) {
        return slice_is(c->request->method, "POST") ? call_token(c) : call_refuse_method(c);
    }
    if (fit_route(c, "post", "/services/oauth2/revoke") != FIT_NONE) {
        return call_revoke(c);
    }
    if (!call_is_authorized(c)) {
        return call_refuse(c, organisation_refuse(c->org, 401, "INVALID_SESSION_ID",
                                                  "Session expired or invalid"));
    }
    take_version(c);
    return respond_to_route(c);
}

struct http_response organisation_respond(struct organisation *org, struct arena *arena,
                                          const struct http_request *request)
{
    struct call call = {.org = org, .request = request};
    org->work = arena;
    struct http_response response = respond(&call);
    org->work = org->arena;
    return response;
}

bool organisation_serves(struct organisation *org, struct arena *arena,
                         const struct http_request *request)
{
    struct call call = {.org = org, .request = request};
    org->work = arena;
    bool served = !split_path(&call) || is_served(&call); /* a broken path gets its answer, too */
    org->work = org->arena;
    return served;
}
