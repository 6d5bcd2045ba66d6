/* Auth profiles. */
#include "language/check/check.h"
#include "language/check/host.h"

#include <stdint.h>

#include "base/ascii.h"
#include "base/suggestion.h"
#include "base/table.h"
#include "base/utf8.h"
#include "diag/secret.h"

/* Limits of the platform's form for custom OAuth 2.0 apps. */
#define LONGEST_ID  255
#define LONGEST_URL 3000

static const struct node *key_of(const struct auth_profile *profile, const char *key)
{
    struct member *member = node_member(profile->root, slice_of(key));
    return member != NULL ? member->key : NULL;
}

/* Where a key is, or the beginning of the profile without it. */
static struct range place_of(const struct auth_profile *profile, const char *key)
{
    const struct node *node = key_of(profile, key);
    return node != NULL ? node->range : profile->root->range;
}

static bool is_env_reference(const struct text *text)
{
    const struct reference *reference = text_single(text);
    return reference != NULL && reference_is_plain(reference) && reference->count == 2 &&
           slice_is(reference->segments[0], "env");
}

/* https, a host, no spaces, no user information. */
static bool is_https_url(struct slice url)
{
    if (!slice_starts_with(url, "https://")) {
        return false;
    }
    struct slice rest = slice_part(url, 8, url.length);
    size_t end = slice_find(rest, "/", 0);
    struct slice host = end == SIZE_MAX ? rest : slice_part(rest, 0, end);
    for (size_t i = 0; i < url.length; i++) {
        if (url.data[i] <= ' ') {
            return false;
        }
    }
    return host.length > 0 && slice_find(host, "@", 0) == SIZE_MAX;
}

static void check_secret(const struct auth_profile *profile, enum auth_field field,
                         struct diagnostics *out)
{
    const struct auth_field_info *info = auth_field_info(field);
    const struct node *node = profile->fields[field].node;
    if (is_env_reference(&profile->fields[field]) ||
        slice_starts_with(slice_trim(node->text), "${")) {
        return; /* a reference to something else, or none, is told as such */
    }
    if (slice_starts_with(node->text, "Bearer ${")) {
        struct diagnostic *d = diag_report(out, E0604, profile->source, node->range,
                                           "the platform writes `Bearer` itself");
        diag_suggest(out, d, slice_part(node->text, 7, node->text.length));
        return;
    }
    if (info->value == AUTH_VALUE_SECRET || secret_is_likely(node->text)) {
        source_mask(out->arena, profile->source, node->range, node->text);
        struct diagnostic *d = diag_report(out, E0604, profile->source, node->range,
                                           "`%s` contains a literal secret", info->key);
        diag_note(out, d, NULL, node->range,
                  "keep secrets out of files: write `${env.NAME}`, with the name of one of the "
                  "bot's environment variables");
    }
}

/* The finding of this code that the profile has already, or NULL. */
static struct diagnostic *find_finding(const struct auth_profile *profile, enum code code,
                                       struct diagnostics *out)
{
    struct diagnostic *d = out->first;
    while (d != NULL && (d->code != code || d->source != profile->source)) {
        d = d->next;
    }
    return d;
}

/* A key that the profile needs. Several of them are one mistake. */
static void report_missing(const struct auth_profile *profile, const char *key,
                           struct diagnostics *out)
{
    bool is_app = profile->type == AUTH_OAUTH2;
    struct range place = place_of(profile, is_app ? "app" : "type");
    struct diagnostic *first = find_finding(profile, E0601, out);
    if (first != NULL) {
        diag_note(out, first, NULL, place, "it also needs `%s`", key);
    } else if (is_app) {
        diag_report(out, E0601, profile->source, place, "a custom app needs `%s`", key);
    } else {
        diag_report(out, E0601, profile->source, place, "a profile of type `%s` needs `%s`",
                    auth_type_info(profile->type)->name, key);
    }
}

/*
 * A key that profiles of another type have, or those of an own app. Several of them are one
 * mistake, that of the type.
 */
