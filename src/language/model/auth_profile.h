/* Auth profiles: how the services of a template sign in. */
#ifndef DIALOGC_LANGUAGE_MODEL_AUTH_PROFILE_H
#define DIALOGC_LANGUAGE_MODEL_AUTH_PROFILE_H

#include "language/model/text.h"

/* The name of the profile that the platform creates for the vendor's own connected app. */
#define AUTH_SYSTEM_NAME  "Salesforce"
#define AUTH_CALLBACK_URL "https://idp.kore.ai/workflows/callback/"

struct auth_profile {
    const struct source *source; /* NULL: the embedded default */
    const struct node *root;
    struct slice id;
    struct slice name; /* on the platform; services are bound to it */
    struct slice description;
    bool end_user; /* each user signs in; else the developer has, once */
    bool existing; /* the platform has it: nothing but its name is known */
    bool custom;   /* an own connected app; else the vendor's */
    struct text identity_provider, callback_url, client_id, client_secret, authorization_url,
        token_url, refresh_url; /* node NULL where not given */
    const struct node *scopes;  /* a list, or NULL */
    struct references references;
};

struct auth_profiles {
    const struct auth_profile **items;
    size_t count;
};

/* The profile with this id, or NULL. */
const struct auth_profile *auth_profiles_find(const struct auth_profiles *profiles,
                                              struct slice id);

/* Loads a tree that is valid under auth-profile.schema.json. */
const struct auth_profile *auth_profile_load(struct arena *arena, const struct node *root,
                                             struct diagnostics *diagnostics);

/* A field with its references in the platform's form: "{{env.NAME}}". */
struct slice auth_profile_text(struct arena *arena, const struct text *text);

/*
 * The profile that serves `auth: salesforce` where no file defines one: the vendor's app,
 * pre-authorized.
 */
const struct auth_profile *auth_profile_default(struct arena *arena);

#endif
