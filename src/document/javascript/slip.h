/* Slips that come from other languages, or from the wrong key: what to write instead. */
#ifndef DIALOGC_DOCUMENT_JAVASCRIPT_SLIP_H
#define DIALOGC_DOCUMENT_JAVASCRIPT_SLIP_H

#include "document/javascript/parser.h"

/*
 * What an author most likely meant where the next token does not fit, by the token before it and
 * the word that the statement begins with. Without a message when nothing is known.
 */
struct javascript_mistake javascript_slip(const struct javascript_parser *parser);

#endif