static void report_unused(const struct auth_profile *profile, const char *key,
                          struct diagnostics *out)
{
    struct range place = place_of(profile, key);
    struct diagnostic *first = find_finding(profile, W0607, out);
    if (first != NULL) {
        diag_note(out, first, profile->source, place, "nor has `%s`", key);
        return;
    }
    const char *type = auth_type_info(profile->type)->name;
    struct diagnostic *d = NULL;
    if (profile->type == AUTH_EXISTING) {
        diag_report(out, W0607, profile->source, place,
                    "`%s` has no effect: the platform already has this profile's settings", key);
    } else if (profile->type != AUTH_OAUTH2) {
        diag_report(out, W0607, profile->source, place,
                    "`%s` has no effect in a profile of type `%s`", key, type);
    } else {
        d = diag_report(out, W0607, profile->source, place,
                        "`%s` has no effect: the profile uses the vendor's own app", key);
        diag_note(out, d, NULL, place, "to use your own connected app, write `app: custom`");
    }
}

/* An auth profile is the same in all conversations: only variables can be part of it. */
static void check_references(const struct text *text, struct diagnostics *out)
{
    for (size_t i = 0; i < text->count; i++) {
        const struct reference *r = text->parts[i].reference;
        if (r != NULL &&
            !(reference_is_plain(r) && r->count == 2 && slice_is(r->segments[0], "env"))) {
            struct diagnostic *d = diag_report(out, E0214, r->source, r->range,
                                               "an auth profile can refer only to `${env.NAME}`");
            if (reference_is_plain(r) && r->count == 1) {
                diag_suggest(out, d,
                             arena_printf(out->arena, "${env.%.*s}", SLICE_ARG(r->segments[0])));
            }
        }
    }
}

/* `$NAME`, `{NAME}`, `env.NAME`: a variable in the form of another tool, which is taken literally.
 */
static void check_variable_form(const struct auth_profile *profile, const struct node *node,
                                struct diagnostics *out)
{
    static const char *const forms[][2] = {{"$", ""},    {"{{env.", "}}"}, {"{{", "}}"}, {"{", "}"},
                                           {"env.", ""}, {"%", "%"},       {"<", ">"}};
    struct slice text = node->text;
    for (size_t i = 0; i < TABLE_LENGTH(forms); i++) {
        if (!slice_starts_with(text, forms[i][0]) || !slice_ends_with(text, forms[i][1])) {
            continue;
        }
        size_t end = text.length - strlen(forms[i][1]);
        size_t start = strlen(forms[i][0]);
        bool is_name = start < end;
        for (size_t at = start; at < end; at++) {
            is_name = is_name && ascii_is_word(text.data[at]);
        }
        if (is_name) {
            struct diagnostic *d = diag_report(out, W0216, profile->source, node->range,
                                               "`%.*s` is sent literally", SLICE_ARG(text));
            diag_suggest(
                out, d,
                arena_printf(out->arena, "${env.%.*s}", SLICE_ARG(slice_part(text, start, end))));
            return;
        }
    }
}

/* `http://HOST` and `HOST/path` with `https://` in front; empty when it is neither. */
static struct slice https_of(struct arena *arena, struct slice url)
{
    bool is_http = slice_starts_with(url, "http://");
    struct slice rest = is_http ? slice_part(url, 7, url.length) : url;
    size_t end = slice_find(rest, "/", 0);
    struct slice host = slice_part(rest, 0, end != SIZE_MAX ? end : rest.length);
    bool is_host = slice_find(host, ".", 0) != SIZE_MAX && slice_find(host, " ", 0) == SIZE_MAX &&
                   slice_find(host, ":", 0) == SIZE_MAX && slice_find(host, "@", 0) == SIZE_MAX;
    return is_host ? arena_printf(arena, "https://%.*s", SLICE_ARG(rest)) : SLICE("");
}

