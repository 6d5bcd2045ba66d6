#include "diag/secret_shape.h"

#include "base/ascii.h"

#define THREE(a, b, c, kind)        [a] = (kind), [b] = (kind), [c] = (kind)
#define SIX(a, b, c, d, e, f, kind) THREE(a, b, c, kind), THREE(d, e, f, kind)

const uint16_t shape_characters[256] = {
    SIX('0', '1', '2', '3', '4', '5', CHAR_DIGIT),
    THREE('6', '7', '8', CHAR_DIGIT),
    ['9'] = CHAR_DIGIT,
    SIX('a', 'b', 'c', 'd', 'e', 'f', CHAR_SMALL_HEX),
    SIX('g', 'h', 'i', 'j', 'k', 'l', CHAR_SMALL),
    SIX('m', 'n', 'o', 'p', 'q', 'r', CHAR_SMALL),
    SIX('s', 't', 'u', 'v', 'w', 'x', CHAR_SMALL),
    ['y'] = CHAR_SMALL,
    ['z'] = CHAR_SMALL,
    SIX('A', 'B', 'C', 'D', 'E', 'F', CHAR_CAPITAL_HEX),
    SIX('G', 'H', 'I', 'J', 'K', 'L', CHAR_CAPITAL),
    SIX('M', 'N', 'O', 'P', 'Q', 'R', CHAR_CAPITAL),
    SIX('S', 'T', 'U', 'V', 'W', 'X', CHAR_CAPITAL),
    ['Y'] = CHAR_CAPITAL,
    ['Z'] = CHAR_CAPITAL,
    ['_'] = CHAR_UNDERSCORE,
    ['-'] = CHAR_DASH,
    ['.'] = CHAR_DOT,
    ['+'] = CHAR_PLUS,
    ['/'] = CHAR_PLUS,
    ['='] = CHAR_EQUALS | CHAR_SEPARATOR,
    [':'] = CHAR_SEPARATOR,
    ['>'] = CHAR_SEPARATOR,
    ['@'] = CHAR_AT,
    ['~'] = CHAR_TILDE,
    ['\\'] = CHAR_ESCAPE,
    ['%'] = CHAR_ESCAPE,
};

size_t shape_run(struct slice text, size_t at, unsigned characters)
{
    size_t end = at;
    while (end < text.length && (shape_of(text.data[end]) & characters) != 0) {
        end++;
    }
    return end - at;
}

/* Digits, capitals, small letters and the rest. */
static unsigned class_of(char c)
{
    unsigned kind = shape_of(c);
    return kind & CHAR_DIGIT ? 1 : kind & CHARS_CAPITAL ? 2 : kind & CHARS_SMALL ? 3 : 0;
}

struct shape shape_measure(struct slice text)
{
    struct shape shape = {0};
    size_t counts[4] = {0};
    bool seen[256] = {0};
    size_t hexadecimal[2] = {0}; /* digits and capitals, digits and small letters */
    for (size_t i = 0; i < text.length; i++) {
        unsigned kind = shape_of(text.data[i]);
        unsigned class = class_of(text.data[i]);
        bool change = i > 0 && class != class_of(text.data[i - 1]);
        bool *known = &seen[(unsigned char)text.data[i]];
        shape.different += !*known;
        *known = true;
        counts[class]++;
        shape.changes += change;
        shape.digit_runs += class == 1 && (change || i == 0);
        hexadecimal[0] += (kind & (CHAR_DIGIT | CHAR_CAPITAL_HEX)) != 0;
        hexadecimal[1] += (kind & (CHAR_DIGIT | CHAR_SMALL_HEX)) != 0;
    }
    shape.others = counts[0];
    shape.digits = counts[1];
    shape.capitals = counts[2];
    shape.smalls = counts[3];
    shape.hexadecimal = hexadecimal[0] == text.length || hexadecimal[1] == text.length;
    return shape;
}

bool shape_is_placeholder(struct slice text)
{
    static const char *const words[] = {"xxxx",      "your",     "placeholder", "changeme",
                                        "change_me", "redacted", "****",        "....",
                                        "${",        "{{",       "$(",          NULL};
    size_t same = 0;
    while (same < text.length && text.data[same] == text.data[0]) {
        same++;
    }
    if (text.length < 3 || same == text.length) {
        return same > 2;
    }
    char last = text.data[text.length - 1];
    return memchr("<$[", text.data[0], 3) != NULL || (text.data[0] == '%' && last == '%') ||
           slice_contains_any_ignoring_case(text, words);
}

bool shape_is_sample(struct slice text)
{
    static const char *const words[] = {"example", "dummy", "sample",   "insert",
                                        "fake",    "env.",  "context.", NULL};
    return shape_is_placeholder(text) || slice_contains_any_ignoring_case(text, words);
}

bool shape_has_guid(struct slice text)
{
    static const unsigned char groups[] = {8, 4, 4, 4, 12};
    for (size_t at = 8; at + 28 <= text.length; at++) {
        size_t group = 0;
        size_t start = at - 8;
        while (text.data[at] == '-' && group < sizeof groups &&
               shape_run(text, start, CHARS_HEX) >= groups[group] &&
               (group == 4 || text.data[start + groups[group]] == '-')) {
            start += groups[group++] + 1U;
        }
        if (group == sizeof groups) {
            return true;
        }
    }
    return false;
}

bool shape_is_random(struct slice value)
{
    struct shape shape = shape_measure(value);
    size_t length = value.length;
    if (length < 20 || shape.different < 8 || shape.digits < 3 || shape_is_placeholder(value) ||
        shape_has_guid(value) || shape_run(value, 0, CHARS_BASE64 | CHAR_ESCAPE) < length) {
        return false;
    }
    if (shape.hexadecimal) {
        return length >= 32 && length - shape.digits >= 4;
    }
    return shape.digit_runs >= 2 && shape.capitals >= 2 && shape.smalls >= 2 &&
           shape.different >= 12 && shape.changes * 3 >= length;
}

bool shape_is_chosen(struct slice value)
{
    struct shape shape = shape_measure(value);
    size_t letters = shape.capitals + shape.smalls;
    if (value.length < 8 || shape.different < 5 || shape_is_sample(value) || letters == 0) {
        return false;
    }
    bool ends_in_number =
        shape.digit_runs == 1 && shape.digits <= 3 && ascii_is_digit(value.data[value.length - 1]);
    bool mixed = shape.capitals > 1 && shape.smalls > 1 && shape.changes * 3 >= value.length;
    return (shape.digits > 0 && !ends_in_number) || (value.length >= 16 && mixed);
}
