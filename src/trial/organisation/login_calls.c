/* Responses of the OAuth API: who signs in, and where the organisation is. */
#include "document/tree/build.h"
#include "trial/organisation/call.h"

static void set_url(struct call *c, struct node *urls, const char *key, const char *path)
{
    node_set_text(c->org->work, urls, key,
                  arena_printf(c->org->work, "%.*s%s", SLICE_ARG(c->org->options.url), path));
}

struct http_response call_userinfo(struct call *c)
{
    struct organisation *org = c->org;
    struct node *body = node_new_mapping(org->work);
    struct node *urls = node_new_mapping(org->work);
    struct slice user = org->user != NULL ? org->user->id : SLICE("");
    node_set_text(org->work, body, "sub",
                  arena_printf(org->work, "https://login.salesforce.com/id/00D000000000001EAA/%.*s",
                               SLICE_ARG(user)));
    node_set_text(org->work, body, "user_id", user);
    node_set_text(org->work, body, "organization_id", SLICE("00D000000000001EAA"));
    node_set_text(org->work, body, "preferred_username", SLICE("test.user@example.com"));
    node_set_text(org->work, body, "name", SLICE("Test User"));
    node_set_text(org->work, body, "email", SLICE("test.user@example.com"));
    set_url(c, urls, "rest", "/services/data/v{version}/");
    set_url(c, urls, "sobjects", "/services/data/v{version}/sobjects/");
    set_url(c, urls, "search", "/services/data/v{version}/search/");
    set_url(c, urls, "query", "/services/data/v{version}/query/");
    set_url(c, urls, "custom_domain", "");
    node_set(org->work, body, SLICE("urls"), urls);
    node_set(org->work, body, SLICE("active"), node_new_boolean(org->work, true));
    return response_of_json(org, 200, body);
}

struct http_response call_token(struct call *c)
{
    struct organisation *org = c->org;
    struct slice grant = SLICE("");
    struct node *body = node_new_mapping(org->work);
    if (!call_form_parameter(c, "grant_type", &grant)) {
        node_set_text(org->work, body, "error", SLICE("unsupported_grant_type"));
        node_set_text(org->work, body, "error_description", SLICE("grant type not supported"));
        return response_of_json(org, 400, body);
    }
    struct slice access = org->options.token.length > 0 ? org->options.token : SLICE("simulated");
    node_set_text(org->work, body, "access_token", access);
    node_set_text(org->work, body, "refresh_token", SLICE("simulated-refresh"));
    set_url(c, body, "instance_url", "");
    node_set_text(org->work, body, "id",
                  arena_printf(org->work, "https://login.salesforce.com/id/00D000000000001EAA/%.*s",
                               SLICE_ARG(org->user != NULL ? org->user->id : SLICE(""))));
    node_set_text(org->work, body, "token_type", SLICE("Bearer"));
    node_set_text(org->work, body, "issued_at", arena_printf(org->work, "%lld", org->options.now));
    return response_of_json(org, 200, body);
}

struct http_response call_revoke(struct call *c)
{
    (void)c;
    return (struct http_response){.status = 200, .body = SLICE("")};
}

bool call_is_authorized(const struct call *c)
{
    const struct organisation *org = c->org;
    if (org->options.token.length == 0) {
        return true;
    }
    const struct node *headers = c->request->headers;
    for (size_t i = 0; node_is(headers, NODE_MAPPING) && i < headers->count; i++) {
        struct slice value = headers->members[i].value->text;
        if (slice_equal_ignoring_case(headers->members[i].key->text, SLICE("authorization")) &&
            value.length == 7 + org->options.token.length &&
            slice_equal_ignoring_case(slice_part(value, 0, 7), SLICE("bearer ")) &&
            slice_equal(slice_part(value, 7, value.length), org->options.token)) {
            return true;
        }
    }
    return false;
}
