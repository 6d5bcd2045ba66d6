/*
 * Auth profiles. The exports that were measured had one, of type basic: its form is that of all,
 * and `api_key` was seen beside it. Every other name in `keys` is UNVERIFIED: the table is there to
 * be corrected in one place. The vendor's own app is never exported: services name the profile that
 * the platform makes.
 */
#include "base/table.h"
#include "platform/artifact/writer.h"

/* What exports call the fields; NULL: see write_key. */
static const char *const keys[] = {
    [AUTH_FIELD_IDENTITY_PROVIDER] = "identityProvider",
    [AUTH_FIELD_CALLBACK_URL] = "callbackURL",
    [AUTH_FIELD_CLIENT_ID] = "clientId",
    [AUTH_FIELD_CLIENT_SECRET] = "clientSecret",
    [AUTH_FIELD_AUTHORIZATION_URL] = "authorizationURL",
    [AUTH_FIELD_TOKEN_URL] = "tokenURL",
    [AUTH_FIELD_REFRESH_URL] = "refreshTokenURL",
    [AUTH_FIELD_USERNAME] = "username",
    [AUTH_FIELD_PASSWORD] = "password",
    [AUTH_FIELD_BASE_URL] = NULL,
};
TABLE_HAS_ROWS(keys, AUTH_FIELD_COUNT);

static void write_field(struct json_writer *json, const char *place, struct slice key,
                        struct slice value)
{
    json_begin_object(json);
    json_word_member(json, "type", slice_of(place));
    json_text_member(json, "key", key);
    json_text_member(json, "value", value);
    json_end_object(json);
}

static struct slice field_text(struct artifact_writer *w, const struct auth_profile *profile,
                               enum auth_field field)
{
    return auth_profile_text(w->arena, &profile->fields[field]);
}

/* What is asked for beside the fields of an app. */
static void write_rights(struct artifact_writer *w, const struct auth_profile *profile)
{
    struct builder scopes = builder_new(w->arena);
    for (size_t i = 0; profile->scopes != NULL && i < profile->scopes->count; i++) {
        builder_add_text(&scopes, i > 0 ? " " : "");
        builder_add(&scopes, profile->scopes->items[i]->text);
    }
    write_field(&w->json, "payload", SLICE("scope"), builder_slice(&scopes));
    write_field(&w->json, "payload", SLICE("authorizationType"),
                profile->end_user ? SLICE("end-user") : SLICE("pre-authorized"));
}

/* An API key under the name that its system gives it, and a token as HTTP wants it. */
static void write_key(struct artifact_writer *w, const struct auth_profile *profile)
{
    if (profile->type == AUTH_BEARER) {
        write_field(&w->json, "header", SLICE("Authorization"),
                    arena_printf(w->arena, "Bearer %.*s",
                                 SLICE_ARG(field_text(w, profile, AUTH_FIELD_TOKEN))));
    } else {
        write_field(&w->json, profile->in_query ? "querystring" : "header",
                    field_text(w, profile, AUTH_FIELD_PARAMETER),
                    field_text(w, profile, AUTH_FIELD_API_KEY));
    }
}

static void write_fields(struct artifact_writer *w, const struct auth_profile *profile)
{
    json_begin_array_member(&w->json, "fields");
    for (unsigned i = 0; i < AUTH_FIELD_COUNT; i++) {
        enum auth_field field = (enum auth_field)i;
        if (keys[i] == NULL || !auth_profile_uses(profile, field)) {
            continue;
        }
        if (profile->fields[i].node != NULL) {
            write_field(&w->json, "payload", slice_of(keys[i]), field_text(w, profile, field));
        } else if (field == AUTH_FIELD_CALLBACK_URL) {
            write_field(&w->json, "payload", slice_of(keys[i]), SLICE(AUTH_CALLBACK_URL));
        }
    }
    if (profile->type == AUTH_OAUTH2) {
        write_rights(w, profile);
    } else if (profile->type == AUTH_API_KEY || profile->type == AUTH_BEARER) {
        write_key(w, profile);
    }
    json_end_array(&w->json);
}

static void write_profile(struct artifact_writer *w, const struct auth_profile *profile)
{
    struct json_writer *json = &w->json;
    struct artifact_id id = artifact_profile_id(profile->name);
    struct artifact_id ref = artifact_profile_ref(profile->name);
    json_begin_object(json);
    json_text_member(json, "_id", slice_of(id.text));
    json_text_member(json, "refId", slice_of(ref.text));
    json_text_member(json, "name", profile->name);
    json_boolean_member(json, "connectorEnabled", false);
    json_boolean_member(json, "hasTenancy", false);
    json_word_member(json, "sso_type", slice_of(auth_type_info(profile->type)->sso_type));
    write_fields(w, profile);
    json_empty_array_member(json, "formfields");
    json_empty_array_member(json, "headerFields");
    json_empty_array_member(json, "payloadFields");
    json_begin_object_member(json, "appConfig");
    json_text_member(json, "baseURL", auth_profile_base(w->arena, profile));
    json_end_object(json);
    json_word_member(json, "state", SLICE("published"));
    json_end_object(json);
}

void artifact_write_profiles(struct artifact_writer *w)
{
    json_begin_array(&w->json);
    for (size_t i = 0; i < w->dialog->profile_count; i++) {
        if (auth_profile_is_exported(w->dialog->profiles[i])) {
            write_profile(w, w->dialog->profiles[i]);
        }
    }
    json_end_array(&w->json);
}
