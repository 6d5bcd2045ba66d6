/* Text in Markdown documents. */
#ifndef DIALOGC_BASE_MARKDOWN_H
#define DIALOGC_BASE_MARKDOWN_H

#include "base/builder.h"

/* Appends text within a line, where nothing in it has a meaning. */
void markdown_add_text(struct builder *out, struct slice text);

/*
 * Appends lines, each with its line feed, as a block of code of a language; its fence is longer
 * than any that is in them.
 */
void markdown_add_block(struct builder *out, const char *language, struct slice lines);

#endif
