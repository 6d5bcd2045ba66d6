#include "base/composed.h"

#include <utf8proc.h>

/* The first byte of U+0300, the first character that is not composed in itself. */
#define FIRST_LEAD 0xCC

static bool is_composed(struct slice text)
{
    for (size_t i = 0; i < text.length; i++) {
        if ((unsigned char)text.data[i] >= FIRST_LEAD) {
            return false;
        }
    }
    return true;
}

struct slice composed_text(struct arena *arena, struct slice text)
{
    static const utf8proc_option_t options = UTF8PROC_STABLE | UTF8PROC_COMPOSE;
    const utf8proc_uint8_t *bytes = (const utf8proc_uint8_t *)text.data;
    if (is_composed(text)) {
        return text;
    }
    utf8proc_ssize_t count =
        utf8proc_decompose(bytes, (utf8proc_ssize_t)text.length, NULL, 0, options);
    if (count <= 0) {
        return text;
    }
    /* reencoding writes the bytes and a NUL into the same place */
    utf8proc_int32_t *characters = arena_alloc_array(arena, (size_t)count + 1, sizeof *characters);
    utf8proc_decompose(bytes, (utf8proc_ssize_t)text.length, characters, count, options);
    utf8proc_ssize_t length = utf8proc_reencode(characters, count, options);
    struct slice composed = {(const char *)characters, length > 0 ? (size_t)length : 0};
    return length < 0 || slice_equal(composed, text) ? text : composed;
}

bool composed_equal(struct arena *arena, struct slice a, struct slice b)
{
    return slice_equal(a, b) || (!(is_composed(a) && is_composed(b)) &&
                                 slice_equal(composed_text(arena, a), composed_text(arena, b)));
}
