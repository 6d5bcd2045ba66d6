/* Builder: doubling buffer on an arena. */
#include "base/builder.h"

#include <stdarg.h>
#include <stdint.h>

#include "base/format.h"

void builder_grow(struct builder *builder, size_t extra)
{
    if (extra > SIZE_MAX / 4 || builder->length > SIZE_MAX / 4) {
        arena_fail(builder->arena);
    }
    size_t capacity = builder->capacity == 0 ? 256 : builder->capacity * 2;
    while (capacity - builder->length < extra) {
        capacity *= 2;
    }
    builder->data = arena_grow_bytes(builder->arena, builder->data, builder->capacity, capacity);
    builder->capacity = capacity;
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
    builder_reserve(builder, 64);
    va_start(arguments, format);
    va_copy(again, arguments);
    size_t room = builder->capacity - builder->length;
    int length = format_text(builder->data + builder->length, room, format, arguments);
    va_end(arguments);
    if (length < 0) {
        va_end(again);
        arena_fail(builder->arena);
    }
    if ((size_t)length >= room) {
        builder_reserve(builder, (size_t)length + 1);
        format_text(builder->data + builder->length, (size_t)length + 1, format, again);
    }
    va_end(again);
    builder->length += (size_t)length;
}

struct slice builder_slice(struct builder *builder)
{
    builder_reserve(builder, 1);
    builder->data[builder->length] = '\0';
    return (struct slice){builder->data, builder->length};
}

void builder_add_wrapped(struct builder *builder, const char *text, size_t indent, size_t width)
{
    size_t column = indent;
    while (*text != '\0') {
        size_t word = strcspn(text, " \n");
        if (column > indent && column + 1 + word > width) {
            builder_printf(builder, "\n%*s", (int)indent, "");
            column = indent;
        } else if (column > indent) {
            builder_add_char(builder, ' ');
            column++;
        }
        builder_add(builder, (struct slice){text, word});
        column += word;
        text += word;
        for (; *text == '\n'; text++) {
            builder_add_char(builder, '\n');
            column = indent;
        }
        text += *text == ' ';
    }
    builder_add_char(builder, '\n');
}
