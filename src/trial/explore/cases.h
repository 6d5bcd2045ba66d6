/* Conversations of an exploration as a file. */
#ifndef DIALOGC_TRIAL_EXPLORE_CASES_H
#define DIALOGC_TRIAL_EXPLORE_CASES_H

#include "trial/explore/walk.h"

/*
 * Puts into `file`, as its `cases`, some of the kept walks, which together go through all that was
 * reached, with what followed; or only the one in which all goes well.
 */
void cases_write(struct exploring *e, struct node *file);

#endif
