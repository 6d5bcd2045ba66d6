/* What a script can set: names, members, and patterns of them. */
#ifndef DIALOGC_DOCUMENT_JAVASCRIPT_PATTERN_H
#define DIALOGC_DOCUMENT_JAVASCRIPT_PATTERN_H

#include "document/javascript/parser.h"

/*
 * Reports what cannot be on the left side of `=`. With `is_binding`, the pattern declares names (of
 * a variable, a parameter), and nothing else can be set in it. A call can: that fails when it runs.
 */
void javascript_check_pattern(struct javascript_parser *parser, const struct javascript_node *node,
                              bool is_binding);

/* Reports what cannot be on the left side of `+=` and before or behind `++`. */
void javascript_check_target(struct javascript_parser *parser, const struct javascript_node *node,
                             const char *sign);

/* Calls `visit` with each name that a pattern sets. */
void javascript_each_name(const struct javascript_node *pattern,
                          void (*visit)(void *context, const struct javascript_node *name),
                          void *context);

/* True for a pattern that is more than a name: with parts or a default. */
bool javascript_is_complex(const struct javascript_node *pattern);

#endif
