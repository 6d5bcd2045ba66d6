/* Comparing, searching and measuring slices. */
#include "base/slice.h"

#include <stdint.h>

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

bool slice_equal_ignoring_case(struct slice a, struct slice b)
{
    if (a.length != b.length) {
        return false;
    }
    for (size_t i = 0; i < a.length; i++) {
        if (lower(a.data[i]) != lower(b.data[i])) {
            return false;
        }
    }
    return true;
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

#define WORD_LIMIT 64

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

size_t slice_distance(struct slice a, struct slice b)
{
    if (a.length > WORD_LIMIT || b.length > WORD_LIMIT) {
        return SIZE_MAX;
    }
    /* Three rows of the distance table are enough: the row of `a` before, before that, and now. */
    size_t rows[3][WORD_LIMIT + 1];
    size_t *older = rows[0];
    size_t *old = rows[1];
    size_t *now = rows[2];
    for (size_t j = 0; j <= b.length; j++) {
        older[j] = 0;
        old[j] = j;
    }
    for (size_t i = 1; i <= a.length; i++) {
        now[0] = i;
        for (size_t j = 1; j <= b.length; j++) {
            char x = lower(a.data[i - 1]);
            char y = lower(b.data[j - 1]);
            size_t best = least(least(old[j], now[j - 1]) + 1, old[j - 1] + (x != y));
            if (i > 1 && j > 1 && x == lower(b.data[j - 2]) && y == lower(a.data[i - 2])) {
                best = least(best, older[j - 2] + 1);
            }
            now[j] = best;
        }
        size_t *spare = older;
        older = old;
        old = now;
        now = spare;
    }
    return old[b.length];
}

bool slice_is_near(struct slice word, struct slice candidate, size_t *distance)
{
    size_t measured = slice_distance(word, candidate);
    size_t longer = word.length > candidate.length ? word.length : candidate.length;
    size_t allowed = longer <= 2 ? 0 : longer <= 4 ? 1 : longer <= 8 ? 2 : 3;
    if (distance != NULL) {
        *distance = measured;
    }
    return measured <= allowed && measured < longer;
}
