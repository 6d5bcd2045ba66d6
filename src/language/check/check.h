/*
 * Checks: what a valid template means, and where that cannot work. One file for each family of
 * rules; each adds its findings and changes nothing but the resolved pointers of references and
 * steps (src/language/check/references.c, which runs first).
 */
#ifndef DIALOGC_LANGUAGE_CHECK_CHECK_H
#define DIALOGC_LANGUAGE_CHECK_CHECK_H

#include "language/model/auth_profile.h"
#include "language/model/flow_graph.h"
#include "language/model/template.h"
#include "document/tree/index.h"

struct auth_profiles {
    struct auth_profile **items;
    size_t count;
};

/* The profile with this id, or NULL. */
struct auth_profile *auth_profiles_find(const struct auth_profiles *profiles, struct slice id);

/* What the checks of one template share. */
struct check {
    struct arena *arena;
    struct diagnostics *diagnostics;
    struct template *template;
    const struct auth_profiles *profiles;
    struct flow_graph *graph;
    struct map unknown_names;                                /* to the finding that tells of each */
    struct node_index own_variables[2], shared_variables[2]; /* content; env */
    bool unresolved; /* some name is not known: what depends on names would only repeat that */
};

/* Runs all families over the template and gives its flow graph. */
struct flow_graph *check_template(struct arena *arena, struct template *template,
                                  const struct auth_profiles *profiles,
                                  struct diagnostics *diagnostics);

/* The rules for auth profiles: fields, URLs, lengths, editions, literal secrets. */
void check_auth_profile(const struct auth_profile *profile, struct diagnostics *diagnostics);

/* Literal credentials in a fragment, masked in its source from then on. */
void check_fragment_secrets(const struct node *root, struct diagnostics *diagnostics);

/* ---- families; private to src/language/check/ ---- */

void check_prepare_operations(struct check *check); /* parses queries; before the references */
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

/* What a resolved reference's value is. */
enum value_kind reference_value(const struct reference *reference);

/* Calls `visit` for every reference of the template's parts. */
void check_each_reference(struct check *check,
                          void (*visit)(struct check *check, struct reference *reference));

/*
 * True, with a note added to it, when a finding tells already that nothing is known of `name`:
 * one mistake, several places.
 */
bool is_known_unknown(struct check *check, struct slice name, const struct source *source,
                      struct range range);

#endif
