/* Small letters, by a table of Unicode's. */
#include "base/letter_case.h"

#include "base/ascii.h"
#include "base/builder.h"
#include "base/table.h"
#include "base/utf8.h"

static const struct {
    uint32_t first, last, step;
    int32_t distance;
} capitals[] = {
#define CAPITALS(first, last, step, distance) {first, last, step, distance},
#include "base/letter_case.def"
#undef CAPITALS
};

uint32_t letter_small(uint32_t code_point)
{
    if (code_point < 0x80) {
        return (uint32_t)(unsigned char)ascii_to_lower((char)code_point);
    }
    size_t low = 0;
    size_t high = TABLE_LENGTH(capitals);
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (code_point > capitals[middle].last) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    bool is_capital = low < TABLE_LENGTH(capitals) && code_point >= capitals[low].first &&
                      (code_point - capitals[low].first) % capitals[low].step == 0;
    return is_capital ? (uint32_t)((int32_t)code_point + capitals[low].distance) : code_point;
}

struct slice letter_small_text(struct arena *arena, struct slice text)
{
    struct builder out = builder_new(arena);
    for (size_t at = 0; at < text.length;) {
        struct slice rest = slice_part(text, at, text.length);
        size_t length = utf8_sequence(rest);
        if (length == 0) {
            builder_add_char(&out, text.data[at++]);
            continue;
        }
        char bytes[4];
        size_t count = utf8_encode(letter_small(utf8_decode(rest, &length)), bytes);
        builder_add(&out, (struct slice){bytes, count});
        at += length;
    }
    return builder_slice(&out);
}