/* `https://{SHOP_HOST}/v1`: a variable in a URL, in the form of another tool. */
static void check_url_variable(const struct auth_profile *profile, const struct node *node,
                               struct diagnostics *out)
{
    struct slice text = node->text;
    size_t open = slice_find(text, "{", 0);
    size_t close = open != SIZE_MAX ? slice_find(text, "}", open) : SIZE_MAX;
    if (close == SIZE_MAX || (open > 0 && text.data[open - 1] == '$')) {
        return;
    }
    bool is_double = open + 1 < text.length && text.data[open + 1] == '{';
    struct slice name = slice_part(text, open + 1 + is_double, close);
    struct slice behind = slice_part(text, close + 1 + is_double, text.length);
    bool has_env = slice_starts_with(name, "env.");
    struct diagnostic *d = diag_report(out, W0216, profile->source, node->range,
                                       "the braces in this URL are sent literally");
    diag_suggest(out, d,
                 arena_printf(out->arena, "%.*s${%s%.*s}%.*s", SLICE_ARG(slice_part(text, 0, open)),
                              has_env ? "" : "env.", SLICE_ARG(name), SLICE_ARG(behind)));
}

static void check_field(const struct auth_profile *profile, enum auth_field field,
                        struct diagnostics *out)
{
    const struct auth_field_info *info = auth_field_info(field);
    const struct text *text = &profile->fields[field];
    const struct node *node = text->node;
    bool used = auth_profile_uses(profile, field);
    if (node == NULL) {
        if (info->needed && used) {
            report_missing(profile, info->key, out);
        }
        return;
    }
    if (!used) {
        report_unused(profile, info->key, out);
        return;
    }
    bool is_url = info->value == AUTH_VALUE_URL;
    if (info->value == AUTH_VALUE_NAME) {
        check_variable_form(profile, node, out);
    }
    if (info->value == AUTH_VALUE_NAME || info->value == AUTH_VALUE_SECRET) {
        check_secret(profile, field, out);
    }
    size_t length = utf8_count(node->text);
    size_t longest = is_url ? LONGEST_URL : LONGEST_ID;
    if (length > longest) {
        diag_report(out, E0603, profile->source, node->range,
                    "`%s` has %zu characters, but the platform allows %zu", info->key, length,
                    longest);
        return;
    }
    bool whole = field != AUTH_FIELD_BASE_URL && is_env_reference(text);
    if (is_url) {
        check_url_variable(profile, node, out);
    }
    if (is_url && !whole && !is_https_url(node->text)) {
        struct diagnostic *d = diag_report(out, E0602, profile->source, node->range,
                                           "`%s` is not an https URL", info->key);
        struct slice meant = https_of(out->arena, node->text);
        diag_suggest(out, d, meant);
        if (field == AUTH_FIELD_BASE_URL && meant.length == 0) {
            diag_note(out, d, NULL, node->range,
                      "it begins with `https://`; a host from a variable is "
                      "`https://${env.NAME}`");
        }
    }
    if (field == AUTH_FIELD_BASE_URL && (slice_find(node->text, "?", 0) != SIZE_MAX ||
                                         slice_find(node->text, "#", 0) != SIZE_MAX)) {
        struct diagnostic *d = diag_report(out, E0602, profile->source, node->range,
                                           "`baseUrl` has more than a host and a path");
        diag_note(out, d, NULL, node->range, "write query parameters under `query` of a request");
    }
    check_references(text, out);
}

/* A name and its secret are two values. */
static void check_pair(const struct auth_profile *profile, enum auth_field name,
                       enum auth_field secret, struct diagnostics *out)
{
    const struct node *first = profile->fields[name].node;
    const struct node *second = profile->fields[secret].node;
    if (first == NULL || second == NULL || !slice_equal(first->text, second->text)) {
        return;
    }
    struct diagnostic *d =
        diag_report(out, W0613, profile->source, second->range, "`%s` is the same as `%s`",
                    auth_field_info(secret)->key, auth_field_info(name)->key);
    diag_note(out, d, NULL, second->range, "each has a variable of its own");
}

