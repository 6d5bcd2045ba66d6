/*
 * Checks: what a valid template means, and where that cannot work. One file for each family of
 * rules; each adds its findings. What they find out goes into the analysis, which references.c
 * fills with where references and steps lead before the other families read it.
 */
#ifndef DIALOGC_LANGUAGE_CHECK_CHECK_H
#define DIALOGC_LANGUAGE_CHECK_CHECK_H

#include "language/model/analysis.h"
#include "language/model/auth_profile.h"
#include "document/tree/index.h"

/* What the checks of one template share. */
struct check {
    struct arena *arena;
    struct diagnostics *diagnostics;
    const struct template *template;
    const struct auth_profiles *profiles;
    const struct flow_graph *graph;
    struct analysis *analysis;                               /* of the template */
    struct map unknown_names;                                /* to the finding that tells of each */
    struct node_index own_variables[2], shared_variables[2]; /* content; env */
    bool unresolved; /* some name is not known: what depends on names would only repeat that */
};

/* Runs all families over the template and gives what they have found out; it lives in `arena`. */
const struct analysis *check_template(struct arena *arena, const struct template *template,
                                      const struct auth_profiles *profiles,
                                      struct diagnostics *diagnostics);

/* The rules for auth profiles: fields, URLs, lengths, editions, literal secrets. */
void check_auth_profile(const struct auth_profile *profile, struct diagnostics *diagnostics);

/* Literal credentials in a fragment, masked in its source from then on. */
void check_fragment_secrets(const struct node *root, struct diagnostics *diagnostics);

/* ---- families; private to src/language/check/ ---- */

void check_objects(struct check *check); /* that operations are for; before the references */
void check_references(struct check *check);
void check_operations(struct check *check); /* against the descriptions of objects */
void check_flow(struct check *check);
void check_names(struct check *check);
void check_entities(struct check *check);
void check_training(struct check *check);
void check_locales(struct check *check);
void check_security(struct check *check);
void check_scripts(struct check *check);
void check_braces(struct check *check);

/* ---- shared ---- */

/* Where a reference of the template leads, as far as that is known already. */
static inline const struct resolution *resolution_of(const struct check *check,
                                                     const struct reference *reference)
{
    return analysis_resolution(check->analysis, reference);
}

/* Calls `visit` for every reference of the template's parts. */
void check_each_reference(struct check *check,
                          void (*visit)(struct check *check, const struct reference *reference));

/*
 * True, with a note added to it, when a finding tells already that nothing is known of `name`:
 * one mistake, several places.
 */
bool is_known_unknown(struct check *check, struct slice name, const struct source *source,
                      struct range range);

#endif
