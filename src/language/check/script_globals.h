/* What scripts find on the platform and in the language. */
#ifndef DIALOGC_LANGUAGE_CHECK_SCRIPT_GLOBALS_H
#define DIALOGC_LANGUAGE_CHECK_SCRIPT_GLOBALS_H

#include "base/suggestion.h"

struct script_global {
    const char *name;
    const char *members; /* words between blanks; empty: any, or none that is worth a check */
};

/* The object with this name, such as `koreUtil`, `Math` or `koreUtil._`; NULL when there is none.
 */
const struct script_global *script_global_find(struct slice name);

/* Offers the names of all that do not have a dot. */
void script_globals_offer(struct suggestion *suggestion);

/* True when `word` is one of `words`, which are between blanks. */
bool script_words_have(const char *words, struct slice word);

/* Offers each of them. */
void script_words_offer(const char *words, struct suggestion *suggestion);

/* The names that values of the language have: `length`, `toUpperCase`, `getTime`. */
extern const char *const script_value_members;

/* What there is elsewhere, and what to write on the platform; NULL for other names. */
const char *script_foreign_name(struct slice name);

/* The same of methods: `contains` is `includes`. */
const char *script_foreign_method(struct slice name);

#endif