/* `/services/oauth2/auth`: Salesforce has one path for each. */
static void check_path(const struct auth_profile *profile, const char *key, const struct node *node,
                       const char *path, struct diagnostics *out)
{
    struct slice name = node != NULL ? host_of_url(node->text) : SLICE("");
    bool is_salesforce = slice_ends_with(name, ".salesforce.com");
    if (node == NULL || node->text.length > LONGEST_URL || slice_ends_with(node->text, path) ||
        (slice_find(node->text, "/services/", 0) == SIZE_MAX && !is_salesforce)) {
        return;
    }
    struct diagnostic *d = diag_report(out, W0609, profile->source, node->range,
                                       "Salesforce has no such path for `%s`", key);
    struct slice host = slice_part(node->text, 0, 8 + name.length);
    diag_suggest(out, d, arena_printf(out->arena, "%.*s%s", SLICE_ARG(host), path));
}

/* `/authorize` and `/token` are easily taken for each other. */
static void check_ends(const struct auth_profile *profile, struct diagnostics *out)
{
    const struct {
        const char *key, *wrong, *what, *path;
        const struct text *text;
    } ends[] = {
        {"authorizationUrl", "/token", "a token URL", "/services/oauth2/authorize",
         &profile->fields[AUTH_FIELD_AUTHORIZATION_URL]},
        {"tokenUrl", "/authorize", "an authorization URL", "/services/oauth2/token",
         &profile->fields[AUTH_FIELD_TOKEN_URL]},
        {"refreshUrl", "/authorize", "an authorization URL", "/services/oauth2/token",
         &profile->fields[AUTH_FIELD_REFRESH_URL]},
    };
    for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++) {
        const struct node *node = ends[i].text->node;
        if (node != NULL && slice_ends_with(node->text, ends[i].wrong)) {
            struct diagnostic *d = diag_report(out, W0609, profile->source, node->range,
                                               "`%s` looks like %s", ends[i].key, ends[i].what);
            diag_note(
                out, d, NULL, node->range, "%s",
                !auth_profile_is_salesforce(profile)
                    ? "users sign in at `authorizationUrl`; tokens come from `tokenUrl` and "
                      "`refreshUrl`"
                    : "Salesforce has `/services/oauth2/authorize` for `authorizationUrl`, and "
                      "`/services/oauth2/token` for `tokenUrl` and `refreshUrl`");
        } else if (auth_profile_is_salesforce(profile)) {
            check_path(profile, ends[i].key, node, ends[i].path, out);
        }
    }
}

/*
 * The platform's own URL, to which Salesforce sends users back: each region has a host of its own,
 * and all have one path. What is on a host of Salesforce, or on the author's machine, is not it.
 */
static void check_callback(const struct auth_profile *profile, struct diagnostics *out)
{
    static const char path[] = "/workflows/callback";
    const struct node *node = profile->fields[AUTH_FIELD_CALLBACK_URL].node;
    struct slice host = node != NULL ? host_of_url(node->text) : SLICE("");
    struct slice usual = slice_of(AUTH_CALLBACK_URL);
    struct slice usual_host = host_of_url(usual);
    bool is_platform = slice_ends_with(host, ".kore.ai") || slice_ends_with(host, ".kore.com");
    bool is_other = slice_is(host, "localhost") || slice_starts_with(host, "127.") ||
                    slice_ends_with(host, "salesforce.com") || slice_ends_with(host, "force.com") ||
                    slice_ends_with(host, ".my.site.com");
    struct slice rest =
        host.length > 0 ? slice_part(node->text, 8 + host.length, node->text.length) : SLICE("");
    bool has_path = slice_ends_with(rest, path) || slice_ends_with(rest, "/workflows/callback/");
    bool is_near = !slice_equal(host, usual_host) && suggestion_is_near(host, usual_host, NULL) &&
                   !is_platform;
    if (host.length == 0 || !(is_other || is_near || (is_platform && !has_path))) {
        return;
    }
    struct diagnostic *d = diag_report(out, W0609, profile->source, node->range,
                                       "`callbackUrl` is not the platform's");
    if (is_platform) {
        diag_suggest(out, d, arena_printf(out->arena, "https://%.*s%s/", SLICE_ARG(host), path));
    } else {
        diag_suggest(out, d, usual);
    }
}

