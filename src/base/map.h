/*
 * Map: names to pointers, on an arena. Keys are not copied. The entries are in the order in which
 * they were added, whatever their hashes: those are seeded, since keys come from outside.
 */
#ifndef DIALOGC_BASE_MAP_H
#define DIALOGC_BASE_MAP_H

#include <stdint.h>

#include "base/arena.h"

struct map_entry {
    struct slice key;
    void *value;
};

struct map {
    struct arena *arena;
    struct map_entry *entries; /* in order */
    size_t count;
    uint32_t *slots; /* by hash: an entry's position plus one; 0 is empty */
    size_t mask;     /* the number of slots, a power of two, less one */
    uint64_t seed;
};

static inline struct map map_new(struct arena *arena)
{
    return (struct map){.arena = arena};
}

/* The value stored under `key`, or NULL. */
void *map_get(const struct map *map, struct slice key);

/*
 * Stores `value` (not NULL) under `key` if the key is new and returns NULL; otherwise leaves the
 * map as it is and returns the value that is already there.
 */
void *map_add(struct map *map, struct slice key, void *value);

/* The same with an address as the key: what is known of a thing by where it is. */
void *map_get_address(const struct map *map, const void *address);
void *map_add_address(struct map *map, const void *address, void *value);

/* In a map that counts: one more of `key`. Returns how many there are now. */
size_t map_increment(struct map *map, struct slice key);

/* How often map_increment has been called with `key`. */
size_t map_number(const struct map *map, struct slice key);

#endif
