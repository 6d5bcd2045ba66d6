/* The URLs of requests: which host they are on, and what is not a part of one. */
#include "base/ascii.h"
#include "base/local_host.h"
#include "language/check/families.h"

/* `/v1/orders` below `https://shop.example.com/v1`: the path of the base would be there twice. */
static void check_base_twice(struct check *check, const struct service *service,
                             const struct text *base)
{
    const struct node *url = service->request.url.node;
    struct slice text = base->node->text;
    while (slice_ends_with(text, "/")) {
        text.length--;
    }
    size_t start = text.length;
    while (start > 0 && text.data[start - 1] != '/') {
        start--;
    }
    struct slice last = slice_part(text, start, text.length);
    struct slice path = slice_part(url->text, 1, url->text.length);
    bool has_path = start > 1 && text.data[start - 2] != '/';
    if (!has_path || last.length == 0 || path.length <= last.length ||
        path.data[last.length] != '/' || !slice_equal(slice_part(path, 0, last.length), last)) {
        return;
    }
    struct diagnostic *d =
        diag_report(check->diagnostics, W0714, url->source,
                    passage_range(url, slice_part(url->text, 0, last.length + 1)),
                    "the `baseUrl` of the auth profile ends with `/%.*s` already", SLICE_ARG(last));
    diag_note(check->diagnostics, d, base->node->source, base->node->range, "it is here");
    diag_note(check->diagnostics, d, NULL, url->range, "write what comes behind that: `%.*s`",
              SLICE_ARG(slice_part(path, last.length, path.length)));
}

/* "/v1/orders": below the base URL of the profile, or the organisation of its integration. */
static void check_relative_url(struct check *check, const struct service *service)
{
    const struct template *template = check->template;
    const struct node *node = service->request.url.node;
    struct slice id = service->auth.length > 0 ? service->auth : template->auth;
    const struct auth_profile *profile = auth_profiles_find(check->profiles, id);
    if (profile != NULL && profile->fields[AUTH_FIELD_BASE_URL].node != NULL) {
        check_base_twice(check, service, &profile->fields[AUTH_FIELD_BASE_URL]);
        return;
    }
    bool is_other =
        profile != NULL && profile->type != AUTH_EXISTING && !auth_profile_is_salesforce(profile);
    if (template->salesforce && profile != NULL && !is_other) {
        check_organisation_path(check, node);
        return;
    }
    if (profile == NULL && id.length > 0 && !slice_is(id, "none")) {
        return; /* it is unknown, which is another finding */
    }
    struct diagnostic *d = diag_report(check->diagnostics, E0704, node->source, node->range,
                                       "nothing says which host this URL is on");
    if (profile != NULL) {
        diag_note(check->diagnostics, d, NULL, node->range,
                  "add `baseUrl: https://…` to the auth profile `%.*s`, or write the whole URL",
                  SLICE_ARG(id));
    } else {
        diag_note(check->diagnostics, d, NULL, node->range,
                  "write the whole URL, or name an auth profile that has a `baseUrl`");
    }
}

/* The characters of a host and its port, outside of references; check_blanks reports blanks. */
static void check_host(struct check *check, const struct service *service, struct slice host)
{
    const struct node *node = service->request.url.node;
    for (size_t i = 0; i < host.length; i++) {
        if (slice_starts_with(slice_part(host, i, host.length), "${")) {
            size_t close = slice_find(host, "}", i);
            i = close != SIZE_MAX ? close : host.length;
            continue;
        }
        if (!ascii_is_word(host.data[i]) && strchr("-.:@[] ", host.data[i]) == NULL &&
            (unsigned char)host.data[i] < 0x80) {
            diag_report(check->diagnostics, E0704, node->source, passage_range(node, host),
                        "a host has letters, digits, hyphens and dots only");
            return;
        }
    }
}

/* The first blank before the query, in which people write SOQL; SIZE_MAX: there is none. */
static size_t find_blank(struct slice url)
{
    for (size_t i = 0; i < url.length && url.data[i] != '?'; i++) {
        if (slice_starts_with(slice_part(url, i, url.length), "${")) {
            size_t close = slice_find(url, "}", i);
            i = close != SIZE_MAX ? close : url.length - 1;
        } else if (strchr(" \t\r\n", url.data[i]) != NULL) {
            return i;
        }
    }
    return url.length > 0 && strchr(" \t\r\n", url.data[url.length - 1]) != NULL ? url.length - 1
                                                                                 : SIZE_MAX;
}

static void check_blanks(struct check *check, const struct node *url)
{
    size_t blank = find_blank(url->text);
    if (blank == SIZE_MAX || check->template->imported != NULL) {
        return;
    }
    bool is_outside = blank == 0 || slice_trim(url->text).length <= blank;
    struct range range = passage_range(url, slice_part(url->text, blank, blank + 1));
    struct diagnostic *d =
        diag_report(check->diagnostics, E0704, url->source, range, "a URL has no blanks");
    diag_note(check->diagnostics, d, NULL, range, "%s",
              is_outside ? "remove it" : "remove it, or write `%20` where a blank is meant");
}

/* What the platform's servers cannot reach: the author's own machine. */
static void check_place(struct check *check, const struct node *url, struct slice host)
{
    if (!local_host_is(host, NULL)) {
        return;
    }
    struct diagnostic *d = diag_report(check->diagnostics, W0714, url->source,
                                       passage_range(url, host), "this is the platform's own host");
    diag_note(check->diagnostics, d, NULL, url->range,
              "the platform sends the request from its servers: name a host that these reach, or "
              "one from a variable: `https://${env.NAME}`");
}

