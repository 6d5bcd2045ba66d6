/* Records that a query which finds nothing would find. */
#ifndef DIALOGC_TRIAL_EXPLORE_MATCHING_H
#define DIALOGC_TRIAL_EXPLORE_MATCHING_H

#include "trial/explore/walk.h"

/*
 * A record that the query of `call` finds, as `org` of a case has it, besides those of `org` (or
 * NULL) that are there already; NULL when the call is not a query, or no such record is found.
 * Whether it is found is tried in an organisation. The result is in the arena of the exploration.
 */
const struct node *matching_records(struct exploring *e, const struct walk_call *call,
                                    const struct node *org);

#endif
