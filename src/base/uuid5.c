/*
 * Version 5 UUIDs (RFC 9562, 5.5): the SHA-1 of a namespace and a name. Nettle's SHA-1 uses the
 * processor's instructions for it; an artifact has a hundred ids, so that it shows.
 */
#include "base/uuid5.h"

#include <nettle/sha1.h>

#define UUID_BYTES 16

/* The namespace of all dialogc ids; made once, at random, and never to be changed. */
static const uint8_t dialogc_namespace[UUID_BYTES] = {
    0x5b, 0x1f, 0x0e, 0x3a, 0x6c, 0x57, 0x4d, 0x0b, 0x9a, 0x3e, 0x71, 0x8d, 0x42, 0xc6, 0x0f, 0x95};

static void generate(struct slice name, uint8_t id[UUID_BYTES])
{
    struct sha1_ctx sha1;
    sha1_init(&sha1);
    sha1_update(&sha1, UUID_BYTES, dialogc_namespace);
    sha1_update(&sha1, name.length, (const uint8_t *)name.data);
    sha1_digest(&sha1, UUID_BYTES, id);
    id[6] = (uint8_t)((id[6] & 0x0F) | 0x50); /* the version */
    id[8] = (uint8_t)((id[8] & 0x3F) | 0x80); /* the variant */
}

/* Writes `count` bytes as hex digits, and returns what is behind them. */
static char *add_hex(char *out, const uint8_t *bytes, size_t count)
{
    static const char digits[] = "0123456789abcdef";
    for (size_t i = 0; i < count; i++) {
        *out++ = digits[bytes[i] >> 4];
        *out++ = digits[bytes[i] & 15];
    }
    return out;
}

void uuid5_text(struct slice name, char out[UUID5_TEXT])
{
    static const size_t groups[] = {4, 2, 2, 2, 6};
    uint8_t id[UUID_BYTES];
    const uint8_t *at = id;
    generate(name, id);
    for (size_t i = 0; i < sizeof groups / sizeof groups[0]; i++) {
        out = add_hex(out, at, groups[i]);
        at += groups[i];
        *out++ = '-';
    }
    out[-1] = '\0';
}

void uuid5_object_id(struct slice name, char out[25])
{
    uint8_t id[UUID_BYTES];
    generate(name, id);
    *add_hex(out, id, 12) = '\0';
}
