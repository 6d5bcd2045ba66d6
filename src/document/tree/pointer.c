/* Tokens between slashes; `~1` is a slash and `~0` a tilde. */
#include "document/tree/pointer.h"

#include <stdint.h>

#include "base/ascii.h"

struct slice pointer_token(struct arena *arena, struct slice pointer, size_t *at)
{
    size_t end = slice_find(pointer, "/", *at + 1);
    end = end == SIZE_MAX ? pointer.length : end;
    struct builder token = builder_new(arena);
    for (size_t i = *at + 1; i < end; i++) {
        char c = pointer.data[i];
        if (c == '~' && i + 1 < end) {
            c = pointer.data[++i] == '1' ? '/' : '~';
        }
        builder_add_char(&token, c);
    }
    *at = end;
    return builder_slice(&token);
}

const struct node *pointer_step(const struct node *node, struct slice token)
{
    if (node->kind != NODE_SEQUENCE) {
        const struct member *member = node_member(node, token);
        return member != NULL ? member->value : NULL;
    }
    size_t index = 0;
    for (size_t i = 0; i < token.length && index < node->count; i++) {
        if (!ascii_is_digit(token.data[i])) {
            return NULL;
        }
        index = index * 10 + (size_t)(token.data[i] - '0');
    }
    return token.length > 0 && index < node->count ? node->items[index] : NULL;
}

const struct node *pointer_find(struct arena *arena, const struct node *root, struct slice pointer)
{
    const struct node *node = root;
    for (size_t at = 0; at < pointer.length && node != NULL;) {
        node = pointer_step(node, pointer_token(arena, pointer, &at));
    }
    return node;
}

void pointer_add(struct builder *pointer, struct slice token)
{
    builder_add_char(pointer, '/');
    for (size_t i = 0; i < token.length; i++) {
        char c = token.data[i];
        if (c == '~' || c == '/') {
            builder_add_text(pointer, c == '~' ? "~0" : "~1");
        } else {
            builder_add_char(pointer, c);
        }
    }
}
