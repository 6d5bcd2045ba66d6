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

void percent_encode(struct builder *out, struct slice text)
{
    static const char member[256] = {
        ['-'] = 1, ['_'] = 1,  ['.'] = 1, ['!'] = 1, ['~'] = 1,
        ['*'] = 1, ['\''] = 1, ['('] = 1, [')'] = 1,
    };
    size_t plain = 0; /* start of the run of bytes that stay */
    for (size_t i = 0; i < text.length; i++) {
        unsigned char byte = (unsigned char)text.data[i];
        bool stays = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
                     (byte >= '0' && byte <= '9') || member[byte];
        if (!stays) {
            builder_add(out, slice_part(text, plain, i));
            add_escaped(out, byte);
            plain = i + 1;
        }
    }
    builder_add(out, slice_part(text, plain, text.length));
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
