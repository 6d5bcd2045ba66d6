/* Words that other languages have, and what to write instead of them. */
#ifndef DIALOGC_DOCUMENT_JAVASCRIPT_HABIT_H
#define DIALOGC_DOCUMENT_JAVASCRIPT_HABIT_H

#include "base/slice.h"

struct javascript_habit {
    const char *word;
    const char *instead;
    bool is_first; /* it begins a statement; otherwise it is behind a value, like an operator */
};

/*
 * For a statement that ends too early: the word that it begins with, or the word `next` behind it,
 * when that is one of another language. NULL when neither is.
 */
const struct javascript_habit *javascript_habit_of(struct slice statement, struct slice next);

/* What to write instead of a name of another language (`None`), or NULL. */
const char *javascript_habit_name(struct slice name);

#endif
