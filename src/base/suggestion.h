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

/* `createLead` for `createLeadService`: farther than any slip of the pen, but meant all the same.
 */
static inline bool suggestion_is_beginning(struct slice word, struct slice name, size_t *distance)
{
    enum { LEAST_LETTERS = 4, BEYOND_SLIPS = 1000 };
    struct slice shorter = word.length < name.length ? word : name;
    struct slice longer = word.length < name.length ? name : word;
    *distance = BEYOND_SLIPS + longer.length - shorter.length;
    return shorter.length >= LEAST_LETTERS &&
           slice_equal(slice_part(longer, 0, shorter.length), shorter);
}

/* Keeps `name` when it is nearer than what was offered before (ties: by byte order). */
static inline void suggestion_offer(struct suggestion *suggestion, struct slice name)
{
    size_t distance;
    if ((slice_is_near(suggestion->word, name, &distance) ||
         suggestion_is_beginning(suggestion->word, name, &distance)) &&
        (distance < suggestion->distance ||
         (distance == suggestion->distance && slice_compare(name, suggestion->best) < 0))) {
        suggestion->best = name;
        suggestion->distance = distance;
    }
}

#endif
