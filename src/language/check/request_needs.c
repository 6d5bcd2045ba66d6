/* What a request has too much, beside its auth profile, and what it lacks for Salesforce. */
#include "base/table.h"
#include "language/check/families.h"

/* The header that the profile of a service sends; empty: none that is known. */
static struct slice header_of_profile(const struct auth_profile *profile)
{
    switch (profile->type) {
    case AUTH_OAUTH2:
    case AUTH_BASIC:
    case AUTH_BEARER:
        return SLICE("Authorization");
    case AUTH_API_KEY:
        return profile->in_query || profile->fields[AUTH_FIELD_PARAMETER].node == NULL
                   ? SLICE("")
                   : profile->fields[AUTH_FIELD_PARAMETER].node->text;
    case AUTH_NONE:
    case AUTH_EXISTING:
    case AUTH_TYPE_COUNT:
        break;
    }
    return SLICE("");
}

/* Whether the URL has the parameter: `/orders?key=…`. */
static bool has_parameter(struct slice url, struct slice name)
{
    for (size_t at = 0; (at = slice_find_slice(url, name, at)) != SIZE_MAX; at++) {
        size_t end = at + name.length;
        bool begins = at > 0 && (url.data[at - 1] == '?' || url.data[at - 1] == '&');
        if (begins && end < url.length && url.data[end] == '=') {
            return true;
        }
    }
    return false;
}

/* A key in the query string, beside a profile that sends it there. */
static void check_own_key(struct check *check, const struct service *service, struct slice id,
                          const struct auth_profile *profile)
{
    const struct node *name = profile->fields[AUTH_FIELD_PARAMETER].node;
    if (profile->type != AUTH_API_KEY || !profile->in_query || name == NULL) {
        return;
    }
    const struct node *place = has_parameter(service->request.url.node->text, name->text)
                                   ? service->request.url.node
                                   : NULL;
    for (size_t i = 0; i < service->request.parameter_count; i++) {
        const struct node *key = service->request.parameters[i].key;
        place = slice_equal(key->text, name->text) ? key : place;
    }
    if (place != NULL) {
        struct diagnostic *d =
            diag_report(check->diagnostics, W0715, place->source, place->range,
                        "the auth profile `%.*s` sends the parameter `%.*s` itself", SLICE_ARG(id),
                        SLICE_ARG(name->text));
        diag_note(check->diagnostics, d, NULL, place->range,
                  "remove it here, or write `auth: none` for a service that needs no profile");
    }
}

/* `Authorization` beside a profile that sends it. */
static void check_own_credentials(struct check *check, const struct service *service)
{
    struct slice id = service->auth.length > 0 ? service->auth : check->template->auth;
    const struct auth_profile *profile = auth_profiles_find(check->profiles, id);
    struct slice sent = profile != NULL && check->template->imported == NULL
                            ? header_of_profile(profile)
                            : SLICE("");
    if (profile != NULL && check->template->imported == NULL) {
        check_own_key(check, service, id, profile);
    }
    for (size_t i = 0; sent.length > 0 && i < service->request.header_count; i++) {
        const struct node *key = service->request.headers[i].key;
        if (!slice_equal_ignoring_case(key->text, sent)) {
            continue;
        }
        struct diagnostic *d =
            diag_report(check->diagnostics, W0715, key->source, key->range,
                        "the auth profile `%.*s` sends this header itself", SLICE_ARG(id));
        diag_note(check->diagnostics, d, NULL, key->range,
                  "remove it here, or write `auth: none` for a service that needs no profile");
    }
}

/* A POST to an API of Salesforce that reads what to do from the body. */
static void check_missing_body(struct check *check, const struct service *service)
{
    static const char *const resources[] = {"/sobjects/", "/composite", "/actions/"};
    const struct raw_request *request = &service->request;
    struct slice url = request->url.node->text;
    bool sends = slice_is(request->method, "POST") || slice_is(request->method, "PATCH");
    bool needs = false;
    for (size_t i = 0; i < TABLE_LENGTH(resources); i++) {
        needs = needs || slice_find(url, resources[i], 0) != SIZE_MAX;
    }
    if (!sends || !needs || request->body.node != NULL || check->template->imported != NULL ||
        slice_find(url, "/services/data/", 0) == SIZE_MAX) {
        return;
    }
    struct diagnostic *d =
        diag_report(check->diagnostics, W0716, request->url.node->source, request->url.node->range,
                    "this request has no `body`, in which Salesforce is told what to do");
    diag_note(check->diagnostics, d, NULL, request->url.node->range,
              "add the data: `body: {LastName: \"${lastName}\"}`");
}

void check_request_needs(struct check *check, const struct service *service)
{
    check_own_credentials(check, service);
    check_missing_body(check, service);
}
