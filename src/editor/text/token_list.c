#include "editor/text/token_list.h"

#include "base/table.h"

static const char *const words[] = {
#define TOKEN_KIND(id, word) [TOKEN_##id] = word,
#include "editor/text/token_kinds.def"
#undef TOKEN_KIND
};
TABLE_HAS_ROWS(words, TOKEN_KIND_COUNT);

const char *token_kind_word(enum token_kind kind)
{
    return words[kind];
}

void token_list_add(struct token_list *list, struct range range, enum token_kind kind)
{
    list->items = arena_append(list->arena, list->items, list->count, sizeof *list->items);
    list->items[list->count++] = (struct token){kind, range};
}

void token_list_add_part(struct token_list *list, struct passage_trail *trail,
                         const struct node *node, struct slice part, enum token_kind kind)
{
    struct range range = passage_follow(trail, node, part);
    if (range.end - range.start == part.length && part.length > 0) {
        token_list_add(list, range, kind);
    }
}
