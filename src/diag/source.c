/* Source: positions are computed when a finding is shown, not for every node. */
#include "diag/source.h"

#include <stdlib.h>

#include "base/utf8.h"
#include "diag/secret.h"

/* Between two places whose lines and columns are known. */
#define MARK_DISTANCE ((size_t)16 * 1024)

struct source_marks {
    struct arena *arena;
    struct position *items; /* at every multiple of MARK_DISTANCE; NULL: not needed so far */
};

struct source *source_new(struct arena *arena, const char *path, struct slice bytes)
{
    struct source *source = arena_alloc(arena, sizeof *source);
    source->path = path;
    source->bytes = bytes;
    source->masks = arena_alloc(arena, sizeof *source->masks);
    source->marks = arena_alloc(arena, sizeof *source->marks);
    source->marks->arena = arena;
    return source;
}

static bool is_line_end(struct slice bytes, size_t at)
{
    char c = bytes.data[at];
    bool crlf = c == '\r' && at + 1 < bytes.length && bytes.data[at + 1] == '\n';
    return c == '\n' || (c == '\r' && !crlf);
}

/* The line that holds byte `offset`, between `least` and `most`. */
static struct slice line_between(const struct source *source, uint32_t offset, size_t least,
                                 size_t most, uint32_t *start)
{
    struct slice bytes = source->bytes;
    size_t first = offset < bytes.length ? offset : bytes.length;
    while (first > least && !is_line_end(bytes, first - 1)) {
        first--;
    }
    size_t end = first;
    while (end < most && bytes.data[end] != '\n' && bytes.data[end] != '\r') {
        end++;
    }
    first += first == 0 ? utf8_mark(bytes) : 0; /* is not part of the text */
    *start = (uint32_t)first;
    return slice_part(bytes, first, end > first ? end : first);
}

struct slice source_line(const struct source *source, uint32_t offset, uint32_t *start)
{
    return line_between(source, offset, 0, source->bytes.length, start);
}

static bool is_inside_character(struct slice bytes, size_t at)
{
    return at < bytes.length && ((unsigned char)bytes.data[at] & 0xC0) == 0x80;
}

struct slice source_excerpt(const struct source *source, uint32_t offset, uint32_t *start)
{
    struct slice bytes = source->bytes;
    size_t at = offset < bytes.length ? offset : bytes.length;
    size_t least = at > SOURCE_EXCERPT ? at - SOURCE_EXCERPT : 0;
    size_t most = bytes.length - at > SOURCE_EXCERPT ? at + SOURCE_EXCERPT : bytes.length;
    while (least < at && is_inside_character(bytes, least)) {
        least++;
    }
    while (most > at && is_inside_character(bytes, most)) {
        most--;
    }
    return line_between(source, offset, least, most, start);
}

/* The position of byte `to`, from that of byte `from`. */
static struct position advance(const struct source *source, struct position position, size_t from,
                               size_t to)
{
    from += from == 0 ? utf8_mark(source->bytes) : 0; /* is not part of the text */
    for (size_t i = from; i < to; i++) {
        if (is_line_end(source->bytes, i)) {
            position.line++;
            position.column = 1;
        } else {
            position.column += !is_inside_character(source->bytes, i);
        }
    }
    return position;
}

static void make_marks(const struct source *source)
{
    struct source_marks *marks = source->marks;
    size_t count = source->bytes.length / MARK_DISTANCE + 1;
    marks->items = arena_alloc_array(marks->arena, count, sizeof *marks->items);
    marks->items[0] = (struct position){1, 1};
    for (size_t i = 1; i < count; i++) {
        marks->items[i] =
            advance(source, marks->items[i - 1], (i - 1) * MARK_DISTANCE, i * MARK_DISTANCE);
    }
}

struct position source_position(const struct source *source, uint32_t offset)
{
    size_t at = offset < source->bytes.length ? offset : source->bytes.length;
    if (at < MARK_DISTANCE) {
        return advance(source, (struct position){1, 1}, 0, at);
    }
    if (source->marks->items == NULL) {
        make_marks(source);
    }
    size_t mark = at / MARK_DISTANCE;
    return advance(source, source->marks->items[mark], mark * MARK_DISTANCE, at);
}

static void add_mask(struct arena *arena, const struct source *source, struct mask mask)
{
    struct masks *masks = source->masks;
    masks->items = arena_append(arena, masks->items, masks->count, sizeof *masks->items);
    masks->items[masks->count++] = mask;
    masks->ordered = false;
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

void source_order_masks(const struct source *source)
{
    struct masks *masks = source->masks;
    if (masks->ordered) {
        return;
    }
    if (masks->count > 0) {
        qsort(masks->items, masks->count, sizeof *masks->items, compare_masks);
    }
    for (size_t i = 0; i < masks->count; i++) {
        uint32_t before = i > 0 ? masks->items[i - 1].reach : 0;
        uint32_t end = masks->items[i].range.end;
        masks->items[i].reach = end > before ? end : before;
    }
    masks->ordered = true;
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
    masks->searched = true;
    source_order_masks(source);
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
    if (masks->ordered) {
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
