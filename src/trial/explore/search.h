/* Leading conversations until nothing new is reached. */
#ifndef DIALOGC_TRIAL_EXPLORE_SEARCH_H
#define DIALOGC_TRIAL_EXPLORE_SEARCH_H

#include "trial/explore/walk.h"

/* Explores; what it reaches and finds goes into `e`. It stops at the limit of the options. */
void search_all(struct exploring *e);

#endif
