/* Functions and classes of a script; private to src/document/javascript/. */
#ifndef DIALOGC_DOCUMENT_JAVASCRIPT_FUNCTION_H
#define DIALOGC_DOCUMENT_JAVASCRIPT_FUNCTION_H

#include "document/javascript/parser.h"

/* For the hooks of the same names in parser.h. */
struct javascript_node *javascript_function(struct javascript_parser *parser, bool is_statement);
struct javascript_node *javascript_method_function(struct javascript_parser *parser,
                                                   const struct javascript_node *property,
                                                   struct javascript_place place);
struct javascript_node *javascript_class(struct javascript_parser *parser, bool is_statement);
struct javascript_node *javascript_arrow(struct javascript_parser *parser,
                                         struct javascript_node *parameters, bool is_async);

#endif
