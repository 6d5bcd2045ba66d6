#include "diag/secret_name.h"

#include <stdint.h>

#include "base/ascii.h"
#include "diag/secret_form.h"
#include "diag/secret_shape.h"

/* ---- names ---- */

enum strength {
    STRENGTH_NONE,
    STRENGTH_MAY,
    STRENGTH_HOLDS,
};

struct name {
    struct slice word;
    enum strength strength;
};

static const struct name names[] = {
#define NAME(word, strength) {{word, sizeof word - 1}, STRENGTH_##strength},
#include "diag/secret_name.def"
#undef NAME
};

#define COUNT(table) (sizeof(table) / sizeof(table)[0])

/* Values up to this length are looked at before anything is said of them. */
#define NEAR 256

/* Without the number behind it: DB_PASSWORD_2. */
static struct slice without_number(struct slice key)
{
    static const unsigned number = CHAR_DIGIT | CHAR_UNDERSCORE | CHAR_DASH;
    while (key.length > 0 && (shape_of(key.data[key.length - 1]) & number) != 0) {
        key.length--;
    }
    return key;
}

struct slice name_plain(struct slice key, char plain[NAME_LONGEST])
{
    size_t start = NAME_LONGEST;
    size_t at = without_number(key).length;
    for (; at > 0 && start > 0; at--) {
        char c = key.data[at - 1];
        if (c != '-' && c != '_' && c != ' ') {
            plain[--start] = ascii_to_lower(c);
        }
    }
    return (struct slice){plain + start, NAME_LONGEST - start};
}

/* Tokens that are none: they count pages. */
static bool is_position(struct slice plain)
{
    return slice_ends_with(plain, "pagetoken") || slice_ends_with(plain, "nexttoken") ||
           slice_ends_with(plain, "tinuationtoken");
}

/* The last two letters, read backwards; of a word in small letters, and of any. */
static unsigned plain_ending(struct slice word)
{
    const char *last = word.data + word.length - 1;
    return (unsigned)(unsigned char)last[0] << 8 | (unsigned char)last[-1];
}

static unsigned ending_of(struct slice word)
{
    const char *last = word.data + word.length - 1;
    return (unsigned)(unsigned char)ascii_to_lower(last[0]) << 8 |
           (unsigned char)ascii_to_lower(last[-1]);
}

