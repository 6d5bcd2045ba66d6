/* Regular expressions that invite catastrophic backtracking. */
#ifndef DIALOGC_DOCUMENT_SCHEMA_REGEX_RISK_H
#define DIALOGC_DOCUMENT_SCHEMA_REGEX_RISK_H

#include "base/arena.h"

/*
 * Why a matcher that tries one way after the other may need very long for a regular expression, in
 * words, or NULL: some text takes exponential time, or one of a hundred characters more than a
 * million steps. It says so of patterns, too, that are too large to be judged. Temporary memory
 * comes from `arena`.
 */
const char *regex_risk(struct arena *arena, struct slice pattern);

#endif
