/* What an exploration has reached, and why not the rest. */
#ifndef DIALOGC_TRIAL_EXPLORE_REACH_H
#define DIALOGC_TRIAL_EXPLORE_REACH_H

#include "trial/explore/walk.h"

/* Fills in the gaps of the result, and how much was reached. */
void reach_describe(struct exploring *e);

#endif