static bool is_sign_in(struct slice host)
{
    return slice_is(host, "login.salesforce.com") || slice_is(host, "test.salesforce.com");
}

/* The URLs of a profile are on one host: that of sandboxes, or that of all other organisations. */
static void check_hosts(const struct auth_profile *profile, struct diagnostics *out)
{
    static const enum auth_field fields[] = {AUTH_FIELD_AUTHORIZATION_URL, AUTH_FIELD_TOKEN_URL,
                                             AUTH_FIELD_REFRESH_URL};
    struct slice sign_in = SLICE("");
    for (size_t i = 0; i < TABLE_LENGTH(fields); i++) {
        const struct node *node = profile->fields[fields[i]].node;
        if (node == NULL) {
            continue;
        }
        struct slice host = host_of_url(node->text);
        struct slice meant = host_meant(out->arena, host);
        struct slice api = slice_ends_with(host, ".lightning.force.com")
                               ? host_of_api(out->arena, host)
                               : SLICE(""); /* customers do sign in at sites */
        if (api.length > 0) {
            struct diagnostic *d =
                diag_report(out, W0612, profile->source, node->range,
                            "this host has Salesforce's pages, and nobody signs in there");
            struct slice path = slice_part(node->text, 8 + host.length, node->text.length);
            diag_suggest(
                out, d,
                arena_printf(out->arena, "https://%.*s%.*s", SLICE_ARG(api), SLICE_ARG(path)));
        } else if (meant.length > 0) {
            struct diagnostic *d =
                diag_report(out, W0612, profile->source, node->range,
                            "`%.*s` is not a host of Salesforce", SLICE_ARG(host));
            struct slice path = slice_part(node->text, 8 + host.length, node->text.length);
            diag_suggest(
                out, d,
                arena_printf(out->arena, "https://%.*s%.*s", SLICE_ARG(meant), SLICE_ARG(path)));
        } else if (is_sign_in(host) && sign_in.length > 0 && !slice_equal(host, sign_in)) {
            struct diagnostic *d =
                diag_report(out, W0612, profile->source, node->range,
                            "`%s` is on another host than the URLs before: `%.*s`",
                            auth_field_info(fields[i])->key, SLICE_ARG(host));
            diag_note(out, d, NULL, node->range,
                      "`test.salesforce.com` is for sandboxes, and `login.salesforce.com` for all "
                      "other organisations");
        }
        sign_in = is_sign_in(host) ? host : sign_in;
    }
}

/* Salesforce's scopes ("OAuth Tokens and Scopes" of its help); others are for packages. */
static const char *const salesforce_scopes[] = {
    "api",         "refresh_token", "offline_access", "full",        "web",
    "id",          "profile",       "email",          "address",     "phone",
    "openid",      "content",       "lightning",      "visualforce", "custom_permissions",
    "chatter_api", "wave_api",      "eclair_api",     "pardot_api"};

/* A scope that is nearly one of Salesforce's. */
static void check_scope(const struct auth_profile *profile, const struct node *scope,
                        struct diagnostics *out)
{
    struct suggestion meant = suggestion_new(scope->text);
    for (size_t i = 0; i < TABLE_LENGTH(salesforce_scopes); i++) {
        suggestion_offer(&meant, slice_of(salesforce_scopes[i]));
    }
    if (meant.best.length > 0 && !slice_equal(meant.best, scope->text)) {
        struct diagnostic *d =
            diag_report(out, W0610, profile->source, scope->range, "Salesforce has no scope `%.*s`",
                        SLICE_ARG(scope->text));
        diag_suggest(out, d, meant.best);
    }
}

