/*
 * Auth profiles of custom apps. No export with an OAuth 2.0 profile was available: the form is
 * that of the basic profile that was, with `sso_type: "oauth2"` and the documented fields, whose
 * names are UNVERIFIED. They stand in the one table below, to be corrected in one place. The
 * vendor's own app is never exported: services name the profile that the platform makes.
 */
#include "platform/artifact/writer.h"

struct field {
    const char *key;
    const struct text *text;
};

static void write_field(struct json_writer *json, const char *key, struct slice value)
{
    json_begin_object(json);
    json_word_member(json, "type", SLICE("payload"));
    json_text_member(json, "key", slice_of(key));
    json_text_member(json, "value", value);
    json_end_object(json);
}

static void write_fields(struct artifact_writer *w, const struct auth_profile *profile)
{
    const struct field fields[] = {
        {"identityProvider", &profile->identity_provider},
        {"callbackURL", &profile->callback_url},
        {"clientId", &profile->client_id},
        {"clientSecret", &profile->client_secret},
        {"authorizationURL", &profile->authorization_url},
        {"tokenURL", &profile->token_url},
        {"refreshTokenURL", &profile->refresh_url},
    };
    json_begin_array_member(&w->json, "fields");
    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++) {
        if (fields[i].text->node != NULL) {
            write_field(&w->json, fields[i].key, auth_profile_text(w->arena, fields[i].text));
        } else if (strcmp(fields[i].key, "callbackURL") == 0) {
            write_field(&w->json, fields[i].key, SLICE(AUTH_CALLBACK_URL));
        }
    }
    struct builder scopes = builder_new(w->arena);
    for (size_t i = 0; profile->scopes != NULL && i < profile->scopes->count; i++) {
        builder_add_text(&scopes, i > 0 ? " " : "");
        builder_add(&scopes, profile->scopes->items[i]->text);
    }
    write_field(&w->json, "scope", builder_slice(&scopes));
    write_field(&w->json, "authorizationType",
                profile->end_user ? SLICE("end-user") : SLICE("pre-authorized"));
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
    json_word_member(json, "sso_type", SLICE("oauth2"));
    write_fields(w, profile);
    json_empty_array_member(json, "formfields");
    json_empty_array_member(json, "headerFields");
    json_empty_array_member(json, "payloadFields");
    json_begin_object_member(json, "appConfig");
    json_word_member(json, "baseURL", SLICE(""));
    json_end_object(json);
    json_word_member(json, "state", SLICE("published"));
    json_end_object(json);
}

void artifact_write_profiles(struct artifact_writer *w)
{
    json_begin_array(&w->json);
    for (size_t i = 0; i < w->dialog->profile_count; i++) {
        if (w->dialog->profiles[i]->custom) {
            write_profile(w, w->dialog->profiles[i]);
        }
    }
    json_end_array(&w->json);
}
