/* Loading auth profiles. */
#include "language/model/auth_profile.h"

#include "base/builder.h"

const struct auth_profile *auth_profiles_find(const struct auth_profiles *profiles, struct slice id)
{
    for (size_t i = 0; i < profiles->count; i++) {
        if (slice_equal(profiles->items[i]->id, id)) {
            return profiles->items[i];
        }
    }
    return NULL;
}

const struct auth_profile *auth_profile_load(struct arena *arena, const struct node *root,
                                             struct diagnostics *diagnostics)
{
    struct auth_profile *profile = arena_alloc(arena, sizeof *profile);
    struct text_reader reader = {.arena = arena, .diagnostics = diagnostics};
    const struct node *name = node_get(root, "name");
    const struct node *description = node_get(root, "description");
    profile->source = root->source;
    profile->root = root;
    profile->id = node_get(root, "profile")->text;
    profile->existing = slice_is(node_get(root, "type")->text, "existing");
    if (!profile->existing) {
        profile->end_user = slice_is(node_get(root, "authorization")->text, "end-user");
        profile->custom = slice_is(node_get(root, "app")->text, "custom");
    }
    profile->name = name != NULL                           ? name->text
                    : profile->custom || profile->existing ? profile->id
                                                           : SLICE(AUTH_SYSTEM_NAME);
    profile->description = description != NULL ? description->text : SLICE("");
    profile->scopes = node_get(root, "scopes");
    const struct {
        const char *key;
        struct text *text;
        enum reference_use use;
    } fields[] = {
        {"identityProvider", &profile->identity_provider, USE_TEXT},
        {"callbackUrl", &profile->callback_url, USE_LINK},
        {"clientId", &profile->client_id, USE_SECRET},
        {"clientSecret", &profile->client_secret, USE_SECRET},
        {"authorizationUrl", &profile->authorization_url, USE_LINK},
        {"tokenUrl", &profile->token_url, USE_LINK},
        {"refreshUrl", &profile->refresh_url, USE_LINK},
    };
    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++) {
        const struct node *node = node_get(root, fields[i].key);
        if (node != NULL) {
            *fields[i].text = text_parse(&reader, node, fields[i].use, &profile->references);
        }
    }
    return profile;
}

struct slice auth_profile_text(struct arena *arena, const struct text *text)
{
    struct builder out = builder_new(arena);
    for (size_t i = 0; i < text->count; i++) {
        const struct reference *reference = text->parts[i].reference;
        if (reference == NULL) {
            builder_add(&out, text->parts[i].literal);
        } else {
            builder_printf(&out, "{{%.*s}}", SLICE_ARG(reference_name(arena, reference)));
        }
    }
    return builder_slice(&out);
}

const struct auth_profile *auth_profile_default(struct arena *arena)
{
    struct auth_profile *profile = arena_alloc(arena, sizeof *profile);
    profile->id = SLICE("salesforce");
    profile->name = SLICE(AUTH_SYSTEM_NAME);
    return profile;
}
