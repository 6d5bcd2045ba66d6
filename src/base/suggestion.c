#include "base/suggestion.h"

#include "base/ascii.h"

#define WORD_LIMIT 64

static size_t minimum(size_t a, size_t b)
{
    return a < b ? a : b;
}

size_t suggestion_distance(struct slice a, struct slice b)
{
    if (a.length > WORD_LIMIT || b.length > WORD_LIMIT) {
        return SIZE_MAX;
    }
    /* Three rows of the distance table are enough: the row of `a` before, before that, and now. */
    size_t rows[3][WORD_LIMIT + 1];
    size_t *older = rows[0];
    size_t *old = rows[1];
    size_t *now = rows[2];
    for (size_t j = 0; j <= b.length; j++) {
        older[j] = 0;
        old[j] = j;
    }
    for (size_t i = 1; i <= a.length; i++) {
        now[0] = i;
        for (size_t j = 1; j <= b.length; j++) {
            char x = ascii_to_lower(a.data[i - 1]);
            char y = ascii_to_lower(b.data[j - 1]);
            size_t best = minimum(minimum(old[j], now[j - 1]) + 1, old[j - 1] + (x != y));
            if (i > 1 && j > 1 && x == ascii_to_lower(b.data[j - 2]) &&
                y == ascii_to_lower(a.data[i - 2])) {
                best = minimum(best, older[j - 2] + 1);
            }
            now[j] = best;
        }
        size_t *spare = older;
        older = old;
        old = now;
        now = spare;
    }
    return old[b.length];
}

bool suggestion_is_near(struct slice word, struct slice candidate, size_t *distance)
{
    size_t measured = suggestion_distance(word, candidate);
    size_t longer = word.length > candidate.length ? word.length : candidate.length;
    size_t allowed = longer <= 2 ? 0 : longer <= 4 ? 1 : longer <= 8 ? 2 : 3;
    if (distance != NULL) {
        *distance = measured;
    }
    return measured <= allowed && measured < longer;
}

/*
 * True when one name begins with the other (`createLead` for `createLeadService`). They are offered
 * after all misspellings: `*distance` is greater than that of any.
 */
static bool is_beginning(struct slice word, struct slice name, size_t *distance)
{
    enum { LEAST_LETTERS = 4, BEYOND_SLIPS = 1000 };
    struct slice shorter = word.length < name.length ? word : name;
    struct slice longer = word.length < name.length ? name : word;
    *distance = BEYOND_SLIPS + longer.length - shorter.length;
    return shorter.length >= LEAST_LETTERS &&
           slice_equal(slice_part(longer, 0, shorter.length), shorter);
}

void suggestion_offer(struct suggestion *suggestion, struct slice name)
{
    size_t distance;
    if ((suggestion_is_near(suggestion->word, name, &distance) ||
         is_beginning(suggestion->word, name, &distance)) &&
        (distance < suggestion->distance ||
         (distance == suggestion->distance && slice_compare(name, suggestion->best) < 0))) {
        suggestion->best = name;
        suggestion->distance = distance;
    }
}

void suggestion_offer_near(struct suggestion *suggestion, struct slice name)
{
    if (suggestion_is_near(suggestion->word, name, NULL)) {
        suggestion_offer(suggestion, name);
    }
}
