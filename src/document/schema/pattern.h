/*
 * The patterns of a schema, by their numbers: the regular expressions are made when a value is
 * first held against them, by any thread, since most schemas meet few of their patterns in a run.
 */
#ifndef DIALOGC_DOCUMENT_SCHEMA_PATTERN_H
#define DIALOGC_DOCUMENT_SCHEMA_PATTERN_H

#include "document/schema/regex.h"

struct pattern_table;

/* A table of `count` patterns, all of them to be made; lives in `arena`. */
struct pattern_table *pattern_table_new(struct arena *arena, size_t count);

/* Adds a regular expression that is made already; returns its number. Only while compiling. */
size_t pattern_table_add(struct pattern_table *table, const struct regex *regex);

/*
 * The regular expression with this number, made of `text` (a valid pattern) when it is not there
 * yet. When memory runs out, `caller` is unwound.
 */
const struct regex *pattern_table_get(struct pattern_table *table, struct arena *caller,
                                      size_t index, struct slice text);

#endif
