/* Small letters of all alphabets, for comparing text in which letter case does not count. */
#ifndef DIALOGC_BASE_LETTER_CASE_H
#define DIALOGC_BASE_LETTER_CASE_H

#include <stdint.h>

#include "base/arena.h"

/* The small letter of a capital one; any other character itself. */
uint32_t letter_small(uint32_t code_point);

/*
 * `text` with small letters in place of capital ones, one for one: two texts that differ in nothing
 * but letter case become the same. Bytes that are not UTF-8 stay.
 */
struct slice letter_small_text(struct arena *arena, struct slice text);

#endif
