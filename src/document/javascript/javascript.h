/* The lexical structure of JavaScript. */
#ifndef DIALOGC_DOCUMENT_JAVASCRIPT_JAVASCRIPT_H
#define DIALOGC_DOCUMENT_JAVASCRIPT_JAVASCRIPT_H

#include "base/slice.h"

/*
 * What is wrong with the lexical structure of a script, in words, or NULL; the offset in bytes of
 * the mistake goes to `*offset`.
 */
const char *javascript_mistake(struct slice script, size_t *offset);

#endif
