/* Shapes of text: what people write, and what only machines choose. */
#ifndef DIALOGC_DIAG_SECRET_SHAPE_H
#define DIALOGC_DIAG_SECRET_SHAPE_H

#include <stdint.h>

#include "base/slice.h"

/* What a character may be part of; a byte of UTF-8 beyond ASCII has none of them. */
enum character {
    CHAR_DIGIT = 1,
    CHAR_SMALL_HEX = 2, /* a to f */
    CHAR_SMALL = 4,     /* g to z */
    CHAR_CAPITAL_HEX = 8,
    CHAR_CAPITAL = 16,
    CHAR_UNDERSCORE = 32,
    CHAR_DASH = 64,
    CHAR_DOT = 128,
    CHAR_PLUS = 256, /* and the slash */
    CHAR_EQUALS = 512,
    CHAR_AT = 1024,
    CHAR_TILDE = 2048,
    CHAR_SEPARATOR = 4096, /* between a name and its value */
    CHAR_ESCAPE = 8192,

    CHARS_HEX = CHAR_DIGIT | CHAR_SMALL_HEX | CHAR_CAPITAL_HEX,
    CHARS_SMALL = CHAR_SMALL_HEX | CHAR_SMALL,
    CHARS_CAPITAL = CHAR_CAPITAL_HEX | CHAR_CAPITAL,
    CHARS_ALNUM = CHAR_DIGIT | CHARS_SMALL | CHARS_CAPITAL,
    CHARS_UPPERS = CHAR_DIGIT | CHARS_CAPITAL | CHAR_DASH,
    CHARS_WORD = CHARS_ALNUM | CHAR_UNDERSCORE,
    CHARS_NAME = CHARS_WORD | CHAR_DASH,
    CHARS_DOTTED = CHARS_NAME | CHAR_DOT,
    CHARS_RUN = CHARS_NAME | CHAR_PLUS,
    CHARS_BASE64 = CHARS_RUN | CHAR_DOT | CHAR_EQUALS | CHAR_TILDE,
    CHARS_PATH = CHARS_BASE64 | CHAR_AT,
    CHARS_TOKEN = CHARS_PATH | CHAR_SEPARATOR | CHAR_ESCAPE, /* between blanks and quotes */
};

extern const uint16_t shape_characters[256];

static inline unsigned shape_of(char c)
{
    return shape_characters[(unsigned char)c];
}

/* True when `word` is at `at`, which may be the end. */
static inline bool shape_is_at(struct slice text, size_t at, struct slice word)
{
    return text.length - at >= word.length && memcmp(text.data + at, word.data, word.length) == 0;
}

static inline bool shape_is_blank(struct slice text, size_t at)
{
    return at < text.length && (text.data[at] == ' ' || text.data[at] == '\t');
}

static inline size_t shape_skip_blanks(struct slice text, size_t at)
{
    while (shape_is_blank(text, at)) {
        at++;
    }
    return at;
}

/* How many of the bytes from `at` on are of `characters`, one behind the other. */
size_t shape_run(struct slice text, size_t at, unsigned characters);

/* What a text consists of. */
struct shape {
    size_t digits;
    size_t digit_runs; /* words with a number behind them have one, random text has many */
    size_t capitals;
    size_t smalls;
    size_t others;    /* anything else */
    size_t different; /* characters */
    size_t changes;   /* between capitals, small letters, digits and others */
    bool hexadecimal; /* letters of one case up to f, and digits */
};

struct shape shape_measure(struct slice text);

/* True for what is written in place of a value: xxxx, YOUR_TOKEN, ${…}, {{…}}, <token>, ----. */
bool shape_is_placeholder(struct slice text);

/* The same, and for what says that it is an example. */
bool shape_is_sample(struct slice text);

/* True when the text has an identifier of the form 9f86d081-884c-4d65-9a2f-eaa0c55ad015 in it. */
bool shape_has_guid(struct slice text);

/* True for a password or token where its name says that it is one: no word, no sample. */
bool shape_is_chosen(struct slice value);

/* True for long random text: of capitals, small letters and digits, or hexadecimal. */
bool shape_is_random(struct slice value);

#endif
