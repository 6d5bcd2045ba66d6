/* UTF-8: checking, counting and stepping. */
#ifndef DIALOGC_BASE_UTF8_H
#define DIALOGC_BASE_UTF8_H

#include <stdint.h>

#include "base/slice.h"

/*
 * The length in bytes of the well-formed sequence at the start of `s` (1 to 4), or 0 when the
 * bytes are no UTF-8 (overlong forms, surrogates and values over U+10FFFF included).
 */
size_t utf8_sequence(struct slice s);

/* True when all of `s` is UTF-8. */
bool utf8_is_valid(struct slice s);

/* The code point of a well-formed sequence at the start of `s`; its length goes to `*length`. */
uint32_t utf8_decode(struct slice s, size_t *length);

/* The number of code points in well-formed text. */
size_t utf8_count(struct slice s);

/* Writes the UTF-8 form of `code_point` (1 to 4 bytes) to `out` and returns its length. */
size_t utf8_encode(uint32_t code_point, char out[4]);

/* The length of a byte-order mark at the start of a text: 3, or 0 without one. */
size_t utf8_mark(struct slice s);

/* True for what begins as UTF-16 does: with its byte-order mark, or with half of an ASCII letter.
 */
bool utf16_is_likely(struct slice s);

#endif
