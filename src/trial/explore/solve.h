/* Values for which a comparison holds, and values beside them. */
#ifndef DIALOGC_TRIAL_EXPLORE_SOLVE_H
#define DIALOGC_TRIAL_EXPLORE_SOLVE_H

#include "document/tree/node.h"
#include "trial/explore/comparisons.h"

/*
 * Texts on both sides of a comparison, those for which it holds first: "18", "17" and "19" for a
 * comparison with 18, a text that a pattern matches for a pattern. Of a comparison of a length
 * these are lengths.
 */
struct node *solve_texts(struct arena *arena, const struct comparison *comparison);

/*
 * A text of `least` to `most` characters in which PCRE2 finds `pattern`; empty when none is found.
 * The same pattern gives the same text.
 */
struct slice solve_pattern(struct arena *arena, struct slice pattern, size_t least, size_t most);

#endif
