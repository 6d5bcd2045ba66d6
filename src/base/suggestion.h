/* "Did you mean": the nearest of several names. */
#ifndef DIALOGC_BASE_SUGGESTION_H
#define DIALOGC_BASE_SUGGESTION_H

#include <stdint.h>

#include "base/slice.h"

struct suggestion {
    struct slice word;
    struct slice best; /* empty when nothing is near */
    size_t distance;
};

static inline struct suggestion suggestion_new(struct slice word)
{
    return (struct suggestion){.word = word, .best = SLICE(""), .distance = SIZE_MAX};
}

/*
 * The optimal string alignment distance of two words (insertions, deletions, substitutions and
 * swaps of neighbours), ASCII case ignored at no cost. Words over 64 bytes count as far apart
 * (returns SIZE_MAX).
 */
size_t suggestion_distance(struct slice a, struct slice b);

/* True when `candidate` is near enough to `word` to be offered as "did you mean". */
bool suggestion_is_near(struct slice word, struct slice candidate, size_t *distance);

/* Keeps `name` when it is nearer than what was offered before (ties: by byte order). */
void suggestion_offer(struct suggestion *suggestion, struct slice name);

/*
 * As suggestion_offer, but not a name that only begins like the word: `totalSet` is hardly what was
 * meant with `total` where that may be a name of its own.
 */
void suggestion_offer_near(struct suggestion *suggestion, struct slice name);

#endif
