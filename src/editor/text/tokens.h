/*
 * Tokens: what an editor colours inside of YAML, which it knows as texts alone: references, SOQL
 * and JavaScript.
 */
#ifndef DIALOGC_EDITOR_TEXT_TOKENS_H
#define DIALOGC_EDITOR_TEXT_TOKENS_H

#include "build/inputs/schema_texts.h"
#include "editor/text/token_list.h"

/* The tokens in a file of dialogc, in order and without overlaps; all lives in `arena`. */
struct token_list tokens_of(struct arena *arena, struct schema_texts *schemas, const char *path,
                            const struct node *root);

#endif
