/*
 * Making trees: for documents that dialogc writes itself, and for changed copies of ones that it
 * has read. Nodes made here belong to no source; members and items are added in order. Only nodes
 * that were made or copied here may be changed.
 */
#ifndef DIALOGC_DOCUMENT_TREE_BUILD_H
#define DIALOGC_DOCUMENT_TREE_BUILD_H

#include "base/arena.h"
#include "document/tree/node.h"

struct node *node_new_text(struct arena *arena, struct slice text);
struct node *node_new_boolean(struct arena *arena, bool value);
struct node *node_new_integer(struct arena *arena, long long value);
struct node *node_new_mapping(struct arena *arena);
struct node *node_new_sequence(struct arena *arena);

/* A copy whose members or items can be changed without the original noticing; values are shared. */
struct node *node_copy(struct arena *arena, const struct node *node);

/* A copy of all of a value, texts included: nothing of the original is needed any more. */
struct node *node_deep_copy(struct arena *arena, const struct node *node);

/* Sets `key` of a mapping to `value`: in the place of an older value, else at the end. */
void node_set(struct arena *arena, struct node *mapping, struct slice key,
              const struct node *value);

/* As node_set for a key that is not there: without looking for it. */
void node_add(struct arena *arena, struct node *mapping, struct slice key,
              const struct node *value);

/* The same with a key that hangs in another mapping already. */
void node_add_member(struct arena *arena, struct node *mapping, struct member member);

/* As node_set, for a text. */
void node_set_text(struct arena *arena, struct node *mapping, const char *key, struct slice text);

/* Removes `key` from a mapping; nothing happens when it is not there. */
void node_remove(struct node *mapping, struct slice key);

/* Removes each member whose value is NULL: how to remove many, as node_remove takes time. */
void node_remove_empty(struct node *mapping);

/*
 * To be called when the keys of a mapping have been changed or moved in its array, before any of
 * them is looked up.
 */
void node_reindex(struct arena *arena, struct node *mapping);

/* Adds to the end of a list. */
void node_append(struct arena *arena, struct node *sequence, const struct node *item);

#endif
