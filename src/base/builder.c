/* Builder: doubling buffer on an arena. */
#include "base/builder.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>

void builder_reserve(struct builder *builder, size_t extra)
{
    if (builder->capacity - builder->length >= extra) {
        return;
    }
    if (extra > SIZE_MAX / 4 || builder->length > SIZE_MAX / 4) {
        arena_fail(builder->arena);
    }
    size_t capacity = builder->capacity == 0 ? 256 : builder->capacity * 2;
    while (capacity - builder->length < extra) {
        capacity *= 2;
    }
    builder->data = arena_grow(builder->arena, builder->data, builder->capacity, capacity, 1);
    builder->capacity = capacity;
}

void builder_add(struct builder *builder, struct slice text)
{
    if (text.length == 0) {
        return;
    }
    builder_reserve(builder, text.length);
    memcpy(builder->data + builder->length, text.data, text.length);
    builder->length += text.length;
}

void builder_add_text(struct builder *builder, const char *text)
{
    builder_add(builder, slice_of(text));
}

void builder_add_char(struct builder *builder, char c)
{
    builder_reserve(builder, 1);
    builder->data[builder->length++] = c;
}

void builder_add_repeated(struct builder *builder, char c, size_t count)
{
    builder_reserve(builder, count);
    if (count > 0) {
        memset(builder->data + builder->length, c, count);
    }
    builder->length += count;
}

void builder_printf(struct builder *builder, const char *format, ...)
{
    va_list arguments;
    va_list again;
    va_start(arguments, format);
    va_copy(again, arguments);
    int length = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    if (length < 0) {
        va_end(again);
        arena_fail(builder->arena);
    }
    builder_reserve(builder, (size_t)length + 1);
    vsnprintf(builder->data + builder->length, (size_t)length + 1, format, again);
    va_end(again);
    builder->length += (size_t)length;
}

struct slice builder_slice(struct builder *builder)
{
    builder_reserve(builder, 1);
    builder->data[builder->length] = '\0';
    return (struct slice){builder->data, builder->length};
}
