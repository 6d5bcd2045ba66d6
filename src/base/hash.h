/*
 * Fingerprints of bytes, to tell whether a file has changed. Not made to withstand someone who
 * looks for two texts with one fingerprint: they decide only what is built anew on this machine.
 */
#ifndef DIALOGC_BASE_HASH_H
#define DIALOGC_BASE_HASH_H

#include <stdint.h>

#include "base/slice.h"

struct hash {
    uint64_t low, high;
};

/* XXH3, 128 bits. */
struct hash hash_bytes(struct slice bytes);

/* XXH3, 64 bits. */
uint64_t hash_short(struct slice bytes);

/*
 * For tables in memory whose keys come from outside: nobody who does not know the seed can choose
 * keys that meet. It differs from process to process, so that no output may depend on it.
 */
uint64_t hash_seed(void);
uint64_t hash_seeded(uint64_t seed, struct slice bytes);

/* What two hashes are together, in this order; as hard to foresee as they are. */
uint64_t hash_pair(uint64_t seed, uint64_t first, uint64_t second);

static inline bool hash_equal(struct hash a, struct hash b)
{
    return a.low == b.low && a.high == b.high;
}

#endif
