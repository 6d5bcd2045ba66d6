/* What the events of a turn show to be wrong. */
#ifndef DIALOGC_TRIAL_EXPLORE_MISTAKES_H
#define DIALOGC_TRIAL_EXPLORE_MISTAKES_H

#include "trial/explore/explore.h"

/*
 * Adds what the events of the last turn show to be wrong, as texts: the place and what is wrong
 * there, then often `: ` and an example. `turns` are those of the whole conversation: what the user
 * has written in them is nobody's mistake.
 */
void mistakes_find(struct arena *arena, const struct conversation *conversation,
                   const struct node *turns, struct node *mistakes);

/* True when two mistakes are the same in the same place; their examples may differ. */
bool mistakes_equal(struct slice a, struct slice b);

#endif