/* `#part` stays with whoever has the URL. */
static void check_hash_part(struct check *check, const struct text *url)
{
    for (size_t i = 0; i < url->count; i++) {
        struct slice literal = url->parts[i].literal;
        size_t sign = url->parts[i].reference == NULL ? slice_find(literal, "#", 0) : SIZE_MAX;
        if (sign == SIZE_MAX) {
            continue;
        }
        struct range range = passage_range(url->node, slice_part(literal, sign, literal.length));
        struct diagnostic *d = diag_report(check->diagnostics, W0714, url->node->source, range,
                                           "nothing of a URL from `#` on is sent");
        diag_note(check->diagnostics, d, NULL, range,
                  "remove it, or write `%%23` where a `#` is meant");
        return;
    }
}

/*
 * Whether a reference is in the host of a URL. Places in the file are further on than in the text
 * where the text has escapes, so the text itself is asked, too.
 */
static bool is_in(const struct reference *reference, const struct node *url, struct slice host)
{
    size_t before = (size_t)(host.data - url->text.data);
    const char *name = reference->count > 0 ? reference->segments[0].data : NULL;
    return (name >= host.data && name < host.data + host.length) ||
           reference->range.start < url->range.start + before + host.length;
}

/* `//` in a path: an empty part, which hardly any server has. */
static void check_slashes(struct check *check, const struct node *url)
{
    size_t begin = slice_starts_with(url->text, "https://") ? 8 : 1;
    size_t end = slice_find(url->text, "?", 0);
    size_t at = slice_find(url->text, "//", begin);
    while (at != SIZE_MAX && at > 0 && url->text.data[at - 1] == ':') { /* of a URL in the path */
        at = slice_find(url->text, "//", at + 2);
    }
    bool has_path = begin == 8 || slice_starts_with(url->text, "/");
    if (!has_path || check->template->imported != NULL || at == SIZE_MAX ||
        (end != SIZE_MAX && at > end)) {
        return;
    }
    struct range range = passage_range(url, slice_part(url->text, at, at + 2));
    struct diagnostic *d =
        diag_report(check->diagnostics, W0714, url->source, range, "a path with two slashes");
    diag_suggest(check->diagnostics, d, SLICE("/"));
}

/* `/orders?page=1` with `query: {page: 2}`. */
static void check_query_twice(struct check *check, const struct service *service)
{
    const struct node *url = service->request.url.node;
    size_t mark = slice_find(url->text, "?", 0);
    for (size_t i = 0; mark != SIZE_MAX && i < service->request.parameter_count; i++) {
        const struct node *key = service->request.parameters[i].key;
        for (size_t at = mark; at != SIZE_MAX; at = slice_find(url->text, "&", at + 1)) {
            struct slice rest = slice_part(url->text, at + 1, url->text.length);
            if (rest.length > key->text.length && rest.data[key->text.length] == '=' &&
                slice_equal(slice_part(rest, 0, key->text.length), key->text)) {
                struct diagnostic *d =
                    diag_report(check->diagnostics, W0714, key->source, key->range,
                                "`%.*s` is in the URL, too", SLICE_ARG(key->text));
                diag_note(check->diagnostics, d, url->source, url->range,
                          "remove it here, and keep what is under `query`");
                return;
            }
        }
    }
}

void check_request_url(struct check *check, const struct service *service)
{
    const struct text *url = &service->request.url;
    struct slice text = slice_trim(url->node->text);
    check_blanks(check, url->node);
    check_hash_part(check, url);
    check_slashes(check, url->node);
    check_query_twice(check, service);
    if (slice_starts_with(text, "/") && !slice_starts_with(text, "//")) {
        check_relative_url(check, service);
        return;
    }
    if (!slice_starts_with(text, "https://")) {
        struct diagnostic *d =
            diag_report(check->diagnostics, E0704, url->node->source, url->node->range,
                        "the URL of `%.*s` is not an https URL", SLICE_ARG(service->name));
        if (slice_starts_with(text, "http://")) {
            diag_suggest(check->diagnostics, d,
                         arena_printf(check->arena, "https://%.*s",
                                      SLICE_ARG(slice_part(text, 7, text.length))));
        } else {
            diag_note(check->diagnostics, d, NULL, url->node->range,
                      "write `https://…`, or a path such as `/v1/orders` below the `baseUrl` of "
                      "the auth profile");
        }
        return;
    }
    struct slice rest = slice_part(text, 8, text.length);
    size_t end = 0;
    while (end < rest.length && strchr("/?#", rest.data[end]) == NULL) {
        end++;
    }
    struct slice host = slice_part(rest, 0, end);
    bool named = host.length > 0 && strchr("/?#", host.data[0]) == NULL;
    for (size_t i = 0; named && i < url->count; i++) {
        const struct reference *r = url->parts[i].reference;
        if (r == NULL || !is_in(r, url->node, host)) {
            continue;
        }
        enum reference_kind kind = check_resolution(check, r)->kind;
        if (kind != REFERENCE_ENV && kind != REFERENCE_UNKNOWN) {
            diag_report(check->diagnostics, E0703, r->source, r->range,
                        "the host of a URL cannot come from the conversation");
        }
    }
    if (!named) {
        diag_report(check->diagnostics, E0704, url->node->source, url->node->range,
                    "the URL of `%.*s` has no host", SLICE_ARG(service->name));
    } else {
        check_host(check, service, host);
        check_place(check, url->node, host);
    }
}
