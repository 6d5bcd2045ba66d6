#include "base/edit.h"

#include <stdlib.h>

void edits_add(struct edits *edits, size_t start, size_t end, struct slice text)
{
    edits->items = arena_append(edits->arena, edits->items, edits->count, sizeof *edits->items);
    edits->items[edits->count] = (struct edit){start, end, text, edits->count};
    edits->count++;
}

static int compare(const void *a, const void *b)
{
    const struct edit *left = a;
    const struct edit *right = b;
    if (left->start != right->start) {
        return left->start < right->start ? -1 : 1;
    }
    return left->number < right->number ? -1 : left->number > right->number;
}

struct slice edits_apply(struct edits *edits, struct slice bytes)
{
    struct builder out = builder_new(edits->arena);
    size_t extra = 0;
    size_t at = 0;
    for (size_t i = 0; i < edits->count; i++) {
        extra += edits->items[i].text.length;
    }
    builder_reserve(&out, bytes.length + extra + 1);
    if (edits->count > 0) {
        qsort(edits->items, edits->count, sizeof *edits->items, compare);
    }
    for (size_t i = 0; i < edits->count; i++) {
        const struct edit *edit = &edits->items[i];
        builder_add(&out, slice_part(bytes, at, edit->start));
        builder_add(&out, edit->text);
        at = edit->end;
    }
    builder_add(&out, slice_part(bytes, at, bytes.length));
    return builder_slice(&out);
}
