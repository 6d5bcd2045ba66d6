/* How characters look: how many cells of a terminal they take, and which are not seen at all. */
#ifndef DIALOGC_BASE_CHARACTER_H
#define DIALOGC_BASE_CHARACTER_H

#include <stdint.h>

#include "base/slice.h"

enum character_kind {
    CHARACTER_PLAIN,    /* one cell */
    CHARACTER_WIDE,     /* two cells: East Asian characters, emoji */
    CHARACTER_MARK,     /* combines with the character before it: no cell */
    CHARACTER_SELECTOR, /* chooses a form of the character before it (U+FE0F): no cell */
    CHARACTER_JOINER,   /* joins its neighbours, or keeps them apart (U+200D, U+200C): no cell */
    CHARACTER_HIDDEN,   /* controls, directions, other characters without a form */
};

enum character_kind character_kind(uint32_t code_point);

/* How many cells a terminal gives to `text`. Bytes that are not UTF-8 count as one each. */
size_t character_cells(struct slice text);

#endif
