/* The records that an organisation has when an exploration begins. */
#ifndef DIALOGC_TRIAL_EXPLORE_SEEDS_H
#define DIALOGC_TRIAL_EXPLORE_SEEDS_H

#include "trial/explore/explore.h"

/*
 * Records of the objects that the dialog's requests name, and of those that they refer to: what an
 * organisation has at the start. The ids go to `*ids`.
 */
struct node *seed_records(struct arena *arena, const struct conversation_world *world,
                          struct node *ids);

/*
 * One more record of an object, as those of `records` are, which it may refer to; its id has the
 * number `number`. NULL for objects that have no records of their own.
 */
struct node *seed_record_like(struct arena *arena, const struct conversation_world *world,
                              struct node *records, const struct sobject *object, size_t number);

#endif
