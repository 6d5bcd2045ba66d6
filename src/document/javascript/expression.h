/* Expressions of a script; private to src/document/javascript/. */
#ifndef DIALOGC_DOCUMENT_JAVASCRIPT_EXPRESSION_H
#define DIALOGC_DOCUMENT_JAVASCRIPT_EXPRESSION_H

#include "document/javascript/parser.h"

/* `a, b`: all of it, or only what is before the comma. */
struct javascript_node *javascript_expression(struct javascript_parser *parser);
struct javascript_node *javascript_assignment(struct javascript_parser *parser);

/* A name or pattern that is declared, without a default. */
struct javascript_node *javascript_binding(struct javascript_parser *parser);

/* Reports a `{name = value}` that did not become a pattern. */
void javascript_check_short_default(struct javascript_parser *parser);

/* That one was in a pattern that begins at `start`. */
void javascript_allow_short_default(struct javascript_parser *parser, size_t start);

#endif
