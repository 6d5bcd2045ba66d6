/* The names that the platform itself has in the context. */
#ifndef DIALOGC_LANGUAGE_MODEL_CONTEXT_NAMES_H
#define DIALOGC_LANGUAGE_MODEL_CONTEXT_NAMES_H

/* What is directly in the context, `context.session`; the last one is NULL. */
const char *const *context_platform_names(void);

/* What the profile of a user has, `${user.firstName}`; the last one is NULL. */
const char *const *context_profile_names(void);

#endif
