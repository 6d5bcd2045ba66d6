/*
 * What may be in a JSON string as it is, for eight bytes at once: most texts are long runs of it,
 * which the reader and the writer need not look at byte by byte.
 */
#ifndef DIALOGC_DOCUMENT_JSON_PLAIN_H
#define DIALOGC_DOCUMENT_JSON_PLAIN_H

#include <stdint.h>

#define JSON_EACH_BYTE UINT64_C(0x0101010101010101)
#define JSON_HIGH_BITS (JSON_EACH_BYTE * 0x80)

/* Not 0 when one of eight bytes is a control character, a quote or a backslash. */
static inline uint64_t json_find_special(uint64_t bytes)
{
    uint64_t quotes = bytes ^ (JSON_EACH_BYTE * '"');
    uint64_t backslashes = bytes ^ (JSON_EACH_BYTE * '\\');
    uint64_t controls = (bytes - JSON_EACH_BYTE * 0x20) & ~bytes;
    return (controls | ((quotes - JSON_EACH_BYTE) & ~quotes) |
            ((backslashes - JSON_EACH_BYTE) & ~backslashes)) &
           JSON_HIGH_BITS;
}

/* The same, and for what is beyond ASCII. */
static inline uint64_t json_find_special_or_wide(uint64_t bytes)
{
    return json_find_special(bytes) | (bytes & JSON_HIGH_BITS);
}

#endif
