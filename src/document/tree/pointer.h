/* JSON Pointer (RFC 6901): the place of a value in a document, as text. */
#ifndef DIALOGC_DOCUMENT_TREE_POINTER_H
#define DIALOGC_DOCUMENT_TREE_POINTER_H

#include "base/builder.h"
#include "document/tree/node.h"

/*
 * The reference token of `pointer` that begins with the `/` at `*at`, unescaped, in `arena`; moves
 * `*at` behind it.
 */
struct slice pointer_token(struct arena *arena, struct slice pointer, size_t *at);

/* The member or item of `node` that `token` names, or NULL. */
const struct node *pointer_step(const struct node *node, struct slice token);

/* The value at `pointer` below `root`, or NULL. Temporary memory comes from `arena`. */
const struct node *pointer_find(struct arena *arena, const struct node *root, struct slice pointer);

/* Adds `/` and `token`, escaped. */
void pointer_add(struct builder *pointer, struct slice token);

#endif
