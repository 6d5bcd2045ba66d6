/*
 * A view of bytes: pointer and length, not NUL-terminated, not owned.
 * Text inside dialogc is UTF-8 and travels as slices.
 */
#ifndef DIALOGC_BASE_SLICE_H
#define DIALOGC_BASE_SLICE_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

struct slice {
    const char *data;
    size_t length;
};

/* A slice of a string literal. */
#define SLICE(literal) ((struct slice){(literal), sizeof(literal) - 1})

/* printf arguments for "%.*s". */
#define SLICE_ARG(s) (int)(s).length, (s).data

static inline struct slice slice_of(const char *text)
{
    return (struct slice){text, text != NULL ? strlen(text) : 0};
}

static inline bool slice_equal(struct slice a, struct slice b)
{
    return a.length == b.length && (a.length == 0 || memcmp(a.data, b.data, a.length) == 0);
}

/* Most comparisons are with the words of a table, and differ in the first letter. */
static inline bool slice_is(struct slice a, const char *text)
{
    for (size_t i = 0; i < a.length; i++) {
        if (text[i] != a.data[i] || text[i] == '\0') {
            return false;
        }
    }
    return text[a.length] == '\0';
}

static inline struct slice slice_part(struct slice s, size_t start, size_t end)
{
    return (struct slice){start > 0 ? s.data + start : s.data, end - start};
}

static inline bool slice_starts_with(struct slice s, const char *prefix)
{
    size_t length = strlen(prefix);
    return s.length >= length && memcmp(s.data, prefix, length) == 0;
}

static inline bool slice_ends_with(struct slice s, const char *suffix)
{
    size_t length = strlen(suffix);
    return s.length >= length && memcmp(s.data + s.length - length, suffix, length) == 0;
}

/* True when `s` is one of the words of a list that ends with NULL. */
static inline bool slice_is_any(struct slice s, const char *const *words)
{
    while (*words != NULL && !slice_is(s, *words)) {
        words++;
    }
    return *words != NULL;
}

/* True for the letters at `text`, as many as there are in `a`; their case does not count. */
bool slice_has_letters(struct slice a, const char *text);

/* ASCII case-insensitive equality, as the platform compares node names. */
static inline bool slice_equal_ignoring_case(struct slice a, struct slice b)
{
    return a.length == b.length && slice_has_letters(a, b.data);
}

bool slice_starts_with_ignoring_case(struct slice s, const char *prefix);
bool slice_ends_with_ignoring_case(struct slice s, const char *suffix);

/* True when one of the words of a list (NULL at its end) is anywhere in the text, in any letter
 * case of ASCII. */
bool slice_contains_any_ignoring_case(struct slice s, const char *const *words);

/* Byte order; for sorting. */
int slice_compare(struct slice a, struct slice b);

/* The offset of `needle` in `s` at or after `from`, or SIZE_MAX. */
size_t slice_find(struct slice s, const char *needle, size_t from);
size_t slice_find_slice(struct slice s, struct slice needle, size_t from);

/* `s` without spaces, tabs and line breaks at both ends. */
struct slice slice_trim(struct slice s);

/*
 * The parts of a text between separators: sets `*part` to the one that begins at `*at` (0 at first)
 * and moves `*at` to the next. False when there is none. "a,b" has two parts, "a," two and "" one.
 */
bool slice_next_part(struct slice s, char separator, size_t *at, struct slice *part);

#endif
