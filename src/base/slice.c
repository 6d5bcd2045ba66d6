/* Comparing, searching and dividing slices. */
#include "base/slice.h"

#include <stdint.h>

#include "base/ascii.h"

bool slice_has_letters(struct slice a, const char *text)
{
    for (size_t i = 0; i < a.length; i++) {
        bool same = a.data[i] == text[i] ||
                    (ascii_is_letter(text[i]) && (a.data[i] ^ text[i]) == ('A' ^ 'a'));
        if (!same) {
            return false;
        }
    }
    return true;
}

bool slice_starts_with_ignoring_case(struct slice s, const char *prefix)
{
    size_t length = strlen(prefix);
    return s.length >= length &&
           slice_equal_ignoring_case(slice_part(s, 0, length), (struct slice){prefix, length});
}

bool slice_ends_with_ignoring_case(struct slice s, const char *suffix)
{
    size_t length = strlen(suffix);
    return s.length >= length &&
           slice_starts_with_ignoring_case(slice_part(s, s.length - length, s.length), suffix);
}

bool slice_contains_any_ignoring_case(struct slice s, const char *const *words)
{
    for (size_t at = 0; at < s.length; at++) {
        char first = ascii_to_lower(s.data[at]);
        for (const char *const *word = words; *word != NULL; word++) {
            if (ascii_to_lower((*word)[0]) == first &&
                slice_starts_with_ignoring_case(slice_part(s, at, s.length), *word)) {
                return true;
            }
        }
    }
    return false;
}

int slice_compare(struct slice a, struct slice b)
{
    size_t common = a.length < b.length ? a.length : b.length;
    int order = common > 0 ? memcmp(a.data, b.data, common) : 0;
    if (order != 0) {
        return order;
    }
    return a.length < b.length ? -1 : a.length > b.length;
}

size_t slice_find_slice(struct slice s, struct slice needle, size_t from)
{
    if (needle.length == 0 || s.length < needle.length) {
        return SIZE_MAX;
    }
    for (size_t i = from; i + needle.length <= s.length; i++) {
        const char *hit = memchr(s.data + i, needle.data[0], s.length - needle.length - i + 1);
        if (hit == NULL) {
            return SIZE_MAX;
        }
        i = (size_t)(hit - s.data);
        if (memcmp(hit, needle.data, needle.length) == 0) {
            return i;
        }
    }
    return SIZE_MAX;
}

size_t slice_find(struct slice s, const char *needle, size_t from)
{
    return slice_find_slice(s, slice_of(needle), from);
}

struct slice slice_trim(struct slice s)
{
    size_t start = 0;
    size_t end = s.length;
    while (start < end && strchr(" \t\r\n", s.data[start]) != NULL) {
        start++;
    }
    while (end > start && strchr(" \t\r\n", s.data[end - 1]) != NULL) {
        end--;
    }
    return slice_part(s, start, end);
}

bool slice_next_part(struct slice s, char separator, size_t *at, struct slice *part)
{
    if (*at > s.length) {
        return false;
    }
    const char *found = *at < s.length ? memchr(s.data + *at, separator, s.length - *at) : NULL;
    size_t end = found != NULL ? (size_t)(found - s.data) : s.length;
    *part = slice_part(s, *at, end);
    *at = end + 1;
    return true;
}
