/*
 * One pass over the text, from word to word: what has no blank or quote in it. Short words are
 * passed over, unless something in them may separate a name from a value. In others, the forms are
 * tried wherever letters begin, and long runs of them are looked at as a whole.
 */
#include "diag/secret.h"

#include <stdint.h>

#include "base/ascii.h"
#include "diag/secret_form.h"
#include "diag/secret_name.h"
#include "diag/secret_shape.h"

/* ---- text that says nothing of itself ---- */

/* Runs of this length are looked at. */
#define LONG_RUN 32

/* True when the word before says that it is a digest or an identifier. */
static bool is_said_to_be_public(struct slice text, size_t at)
{
    while (at > 0 && strchr(" \t\"'`:=-/@(", text.data[at - 1]) != NULL) {
        at--;
    }
    return secret_is_public(name_before(text, at));
}

/* AWS: forty characters of base64. */
static bool is_aws_secret(struct slice run, const struct shape *shape)
{
    return run.length == 40 && shape->digits > 0 && shape->capitals >= 8 && shape->smalls >= 5 &&
           shape->different >= 24 && shape->changes >= 14;
}

/* The run of characters without a blank that begins at `start` and is longer than LONG_RUN. */
static bool find_run(struct slice text, size_t start, struct secret *found)
{
    size_t end = start + shape_run(text, start, CHARS_RUN);
    struct slice run = slice_part(text, start, end);
    struct shape shape = shape_measure(run);
    *found = (struct secret){start, end, true};
    if (run.length < 36 || run.length > 1000 || shape.different < 8 || shape.digits == 0 ||
        shape_is_placeholder(run) || shape_has_guid(run) || is_said_to_be_public(text, start)) {
        return false;
    }
    bool mailchimp = run.length < 40 && run.data[32] == '-' && run.data[33] == 'u' &&
                     shape_run(run, 0, CHARS_HEX) == 32;
    if (mailchimp || is_aws_secret(run, &shape)) {
        return true;
    }
    return run.length >= 40 && memchr(run.data, '/', run.length) == NULL && shape.digits >= 5 &&
           shape.digit_runs >= 4 && shape.capitals + shape.smalls >= 5 &&
           (shape.capitals >= 3 || shape.hexadecimal);
}

/* Azure: a character, two, a digit, `Q~` and 31 to 34 more. */
static bool find_azure(struct slice text, size_t at, struct secret *found)
{
    static const unsigned body = CHARS_DOTTED | CHAR_TILDE;
    size_t start = at;
    while (start > 0 && (shape_of(text.data[start - 1]) & body) != 0 && at - start < 6) {
        start--;
    }
    size_t rest = shape_run(text, at + 1, body);
    *found = (struct secret){start, at + 1 + rest, true};
    return at - start == 5 && text.data[at - 1] == 'Q' && ascii_is_digit(text.data[at - 2]) &&
           rest >= 28 && rest <= 40;
}

/* Where text goes on behind an escape (`\n` and `%20` are between words). */
static size_t escape_end(struct slice text, size_t at)
{
    if (text.data[at] == '\\') {
        return at + 2 < text.length ? at + 2 : text.length;
    }
    bool escape = at + 2 < text.length && (shape_of(text.data[at + 1]) & CHARS_HEX) != 0 &&
                  (shape_of(text.data[at + 2]) & CHARS_HEX) != 0;
    return escape ? at + 3 : at + 1;
}

/* At a character that is no part of a word. */
static bool find_at_mark(struct slice text, size_t at, unsigned kind, struct secret *found)
{
    if ((kind & CHAR_SEPARATOR) != 0) {
        struct separator separator = {at, at + 1, text.data[at] == ':'};
        return name_find_secret(text, &separator, found);
    }
    if ((kind & CHAR_TILDE) != 0) {
        return find_azure(text, at, found);
    }
    bool colon = shape_is_at(text, at, SLICE("%3A"));
    struct separator separator = {at, at + 3, colon};
    return (colon || shape_is_at(text, at, SLICE("%3D"))) &&
           name_find_secret(text, &separator, found);
}

