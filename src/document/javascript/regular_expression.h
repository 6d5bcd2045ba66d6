/* Regular expressions of a script. */
#ifndef DIALOGC_DOCUMENT_JAVASCRIPT_REGULAR_EXPRESSION_H
#define DIALOGC_DOCUMENT_JAVASCRIPT_REGULAR_EXPRESSION_H

#include "base/slice.h"

/*
 * What is wrong with a regular expression, from its first slash to its flags, or NULL. The offset
 * of the mistake goes to `*offset`. With the flag `u` or `v`, only brackets are looked at.
 */
const char *javascript_regex_mistake(struct slice literal, size_t *offset);

#endif
