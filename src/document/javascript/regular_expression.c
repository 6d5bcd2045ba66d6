/*
 * The syntax that browsers accept (Annex B of ECMAScript): what has no meaning stands for itself,
 * as the `{` in `/a{b/`.
 */
#include "document/javascript/regular_expression.h"

#include <stdint.h>

#include "base/ascii.h"

#define GROUP_LIMIT 200

struct reader {
    struct slice text; /* between the slashes */
    size_t at;
    bool can_repeat; /* what is before `at` can have a `*` */
    bool is_unicode; /* the flag u or v */
    size_t depth;
    bool is_assertion[GROUP_LIMIT]; /* of the open groups: looking behind cannot be repeated */
    size_t opened_at[GROUP_LIMIT];
    const char *mistake;
    size_t mistake_at;
};

static int peek(const struct reader *reader, size_t ahead)
{
    size_t at = reader->at + ahead;
    return at < reader->text.length ? (unsigned char)reader->text.data[at] : -1;
}

static void fail(struct reader *reader, size_t at, const char *mistake)
{
    if (reader->mistake == NULL) {
        reader->mistake = mistake;
        reader->mistake_at = at;
    }
    reader->at = reader->text.length;
}

static bool starts(const struct reader *reader, const char *text)
{
    return slice_starts_with(slice_part(reader->text, reader->at, reader->text.length), text);
}

static void open_group(struct reader *reader)
{
    if (reader->depth == GROUP_LIMIT) {
        fail(reader, reader->at, "the groups of this expression are nested too deeply");
        return;
    }
    reader->opened_at[reader->depth] = reader->at;
    bool behind = starts(reader, "(?<=") || starts(reader, "(?<!");
    bool ahead = starts(reader, "(?=") || starts(reader, "(?!");
    reader->is_assertion[reader->depth++] = behind || (ahead && reader->is_unicode);
    reader->can_repeat = false;
    bool is_named = starts(reader, "(?<") && !behind;
    if (peek(reader, 1) != '?' || ahead || behind || starts(reader, "(?:")) {
        reader->at += behind ? 4 : (peek(reader, 1) == '?' ? 3 : 1);
    } else if (is_named) {
        size_t end = slice_find(reader->text, ">", reader->at);
        if (end == SIZE_MAX || end == reader->at + 3 ||
            ascii_is_digit(reader->text.data[reader->at + 3])) {
            fail(reader, reader->at, "a group's name is between `<` and `>`");
        } else {
            reader->at = end + 1;
        }
    } else {
        fail(reader, reader->at, "JavaScript has no such group: write `(?:…)`, `(?=…)` or `(…)`");
    }
}

static void close_group(struct reader *reader)
{
    if (reader->depth == 0) {
        fail(reader, reader->at,
             "this `)` of the expression has no `(`: for the character, write `\\)`");
        return;
    }
    reader->can_repeat = !reader->is_assertion[--reader->depth];
    reader->at++;
}

/* The class escapes that no range can end with. */
static bool is_class_escape(int c)
{
    return c > 0 && strchr("dDsSwW", c) != NULL;
}

/* One character of a class; -1 for one whose place among the others is not looked at. */
static int class_character(struct reader *reader)
{
    int c = peek(reader, 0);
    if (c != '\\') {
        reader->at++;
        return c < 0x80 ? c : -1;
    }
    int escaped = peek(reader, 1);
    reader->at += 2;
    bool is_plain = escaped >= 0 && escaped < 0x80 && !ascii_is_word((char)escaped);
    return is_plain ? escaped : -1 - is_class_escape(escaped);
}

static void read_class(struct reader *reader)
{
    size_t start = reader->at++;
    reader->at += peek(reader, 0) == '^';
    while (peek(reader, 0) >= 0 && peek(reader, 0) != ']') {
        size_t from_at = reader->at;
        int from = class_character(reader);
        if (peek(reader, 0) == '-' && peek(reader, 1) >= 0 && peek(reader, 1) != ']') {
            reader->at++;
            int to = class_character(reader);
            if (from >= 0 && to >= 0 && from > to) {
                fail(reader, from_at, "this range of characters ends before it begins");
            }
        }
    }
    if (peek(reader, 0) < 0 && reader->mistake == NULL) {
        fail(reader, start, "this `[` of the expression is never closed");
    }
    reader->at += reader->mistake == NULL;
    reader->can_repeat = true;
}

