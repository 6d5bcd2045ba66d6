/* Auth profiles: how the services of a template sign in. */
#ifndef DIALOGC_LANGUAGE_MODEL_AUTH_PROFILE_H
#define DIALOGC_LANGUAGE_MODEL_AUTH_PROFILE_H

#include "language/model/text.h"

/* The name of the profile that the platform creates for the vendor's own connected app. */
#define AUTH_SYSTEM_NAME  "Salesforce"
#define AUTH_CALLBACK_URL "https://idp.kore.ai/workflows/callback/"

enum auth_type {
#define AUTH_TYPE(kind, name, title, sso_type) AUTH_##kind,
#include "language/model/auth_types.def"
#undef AUTH_TYPE
    AUTH_TYPE_COUNT
};

struct auth_type_info {
    const char *name;     /* in a profile: "apiKey" */
    const char *title;    /* on the platform; NULL: there is nothing to choose */
    const char *sso_type; /* in an export; NULL: there is no such profile in one */
};

enum auth_field {
#define AUTH_FIELD(kind, key, title, types, value, needed) AUTH_FIELD_##kind,
#include "language/model/auth_fields.def"
#undef AUTH_FIELD
    AUTH_FIELD_COUNT
};

enum auth_value {
    AUTH_VALUE_TEXT,
    AUTH_VALUE_NAME,   /* public, but easily mistaken for a secret: an id, a user */
    AUTH_VALUE_SECRET, /* always a reference to a variable */
    AUTH_VALUE_URL,
};

struct auth_field_info {
    const char *key;   /* in a profile: "clientId" */
    const char *title; /* on the platform: "Client ID" */
    unsigned types;    /* that have it: bits by enum auth_type */
    enum auth_value value;
    bool needed; /* by those types; of OAuth 2.0 with an own app */
};

struct auth_profile {
    const struct source *source; /* NULL: the embedded default */
    const struct node *root;
    struct slice id;
    struct slice name; /* on the platform; services are bound to it */
    struct slice description;
    struct slice integration; /* the system that it signs in to; empty: not said */
    enum auth_type type;
    bool end_user; /* OAuth 2.0: each user signs in; else the developer has, once */
    bool custom;   /* OAuth 2.0: an own connected app; else the vendor's */
    bool in_query; /* an API key: in the query string; else in a header */
    struct text fields[AUTH_FIELD_COUNT]; /* node NULL where not given */
    const struct node *scopes;            /* a list, or NULL */
    struct references references;
};

struct auth_profiles {
    const struct auth_profile **items;
    size_t count;
    struct slice *broken; /* identifiers of those whose files have errors, which are told there */
    size_t broken_count;
    bool lacks_files; /* a path of the project that is not there: any may have been in it */
};

bool auth_profiles_has_broken(const struct auth_profiles *profiles, struct slice id);

/* The profile with this id, or NULL. */
const struct auth_profile *auth_profiles_find(const struct auth_profiles *profiles,
                                              struct slice id);

/* Loads a tree that is valid under auth-profile.schema.json. */
const struct auth_profile *auth_profile_load(struct arena *arena, const struct node *root,
                                             struct diagnostics *diagnostics);

const struct auth_type_info *auth_type_info(enum auth_type type);

const struct auth_field_info *auth_field_info(enum auth_field field);

/* True when profiles like this one use the field: those of the vendor's own app use few. */
bool auth_profile_uses(const struct auth_profile *profile, enum auth_field field);

/* True when exports have the profile: the platform makes that of the vendor's own app. */
bool auth_profile_is_exported(const struct auth_profile *profile);

/* True for a profile that signs in to Salesforce, as it says or as its URLs show. */
bool auth_profile_is_salesforce(const struct auth_profile *profile);

/*
 * The URL that relative URLs of services with this profile begin with, in the platform's form and
 * without a slash at its end; empty when the profile has none.
 */
struct slice auth_profile_base(struct arena *arena, const struct auth_profile *profile);

/* A field with its references in the platform's form: "{{env.NAME}}". */
struct slice auth_profile_text(struct arena *arena, const struct text *text);

/*
 * The profile that serves `auth: salesforce` where no file defines one: the vendor's app,
 * pre-authorized.
 */
const struct auth_profile *auth_profile_default(struct arena *arena);

#endif
