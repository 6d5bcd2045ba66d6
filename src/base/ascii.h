/* Kinds of ASCII characters, whatever the locale says. */
#ifndef DIALOGC_BASE_ASCII_H
#define DIALOGC_BASE_ASCII_H

#include <stdbool.h>

static inline bool ascii_is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static inline bool ascii_is_letter(char c)
{
    return (unsigned char)((c | ' ') - 'a') < 26; /* a blank is the bit that makes letters small */
}

static inline char ascii_to_lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static inline char ascii_to_upper(char c)
{
    return c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
}

/* What a word is made of: letters, digits, underscores. */
static inline bool ascii_is_word(char c)
{
    return ascii_is_letter(c) || ascii_is_digit(c) || c == '_';
}

#endif
