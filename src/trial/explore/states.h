/*
 * The states in which conversations wait, and which of them are worth going on from: to follow each
 * would take for ever, since answers multiply.
 */
#ifndef DIALOGC_TRIAL_EXPLORE_STATES_H
#define DIALOGC_TRIAL_EXPLORE_STATES_H

#include "base/map.h"
#include "trial/explore/walk.h"

struct states {
    struct exploring *e;
    struct map seen;   /* whole states */
    struct map parts;  /* of each question: an outcome, and pairs of them */
    struct map counts; /* of each question: states that were gone on from */
};

struct states states_new(struct exploring *e);

/*
 * True when a walk waits, or has ended after requests, in a state that is worth going on from: some
 * comparison has an outcome that it never had at this question, or two have that they never had
 * together. Two that the dialog makes in one condition or script count more than any two. The first
 * time at a question counts, too. The state is noted.
 */
bool states_note(struct states *states, const struct walk *walk, const struct walked *walked);

#endif
