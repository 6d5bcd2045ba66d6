/* What conversations have not gone through: nodes that none entered, transitions that none took. */
#ifndef DIALOGC_TRIAL_CONVERSATION_GAPS_H
#define DIALOGC_TRIAL_CONVERSATION_GAPS_H

#include "trial/simulator/program.h"

struct gap {
    const struct program_node *node;
    const struct program_transition *transition; /* NULL: the node was never entered */
    struct slice text; /* "never taken: from ask age to young, if `entities.age` is 17" */
};

struct gaps {
    struct gap *items;
    size_t count;
};

/*
 * The gaps of a dialog in the order of its nodes, in `arena`; `nodes` and `transitions` say of each
 * whether it was reached. Transitions of nodes that were never entered are not among them.
 */
struct gaps gaps_find(struct arena *arena, const struct program_dialog *dialog, const bool *nodes,
                      const bool *transitions);

/* What a test of a transition demands: "`status` is Hot or `rating` has no value". */
struct slice gap_condition(struct arena *arena, const struct program_dialog *dialog,
                           const struct node *test);

#endif
