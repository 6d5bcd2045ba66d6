/*
 * Where a letter does not fit, the last GLOB_ANY before it takes one byte more and matching goes on
 * behind it. Earlier ones need not be tried again: what they could take, the last one can take too.
 */
#include "base/glob.h"

#include <stdint.h>

void glob_add(struct glob *glob, enum glob_kind kind, char byte)
{
    glob->items = arena_append(glob->arena, glob->items, glob->count, sizeof *glob->items);
    glob->items[glob->count++] = (struct glob_item){kind, byte};
}

/* The bytes at `at` that the item takes; 0: it does not fit. */
static size_t match_one(const struct glob_item *item, struct slice text, size_t at)
{
    size_t length = 1;
    switch (item->kind) {
    case GLOB_BYTE:
        return slice_equal_ignoring_case((struct slice){&item->byte, 1},
                                         slice_part(text, at, at + 1));
    case GLOB_ONE:
        while (at + length < text.length &&
               ((unsigned char)text.data[at + length] & 0xC0) == 0x80) {
            length++;
        }
        return length;
    case GLOB_ANY:
        break;
    }
    return 0;
}

bool glob_matches(const struct glob *glob, struct slice text)
{
    size_t item = 0, at = 0;
    size_t any = SIZE_MAX, any_at = 0;
    while (at < text.length) {
        size_t taken = item < glob->count ? match_one(&glob->items[item], text, at) : 0;
        if (item < glob->count && glob->items[item].kind == GLOB_ANY) {
            any = item++;
            any_at = at;
        } else if (taken > 0) {
            item++;
            at += taken;
        } else if (any != SIZE_MAX) {
            item = any + 1;
            at = ++any_at;
        } else {
            return false;
        }
    }
    while (item < glob->count && glob->items[item].kind == GLOB_ANY) {
        item++;
    }
    return item == glob->count;
}
