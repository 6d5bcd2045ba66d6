/* Percent-encoding. */
#include "base/percent.h"

#define COMPONENT "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.!~*'()"
#define PATH      COMPONENT "/=?&,:;@+$"

static void add_escaped(struct builder *out, unsigned char byte)
{
    static const char digits[] = "0123456789ABCDEF";
    const char escape[3] = {'%', digits[byte >> 4], digits[byte & 15]};
    builder_add(out, (struct slice){escape, 3});
}

static bool is_member(unsigned char byte, const char *set)
{
    return byte != 0 && strchr(set, byte) != NULL;
}

/* What encodeURIComponent leaves as it is. */
static bool stays(unsigned char byte)
{
    static const unsigned long long set[4] = {0x03FF678200000000ULL, /* ! ' ( ) * - . 0-9 */
                                              0x47FFFFFE87FFFFFEULL, /* A-Z _ a-z ~ */
                                              0, 0};
    return (set[byte >> 6] >> (byte & 63) & 1) != 0;
}

void percent_encode(struct builder *out, struct slice text)
{
    static const char digits[] = "0123456789ABCDEF";
    builder_reserve(out, 3 * text.length);
    char *at = out->data + out->length;
    for (size_t i = 0; i < text.length; i++) {
        unsigned char byte = (unsigned char)text.data[i];
        if (stays(byte)) {
            *at++ = (char)byte;
        } else {
            *at++ = '%';
            *at++ = digits[byte >> 4];
            *at++ = digits[byte & 15];
        }
    }
    out->length = (size_t)(at - out->data);
}

static bool is_escape(struct slice text, size_t at)
{
    const char *hex = "0123456789abcdefABCDEF";
    return text.data[at] == '%' && at + 2 < text.length &&
           is_member((unsigned char)text.data[at + 1], hex) &&
           is_member((unsigned char)text.data[at + 2], hex);
}

void percent_encode_path(struct builder *out, struct slice path)
{
    for (size_t i = 0; i < path.length; i++) {
        unsigned char byte = (unsigned char)path.data[i];
        if (is_member(byte, PATH) || is_escape(path, i)) {
            builder_add_char(out, (char)byte);
        } else {
            add_escaped(out, byte);
        }
    }
}

static unsigned hex_digit(char c)
{
    return c <= '9' ? (unsigned)(c - '0') : (unsigned)((c | 0x20) - 'a' + 10);
}

bool percent_decode(struct builder *out, struct slice text)
{
    size_t start = out->length;
    for (size_t i = 0; i < text.length; i++) {
        if (text.data[i] != '%') {
            builder_add_char(out, text.data[i]);
        } else if (is_escape(text, i)) {
            builder_add_char(
                out, (char)(hex_digit(text.data[i + 1]) << 4 | hex_digit(text.data[i + 2])));
            i += 2;
        } else {
            out->length = start;
            return false;
        }
    }
    return true;
}

struct slice percent_decode_form(struct arena *arena, struct slice text)
{
    char *copy = arena_copy(arena, text);
    for (size_t i = 0; i < text.length; i++) {
        copy[i] = copy[i] == '+' ? ' ' : copy[i];
    }
    struct builder out = builder_new(arena);
    struct slice spaced = {copy, text.length};
    return percent_decode(&out, spaced) ? builder_slice(&out) : text;
}

bool percent_take_pair(struct slice *form, struct slice *name, struct slice *value)
{
    if (form->length == 0) {
        return false;
    }
    size_t end = slice_find(*form, "&", 0);
    end = end < form->length ? end : form->length;
    struct slice pair = slice_part(*form, 0, end);
    size_t equals = slice_find(pair, "=", 0);
    equals = equals < pair.length ? equals : pair.length;
    *name = slice_part(pair, 0, equals);
    *value = slice_part(pair, equals < pair.length ? equals + 1 : pair.length, pair.length);
    *form = slice_part(*form, end < form->length ? end + 1 : end, form->length);
    return true;
}