static bool find_scheme(struct slice text, size_t at, struct secret *found)
{
    found->certain = true;
    return form_find_scheme(text, at, &found->start, &found->end);
}

/* Where letters begin in a word, or dashes, with so much of the word to come. */
static bool find_form(struct slice text, size_t at, size_t rest, struct secret *found)
{
    bool has_room = rest >= FORM_SHORTEST || text.data[at] == '-';
    found->certain = true;
    return (has_room && form_find(text, at, &found->start, &found->end)) ||
           find_scheme(text, at, found);
}

/* A dot: of a token in three parts? */
static bool find_parts(struct slice text, size_t at, size_t run, struct secret *found)
{
    *found = (struct secret){at - run, at, true};
    return run == 24 && form_is_discord(text, at - run, &found->end);
}

#define MARKS (CHAR_SEPARATOR | CHAR_TILDE | CHAR_ESCAPE)

/* Looks through a word, character by character. */
static bool find_in_word(struct slice text, size_t start, size_t end, struct secret *found)
{
    unsigned before = 0;
    size_t run = 0;
    for (size_t at = start; at < end; at++) {
        unsigned kind = shape_of(text.data[at]);
        bool begins = (before & CHARS_ALNUM) == 0 && (kind & (CHARS_ALNUM | CHAR_DASH)) != 0;
        size_t passed = run;
        run = (kind & CHARS_RUN) != 0 ? run + 1 : 0;
        if ((begins && find_form(text, at, end - at, found)) ||
            ((kind & MARKS) != 0 && find_at_mark(text, at, kind, found)) ||
            ((kind & CHAR_DOT) != 0 && find_parts(text, at, passed, found)) ||
            (run == LONG_RUN && find_run(text, at + 1 - LONG_RUN, found))) {
            return true;
        }
        before = kind;
        if ((kind & CHAR_ESCAPE) != 0) {
            at = escape_end(text, at) - 1;
            before = 0;
        }
    }
    return false;
}

bool secret_next(struct secret_scan *scan, struct secret *found)
{
    struct slice text = scan->text;
    while (scan->at < scan->end) {
        size_t at = scan->at;
        unsigned kind = shape_of(text.data[at]);
        unsigned all = 0;
        size_t end = at;
        while ((kind & CHARS_TOKEN) != 0) {
            all |= kind;
            end++;
            kind = end < text.length ? shape_of(text.data[end]) : 0;
        }
        if (end == at) {
            scan->at++;
            continue;
        }
        bool worth = end - at >= FORM_SHORTEST || (all & MARKS) != 0 || text.data[at] == '-';
        if (worth ? find_in_word(text, at, end, found) : find_scheme(text, at, found)) {
            scan->at = found->end;
            return true;
        }
        scan->at = end;
    }
    return false;
}

/* ---- where credentials may be ---- */

/* Words of this length may be credentials: with a digit, and without. */
#define SHORTEST_WITH_DIGIT 8
#define SHORTEST_WORD       20

/* Blocks of eight bytes: a word that fills so many of them is a long one. */
#define FILLED_BLOCKS 3

#define EACH_BYTE(value) (UINT64_C(0x0101010101010101) * (value))
#define HIGH_BITS        EACH_BYTE(0x80)

/* A high bit for each of the eight bytes that is below `limit` (and for none beyond ASCII). */
static uint64_t bytes_below(uint64_t block, unsigned char limit)
{
    return ~(((block | HIGH_BITS) - EACH_BYTE(limit)) | block) & HIGH_BITS;
}

/* The word around `at`; empty between words. */
static struct slice word_around(struct slice text, size_t at)
{
    size_t start = at;
    size_t end = at;
    if ((shape_of(text.data[at]) & CHARS_TOKEN) == 0) {
        return SLICE("");
    }
    while (start > 0 && (shape_of(text.data[start - 1]) & CHARS_TOKEN) != 0) {
        start--;
    }
    while (end < text.length && (shape_of(text.data[end]) & CHARS_TOKEN) != 0) {
        end++;
    }
    return slice_part(text, start, end);
}

