/* Checks: what a valid template means, and where that cannot work. */
#ifndef DIALOGC_LANGUAGE_CHECK_CHECK_H
#define DIALOGC_LANGUAGE_CHECK_CHECK_H

#include "language/model/analysis.h"
#include "language/model/auth_profile.h"

/* Runs all families over the template and gives what they have found out; it lives in `arena`. */
const struct analysis *check_template(struct arena *arena, const struct template *template,
                                      const struct auth_profiles *profiles,
                                      struct diagnostics *diagnostics);

/* The rules for auth profiles: fields, URLs, lengths, editions, literal secrets. */
void check_auth_profile(const struct auth_profile *profile, struct diagnostics *diagnostics);

/* Literal credentials in a fragment, masked in its source from then on. */
void check_fragment_secrets(const struct node *root, struct diagnostics *diagnostics);

#endif
