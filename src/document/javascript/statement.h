/* Statements of a script; private to src/document/javascript/. */
#ifndef DIALOGC_DOCUMENT_JAVASCRIPT_STATEMENT_H
#define DIALOGC_DOCUMENT_JAVASCRIPT_STATEMENT_H

#include "document/javascript/parser.h"

/* For the hook of the same name in parser.h. */
void javascript_statements(struct javascript_parser *parser, struct javascript_node *block);

#endif
