/*
 * Tree: what a writer makes instead of text, for values that are looked into at once. It is the
 * tree that a reader would make of the text, without places.
 *
 *     struct json_tree tree = json_tree_new(arena);
 *     struct json_writer json = json_writer_of_tree(&tree);
 *     …
 *     struct node *root = json_tree_root(&tree);
 *
 * Words and empty lists that come again are one node; nobody may change the nodes.
 */
#ifndef DIALOGC_DOCUMENT_JSON_TREE_H
#define DIALOGC_DOCUMENT_JSON_TREE_H

#include "base/arena.h"
#include "document/tree/node.h"

#define JSON_TREE_WORDS 256

struct json_tree {
    struct arena *arena;
    struct node **pending; /* the root, and the children of what is still open, keys among them */
    size_t pending_count;
    size_t pending_capacity;
    size_t base;         /* where the children of the innermost open list or mapping begin */
    struct node **words; /* the last ones, by where they are in memory */
    struct node *booleans[2];
    struct node *empty_list;
};

struct json_tree json_tree_new(struct arena *arena);

/* What has been written: one whole value. */
struct node *json_tree_root(const struct json_tree *tree);

/* ---- for the writer ---- */

/* A node as it is. */
void json_tree_add(struct json_tree *tree, const struct node *node);

/* A list or mapping that begins or ends here. */
void json_tree_begin(struct json_tree *tree, enum node_kind kind);
void json_tree_end(struct json_tree *tree);

/* A key or a value that is often the same literal. */
void json_tree_add_word(struct json_tree *tree, struct slice word);

/* Any text; it is copied. */
void json_tree_add_text(struct json_tree *tree, struct slice text);

/* What is written without quotes: a number, `true`, `false`, `null`, `[]`. */
void json_tree_add_raw(struct json_tree *tree, struct slice raw);

#endif
