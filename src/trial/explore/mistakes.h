/* What the events of a turn show to be wrong. */
#ifndef DIALOGC_TRIAL_EXPLORE_MISTAKES_H
#define DIALOGC_TRIAL_EXPLORE_MISTAKES_H

#include "trial/explore/explore.h"

/* Adds what the events of the last turn show to be wrong, as texts. */
void mistakes_find(struct arena *arena, const struct conversation *conversation,
                   bool user_wrote_braces, struct node *mistakes);

#endif
