#include "document/tree/build.h"

#include <stdint.h>

#include "document/tree/index.h"

/* Nodes that a tree is given as members or items are only read, so several trees may share them. */
static struct node *drop_const(const struct node *node)
{
    return (struct node *)(uintptr_t)node;
}

static struct node *new_node(struct arena *arena, enum node_kind kind)
{
    struct node *node = arena_alloc(arena, sizeof *node);
    node->kind = kind;
    return node;
}

struct node *node_new_text(struct arena *arena, struct slice text)
{
    struct node *node = new_node(arena, NODE_STRING);
    node->text = text;
    return node;
}

struct node *node_new_boolean(struct arena *arena, bool value)
{
    struct node *node = new_node(arena, NODE_BOOLEAN);
    node->boolean = value;
    return node;
}

struct node *node_new_integer(struct arena *arena, long long value)
{
    struct node *node = new_node(arena, NODE_INTEGER);
    node->text = arena_printf(arena, "%lld", value);
    return node;
}

struct node *node_new_mapping(struct arena *arena)
{
    return new_node(arena, NODE_MAPPING);
}

struct node *node_new_sequence(struct arena *arena)
{
    return new_node(arena, NODE_SEQUENCE);
}

/* Room for `count` members or items: always the next power of two, so that it need not be kept. */
static size_t room_for(size_t count)
{
    size_t room = 4;
    while (room < count) {
        room *= 2;
    }
    return room;
}

/* As arena_grow by one element; the array has the room that room_for says. */
static void *grow(struct arena *arena, void *array, size_t count, size_t size)
{
    if (count == UINT32_MAX) {
        arena_fail(arena);
    }
    size_t room = room_for(count + 1);
    bool full = count == 0 || room_for(count) < room;
    return full ? arena_grow(arena, array, count, room, size) : array;
}

struct node *node_copy(struct arena *arena, const struct node *node)
{
    struct node *copy = arena_alloc(arena, sizeof *copy);
    *copy = *node;
    if (node->kind == NODE_MAPPING) {
        copy->members = arena_alloc_array(arena, room_for(node->count), sizeof *copy->members);
        for (size_t i = 0; i < node->count; i++) {
            copy->members[i] = node->members[i];
        }
        node_reindex(arena, copy);
    } else if (node->kind == NODE_SEQUENCE) {
        copy->items = arena_alloc_array(arena, room_for(node->count), sizeof(struct node *));
        for (size_t i = 0; i < node->count; i++) {
            copy->items[i] = node->items[i];
        }
    }
    return copy;
}

void node_set(struct arena *arena, struct node *mapping, struct slice key, const struct node *value)
{
    struct member *member = node_member(mapping, key);
    if (member != NULL) {
        member->value = drop_const(value);
        return;
    }
    node_add(arena, mapping, key, value);
}

void node_add(struct arena *arena, struct node *mapping, struct slice key, const struct node *value)
{
    node_add_member(arena, mapping, (struct member){node_new_text(arena, key), drop_const(value)});
}

void node_add_member(struct arena *arena, struct node *mapping, struct member member)
{
    mapping->members = grow(arena, mapping->members, mapping->count, sizeof *mapping->members);
    mapping->members[mapping->count++] = member;
    mapping->index = member_index_add(arena, mapping->index, mapping->members, mapping->count);
}

void node_set_text(struct arena *arena, struct node *mapping, const char *key, struct slice text)
{
    node_set(arena, mapping, slice_of(key), node_new_text(arena, text));
}

void node_remove(struct node *mapping, struct slice key)
{
    struct member *member = node_member(mapping, key);
    if (member != NULL) {
        member->value = NULL;
        node_remove_empty(mapping);
    }
}

void node_remove_empty(struct node *mapping)
{
    size_t kept = 0;
    for (size_t i = 0; i < mapping->count; i++) {
        if (mapping->members[i].value != NULL) {
            mapping->members[kept++] = mapping->members[i];
        }
    }
    if (kept < mapping->count) {
        mapping->count = (uint32_t)kept;
        member_index_rebuild(mapping->index, mapping->members, kept);
    }
}

void node_reindex(struct arena *arena, struct node *mapping)
{
    mapping->index = member_index_new(arena, mapping->members, mapping->count);
}

void node_append(struct arena *arena, struct node *sequence, const struct node *item)
{
    sequence->items = grow(arena, sequence->items, sequence->count, sizeof(struct node *));
    sequence->items[sequence->count++] = drop_const(item);
}

struct node *node_deep_copy(struct arena *arena, const struct node *node)
{
    struct node *copy = arena_alloc(arena, sizeof *copy);
    *copy = (struct node){.kind = node->kind, .boolean = node->boolean};
    if (node->kind == NODE_SEQUENCE) {
        for (size_t i = 0; i < node->count; i++) {
            node_append(arena, copy, node_deep_copy(arena, node->items[i]));
        }
    } else if (node->kind == NODE_MAPPING) {
        for (size_t i = 0; i < node->count; i++) {
            const struct member *member = &node->members[i];
            node_add(arena, copy, arena_slice(arena, member->key->text),
                     node_deep_copy(arena, member->value));
        }
    } else {
        copy->text = arena_slice(arena, node->text);
    }
    return copy;
}
