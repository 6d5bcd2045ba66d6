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

/* Room for `extra` more bytes. */
void builder_reserve(struct builder *builder, size_t extra);

void builder_add(struct builder *builder, struct slice text);
void builder_add_text(struct builder *builder, const char *text);
void builder_add_char(struct builder *builder, char c);
void builder_add_repeated(struct builder *builder, char c, size_t count);

#if defined(__GNUC__)
__attribute__((format(printf, 2, 3)))
#endif
void builder_printf(struct builder *builder, const char *format, ...);

/* What has been built; valid until the next addition. A NUL byte follows it. */
struct slice builder_slice(struct builder *builder);

#endif
