/*
 * Tokens: what an editor colours inside of YAML, which it knows as texts alone: references, SOQL
 * and JavaScript.
 */
#ifndef DIALOGC_EDITOR_TEXT_TOKENS_H
#define DIALOGC_EDITOR_TEXT_TOKENS_H

#include "build/inputs/schema_texts.h"
#include "document/tree/passage.h"

enum token_kind {
#define TOKEN_KIND(id, word) TOKEN_##id,
#include "editor/text/token_kinds.def"
#undef TOKEN_KIND
    TOKEN_KIND_COUNT,
};

/* The protocol's name of a kind. */
const char *token_kind_word(enum token_kind kind);

struct token {
    enum token_kind kind;
    struct range range;
};

struct tokens {
    struct arena *arena;
    struct token *items;
    size_t count;
};

/* The tokens in a file of dialogc, in order and without overlaps; all lives in `arena`. */
struct tokens tokens_of(struct arena *arena, struct schema_texts *schemas, const char *path,
                        const struct node *root);

/* Adds the tokens of a script, the text of `node` (script_tokens.c). */
void tokens_add_script(struct tokens *tokens, const struct node *node);

/* Adds a part of the text of `node`, where it can be found in the file; parts come in order. */
void tokens_add_part(struct tokens *tokens, struct passage_trail *trail, const struct node *node,
                     struct slice part, enum token_kind kind);

#endif
