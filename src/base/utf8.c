/* UTF-8 by the table of the Unicode standard, chapter 3, "well-formed byte sequences". */
#include "base/utf8.h"

static bool continues(unsigned char byte)
{
    return (byte & 0xC0) == 0x80;
}

size_t utf8_sequence(struct slice s)
{
    const unsigned char *b = (const unsigned char *)s.data;
    if (s.length == 0) {
        return 0;
    }
    if (b[0] < 0x80) {
        return 1;
    }
    if (b[0] >= 0xC2 && b[0] <= 0xDF) {
        return s.length >= 2 && continues(b[1]) ? 2 : 0;
    }
    if (b[0] >= 0xE0 && b[0] <= 0xEF) {
        if (s.length < 3 || !continues(b[1]) || !continues(b[2])) {
            return 0;
        }
        bool overlong = b[0] == 0xE0 && b[1] < 0xA0;
        bool surrogate = b[0] == 0xED && b[1] > 0x9F;
        return overlong || surrogate ? 0 : 3;
    }
    if (b[0] >= 0xF0 && b[0] <= 0xF4) {
        if (s.length < 4 || !continues(b[1]) || !continues(b[2]) || !continues(b[3])) {
            return 0;
        }
        bool overlong = b[0] == 0xF0 && b[1] < 0x90;
        bool too_large = b[0] == 0xF4 && b[1] > 0x8F;
        return overlong || too_large ? 0 : 4;
    }
    return 0;
}

bool utf8_is_valid(struct slice s)
{
    size_t at = 0;
    while (at < s.length) {
        size_t length = utf8_sequence(slice_part(s, at, s.length));
        if (length == 0) {
            return false;
        }
        at += length;
    }
    return true;
}

uint32_t utf8_decode(struct slice s, size_t *length)
{
    const unsigned char *b = (const unsigned char *)s.data;
    *length = utf8_sequence(s);
    switch (*length) {
    case 1:
        return b[0];
    case 2:
        return (uint32_t)(b[0] & 0x1F) << 6 | (b[1] & 0x3F);
    case 3:
        return (uint32_t)(b[0] & 0x0F) << 12 | (uint32_t)(b[1] & 0x3F) << 6 | (b[2] & 0x3F);
    case 4:
        return (uint32_t)(b[0] & 0x07) << 18 | (uint32_t)(b[1] & 0x3F) << 12 |
               (uint32_t)(b[2] & 0x3F) << 6 | (b[3] & 0x3F);
    default:
        *length = 1;
        return 0xFFFD;
    }
}

size_t utf8_count(struct slice s)
{
    size_t count = 0;
    for (size_t i = 0; i < s.length; i++) {
        count += !continues((unsigned char)s.data[i]);
    }
    return count;
}

size_t utf8_encode(uint32_t c, char out[4])
{
    if (c < 0x80) {
        out[0] = (char)c;
        return 1;
    }
    if (c < 0x800) {
        out[0] = (char)(0xC0 | c >> 6);
        out[1] = (char)(0x80 | (c & 0x3F));
        return 2;
    }
    if (c < 0x10000) {
        out[0] = (char)(0xE0 | c >> 12);
        out[1] = (char)(0x80 | (c >> 6 & 0x3F));
        out[2] = (char)(0x80 | (c & 0x3F));
        return 3;
    }
    out[0] = (char)(0xF0 | c >> 18);
    out[1] = (char)(0x80 | (c >> 12 & 0x3F));
    out[2] = (char)(0x80 | (c >> 6 & 0x3F));
    out[3] = (char)(0x80 | (c & 0x3F));
    return 4;
}

size_t utf8_mark(struct slice s)
{
    return slice_starts_with(s, "\xEF\xBB\xBF") ? 3 : 0;
}

bool utf16_is_likely(struct slice s)
{
    return slice_starts_with(s, "\xFF\xFE") || slice_starts_with(s, "\xFE\xFF") ||
           (s.length >= 2 && (s.data[0] == '\0') != (s.data[1] == '\0'));
}
