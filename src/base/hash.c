/* xxHash, inlined from its header, so that the program does not have to load another library. */
#define XXH_INLINE_ALL
#include <xxhash.h>

#include "base/hash.h"

struct hash hash_bytes(struct slice bytes)
{
    XXH128_hash_t hash = XXH3_128bits(bytes.data, bytes.length);
    return (struct hash){hash.low64, hash.high64};
}

uint64_t hash_short(struct slice bytes)
{
    return XXH3_64bits(bytes.data, bytes.length);
}