static unsigned long read_number(struct reader *reader, bool *is_there)
{
    unsigned long number = 0;
    *is_there = false;
    while (ascii_is_digit((char)peek(reader, 0)) && peek(reader, 0) >= 0) {
        number = number < 100000000 ? number * 10 + (unsigned long)(peek(reader, 0) - '0') : number;
        *is_there = true;
        reader->at++;
    }
    return number;
}

/* `{2}`, `{2,}` and `{2,3}`: true when that is what comes, and it has been taken. */
static bool read_counts(struct reader *reader)
{
    size_t start = reader->at++;
    bool has_least;
    bool has_most = false;
    unsigned long least = read_number(reader, &has_least);
    unsigned long most = least;
    if (has_least && peek(reader, 0) == ',') {
        reader->at++;
        most = read_number(reader, &has_most);
        most = has_most ? most : least;
    }
    if (!has_least || peek(reader, 0) != '}') {
        reader->at = start;
        return false;
    }
    reader->at++;
    if (most < least) {
        fail(reader, start, "the numbers in these braces are in the wrong order");
    }
    return true;
}

static void read_repetition(struct reader *reader)
{
    size_t start = reader->at;
    bool is_repetition = peek(reader, 0) != '{';
    if (is_repetition) {
        reader->at++;
    } else if (!read_counts(reader)) {
        reader->at++;
        reader->can_repeat = true;
        if (reader->is_unicode) {
            fail(reader, start, "for the character, write `\\{`");
        }
        return;
    }
    if (!reader->can_repeat) {
        fail(reader, start,
             "nothing is before this that could be repeated: for the character, write a "
             "backslash before it");
        return;
    }
    reader->at += peek(reader, 0) == '?';
    reader->can_repeat = false;
}

static void read_escape(struct reader *reader)
{
    int c = peek(reader, 1);
    reader->can_repeat = c != 'b' && c != 'B';
    reader->at += c >= 0 ? 2 : 1;
    bool has_braces =
        reader->is_unicode && (c == 'p' || c == 'P' || c == 'u') && peek(reader, 0) == '{';
    size_t end = has_braces ? slice_find(reader->text, "}", reader->at) : SIZE_MAX;
    reader->at = end != SIZE_MAX ? end + 1 : reader->at;
}

static void read_one(struct reader *reader)
{
    switch (peek(reader, 0)) {
    case '(':
        open_group(reader);
        return;
    case ')':
        close_group(reader);
        return;
    case '[':
        read_class(reader);
        return;
    case '*':
    case '+':
    case '?':
    case '{':
        read_repetition(reader);
        return;
    case '\\':
        read_escape(reader);
        return;
    case '|':
    case '^':
    case '$':
        reader->can_repeat = false;
        reader->at++;
        return;
    case ']':
    case '}':
        if (reader->is_unicode) {
            fail(reader, reader->at, "for the character, write a backslash before it");
        }
        break;
    default:
        break;
    }
    reader->can_repeat = true;
    reader->at++;
}

const char *javascript_regex_mistake(struct slice literal, size_t *offset)
{
    size_t end = literal.length - 1;
    while (end > 0 && literal.data[end] != '/') {
        end--;
    }
    struct slice flags = slice_part(literal, end, literal.length);
    bool is_unicode = memchr(flags.data, 'u', flags.length) != NULL;
    if (memchr(flags.data, 'v', flags.length) != NULL) {
        return NULL;
    }
    struct reader reader = {.text = slice_part(literal, 1, end), .is_unicode = is_unicode};
    while (reader.at < reader.text.length) {
        read_one(&reader);
    }
    if (reader.depth > 0) {
        fail(&reader, reader.opened_at[reader.depth - 1],
             "this `(` of the expression is never closed: for the character, write `\\(`");
    }
    *offset = reader.mistake_at + 1;
    return reader.mistake;
}
