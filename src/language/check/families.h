/*
 * What the families of checks share; private to src/language/check/.
 *
 * One file for each family of rules; each adds its findings. What they find out goes into the
 * analysis, which references.c fills with where references and steps lead before the other families
 * read it.
 */
#ifndef DIALOGC_LANGUAGE_CHECK_FAMILIES_H
#define DIALOGC_LANGUAGE_CHECK_FAMILIES_H

#include "language/check/check.h"
#include "language/model/context_writes.h"
#include "language/operation/response.h"

/* What the checks of one template share. */
struct check {
    struct arena *arena;
    struct diagnostics *diagnostics;
    const struct template *template;
    const struct auth_profiles *profiles;
    const struct flow_graph *graph;
    struct analysis *analysis;           /* of the template */
    const struct message *message;       /* that the visited reference is in; NULL: in none */
    struct context_writes *writes;       /* what the template sets in the context */
    struct context_names *context_names; /* of check_context */
    struct map unknown_names;            /* to the finding that tells of each */
    struct map *variables;               /* of check_variable_kind; NULL: not read yet */
    bool is_flow_sound;                  /* each value that is used has been asked or set before */
    bool unresolved; /* some name is not known: what depends on names would only repeat that */
};

/* ---- families, in the order in which they run ---- */

void check_objects(struct check *check);    /* that operations are for */
void check_references(struct check *check); /* where they lead; the others rely on it */
void check_formats(struct check *check);    /* what references compute */
void check_operations(struct check *check); /* against the descriptions of objects */
void check_names(struct check *check);
void check_entities(struct check *check);
void check_training(struct check *check);
void check_channels(struct check *check);
void check_flow(struct check *check);
void check_security(struct check *check);
void check_requests(struct check *check); /* what is written into them */
void check_answers(struct check *check);  /* what references say is in a response */
void check_wildcards(struct check *check);
void check_links(struct check *check);
void check_alike_buttons(struct check *check);
void check_scripts(struct check *check);
void check_braces(struct check *check);
void check_bare_names(struct check *check); /* where their values were meant */
void check_context(struct check *check);    /* what is read from it */
void check_unused(struct check *check);     /* parts that nothing uses, and no finding means */

/*
 * Where in a response the `item` of a message leads: to `*place`, a reference to the first record
 * of the list. False when it does not lead into a response (responses.c).
 */
bool check_item_place(struct check *check, const struct message *message,
                      const struct reference *item, struct reference *place);

/* The object of the platform's session that is called `word`, or nearly so; empty: none is. */
struct slice check_session_name(struct slice word);

/* The path of a URL that is on a Salesforce organisation (organisation_path.c). */
void check_organisation_path(struct check *check, const struct node *url);

/* The URL of a raw request (urls.c). */
void check_request_url(struct check *check, const struct service *service);

/* Elements of a body that is XML (xml_body.c). */
void check_xml_body(struct check *check, const struct node *body);

/* Adds to `d` the lists in the object that `reference` leads to, or the one around it (lists.c). */
void check_suggest_list(struct check *check, struct diagnostic *d,
                        const struct reference *reference);

/* Its headers beside those of its profile, and its body (request_needs.c). */
void check_request_needs(struct check *check, const struct service *service);

/* The comparisons of all conditions: whether a value can meet them (comparisons.c). */
void check_comparisons(struct check *check);

/*
 * What a variable of the conversation is, where all that sets it gives it the same kind; else
 * VALUE_ANY (variables.c).
 */
enum value_kind check_variable_kind(struct check *check, struct slice name);

/* The texts that the variable can have, where all that sets it writes them out; 0: others, too. */
size_t check_variable_texts(struct check *check, struct slice name, const struct slice **texts);

/* True when `value` is one of the entity's choices (comparisons.c). */
bool check_has_choice(const struct entity *entity, struct slice value);

/* Whether entities take the words of utterances that are marked as theirs (marks.c). */
void check_marked_words(struct check *check);

/* Scripts that read a response before there is one (script_order.c). */
void check_script_order(struct check *check);

/* Choices of which some values have no case (cases.c). */
void check_cases(struct check *check);

/* ---- shared ---- */

/*
 * Whose responses of `service` the visited reference can show: a message that is said only where a
 * call has failed shows those of failures (responses.c).
 */
enum response_ends check_response_ends(struct check *check, const struct service *service);

/* Where a reference of the template leads, as far as that is known already. */
static inline const struct resolution *check_resolution(const struct check *check,
                                                        const struct reference *reference)
{
    return analysis_resolution(check->analysis, reference);
}

/* Calls `visit` for every reference of the template's parts (walk.c). */
void check_each_reference(struct check *check,
                          void (*visit)(struct check *check, const struct reference *reference));

/* Calls `visit` for every prompt, message and title in it, in all its variants (walk.c). */
void check_each_text(struct check *check,
                     void (*visit)(struct check *check, const struct text_variant *variant));

/*
 * True, with a note added to it, when a finding says already that nothing is known of `name`: one
 * mistake, several places (unknown.c).
 */
bool check_is_reported(struct check *check, struct slice name, const struct source *source,
                       struct range range);

/* Whether a finding of this code is at `range` already (unknown.c). */
bool check_has_finding(const struct check *check, enum code code, const struct source *source,
                       struct range range);

/* Notes the finding that says that nothing is known of `name`. */
void check_note_unknown(struct check *check, struct slice name, struct diagnostic *finding);

#endif
