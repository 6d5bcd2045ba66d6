/* What a request says, and the responses that many have. */
#include "trial/organisation/call.h"

#include "base/percent.h"
#include "base/utf8.h"
#include "document/json/reader.h"

/* A parameter of a query string or form; false when it is not there, or no UTF-8. */
static bool find_parameter(struct arena *arena, struct slice form, const char *name,
                           struct slice *value)
{
    struct slice key, text;
    while (percent_take_pair(&form, &key, &text)) {
        if (slice_is(percent_decode_form(arena, key), name)) {
            struct slice decoded = percent_decode_form(arena, text);
            if (utf8_is_valid(decoded)) {
                *value = decoded;
                return true;
            }
        }
    }
    return false;
}

bool call_parameter(const struct call *c, const char *name, struct slice *value)
{
    return find_parameter(c->org->work, c->request->query, name, value);
}

bool call_form_parameter(const struct call *c, const char *name, struct slice *value)
{
    return find_parameter(c->org->work, c->request->body, name, value);
}

struct slice *call_names(const struct call *c, struct slice list, size_t *count)
{
    struct arena *arena = c->org->work;
    struct slice *names = NULL;
    *count = 0;
    for (size_t at = 0; at < list.length;) {
        size_t end = slice_find(list, ",", at);
        end = end < list.length ? end : list.length;
        struct slice name = slice_trim(slice_part(list, at, end));
        if (name.length > 0) {
            names = arena_append(arena, names, *count, sizeof *names);
            names[(*count)++] = name;
        }
        at = end + 1;
    }
    return names;
}

const struct node *call_body(struct call *c, struct refusal *refusal)
{
    struct diagnostics findings = diagnostics_new(c->org->work);
    struct source *source;
    const struct node *body = json_read(c->org->work, "body", c->request->body, &findings, &source);
    if (!node_is(body, NODE_MAPPING)) {
        *refusal = organisation_refuse(
            c->org, 400, "JSON_PARSER_ERROR", "%.*s",
            SLICE_ARG(findings.first != NULL ? findings.first->message
                                             : SLICE("The HTTP entity body is not a JSON object")));
        return NULL;
    }
    return body;
}

struct http_response call_refuse(struct call *c, struct refusal refusal)
{
    return response_of_refusal(c->org, &refusal);
}

struct http_response call_refuse_path(struct call *c)
{
    return call_refuse(
        c, organisation_refuse(c->org, 404, "NOT_FOUND", "The requested resource does not exist"));
}

struct http_response call_refuse_method(struct call *c)
{
    return call_refuse(c, organisation_refuse(c->org, 405, "METHOD_NOT_ALLOWED",
                                              "HTTP Method '%.*s' not allowed. Allowed are others",
                                              SLICE_ARG(c->request->method)));
}

struct http_response call_respond(struct call *c, struct refusal refusal, const struct node *result)
{
    return refusal.code != NULL ? call_refuse(c, refusal) : response_of_json(c->org, 200, result);
}
