/* Texts are UTF-8 in dialogc and UTF-16 in JavaScript. */
#include "base/utf8.h"
#include "trial/script/parts.h"

#define REPLACEMENT 0xfffd

/* Most texts are ASCII, which JavaScriptCore keeps, reads and compares in half the space. */
static bool is_ascii(struct slice text)
{
    unsigned char all = 0;
    for (size_t i = 0; i < text.length; i++) {
        all |= (unsigned char)text.data[i];
    }
    return all < 0x80 && memchr(text.data, '\0', text.length) == NULL;
}

JSStringRef script_to_javascript(struct arena *arena, struct slice text)
{
    if (text.length > 0 && is_ascii(text)) {
        return JSStringCreateWithUTF8CString(arena_copy(arena, text));
    }
    JSChar *units = arena_alloc_array(arena, text.length + 1, sizeof *units);
    size_t count = 0;
    for (size_t at = 0; at < text.length;) {
        struct slice rest = slice_part(text, at, text.length);
        size_t length = utf8_sequence(rest);
        uint32_t code = length > 0 ? utf8_decode(rest, &length) : REPLACEMENT;
        at += length > 0 ? length : 1;
        if (code >= 0x10000) {
            units[count++] = (JSChar)(0xd800 + ((code - 0x10000) >> 10));
            units[count++] = (JSChar)(0xdc00 + ((code - 0x10000) & 0x3ff));
        } else {
            units[count++] = (JSChar)code;
        }
    }
    return JSStringCreateWithCharacters(units, count);
}

void script_from_javascript(struct builder *out, JSStringRef string)
{
    const JSChar *units = JSStringGetCharactersPtr(string);
    size_t count = JSStringGetLength(string);
    builder_reserve(out, count);
    for (size_t i = 0; i < count; i++) {
        uint32_t code = units[i];
        if (code >= 0xd800 && code < 0xdc00 && i + 1 < count && units[i + 1] >= 0xdc00 &&
            units[i + 1] < 0xe000) {
            i++;
            code = 0x10000 + ((code - 0xd800) << 10) + (units[i] - 0xdc00u);
        } else if (code >= 0xd800 && code < 0xe000) {
            code = REPLACEMENT;
        }
        char bytes[4];
        builder_add(out, (struct slice){bytes, utf8_encode(code, bytes)});
    }
}
