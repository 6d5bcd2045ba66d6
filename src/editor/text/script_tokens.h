/* Tokens of JavaScript, which editors colour before it can be parsed. */
#ifndef DIALOGC_EDITOR_TEXT_SCRIPT_TOKENS_H
#define DIALOGC_EDITOR_TEXT_SCRIPT_TOKENS_H

#include "editor/text/token_list.h"

/* Adds the tokens of a script, the text of `node`, up to the first mistake of the lexer. */
void script_tokens_add(struct token_list *tokens, const struct node *node);

#endif
