/* Auth profiles. */
#include "language/check/check.h"

#include <stdint.h>

#include "base/utf8.h"
#include "diag/secret.h"

/* Limits of the platform's form for custom OAuth 2.0 apps. */
#define LONGEST_ID  255
#define LONGEST_URL 3000

struct field {
    const char *key;
    const struct text *text;
    bool required;
    bool is_url;
    bool is_secret;
};

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

static void check_secret(const struct auth_profile *profile, const struct field *field,
                         struct diagnostics *out)
{
    const struct node *node = field->text->node;
    if (is_env_reference(field->text)) {
        return;
    }
    bool must = strcmp(field->key, "clientSecret") == 0;
    if (must || secret_is_likely(node->text)) {
        source_mask(out->arena, profile->source, node->range, node->text);
        struct diagnostic *d = diag_report(out, E0604, profile->source, node->range,
                                           "`%s` contains a literal secret", field->key);
        diag_note(out, d, NULL, node->range,
                  "keep secrets out of files: write `${env.NAME}`, with the name of one of the "
                  "bot's environment variables");
    }
}

static void check_field(const struct auth_profile *profile, const struct field *field,
                        struct diagnostics *out)
{
    const struct node *node = field->text->node;
    const struct node *key = key_of(profile, field->key);
    if (node == NULL) {
        if (field->required && profile->custom) {
            diag_report(out, E0601, profile->source, place_of(profile, "app"),
                        "a custom app needs `%s`", field->key);
        }
        return;
    }
    if (profile->existing) {
        diag_report(out, W0607, profile->source, key->range,
                    "`%s` has no effect: the platform already has this profile's settings",
                    field->key);
        return;
    }
    if (!profile->custom) {
        struct diagnostic *d =
            diag_report(out, W0607, profile->source, key->range,
                        "`%s` has no effect: the profile uses the vendor's own app", field->key);
        diag_note(out, d, NULL, key->range, "to use your own connected app, write `app: custom`");
        return;
    }
    if (field->is_secret) {
        check_secret(profile, field, out);
    }
    size_t length = utf8_count(node->text);
    size_t longest = field->is_url ? LONGEST_URL : LONGEST_ID;
    if (length > longest) {
        diag_report(out, E0603, profile->source, node->range,
                    "`%s` has %zu characters, but the platform allows %zu", field->key, length,
                    longest);
        return;
    }
    if (field->is_url && !is_env_reference(field->text) && !is_https_url(node->text)) {
        diag_report(out, E0602, profile->source, node->range, "`%s` is not an https URL",
                    field->key);
    }
    for (size_t i = 0; i < field->text->count; i++) {
        const struct reference *r = field->text->parts[i].reference;
        if (r != NULL &&
            !(reference_is_plain(r) && r->count == 2 && slice_is(r->segments[0], "env"))) {
            diag_report(out, E0214, r->source, r->range,
                        "an auth profile can refer only to `${env.NAME}`");
        }
    }
}

/* `/authorize` and `/token` are easily taken for each other. */
static void check_ends(const struct auth_profile *profile, struct diagnostics *out)
{
    const struct {
        const char *key, *wrong, *what;
        const struct text *text;
    } ends[] = {
        {"authorizationUrl", "/token", "a token URL", &profile->authorization_url},
        {"tokenUrl", "/authorize", "an authorization URL", &profile->token_url},
        {"refreshUrl", "/authorize", "an authorization URL", &profile->refresh_url},
    };
    for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++) {
        const struct node *node = ends[i].text->node;
        if (node != NULL && slice_ends_with(node->text, ends[i].wrong)) {
            struct diagnostic *d = diag_report(out, W0609, profile->source, node->range,
                                               "`%s` looks like %s", ends[i].key, ends[i].what);
            diag_note(out, d, NULL, node->range,
                      "Salesforce has `/services/oauth2/authorize` for `authorizationUrl`, and "
                      "`/services/oauth2/token` for `tokenUrl` and `refreshUrl`");
        }
    }
}

/* Without it, Salesforce gives no token to refresh the login with. */
static void check_scopes(const struct auth_profile *profile, const struct node *scopes,
                         struct diagnostics *out)
{
    const struct node *token = profile->token_url.node;
    bool refreshes = false;
    for (size_t i = 0; i < node_length(scopes); i++) {
        struct slice scope = scopes->items[i]->text;
        refreshes =
            refreshes || slice_is(scope, "refresh_token") || slice_is(scope, "offline_access");
    }
    if (scopes != NULL && !refreshes && token != NULL &&
        slice_find(token->text, "salesforce", 0) != SIZE_MAX) {
        struct diagnostic *d =
            diag_report(out, W0610, profile->source, scopes->range,
                        "without the scope `refresh_token`, every login ends after some hours");
        diag_note(out, d, NULL, scopes->range, "add `refresh_token` to the scopes");
    }
}

void check_auth_profile(const struct auth_profile *profile, struct diagnostics *out)
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
    const struct field fields[] = {
        {"identityProvider", &profile->identity_provider, true, false, false},
        {"callbackUrl", &profile->callback_url, false, true, false},
        {"clientId", &profile->client_id, true, false, true},
        {"clientSecret", &profile->client_secret, true, false, true},
        {"authorizationUrl", &profile->authorization_url, true, true, false},
        {"tokenUrl", &profile->token_url, true, true, false},
        {"refreshUrl", &profile->refresh_url, false, true, false},
    };
    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++) {
        check_field(profile, &fields[i], out);
    }
    const struct node *scopes_key = key_of(profile, "scopes");
    if (profile->existing) {
        return;
    }
    if (!profile->custom && scopes_key != NULL) {
        diag_report(out, W0607, profile->source, scopes_key->range,
                    "`scopes` has no effect: the profile uses the vendor's own app");
    } else if (profile->custom && scopes_key == NULL) {
        diag_report(out, E0601, profile->source, place_of(profile, "app"),
                    "a custom app needs `scopes`");
    }
    if (profile->custom) {
        check_ends(profile, out);
        check_scopes(profile, node_get(profile->root, "scopes"), out);
    }
}
