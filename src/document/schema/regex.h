/* Regular expressions of JSON Schema and of templates: ECMA-262 as far as PCRE2 follows it. */
#ifndef DIALOGC_DOCUMENT_SCHEMA_REGEX_H
#define DIALOGC_DOCUMENT_SCHEMA_REGEX_H

#include "base/arena.h"

struct regex;

enum regex_result {
    REGEX_NO_MATCH,
    REGEX_MATCH,
    REGEX_GAVE_UP, /* the match limit was reached */
};

/*
 * Compiles `pattern`; the result lives as long as the arena and may be used by several threads.
 * Returns NULL for a pattern that is not valid, with PCRE2's words in `*message` (in the arena)
 * and the byte offset of the mistake in `*offset`.
 */
struct regex *regex_compile(struct arena *arena, struct slice pattern, struct slice *message,
                            size_t *offset);

/*
 * Makes searches several times as fast (PCRE2's just-in-time compiler), at the price of some
 * hundred searches: for patterns that are used again and again. Before other threads use it.
 */
void regex_accelerate(struct regex *regex);

/* What a search needs beside the pattern; for one thread, to be used again and again. */
struct regex_scratch;

/* Lives as long as the arena. */
struct regex_scratch *regex_scratch_new(struct arena *arena);

/* Searches `text` (UTF-8) for the pattern, anywhere. Work is bounded; without memory it unwinds. */
enum regex_result regex_search(struct regex_scratch *scratch, const struct regex *regex,
                               struct slice text);

#endif