/* Without `refresh_token`, Salesforce gives no token to refresh the login with. */
static void check_scopes(const struct auth_profile *profile, const struct node *scopes,
                         struct diagnostics *out)
{
    const struct node *token = profile->fields[AUTH_FIELD_TOKEN_URL].node;
    bool refreshes = false, calls = false;
    for (size_t i = 0; i < node_length(scopes); i++) {
        struct slice scope = scopes->items[i]->text;
        if (auth_profile_is_salesforce(profile)) {
            check_scope(profile, scopes->items[i], out);
        }
        refreshes =
            refreshes || slice_is(scope, "refresh_token") || slice_is(scope, "offline_access");
        calls = calls || slice_is(scope, "api") || slice_is(scope, "full");
    }
    if (scopes != NULL && !calls && auth_profile_is_salesforce(profile) &&
        find_finding(profile, W0610, out) == NULL) {
        struct diagnostic *d = diag_report(out, W0610, profile->source, scopes->range,
                                           "without the scope `api`, Salesforce refuses all calls");
        diag_note(out, d, NULL, scopes->range, "add `api` to the scopes");
    }
    if (scopes != NULL && !refreshes && token != NULL &&
        slice_find(token->text, "salesforce", 0) != SIZE_MAX) {
        struct diagnostic *d =
            diag_report(out, W0610, profile->source, scopes->range,
                        "without the scope `refresh_token`, every login ends after some hours");
        diag_note(out, d, NULL, scopes->range, "add `refresh_token` to the scopes");
    }
}

/* The keys that hold no text of the platform's form, where nothing reads them. */
static void check_keys(const struct auth_profile *profile, struct diagnostics *out)
{
    static const struct {
        const char *key;
        enum auth_type type;
    } keys[] = {{"authorization", AUTH_OAUTH2},
                {"app", AUTH_OAUTH2},
                {"edition", AUTH_OAUTH2},
                {"in", AUTH_API_KEY}};
    for (size_t i = 0; i < TABLE_LENGTH(keys); i++) {
        if (key_of(profile, keys[i].key) != NULL && profile->type != keys[i].type) {
            report_unused(profile, keys[i].key, out);
        }
    }
    if (key_of(profile, "scopes") != NULL && !profile->custom) {
        report_unused(profile, "scopes", out);
    }
    if (profile->type == AUTH_API_KEY && key_of(profile, "in") == NULL) {
        report_missing(profile, "in", out);
    }
}

/* A variable that the project does not have, but one with nearly its name. */
static void check_variables(const struct auth_profile *profile, const struct node *env,
                            struct diagnostics *out)
{
    for (unsigned i = 0; i < AUTH_FIELD_COUNT; i++) {
        const struct text *text = &profile->fields[i];
        for (size_t j = 0; j < text->count; j++) {
            const struct reference *r = text->parts[j].reference;
            if (r != NULL && r->count == 2 && slice_is(r->segments[0], "env")) {
                check_env_name(env, r->segments[1], r->source, reference_segment_range(r, 1), out);
            }
        }
    }
}

void check_auth_profile(const struct auth_profile *profile, const struct node *env,
                        struct diagnostics *out)
{
    if (profile->source == NULL) {
        return; /* the embedded default */
    }
    const struct node *edition = node_get(profile->root, "edition");
    if (edition != NULL && slice_is(edition->text, "trial")) {
        struct diagnostic *d = diag_report(out, E0605, profile->source, edition->range,
                                           "a trial organisation cannot be authorized");
        diag_note(out, d, NULL, edition->range,
                  "the platform can sign in only to Developer and Enterprise editions");
    }
    for (unsigned i = 0; i < AUTH_FIELD_COUNT; i++) {
        check_field(profile, (enum auth_field)i, out);
    }
    check_keys(profile, out);
    check_variables(profile, env, out);
    check_pair(profile, AUTH_FIELD_USERNAME, AUTH_FIELD_PASSWORD, out);
    if (profile->custom) {
        if (key_of(profile, "scopes") == NULL) {
            report_missing(profile, "scopes", out);
        }
        check_pair(profile, AUTH_FIELD_CLIENT_ID, AUTH_FIELD_CLIENT_SECRET, out);
        check_ends(profile, out);
        check_callback(profile, out);
        check_hosts(profile, out);
        check_scopes(profile, node_get(profile->root, "scopes"), out);
    }
}
