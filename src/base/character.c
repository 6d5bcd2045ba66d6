#include "base/character.h"

#include "base/utf8.h"

struct character_range {
    uint32_t first, last;
    enum character_kind kind;
};

#define RANGE(first, last, kind) {first, last, CHARACTER_##kind},
static const struct character_range ranges[] = {
#include "base/character.def"
};
#undef RANGE

enum character_kind character_kind(uint32_t code_point)
{
    size_t low = 0;
    size_t high = sizeof ranges / sizeof ranges[0];
    if (code_point >= 0x20 && code_point < 0x7F) {
        return CHARACTER_PLAIN;
    }
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (code_point > ranges[middle].last) {
            low = middle + 1;
        } else if (code_point < ranges[middle].first) {
            high = middle;
        } else {
            return ranges[middle].kind;
        }
    }
    return CHARACTER_PLAIN;
}

static size_t cells_of(enum character_kind kind)
{
    switch (kind) {
    case CHARACTER_PLAIN:
        return 1;
    case CHARACTER_WIDE:
        return 2;
    case CHARACTER_MARK:
    case CHARACTER_SELECTOR:
    case CHARACTER_JOINER:
    case CHARACTER_HIDDEN:
        break;
    }
    return 0;
}

size_t character_cells(struct slice text)
{
    size_t cells = 0;
    for (size_t at = 0; at < text.length;) {
        size_t length;
        uint32_t c = utf8_decode(slice_part(text, at, text.length), &length);
        cells += cells_of(character_kind(c));
        at += length;
    }
    return cells;
}
