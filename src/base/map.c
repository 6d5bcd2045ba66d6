/* Map: a table of positions with linear probing, at most half full. */
#include "base/map.h"

#include "base/hash.h"

#define FIRST_SLOTS ((size_t)16)

/* The slot that holds the position of `key`, or the empty one where it belongs. */
static uint32_t *find_slot(const struct map *map, struct slice key)
{
    size_t at = (size_t)hash_seeded(map->seed, key) & map->mask;
    while (map->slots[at] != 0 && !slice_equal(map->entries[map->slots[at] - 1].key, key)) {
        at = (at + 1) & map->mask;
    }
    return &map->slots[at];
}

void *map_get(const struct map *map, struct slice key)
{
    if (map->count == 0) {
        return NULL;
    }
    uint32_t position = *find_slot(map, key);
    return position != 0 ? map->entries[position - 1].value : NULL;
}

static void grow(struct map *map)
{
    size_t slots = map->slots == NULL ? FIRST_SLOTS : (map->mask + 1) * 2;
    if (map->slots == NULL) {
        map->seed = hash_seed();
    }
    if (slots > UINT32_MAX) {
        arena_fail(map->arena);
    }
    map->entries =
        arena_grow(map->arena, map->entries, map->count, slots / 2, sizeof *map->entries);
    map->slots = arena_alloc_array(map->arena, slots, sizeof *map->slots);
    map->mask = slots - 1;
    for (size_t i = 0; i < map->count; i++) {
        *find_slot(map, map->entries[i].key) = (uint32_t)i + 1;
    }
}

void *map_add(struct map *map, struct slice key, void *value)
{
    if (map->slots == NULL || map->count == (map->mask + 1) / 2) {
        grow(map);
    }
    uint32_t *slot = find_slot(map, key);
    if (*slot != 0) {
        return map->entries[*slot - 1].value;
    }
    map->entries[map->count++] = (struct map_entry){key, value};
    *slot = (uint32_t)map->count;
    return NULL;
}

void *map_get_address(const struct map *map, const void *address)
{
    return map_get(map, (struct slice){(const char *)&address, sizeof address});
}

void *map_add_address(struct map *map, const void *address, void *value)
{
    struct slice key = {(const char *)&address, sizeof address};
    return map_add(map, arena_slice(map->arena, key), value);
}

size_t map_increment(struct map *map, struct slice key)
{
    size_t *count = map_get(map, key);
    if (count == NULL) {
        count = arena_alloc(map->arena, sizeof *count);
        map_add(map, key, count);
    }
    return ++*count;
}

size_t map_number(const struct map *map, struct slice key)
{
    const size_t *count = map_get(map, key);
    return count != NULL ? *count : 0;
}
