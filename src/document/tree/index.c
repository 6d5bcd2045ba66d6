/* A map over the members; short mappings need none. */
#include "document/tree/index.h"

#define SHORT 8

const struct node *node_index_find(struct node_index *index, struct arena *arena,
                                   const struct node *mapping, struct slice key)
{
    if (!node_is(mapping, NODE_MAPPING) || mapping->count <= SHORT) {
        const struct member *member = node_member(mapping, key);
        return member != NULL ? member->value : NULL;
    }
    if (index->members.arena == NULL) {
        index->members = map_new(arena);
        for (size_t i = 0; i < mapping->count; i++) {
            map_add(&index->members, mapping->members[i].key->text, mapping->members[i].value);
        }
    }
    return map_get(&index->members, key);
}
