#include "editor/workspace/position.h"

#include "base/utf8.h"

static bool is_line_end(struct slice text, size_t at)
{
    return text.data[at] == '\n' ||
           (text.data[at] == '\r' && (at + 1 == text.length || text.data[at + 1] != '\n'));
}

struct lines lines_new(struct arena *arena, struct slice text, enum position_encoding encoding)
{
    struct lines lines = {.text = text, .encoding = encoding, .count = 1};
    for (size_t i = 0; i < text.length; i++) {
        lines.count += is_line_end(text, i);
    }
    lines.starts = arena_alloc_array(arena, lines.count, sizeof *lines.starts);
    size_t line = 1;
    for (size_t i = 0; i < text.length; i++) {
        if (is_line_end(text, i)) {
            lines.starts[line++] = (uint32_t)i + 1;
        }
    }
    return lines;
}

/* The line that a byte is in. */
static size_t line_of(const struct lines *lines, uint32_t offset)
{
    size_t low = 0;
    size_t high = lines->count;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (lines->starts[middle] <= offset) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return low;
}

/* The bytes of the character at `at`, and what it counts; a byte that is not UTF-8 counts 1. */
static size_t step(const struct lines *lines, size_t at, size_t *units)
{
    size_t length = utf8_sequence(slice_part(lines->text, at, lines->text.length));
    length = length == 0 ? 1 : length;
    *units = lines->encoding == ENCODING_UTF8 ? length : length == 4 ? 2 : 1;
    return length;
}

struct text_position lines_position(const struct lines *lines, uint32_t offset)
{
    size_t end = offset < lines->text.length ? offset : lines->text.length;
    struct text_position position = {line_of(lines, (uint32_t)end), 0};
    size_t units;
    for (size_t at = lines->starts[position.line]; at < end;) {
        at += step(lines, at, &units);
        position.character += units;
    }
    return position;
}

/* Where the text of a line ends, before its line end. */
static size_t end_of_line(const struct lines *lines, size_t line)
{
    if (line + 1 == lines->count) {
        return lines->text.length;
    }
    size_t end = lines->starts[line + 1] - 1;
    bool is_pair = end > lines->starts[line] && lines->text.data[end] == '\n' &&
                   lines->text.data[end - 1] == '\r';
    return end - is_pair;
}

uint32_t lines_offset(const struct lines *lines, struct text_position position)
{
    if (position.line >= lines->count) {
        return (uint32_t)lines->text.length;
    }
    size_t at = lines->starts[position.line];
    size_t end = end_of_line(lines, position.line);
    size_t units;
    for (size_t character = 0; at < end && character < position.character;) {
        size_t length = step(lines, at, &units);
        character += units;
        at += length;
    }
    return (uint32_t)(at < end ? at : end);
}

static void add_position(const struct lines *lines, struct cjson parent, const char *key,
                         uint32_t offset)
{
    struct text_position position = lines_position(lines, offset);
    struct cjson added = cjson_add_object(parent, key);
    cjson_add_count(added, "line", position.line);
    cjson_add_count(added, "character", position.character);
}

void lines_add_range(const struct lines *lines, struct cjson parent, const char *key,
                     struct range range)
{
    struct cjson added = cjson_add_object(parent, key);
    add_position(lines, added, "start", range.start);
    add_position(lines, added, "end", range.end);
}

bool position_read(const struct node *node, struct text_position *position)
{
    long long line = node_integer(node_get(node, "line"), -1);
    long long character = node_integer(node_get(node, "character"), -1);
    *position = (struct text_position){(size_t)line, (size_t)character};
    return line >= 0 && character >= 0;
}

bool lines_read_range(const struct lines *lines, const struct node *node, struct range *range)
{
    struct text_position start, end;
    if (!position_read(node_get(node, "start"), &start) ||
        !position_read(node_get(node, "end"), &end)) {
        return false;
    }
    *range = (struct range){lines_offset(lines, start), lines_offset(lines, end)};
    return range->start <= range->end;
}