/*
 * With a digit, the end of base64 or the beginning of a key; a long one also with the sign behind a
 * URL's user, or with letters that change between capitals and small ones as those of no word do.
 */
static bool may_be_credential(struct slice word)
{
    size_t changes = 0;
    if (word.length < SHORTEST_WITH_DIGIT) {
        return false;
    }
    for (size_t i = 0; i < word.length; i++) {
        char c = word.data[i];
        if (ascii_is_digit(c)) {
            return true;
        }
        changes += i > 0 && ascii_is_upper(c) && word.data[i - 1] > 'Z';
        changes += c == '@' && i > 8 ? word.length : 0;
    }
    return slice_starts_with(word, "-----BEGIN") || word.data[word.length - 1] == '=' ||
           (word.length >= SHORTEST_WORD && changes * 6 > word.length);
}

/* The first word in a part of the text that may be a credential; empty without one. */
static struct slice candidate_in(struct slice text, size_t at, size_t end, bool long_word)
{
    for (size_t i = at; i < end; i++) {
        bool padding = text.data[i] == '=' && (i + 1 == text.length || text.data[i + 1] <= '"');
        bool dashes = shape_is_at(text, i, SLICE("---"));
        if (ascii_is_digit(text.data[i]) || padding || dashes || (long_word && i == at)) {
            struct slice word = word_around(text, i);
            if (may_be_credential(word)) {
                return word;
            }
            i += word.length > 0 ? (size_t)(word.data - text.data) + word.length - i : 0;
        }
    }
    return SLICE("");
}

/* Where a word begins that may be a credential, or have one in it, and goes on behind `at`. */
static size_t next_candidate(struct slice text, size_t at)
{
    size_t filled = 0; /* blocks without a blank, one behind the other */
    uint64_t block;
    for (; text.length - at >= sizeof block; at += sizeof block) {
        memcpy(&block, text.data + at, sizeof block);
        filled = bytes_below(block, '!') == 0 ? filled + 1 : 0;
        uint64_t signs =
            bytes_below(block ^ EACH_BYTE('0'), 10) | bytes_below(block ^ EACH_BYTE('='), 1);
        uint64_t dashes = bytes_below(block ^ EACH_BYTE('-'), 1);
        signs |= dashes & dashes >> 8 & dashes >> 16; /* three of them */
        if (signs != 0 || filled == FILLED_BLOCKS) {
            struct slice word = candidate_in(text, at, at + sizeof block, filled == FILLED_BLOCKS);
            if (word.length > 0) {
                return (size_t)(word.data - text.data);
            }
        }
    }
    struct slice word = candidate_in(text, at, text.length, true);
    return word.length > 0 ? (size_t)(word.data - text.data) : SIZE_MAX;
}

/* The line around `at` and two before it: with the name of its value, or the start of a key. */
static void set_window(struct secret_scan *scan, size_t at)
{
    struct slice text = scan->text;
    const char *end = memchr(text.data + at, '\n', text.length - at);
    size_t start = at;
    size_t lines = 0;
    while (start > scan->at && lines < 3) {
        start--;
        lines += text.data[start] == '\n';
    }
    scan->at = start > scan->at ? start : scan->at;
    scan->end = end != NULL ? (size_t)(end - text.data) : text.length;
}

bool secret_next_credential(struct secret_scan *scan, struct secret *found)
{
    for (;;) {
        while (secret_next(scan, found)) {
            if (found->certain) {
                return true;
            }
        }
        size_t at = next_candidate(scan->text, scan->at);
        if (at == SIZE_MAX) {
            return false;
        }
        set_window(scan, at > scan->at ? at : scan->at);
    }
}

bool secret_is_likely(struct slice text)
{
    struct secret_scan scan = secret_scan_new(text);
    struct secret found;
    while (secret_next(&scan, &found)) {
        if (found.certain) {
            return true;
        }
    }
    return false;
}
