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

static bool fits(const struct glob_item *item, char byte)
{
    return item->kind == GLOB_ONE ||
           (item->kind == GLOB_BYTE &&
            slice_equal_ignoring_case((struct slice){&item->byte, 1}, (struct slice){&byte, 1}));
}

bool glob_matches(const struct glob *glob, struct slice text)
{
    size_t item = 0, at = 0;
    size_t any = SIZE_MAX, any_at = 0;
    while (at < text.length) {
        if (item < glob->count && glob->items[item].kind == GLOB_ANY) {
            any = item++;
            any_at = at;
        } else if (item < glob->count && fits(&glob->items[item], text.data[at])) {
            item++;
            at++;
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
