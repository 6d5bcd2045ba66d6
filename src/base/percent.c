/* Percent-encoding. */
#include "base/ascii.h"
#include "base/percent.h"

#include <stdint.h>

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
#define IS_DIGIT(b)  ((b) >= '0' && (b) <= '9')
#define IS_LETTER(b) (((b) >= 'A' && (b) <= 'Z') || ((b) >= 'a' && (b) <= 'z'))
#define IS_MARK(b)                                                                                 \
    ((b) == '-' || (b) == '_' || (b) == '.' || (b) == '!' || (b) == '~' || (b) == '*' ||           \
     (b) == '\'' || (b) == '(' || (b) == ')')
#define STAYS(b) (IS_DIGIT(b) || IS_LETTER(b) || IS_MARK(b))

/*
 * A byte as it is encoded. A table takes the place of branches, which the processor predicts badly
 * on text.
 */
struct encoded {
    char text[4]; /* all four are copied, the first `length` of them count */
    unsigned char length;
};

#define HEX(d) ((d) < 10 ? '0' + (d) : 'A' + (d)-10)
#define ROW(b)                                                                                     \
    {                                                                                              \
        {STAYS(b) ? (char)(b) : '%', HEX((b) / 16), HEX((b) % 16), 0}, STAYS(b) ? 1 : 3            \
    }
#define ROWS4(b)  ROW(b), ROW((b) + 1), ROW((b) + 2), ROW((b) + 3)
#define ROWS16(b) ROWS4(b), ROWS4((b) + 4), ROWS4((b) + 8), ROWS4((b) + 12)
#define ROWS64(b) ROWS16(b), ROWS16((b) + 16), ROWS16((b) + 32), ROWS16((b) + 48)

static const struct encoded encoded[256] = {ROWS64(0), ROWS64(64), ROWS64(128), ROWS64(192)};

void percent_encode(struct builder *out, struct slice text)
{
    builder_reserve(out, 3 * text.length + sizeof encoded[0].text);
    char *at = out->data + out->length;
    for (size_t i = 0; i < text.length; i++) {
        const struct encoded *byte = &encoded[(unsigned char)text.data[i]];
        memcpy(at, byte->text, sizeof byte->text);
        at += byte->length;
    }
    out->length = (size_t)(at - out->data);
}

static bool is_hex_digit(char c)
{
    return ascii_hex_value(c) >= 0;
}

static bool is_escape(struct slice text, size_t at)
{
    return text.data[at] == '%' && at + 2 < text.length && is_hex_digit(text.data[at + 1]) &&
           is_hex_digit(text.data[at + 2]);
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
    builder_reserve(out, text.length);
    char *at = out->data + out->length;
    for (size_t i = 0; i < text.length; i++) {
        if (text.data[i] != '%') {
            *at++ = text.data[i];
        } else if (is_escape(text, i)) {
            *at++ = (char)(hex_digit(text.data[i + 1]) << 4 | hex_digit(text.data[i + 2]));
            i += 2;
        } else {
            return false;
        }
    }
    out->length = (size_t)(at - out->data);
    return true;
}

struct slice percent_decode_text(struct arena *arena, struct slice text)
{
    struct builder out = builder_new(arena);
    if (slice_find(text, "%", 0) == SIZE_MAX || !percent_decode(&out, text)) {
        return text;
    }
    return builder_slice(&out);
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
