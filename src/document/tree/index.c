/* A table of positions: linear probing, at most half full. */
#include "document/tree/index.h"

#include <stdint.h>

#include "base/hash.h"

/* Mappings with fewer members are searched from the start. */
#define INDEXED_FROM 24

struct member_index {
    uint64_t seed;
    size_t mask;      /* the number of slots, a power of two, less one */
    uint32_t slots[]; /* a position plus one; 0 is empty */
};

/* The slot that holds the position of `key`, or the empty one where it belongs. */
static size_t find_slot(const struct member_index *index, const struct member *members,
                        struct slice key)
{
    size_t at = (size_t)hash_seeded(index->seed, key) & index->mask;
    while (index->slots[at] != 0 && !slice_equal(members[index->slots[at] - 1].key->text, key)) {
        at = (at + 1) & index->mask;
    }
    return at;
}

static void note(struct member_index *index, const struct member *members, size_t position)
{
    uint32_t *slot = &index->slots[find_slot(index, members, members[position].key->text)];
    if (*slot == 0) {
        *slot = (uint32_t)position + 1;
    }
}

struct member_index *member_index_new(struct arena *arena, const struct member *members,
                                      size_t count)
{
    if (count < INDEXED_FROM) {
        return NULL;
    }
    size_t slots = 64;
    while (slots < 2 * count + 2) {
        slots *= 2;
    }
    struct member_index *index = arena_alloc(arena, sizeof *index + slots * sizeof(uint32_t));
    index->seed = hash_seed();
    index->mask = slots - 1;
    for (size_t i = 0; i < count; i++) {
        note(index, members, i);
    }
    return index;
}

struct member_index *member_index_add(struct arena *arena, struct member_index *index,
                                      const struct member *members, size_t count)
{
    if (index == NULL || 2 * count > index->mask) {
        return member_index_new(arena, members, count);
    }
    note(index, members, count - 1);
    return index;
}

void member_index_rebuild(struct member_index *index, const struct member *members, size_t count)
{
    if (index == NULL) {
        return;
    }
    memset(index->slots, 0, (index->mask + 1) * sizeof(uint32_t));
    for (size_t i = 0; i < count; i++) {
        note(index, members, i);
    }
}

size_t member_index_find(const struct member_index *index, const struct member *members,
                         struct slice key)
{
    uint32_t found = index->slots[find_slot(index, members, key)];
    return found == 0 ? SIZE_MAX : found - 1;
}
