/* Builder: a string that grows inside an arena. */
#ifndef DIALOGC_BASE_BUILDER_H
#define DIALOGC_BASE_BUILDER_H

#include "base/arena.h"

struct builder {
    struct arena *arena;
    char *data;
    size_t length;
    size_t capacity;
};

static inline struct builder builder_new(struct arena *arena)
{
    return (struct builder){.arena = arena};
}

/* Makes room for `extra` more bytes; for builder_reserve only. */
void builder_grow(struct builder *builder, size_t extra);

/* Room for `extra` more bytes. */
static inline void builder_reserve(struct builder *builder, size_t extra)
{
    if (builder->capacity - builder->length < extra) {
        builder_grow(builder, extra);
    }
}

static inline void builder_add(struct builder *builder, struct slice text)
{
    builder_reserve(builder, text.length);
    if (text.length > 0) {
        memcpy(builder->data + builder->length, text.data, text.length);
        builder->length += text.length;
    }
}

static inline void builder_add_text(struct builder *builder, const char *text)
{
    builder_add(builder, slice_of(text));
}

static inline void builder_add_char(struct builder *builder, char c)
{
    builder_reserve(builder, 1);
    builder->data[builder->length++] = c;
}

void builder_add_repeated(struct builder *builder, char c, size_t count);

PRINTF_LIKE(2, 3)
void builder_printf(struct builder *builder, const char *format, ...);

/* What an English noun has after its number: "1 node", "2 nodes". */
static inline const char *plural(size_t count)
{
    return count == 1 ? "" : "s";
}

/* What has been built; valid until the next addition. A NUL byte follows it. */
struct slice builder_slice(struct builder *builder);

/*
 * Adds `text` and a line feed, with its lines broken at blanks to at most `width` columns. Lines
 * that go on begin in column `indent`, where the first one begins too. Paragraphs of the text (for
 * which `indent` is 0) stay apart.
 */
void builder_add_wrapped(struct builder *builder, const char *text, size_t indent, size_t width);

#endif
