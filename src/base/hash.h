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

static inline bool hash_equal(struct hash a, struct hash b)
{
    return a.low == b.low && a.high == b.high;
}

#endif
