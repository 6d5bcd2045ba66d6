/* Map: linear probing, at most half full. */
#include "base/map.h"

#include "base/hash.h"

static struct map_entry *find(const struct map *map, struct slice key)
{
    size_t mask = map->capacity - 1;
    size_t at = (size_t)hash_short(key) & mask;
    while (map->entries[at].used && !slice_equal(map->entries[at].key, key)) {
        at = (at + 1) & mask;
    }
    return &map->entries[at];
}

void *map_get(const struct map *map, struct slice key)
{
    return map->count == 0 ? NULL : find(map, key)->value;
}

static void grow(struct map *map)
{
    struct map bigger = map_new(map->arena);
    bigger.capacity = map->capacity == 0 ? 16 : map->capacity * 2;
    bigger.entries = arena_alloc_array(map->arena, bigger.capacity, sizeof *bigger.entries);
    bigger.count = map->count;
    for (size_t i = 0; i < map->capacity; i++) {
        if (map->entries[i].used) {
            *find(&bigger, map->entries[i].key) = map->entries[i];
        }
    }
    *map = bigger;
}

void *map_add(struct map *map, struct slice key, void *value)
{
    if ((map->count + 1) * 2 > map->capacity) {
        grow(map);
    }
    struct map_entry *entry = find(map, key);
    if (entry->used) {
        return entry->value;
    }
    *entry = (struct map_entry){.key = key, .value = value, .used = true};
    map->count++;
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
