/* What operators are applied to; private to src/document/javascript/. */
#ifndef DIALOGC_DOCUMENT_JAVASCRIPT_OPERAND_H
#define DIALOGC_DOCUMENT_JAVASCRIPT_OPERAND_H

#include "document/javascript/parser.h"

/* A name, literal, function or something in parentheses. */
struct javascript_node *javascript_operand(struct javascript_parser *parser);

/* The same with the members and calls behind it; also `new`. */
struct javascript_node *javascript_left_side(struct javascript_parser *parser);

/*
 * The name of a property of an object or class: `*name` is the one that is written, and the node,
 * if there is one, that between brackets.
 */
struct javascript_node *javascript_property_name(struct javascript_parser *parser,
                                                 struct javascript_node *property);

/* True when the next token can be a property's name. */
bool javascript_is_property_name(const struct javascript_parser *parser);

/*
 * The words before a property's name: static (with `is_class`), async, get, set and `*`. For get
 * and set, `*accessor` is the word.
 */
void javascript_property_words(struct javascript_parser *parser, struct javascript_node *property,
                               bool is_class, struct slice *accessor);

/* The function of a method: from its ( on. */
struct javascript_node *javascript_method(struct javascript_parser *parser,
                                          struct javascript_node *property, struct slice accessor,
                                          bool has_super_call);

#endif