/* The first name that ends with these letters, or a later one. */
static size_t first_name(unsigned ending)
{
    size_t low = 0;
    size_t high = COUNT(names);
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (plain_ending(names[middle].word) < ending) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

/* False for most keys. */
static bool may_be_name(struct slice key)
{
    if (key.length < 3) {
        return false;
    }
    unsigned ending = ending_of(key);
    size_t first = first_name(ending);
    return first < COUNT(names) && plain_ending(names[first].word) == ending;
}

static enum strength strength_of(struct slice key)
{
    struct slice word = without_number(key);
    if (!may_be_name(word)) {
        return STRENGTH_NONE;
    }
    char room[NAME_LONGEST];
    struct slice plain = name_plain(word, room);
    unsigned ending = plain_ending(plain);
    for (size_t i = first_name(ending); i < COUNT(names) && plain_ending(names[i].word) == ending;
         i++) {
        struct slice name = names[i].word;
        if (slice_ends_with(plain, name.data)) {
            return is_position(plain) ? STRENGTH_NONE : names[i].strength;
        }
    }
    return STRENGTH_NONE;
}

bool secret_is_telling(struct slice key)
{
    return strength_of(key) == STRENGTH_HOLDS;
}

bool secret_is_named(struct slice key)
{
    static const char *const whole[] = {"authorization",
                                        "proxyauthorization",
                                        "apikey",
                                        "xapikey",
                                        "password",
                                        "passwd",
                                        "secret",
                                        "token",
                                        "clientsecret",
                                        "accesstoken",
                                        "refreshtoken",
                                        "privatekey",
                                        "xauthtoken",
                                        "sessionid",
                                        NULL};
    char room[NAME_LONGEST];
    return key.length < NAME_LONGEST && may_be_name(key) &&
           slice_is_any(name_plain(key, room), whole);
}

/* What is behind the scheme, when there is one; empty for a text of several words. */
static struct slice single_word(struct slice text)
{
    size_t blank = 0;
    while (blank < text.length && text.data[blank] > ' ') {
        blank++;
    }
    size_t rest = shape_skip_blanks(text, blank);
    if (rest == text.length) {
        return slice_part(text, 0, blank);
    }
    size_t end = rest;
    while (end < text.length && text.data[end] > ' ') {
        end++;
    }
    bool single = end == text.length && form_is_scheme(text, 0, &rest);
    return single ? slice_part(text, rest, text.length) : SLICE("");
}

bool secret_is_at(struct slice key, struct slice value)
{
    struct slice word =
        single_word(value.length > 0 && value.data[0] > ' ' ? value : slice_trim(value));
    if (word.length < 8) {
        return false;
    }
    enum strength strength = strength_of(key);
    return (strength == STRENGTH_HOLDS && shape_is_chosen(word)) ||
           (strength != STRENGTH_NONE && shape_is_random(word));
}

bool secret_is_random(struct slice value)
{
    return shape_is_random(slice_trim(value));
}

bool secret_is_public(struct slice key)
{
    static const char *const words[] = {
        "sha",    "sha1",     "sha256",    "sha384",   "sha512", "md5",     "hash",
        "digest", "checksum", "commit",    "etag",     "id",     "ref",     "uuid",
        "guid",   "rev",      "integrity", "revision", "print",  "version", NULL};
    char room[NAME_LONGEST];
    struct slice plain = name_plain(key, room);
    for (const char *const *word = words; *word != NULL; word++) {
        if (slice_ends_with(plain, *word)) {
            return true;
        }
    }
    return slice_is_any(key, words);
}

/* The end of a name before `at`: left of blanks, quotes and the bracket of `headers["X-Key"] =`. */
static size_t name_end(struct slice text, size_t at)
{
    while (at > 0) {
        char c = text.data[at - 1];
        if (c == '2' && at > 2 && shape_is_at(text, at - 3, SLICE("%22"))) {
            at -= 3;
        } else if (c == '"' || c == '\'' || c == '`' || c == ' ' || c == '\t' || c == '\\' ||
                   c == ']') {
            at--;
        } else {
            break;
        }
    }
    return at;
}

struct slice name_before(struct slice text, size_t at)
{
    size_t end = name_end(text, at);
    size_t start = end;
    while (start > 0 && (shape_of(text.data[start - 1]) & CHARS_NAME) != 0 && end - start < 64) {
        start--;
    }
    /* of `%22X-Api-Key` */
    start += start > 0 && text.data[start - 1] == '%' && end - start > 2 ? 2 : 0;
    return slice_part(text, start, end);
}

/* True when the line at `at` is a value of its own: indented, and no key. */
static bool is_value_line(struct slice text, size_t at, size_t line)
{
    size_t end = at;
    while (end < text.length && text.data[end] != '\n' && end - at < NEAR) {
        end++;
    }
    return at > line && at < text.length && strchr("-#", text.data[at]) == NULL &&
           slice_find(slice_part(text, at, end), ": ", 0) == SIZE_MAX &&
           !slice_ends_with(slice_trim(slice_part(text, at, end)), ":");
}

/* Over blanks, and over the line's end to the text of a block or a value on a line of its own. */
static size_t value_start(struct slice text, size_t at)
{
    at = shape_skip_blanks(text, at);
    size_t line = at;
    if (line < text.length && (text.data[line] == '|' || text.data[line] == '>')) {
        line += 1 + shape_run(text, line + 1, CHAR_DIGIT | CHAR_DASH | CHAR_PLUS);
        line = shape_skip_blanks(text, line);
    }
    line += line < text.length && text.data[line] == '\r';
    if (line >= text.length || text.data[line] != '\n') {
        return at;
    }
    size_t next = shape_skip_blanks(text, line + 1);
    return is_value_line(text, next, line + 1) ? next : text.length;
}

/* The opening quote at `at`, in any notation: how long it is; 0 without one. */
static size_t quote_length(struct slice text, size_t at)
{
    if (at >= text.length) {
        return 0;
    }
    size_t escapes = 0;
    while (at + escapes < text.length && text.data[at + escapes] == '\\') {
        escapes++;
    }
    if (at + escapes < text.length && strchr("\"'`", text.data[at + escapes]) != NULL) {
        return escapes + 1;
    }
    return shape_is_at(text, at, SLICE("%22")) ? 3 : 0;
}

/* Where a value in the quote that ends at `start` ends: at the same quote, or at the line's end. */
static size_t quoted_end(struct slice text, size_t start, size_t quote)
{
    struct slice mark = slice_part(text, start - quote, start);
    size_t at = start;
    while (at < text.length && text.data[at] != '\n' && !shape_is_at(text, at, mark)) {
        at += quote == 1 && text.data[at] == '\\' && mark.data[0] != '\'' && at + 1 < text.length
                  ? 2
                  : 1;
    }
    return at;
}

/* Where a value without quotes ends, at `limit` at the latest. With `blanks` it may have some. */
static size_t bare_end(struct slice text, size_t start, size_t limit, bool blanks)
{
    size_t at = start;
    while (at < limit && strchr(",}]\n\r\"'<>&;)", text.data[at]) == NULL &&
           (blanks || !shape_is_blank(text, at)) && !shape_is_at(text, at, SLICE("%22")) &&
           !(shape_is_blank(text, at) && at + 1 < limit && text.data[at + 1] == '#')) {
        at++;
    }
    while (at > start && shape_is_blank(text, at - 1)) {
        at--;
    }
    return at;
}

/* True for a type, for no value, and for a kind of authorization. */
static bool is_plain_word(struct slice value)
{
    static const char *const words[] = {
        "true",           "false",    "null",      "none",   "yes",   "no",     "string",
        "number",         "required", "optional",  "object", "array", "text",   "end-user",
        "pre-authorized", "user",     "developer", "oauth2", "basic", "bearer", NULL};
    return slice_is_any(value, words);
}

/* True for what separates a name from its value; not for `==`, `!=`, `=>` or `::`. */
static bool is_separator(struct slice text, const struct separator *separator)
{
    size_t at = separator->start;
    char before = at > 0 ? text.data[at - 1] : '\0';
    char after = separator->end < text.length ? text.data[separator->end] : '\0';
    switch (text.data[at]) {
    case '>': { /* <password>…</password> */
        size_t name = at - name_before(text, at).length;
        return (shape_of(before) & CHARS_NAME) != 0 && name > 0 &&
               (text.data[name - 1] == '<' || text.data[name - 1] == ':');
    }
    case ':':
        return before != ':' && after != ':';
    case '=':
        return strchr("=!<>", before) == NULL && after != '=' && after != '>';
    default: /* %3A, %3D */
        return true;
    }
}

/* A value behind a name: where it is, and the part of it that a credential would be. */
struct value {
    size_t start;
    size_t end;
    bool quoted;
    size_t first; /* behind a scheme (`Bearer`) */
    size_t stop;  /* of the first word */
};

/* Reads the value behind a name; false when there is none, or a reference or placeholder. */
static bool read_value(struct slice text, const struct separator *separator, struct value *value)
{
    size_t start = value_start(text, separator->end);
    start += start < text.length && shape_is_at(text, start, SLICE("%20")) ? 3 : 0;
    size_t quote = quote_length(text, start);
    start += quote;
    if (start >= text.length || strchr("{[&*!#$<(", text.data[start]) != NULL ||
        shape_is_at(text, start, SLICE("%7B")) || shape_is_at(text, start, SLICE("%5B"))) {
        return false;
    }
    size_t near = text.length - start > NEAR ? start + NEAR : text.length;
    struct slice begin = slice_part(text, 0, near);
    size_t end =
        quote > 0 ? quoted_end(begin, start, quote) : bare_end(text, start, near, separator->colon);
    struct slice shown = slice_part(text, start, end);
    if (end == start || is_plain_word(shown) || shape_is_placeholder(shown)) {
        return false;
    }
    if (end == near) {
        end = quote > 0 ? quoted_end(text, start, quote)
                        : bare_end(text, start, text.length, separator->colon);
    }
    size_t body;
    size_t first = form_is_scheme(text, start, &body) && body < end ? body : start;
    *value = (struct value){start, end, quote > 0, first, first};
    while (value->stop < end && !shape_is_blank(text, value->stop)) {
        value->stop++;
    }
    return true;
}

static bool find_value(struct slice text, const struct separator *separator, enum strength strength,
                       struct secret *found)
{
    struct value value;
    if (!read_value(text, separator, &value)) {
        return false;
    }
    struct slice word = slice_part(text, value.first, value.stop);
    bool sentence = value.quoted && value.stop < value.end;
    bool code = !value.quoted && memchr(word.data, '.', word.length) != NULL; /* of a script */
    size_t least = value.quoted ? 8 : 10;
    bool certain = word.length <= (size_t)2 * NEAR && shape_is_random(word);
    certain = certain || (strength == STRENGTH_HOLDS && !sentence && !code &&
                          word.length >= least && shape_is_chosen(word));
    *found = (struct secret){value.first, certain ? value.stop : value.end, certain};
    return certain || strength == STRENGTH_HOLDS;
}

/* Where the password of `://name:password@` is. */
static bool find_user(struct slice text, size_t start, struct secret *found)
{
    size_t end = start;
    size_t colon = SIZE_MAX;
    while (end < text.length && end - start < 512 && text.data[end] > ' ' &&
           strchr("/?#\"'<>`@", text.data[end]) == NULL) {
        colon = colon == SIZE_MAX && text.data[end] == ':' ? end : colon;
        end++;
    }
    if (end >= text.length || text.data[end] != '@' || end == start) {
        return false;
    }
    size_t first = colon == SIZE_MAX ? start : colon + 1;
    struct slice value = slice_part(text, first, end);
    static const char *const samples[] = {"password", "pass",  "passwd", "pwd",
                                          "secret",   "token", NULL};
    bool sample = slice_is_any(value, samples) || shape_is_sample(value);
    *found = (struct secret){first, end, true};
    return value.length > 0 && !sample && (colon != SIZE_MAX || shape_is_chosen(value));
}

/* Telegram: `123456789:AA…` */
static bool find_bot(struct slice text, const struct separator *colon, struct secret *found)
{
    size_t start = colon->start;
    while (start > 0 && ascii_is_digit(text.data[start - 1]) && colon->start - start < 13) {
        start--;
    }
    size_t digits = colon->start - start;
    *found = (struct secret){colon->end, colon->end, true};
    return digits >= 8 && digits <= 12 && form_is_bot_token(text, colon->end, &found->end);
}

bool name_find_secret(struct slice text, const struct separator *separator, struct secret *found)
{
    size_t at = separator->start;
    if (separator->colon && shape_is_at(text, separator->end, SLICE("//"))) {
        return find_user(text, separator->end + 2, found);
    }
    if (separator->colon && shape_is_at(text, separator->end, SLICE("AA")) &&
        find_bot(text, separator, found)) {
        return true;
    }
    struct slice name = name_before(text, at);
    enum strength strength = name.length > 2 ? strength_of(name) : STRENGTH_NONE;
    return strength != STRENGTH_NONE && is_separator(text, separator) &&
           find_value(text, separator, strength, found);
}

size_t name_count(void)
{
    return COUNT(names);
}

struct slice name_word(size_t index)
{
    return names[index].word;
}
