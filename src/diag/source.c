/* Source: positions are computed when a finding is shown, not for every node. */
#include "diag/source.h"

#include "base/utf8.h"

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

void source_mask(struct arena *arena, const struct source *source, struct range range)
{
    struct masks *masks = source->masks;
    masks->items = arena_append(arena, masks->items, masks->count, sizeof *masks->items);
    masks->items[masks->count++] = range;
}
