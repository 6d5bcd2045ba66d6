/* As in the reader: children are pending until their list or mapping ends. */
#include "document/json/tree.h"

#include <stdint.h>

#include "document/tree/build.h"
#include "document/tree/index.h"

struct json_tree json_tree_new(struct arena *arena)
{
    return (struct json_tree){
        .arena = arena,
        .words = arena_alloc_array(arena, JSON_TREE_WORDS, sizeof(struct node *)),
        .booleans = {node_new_boolean(arena, false), node_new_boolean(arena, true)},
        .empty_list = node_new_sequence(arena)};
}

struct node *json_tree_root(const struct json_tree *tree)
{
    return tree->pending[0];
}

void json_tree_add(struct json_tree *tree, const struct node *node)
{
    if (tree->pending_count == tree->pending_capacity) {
        size_t bigger = tree->pending_capacity == 0 ? 64 : 2 * tree->pending_capacity;
        tree->pending = arena_grow(tree->arena, tree->pending, tree->pending_capacity, bigger,
                                   sizeof *tree->pending);
        tree->pending_capacity = bigger;
    }
    tree->pending[tree->pending_count++] = (struct node *)(uintptr_t)node; /* it is only read */
}

void json_tree_begin(struct json_tree *tree, enum node_kind kind)
{
    struct arena *arena = tree->arena;
    struct node *whole = kind == NODE_MAPPING ? node_new_mapping(arena) : node_new_sequence(arena);
    json_tree_add(tree, whole);
    whole->count = (uint32_t)tree->base; /* until it ends: where those of the outer one begin */
    tree->base = tree->pending_count;
}

void json_tree_end(struct json_tree *tree)
{
    size_t base = tree->base;
    size_t count = tree->pending_count - base;
    struct node *whole = tree->pending[base - 1];
    tree->pending_count = base;
    tree->base = whole->count;
    whole->count = 0;
    if (count == 0) {
        return;
    }
    void *children = arena_alloc_array(tree->arena, count, sizeof(struct node *));
    memcpy(children, tree->pending + base, count * sizeof(struct node *));
    if (whole->kind == NODE_MAPPING) { /* a key and its value are one member */
        whole->members = children;
        whole->count = (uint32_t)count / 2;
        node_reindex(tree->arena, whole);
    } else {
        whole->items = children;
        whole->count = (uint32_t)count;
    }
}

void json_tree_add_word(struct json_tree *tree, struct slice word)
{
    uint32_t hash = (uint32_t)(uintptr_t)word.data * UINT32_C(2654435769);
    struct node **last = &tree->words[hash / (UINT32_MAX / JSON_TREE_WORDS + 1)];
    if (*last == NULL || !slice_equal((*last)->text, word)) {
        *last = node_new_text(tree->arena, arena_slice(tree->arena, word));
    }
    json_tree_add(tree, *last);
}

void json_tree_add_text(struct json_tree *tree, struct slice text)
{
    json_tree_add(tree, node_new_text(tree->arena, arena_slice(tree->arena, text)));
}

void json_tree_add_raw(struct json_tree *tree, struct slice raw)
{
    switch (raw.data[0]) {
    case '[':
        json_tree_add(tree, tree->empty_list);
        break;
    case 't':
    case 'f':
        json_tree_add(tree, tree->booleans[raw.data[0] == 't']);
        break;
    default: {
        struct node *node = node_new_text(tree->arena, arena_slice(tree->arena, raw));
        node->kind = raw.data[0] == 'n' ? NODE_NULL : NODE_INTEGER;
        node->text = node->kind == NODE_NULL ? SLICE("") : node->text;
        json_tree_add(tree, node);
    }
    }
}
