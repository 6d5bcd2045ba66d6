/* Source: positions are computed when a finding is shown, not for every node. */
#include "diag/source.h"

#include <stdlib.h>

#include "base/utf8.h"
#include "diag/secret.h"

struct source *source_new(struct arena *arena, const char *path, struct slice bytes)
{
    struct source *source = arena_alloc(arena, sizeof *source);
    source->path = path;
    source->bytes = bytes;
    source->masks = arena_alloc(arena, sizeof *source->masks);
    return source;
}

struct slice source_line(const struct source *source, uint32_t offset, uint32_t *start)
{
    struct slice bytes = source->bytes;
    size_t first = offset < bytes.length ? offset : bytes.length;
    while (first > 0) {
        char before = bytes.data[first - 1];
        bool inside_crlf = before == '\r' && first < bytes.length && bytes.data[first] == '\n';
        if (before == '\n' || (before == '\r' && !inside_crlf)) {
            break;
        }
        first--;
    }
    size_t end = first;
    while (end < bytes.length && bytes.data[end] != '\n' && bytes.data[end] != '\r') {
        end++;
    }
    first += first == 0 ? utf8_mark(bytes) : 0; /* is not part of the text */
    *start = (uint32_t)first;
    return slice_part(bytes, first, end > first ? end : first);
}

struct position source_position(const struct source *source, uint32_t offset)
{
    uint32_t start;
    source_line(source, offset, &start);
    struct slice bytes = source->bytes;
    size_t line = 1;
    for (size_t i = 0; i < start; i++) {
        char c = bytes.data[i];
        bool crlf = c == '\r' && i + 1 < bytes.length && bytes.data[i + 1] == '\n';
        line += c == '\n' || (c == '\r' && !crlf);
    }
    size_t end = offset < bytes.length ? offset : bytes.length;
    size_t column = utf8_count(slice_part(bytes, start, end < start ? start : end)) + 1;
    return (struct position){line, column};
}

static void add_mask(struct arena *arena, const struct source *source, struct mask mask)
{
    struct masks *masks = source->masks;
    masks->items = arena_append(arena, masks->items, masks->count, sizeof *masks->items);
    masks->items[masks->count++] = mask;
}

void source_mask(struct arena *arena, const struct source *source, struct range range,
                 struct slice text)
{
    add_mask(arena, source, (struct mask){.range = range, .text = text, .certain = true});
}

static int compare_masks(const void *first, const void *second)
{
    const struct mask *a = first;
    const struct mask *b = second;
    return (a->range.start > b->range.start) - (a->range.start < b->range.start);
}

void source_mask_secrets(struct arena *arena, const struct source *source)
{
    struct masks *masks = source->masks;
    struct secret_scan scan = secret_scan_new(source->bytes);
    struct secret found;
    if (masks->searched) {
        return;
    }
    while (secret_next(&scan, &found)) {
        struct range range = {(uint32_t)found.start, (uint32_t)found.end};
        add_mask(arena, source, (struct mask){.range = range, .certain = found.certain});
    }
    if (masks->count > 0) {
        qsort(masks->items, masks->count, sizeof *masks->items, compare_masks);
    }
    for (size_t i = 0; i < masks->count; i++) {
        uint32_t before = i > 0 ? masks->items[i - 1].reach : 0;
        uint32_t end = masks->items[i].range.end;
        masks->items[i].reach = end > before ? end : before;
    }
    masks->searched = true;
}

size_t source_first_mask(const struct source *source, uint32_t offset)
{
    const struct masks *masks = source->masks;
    size_t low = 0;
    size_t high = masks->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (masks->items[middle].range.start < offset) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

bool source_has_mask(const struct source *source, struct range range)
{
    const struct masks *masks = source->masks;
    if (masks->searched) {
        size_t next = source_first_mask(source, range.end);
        return next > 0 && masks->items[next - 1].reach > range.start;
    }
    for (size_t i = 0; i < masks->count; i++) {
        const struct range *mask = &masks->items[i].range;
        if (mask->start < range.end && range.start < mask->end) {
            return true;
        }
    }
    return false;
}

bool source_is_masked(const struct source *source, size_t offset)
{
    uint32_t at = (uint32_t)offset;
    return source_has_mask(source, (struct range){at, at + 1});
}
