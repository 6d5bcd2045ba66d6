/* What the parts of the lowering share; private to src/dialog/. */
#ifndef DIALOGC_DIALOG_LOWERING_H
#define DIALOGC_DIALOG_LOWERING_H

#include "dialog/dialog.h"

#define NO_NODE SIZE_MAX

/* Nodes that refuse answers by their length, and the questions that they lead back to. */
struct refusals {
    size_t action, message;
    size_t *nodes;
    size_t count;
    struct refusals *next;
};

struct lowering {
    struct arena *arena;
    const struct template *template;
    const struct flow_graph *graph;
    const struct analysis *analysis;
    const struct auth_profiles *profiles;
    const struct dialog_directory *directory;
    struct diagnostics *diagnostics;
    struct dialog *dialog;
    size_t capacity;
    bool *reachable;       /* of the flow nodes */
    size_t *entry_of;      /* flow node to the dialog node that it is entered by, or NO_NODE */
    size_t *node_of;       /* flow node to its own dialog node (after a reset), or NO_NODE */
    size_t *defaults_into; /* `choose` only: default transitions that lead to it */
    size_t *others_into;   /* `choose` only: other transitions that lead to it */
    size_t *asked_by;      /* entity to the node that asks it, NO_NODE when there are several */
    size_t *failure_of;    /* service to its failure message, or NO_NODE */
    size_t *login_of;      /* service to the node that forgets the login, or NO_NODE */
    struct refusals *refusals, *shared_refusals;
    struct map occurrences; /* component to struct occurrence */
    struct map tests;       /* single tests of the nodes that have many transitions */
};

/* ---- nodes.c ---- */

/* How often a part of this kind and name has been counted before. */
size_t lowering_count(struct lowering *l, const char *kind, struct slice name);

/* Adds a node; its index. Nodes that were found before may have moved. */
size_t lowering_add_node(struct lowering *l, enum dialog_kind kind, struct slice name);

/* Adds a member to a bot action; members that were found before may have moved. */
struct dialog_node *lowering_add_member(struct lowering *l, struct dialog_node *action,
                                        enum dialog_kind kind, struct slice name);

/* Adds a bot action with one script. */
size_t lowering_add_action(struct lowering *l, struct slice name, struct slice script_name,
                           struct slice script);

/* Adds a transition, unless one before it takes all that it would take. */
void lowering_add_transition(struct lowering *l, size_t from, struct dialog_transition transition);

/* A transition with one test. */
struct dialog_transition lowering_single_test(struct arena *arena, struct dialog_test test,
                                              size_t target);

/* Adds a transition by the value at a context path. */
void lowering_add_test(struct lowering *l, size_t from, struct slice path,
                       enum operator_kind comparison, struct slice value, size_t target);

/* The profile that a service is bound to, which becomes one of the dialog's; NULL: none. */
const struct auth_profile *lowering_profile(struct lowering *l, const struct service *service);

/* ---- steps.c ---- */

/* Makes the nodes of the step at a flow node, and notes them in node_of and entry_of. */
void step_lower(struct lowering *l, size_t at);

/* ---- calls.c ---- */

/*
 * Makes the node of a `dialog` step; `*entry` becomes the one before it that prepares its values,
 * if it needs one. NO_NODE when the dialog is not known, which is reported.
 */
size_t call_lower(struct lowering *l, const struct step *step, size_t *entry);

/* ---- choices.c ---- */

/* True when a flow node, which may be FLOW_END or FLOW_FAIL, is a `choose`. */
bool choice_is_at(const struct lowering *l, size_t target);

/* True when the transitions that lead to a flow node carry its conditions. */
bool choice_is_inline(const struct lowering *l, size_t at);

/* Counts how each `choose` is reached, which choice_is_inline wants to know. */
void choices_count_ways(struct lowering *l);

/* Makes the bot action of a `choose` that is not inline. */
void choice_lower(struct lowering *l, size_t at);

/* ---- refusals.c ---- */

/* The transitions of the node `from` of a question for answers that are too long or too short. */
void refusals_add(struct lowering *l, size_t from, size_t at);

/* The script, the message and the ways back, once all entities are known. */
void refusals_finish(struct lowering *l, const struct refusals *refusals);

/* ---- edges.c ---- */

/* The node that an edge to `target` leads to; `service`: of the call that it comes from, or NULL.
 */
size_t edge_target(struct lowering *l, size_t target, const struct service *service);

/* Makes the transitions of a flow node. */
void edges_lower(struct lowering *l, size_t at);

#endif
