/* Conditions on transitions. */
#ifndef DIALOGC_TRIAL_SIMULATOR_TRANSITION_H
#define DIALOGC_TRIAL_SIMULATOR_TRANSITION_H

#include "trial/simulator/simulator.h"

struct transition_context {
    struct script_engine *engine;
    struct arena *arena;
    const struct program_dialog *dialog;
    struct slice confirmation; /* the answer to a confirmation that has just been given */
};

/* True when the test of a transition holds. */
bool transition_holds(const struct transition_context *context, const struct node *test);

/*
 * The path of the variable that a test names: `context.state`, for `{{context.state}}` and for
 * `state` as well, which bots write; `env.X` and `content.x`. Empty: none.
 */
struct slice transition_variable(struct arena *arena, struct slice path);

#endif
