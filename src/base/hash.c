/* xxHash, inlined from its header, so that the program does not have to load another library. */
#define XXH_INLINE_ALL
#include <xxhash.h>

#include "base/hash.h"

#include "base/system.h"

struct hash hash_bytes(struct slice bytes)
{
    XXH128_hash_t hash = XXH3_128bits(bytes.data, bytes.length);
    return (struct hash){hash.low64, hash.high64};
}

uint64_t hash_short(struct slice bytes)
{
    return XXH3_64bits(bytes.data, bytes.length);
}

uint64_t hash_seed(void)
{
    const unsigned char *random = system_process_bytes();
    return random != NULL ? XXH3_64bits(random, 16) : 0;
}

uint64_t hash_seeded(uint64_t seed, struct slice bytes)
{
    return XXH3_64bits_withSeed(bytes.data, bytes.length, seed);
}

uint64_t hash_pair(uint64_t seed, uint64_t first, uint64_t second)
{
    const uint64_t both[] = {first, second};
    return XXH3_64bits_withSeed(both, sizeof both, seed);
}
