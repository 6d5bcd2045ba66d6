/* Paths are walked key by key. */
#include "trial/explore/path.h"

#include <stdlib.h>

#include "document/tree/build.h"

/* The number in the brackets that `path` begins with; the rest goes to `*rest`. */
static size_t take_index(struct arena *arena, struct slice path, struct slice *rest)
{
    size_t end = slice_find(path, "]", 0);
    end = end < path.length ? end : path.length;
    *rest = slice_part(path, end < path.length ? end + 1 : end, path.length);
    return (size_t)strtoull(arena_copy(arena, slice_part(path, 1, end)), NULL, 10);
}

static struct slice take_key(struct slice path, struct slice *rest)
{
    size_t start = path.length > 0 && path.data[0] == '.';
    size_t end = start;
    while (end < path.length && path.data[end] != '.' && path.data[end] != '[') {
        end++;
    }
    *rest = slice_part(path, end, path.length);
    return slice_part(path, start, end);
}

const struct node *path_value(struct arena *arena, const struct node *from, struct slice path)
{
    struct slice rest;
    if (path.length == 0 || from == NULL) {
        return from;
    }
    if (path.data[0] == '[') {
        size_t index = take_index(arena, path, &rest);
        return path_value(arena, index < node_length(from) ? from->items[index] : NULL, rest);
    }
    struct slice key = take_key(path, &rest);
    struct member *member = node_is(from, NODE_MAPPING) ? node_member(from, key) : NULL;
    return path_value(arena, member != NULL ? member->value : NULL, rest);
}

const struct node *path_put(struct arena *arena, const struct node *from, struct slice path,
                            const struct node *value)
{
    struct slice rest;
    if (path.length == 0) {
        return value;
    }
    if (path.data[0] == '[') {
        size_t index = take_index(arena, path, &rest);
        struct node *list = node_new_sequence(arena);
        size_t before = from != NULL ? node_length(from) : 0;
        for (size_t i = 0; i < before || i == 0; i++) {
            const struct node *item = from != NULL && i < before ? from->items[i] : NULL;
            item = i == index ? path_put(arena, item, rest, value) : item;
            if (item != NULL) {
                node_append(arena, list, item);
            }
        }
        return list;
    }
    struct slice key = take_key(path, &rest);
    struct node *object =
        node_is(from, NODE_MAPPING) ? node_copy(arena, from) : node_new_mapping(arena);
    struct member *member = node_member(object, key);
    const struct node *inner = path_put(arena, member != NULL ? member->value : NULL, rest, value);
    if (inner != NULL) {
        node_set(arena, object, key, inner);
    } else {
        node_remove(object, key);
    }
    return object;
}
