#include "editor/rpc/framing.h"

#include <stdint.h>

#include "base/ascii.h"

/* The longest header block that is waited for. */
#define HEADER_BYTES_LIMIT ((size_t)8 * 1024)

struct frame_reader frame_reader_new(struct arena *arena, enum framing framing)
{
    return (struct frame_reader){.framing = framing, .bytes = builder_new(arena)};
}

/* What has come and was not taken yet. */
static struct slice rest_of(const struct frame_reader *reader)
{
    return (struct slice){reader->bytes.data + reader->taken, reader->bytes.length - reader->taken};
}

void frame_feed(struct frame_reader *reader, struct slice bytes)
{
    struct builder *held = &reader->bytes;
    if (reader->taken > 0) { /* what was taken makes room */
        memmove(held->data, held->data + reader->taken, held->length - reader->taken);
        held->length -= reader->taken;
        reader->taken = 0;
    }
    builder_add(held, bytes);
}

/* Passes over the rest of a message that is too long; false while it has not come. */
static bool skip(struct frame_reader *reader)
{
    struct slice rest = rest_of(reader);
    size_t length = reader->skipping < rest.length ? reader->skipping : rest.length;
    if (reader->skips_line) {
        size_t end = slice_find(rest, "\n", 0);
        length = end == SIZE_MAX ? rest.length : end + 1;
        reader->skips_line = end == SIZE_MAX;
    } else {
        reader->skipping -= length;
    }
    reader->taken += length;
    return reader->skipping == 0 && !reader->skips_line;
}

static enum frame take_line(struct frame_reader *reader, struct slice *message)
{
    struct slice rest = rest_of(reader);
    size_t end = slice_find(rest, "\n", 0);
    if (end == SIZE_MAX && rest.length <= FRAME_BYTES_LIMIT) {
        return FRAME_INCOMPLETE;
    }
    if (end == SIZE_MAX || end > FRAME_BYTES_LIMIT) {
        reader->skips_line = true;
        skip(reader);
        return FRAME_TOO_LONG;
    }
    reader->taken += end + 1;
    *message = slice_trim(slice_part(rest, 0, end));
    return FRAME_WHOLE;
}

/* The number in "Content-Length: 42"; false for other headers. */
static bool read_length(struct slice header, size_t *length)
{
    static const char name[] = "content-length:";
    if (!slice_starts_with_ignoring_case(header, name)) {
        return false;
    }
    struct slice digits = slice_trim(slice_part(header, sizeof name - 1, header.length));
    *length = 0;
    for (size_t i = 0; i < digits.length; i++) {
        if (!ascii_is_digit(digits.data[i]) || *length > FRAME_BYTES_LIMIT * 16) {
            return false;
        }
        *length = *length * 10 + (size_t)(digits.data[i] - '0');
    }
    return digits.length > 0;
}

/*
 * Reads a block of headers, which an empty line ends. Its length goes to `*size`, 0 while it is not
 * whole; that of its message to `*length`, SIZE_MAX when no header says it.
 */
static void read_headers(struct slice bytes, size_t *size, size_t *length)
{
    size_t at = 0;
    *size = 0;
    *length = SIZE_MAX;
    for (;;) {
        size_t end = slice_find(bytes, "\n", at);
        if (end == SIZE_MAX) {
            return;
        }
        struct slice header = slice_trim(slice_part(bytes, at, end));
        size_t found;
        at = end + 1;
        if (header.length == 0) {
            *size = at;
            return;
        }
        *length = read_length(header, &found) ? found : *length;
    }
}

static enum frame take_block(struct frame_reader *reader, struct slice *message)
{
    size_t size, length;
    struct slice rest = rest_of(reader);
    read_headers(rest, &size, &length);
    if (size == 0 && rest.length <= HEADER_BYTES_LIMIT) {
        return FRAME_INCOMPLETE;
    }
    if (size == 0 || length == SIZE_MAX) {
        reader->taken += size == 0 ? rest.length : size;
        return FRAME_MALFORMED;
    }
    if (length > FRAME_BYTES_LIMIT) {
        reader->taken += size;
        reader->skipping = length;
        skip(reader);
        return FRAME_TOO_LONG;
    }
    if (rest.length - size < length) {
        return FRAME_INCOMPLETE;
    }
    reader->taken += size + length;
    *message = slice_part(rest, size, size + length);
    return FRAME_WHOLE;
}

enum frame frame_take(struct frame_reader *reader, struct slice *message)
{
    bool skips = reader->skipping > 0 || reader->skips_line;
    if ((skips && !skip(reader)) || reader->taken == reader->bytes.length) {
        return FRAME_INCOMPLETE;
    }
    return reader->framing == FRAMING_LINES ? take_line(reader, message)
                                            : take_block(reader, message);
}

void frame_write(struct builder *out, enum framing framing, struct slice message)
{
    if (framing == FRAMING_HEADERS) {
        builder_printf(out, "Content-Length: %zu\r\n\r\n", message.length);
    }
    builder_add(out, message);
    if (framing == FRAMING_LINES) {
        builder_add_char(out, '\n');
    }
}
