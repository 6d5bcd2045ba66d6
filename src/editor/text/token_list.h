/* A list of tokens: what an editor colours inside of the texts of a file. */
#ifndef DIALOGC_EDITOR_TEXT_TOKEN_LIST_H
#define DIALOGC_EDITOR_TEXT_TOKEN_LIST_H

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

struct token_list {
    struct arena *arena;
    struct token *items;
    size_t count;
};

void token_list_add(struct token_list *list, struct range range, enum token_kind kind);

/* Adds a part of the text of `node`, where it can be found in the file; parts come in order. */
void token_list_add_part(struct token_list *list, struct passage_trail *trail,
                         const struct node *node, struct slice part, enum token_kind kind);

#endif
