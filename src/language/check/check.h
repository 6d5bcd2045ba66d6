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
void check_auth_profile(const struct auth_profile *profile, const struct node *env,
                        struct diagnostics *diagnostics);

/*
 * The rules for fragments that the schema has accepted: parameters that nothing uses, and
 * references that are nearly one. `of_project` are the parameters of the project, or NULL.
 */
void check_fragment(const struct node *root, const struct node *of_project,
                    struct diagnostics *diagnostics);

/* The rules for project files that the schema has accepted: codes, channels, version, host. */
void check_project(const struct project *project, struct diagnostics *diagnostics);

/*
 * Reports literal credentials (E0701) anywhere in a file: a template, a project, a profile, a
 * fragment, conversations. They are masked in the source from then on. `root` is what was read from
 * it, and NULL when that was nothing. What is masked already is not reported again. When the file
 * is `valid`, a value at a key that is named like a credential is one, whatever it is; otherwise
 * the key may be the mistake.
 */
void check_secrets(const struct node *root, bool valid, const struct source *source,
                   struct diagnostics *diagnostics);

/*
 * Reports a variable that `env`, the project's mapping of names to hints or NULL, does not have,
 * when it has one with nearly this name (project.c).
 */
void check_env_name(const struct node *env, struct slice name, const struct source *source,
                    struct range range, struct diagnostics *diagnostics);

#endif
