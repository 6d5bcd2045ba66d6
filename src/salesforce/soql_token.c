/* The tokens of SOQL, over pieces of text and references. */
#include "salesforce/soql_token.h"

#include <stdint.h>

#include "base/ascii.h"
#include "base/utf8.h"
#include "base/table.h"

/* ---- text ---- */

/* The character whose number four hexadecimal digits are; 0 when they are not. */
static uint32_t code_unit(struct slice text, size_t at)
{
    uint32_t unit = 0;
    for (size_t i = at; i < at + 4; i++) {
        int digit = i < text.length ? ascii_hex_value(text.data[i]) : -1;
        if (digit < 0) {
            return 0;
        }
        unit = unit * 16 + (uint32_t)digit;
    }
    return unit;
}

/* Reads `u00e9` behind a backslash, or two of them for a character outside of 16 bits. */
static bool read_unicode(struct soql_parser *p, const struct soql_piece *piece,
                         struct builder *content, struct builder *pattern)
{
    enum { LENGTH = 5, HIGH = 0xD800, LOW = 0xDC00, END = 0xE000 };
    struct slice text = piece->text;
    size_t at = p->offset;
    uint32_t unit = ascii_to_lower(text.data[at]) == 'u' ? code_unit(text, at + 1) : 0;
    if (unit == 0) {
        return false;
    }
    size_t last = at + LENGTH - 1;
    if (unit >= HIGH && unit < LOW &&
        slice_starts_with(slice_part(text, last + 1, text.length), "\\u")) {
        uint32_t low = code_unit(text, last + 3);
        if (low >= LOW && low < END) {
            unit = 0x10000 + ((unit - HIGH) << 10) + (low - LOW);
            last += LENGTH + 1;
        }
    }
    if (unit >= HIGH && unit < END) {
        return false;
    }
    char bytes[4];
    struct slice character = {bytes, utf8_encode(unit, bytes)};
    builder_add(content, character);
    builder_add_text(pattern, unit == '\\' ? "\\" : "");
    builder_add(pattern, character);
    p->offset = last;
    return true;
}

/*
 * Reads the escape behind a backslash at p->offset - 1, and adds what it stands for. A wildcard of
 * LIKE that is escaped, and a backslash, keep their backslash in the pattern.
 */
static void read_escape(struct soql_parser *p, const struct soql_piece *piece,
                        struct builder *content, struct builder *pattern)
{
    if (read_unicode(p, piece, content, pattern)) {
        return;
    }
    static const char from[] = "nrtbfNRTBF\"'\\";
    static const char to[] = "\n\r\t\b\f\n\r\t\b\f\"'\\";
    char c = piece->text.data[p->offset];
    const char *known = c != '\0' ? strchr(from, c) : NULL;
    if (known != NULL) {
        char meant = to[known - from];
        builder_add_char(content, meant);
        builder_add_text(pattern, meant == '\\' ? "\\" : "");
        builder_add_char(pattern, meant);
    } else if (c == '%' || c == '_') {
        builder_add_char(content, c);
        builder_add_char(pattern, '\\');
        builder_add_char(pattern, c);
    } else {
        struct soql_token at = {.kind = SOQL_TOKEN_SYMBOL,
                                .text = slice_part(piece->text, p->offset - 1, p->offset + 1),
                                .piece = p->piece};
        soql_fail(
            p, &at,
            "in SOQL text, a backslash must be followed by one of n r t b f \" ' \\ % _ or by "
            "`u` and four digits; write a backslash as `\\\\`",
            NULL);
    }
}

/* Takes characters up to the next quote or backslash. */
static struct slice take_plain(struct soql_parser *p, struct slice text)
{
    size_t start = p->offset;
    while (p->offset < text.length && text.data[p->offset] != '\'' &&
           text.data[p->offset] != '\\') {
        p->offset++;
    }
    return slice_part(text, start, p->offset);
}

/* The closing quote comes next. */
static void end_text(struct soql_parser *p, struct slice content, struct slice pattern)
{
    struct soql_token *t = &p->token;
    p->offset++;
    p->value.text = content;
    p->value.pattern = pattern;
    p->value.only_reference = p->value.only_reference && content.length == 0;
    if (p->piece == t->piece) {
        const char *end = p->soql->pieces[p->piece].text.data + p->offset;
        t->text.length = (size_t)(end - t->text.data);
    }
}

/*
 * A string literal; it may go on behind references, in later pieces. Most are one plain part, whose
 * content is not copied.
 */
static void read_text(struct soql_parser *p)
{
    struct soql *soql = p->soql;
    struct builder content = builder_new(p->arena);
    struct builder pattern = builder_new(p->arena);
    struct soql_token *t = &p->token;
    struct slice rest =
        slice_part(soql->pieces[p->piece].text, p->offset++, soql->pieces[p->piece].text.length);
    t->kind = SOQL_TOKEN_TEXT;
    t->text = rest; /* until the end is found in the same piece */
    p->value = (struct soql_value){.kind = SOQL_TEXT};
    for (; p->piece < soql->piece_count; p->piece++, p->offset = 0) {
        const struct soql_piece *piece = &soql->pieces[p->piece];
        if (piece->reference != NULL) {
            p->value.only_reference = p->value.reference == NULL;
            p->value.reference = p->value.only_reference ? piece->reference : p->value.reference;
            soql->uses[p->piece].in_text = true;
            continue;
        }
        while (p->offset < piece->text.length) {
            struct slice plain = take_plain(p, piece->text);
            bool ends = p->offset < piece->text.length && piece->text.data[p->offset] == '\'';
            if (ends && content.length == 0) {
                end_text(p, plain, plain);
                return;
            }
            builder_add(&content, plain);
            builder_add(&pattern, plain);
            if (ends) {
                end_text(p, builder_slice(&content), builder_slice(&pattern));
                return;
            }
            if (++p->offset < piece->text.length) {
                read_escape(p, piece, &content, &pattern);
                p->offset++;
            }
        }
    }
    if (p->next != NULL) {
        p->next->in_text = true;
        p->next->typed = slice_part(rest, 1, rest.length);
    } else {
        t->text = slice_part(rest, 0, 1);
        soql_fail(p, t, "this text has no closing `'`", NULL);
    }
    t->kind = SOQL_TOKEN_END;
}

/* ---- tokens ---- */

static bool is_space(char c)
{
    return c <= ' ' && (c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f');
}

static size_t count_digits(struct slice text, size_t at)
{
    size_t end = at;
    while (end < text.length && ascii_is_digit(text.data[end])) {
        end++;
    }
    return end - at;
}

static bool begins_number(char c)
{
    return ascii_is_digit(c) || c == '-' || c == '+' || c == '.';
}

/* 12, -1.5, .5, 1e6: the length; 0 when it is no number. */
static size_t match_number(struct slice text)
{
    size_t end = text.data[0] == '-' || text.data[0] == '+';
    size_t digits = count_digits(text, end);
    end += digits;
    if (end < text.length && text.data[end] == '.') {
        size_t decimals = count_digits(text, end + 1);
        digits += decimals;
        end += decimals > 0 || digits > 0 ? decimals + 1 : 0;
    }
    if (digits == 0) {
        return 0;
    }
    if (end < text.length && (text.data[end] == 'e' || text.data[end] == 'E')) {
        size_t sign = end + 1 < text.length && strchr("+-", text.data[end + 1]) != NULL;
        size_t exponent = count_digits(text, end + 1 + sign);
        end += exponent > 0 ? 1 + sign + exponent : 0;
    }
    return end;
}

/* 13:00:00Z, 13:00:00.000Z: the length; 0 when it is no time. */
static size_t match_time(struct slice text)
{
    static const char form[] = "dd:dd:dd";
    for (size_t i = 0; i < sizeof form - 1; i++) {
        if (i >= text.length ||
            (form[i] == 'd' ? !ascii_is_digit(text.data[i]) : text.data[i] != form[i])) {
            return 0;
        }
    }
    size_t end = sizeof form - 1;
    if (end < text.length && text.data[end] == '.') {
        end += 1 + count_digits(text, end + 1);
    }
    return end + (end < text.length && (text.data[end] == 'Z' || text.data[end] == 'z'));
}

/* USD5000, EUR12.50: an ISO code and a number directly behind it. */
static bool is_currency(struct slice word)
{
    return word.length > 3 && count_digits(word, 3) == word.length - 3 &&
           ascii_is_letter(word.data[0]) && ascii_is_letter(word.data[1]) &&
           ascii_is_letter(word.data[2]);
}

/* Moves on to the next character that is no blank, or reference. Returns its piece; NULL: none. */
static const struct soql_piece *skip_space(const struct soql_parser *p, size_t *piece,
                                           size_t *offset)
{
    const struct soql *soql = p->soql;
    for (; *piece < soql->piece_count; (*piece)++, *offset = 0) {
        const struct soql_piece *here = &soql->pieces[*piece];
        size_t at = *offset;
        if (here->reference != NULL) {
            return here;
        }
        while (at < here->text.length && is_space(here->text.data[at])) {
            at++;
        }
        *offset = at;
        if (at < here->text.length) {
            return here;
        }
    }
    return NULL;
}

static bool is_symbol(char c)
{
    switch (c) {
    case '(':
    case ')':
    case ',':
    case '.':
    case '=':
    case '<':
    case '>':
    case ':':
    case '!':
    case '&':
    case '|':
    case ';':
    case '{':
    case '}':
        return true;
    }
    return false;
}

/* What symbols of several characters have after the first one. */
static bool goes_on(char c)
{
    return c == '=' || c == '<' || c == '>' || c == '&' || c == '|';
}

/* The longest come first; those that SOQL does not have are read as one for the sake of messages.
 */
static size_t symbol_length(struct slice rest)
{
    static const char *const symbols[] = {
        "!==", "===", "!=", "<>", "<=", ">=", "==", "=>", "=<", "&&", "||"};
    bool is_long = rest.length > 1 && goes_on(rest.data[1]);
    for (size_t i = 0; is_long && i < sizeof symbols / sizeof symbols[0]; i++) {
        if (slice_starts_with(rest, symbols[i])) {
            return strlen(symbols[i]);
        }
    }
    return 1;
}

/* `2026-01-01`, `true`, `10`: what SOQL writes without quotes. */
static bool has_no_quotes(struct slice value)
{
    bool is_number = value.length > 0;
    for (size_t i = 0; i < value.length; i++) {
        is_number = is_number &&
                    (ascii_is_digit(value.data[i]) || memchr("-:.TZ", value.data[i], 5) != NULL);
    }
    return (is_number && ascii_is_digit(value.data[0])) ||
           slice_equal_ignoring_case(value, SLICE("true")) ||
           slice_equal_ignoring_case(value, SLICE("false")) ||
           slice_equal_ignoring_case(value, SLICE("null"));
}

/* A value in double quotes: with single ones, or without. False when it does not end here. */
static bool fail_at_quotes(struct soql_parser *p, struct slice rest)
{
    size_t close = rest.data[0] == '"' ? slice_find(rest, "\"", 1) : SIZE_MAX;
    if (close == SIZE_MAX) {
        return false;
    }
    struct slice value = slice_part(rest, 1, close);
    struct soql_token *t = &p->token;
    t->text = slice_part(rest, 0, close + 1);
    if (has_no_quotes(value)) {
        soql_fail(p, t, "SOQL writes dates, numbers, `true` and `false` without quotes",
                  arena_printf(p->arena, "%.*s", SLICE_ARG(value)).data);
    } else {
        soql_fail(p, t, "SOQL writes text in single quotes",
                  arena_printf(p->arena, "'%.*s'", SLICE_ARG(value)).data);
    }
    return true;
}

static void fail_at_character(struct soql_parser *p, struct slice rest)
{
    if (fail_at_quotes(p, rest)) {
        return;
    }
    static const struct {
        const char *text;
        const char *message;
    } known[] = {
        {"\"", "SOQL writes text in single quotes"},
        {"--", "SOQL has no comments; delete this one"},
        {"//", "SOQL has no comments; delete this one"},
        {"/*", "SOQL has no comments; delete this one"},
        {"*/", "SOQL has no comments; delete this one"},
        {"*", "SOQL has no `*`; list the fields, or write `FIELDS(STANDARD)`"},
        {"%", "write the pattern of LIKE in quotes: `'%…%'`"},
        {"+", "SOQL cannot calculate; write the result"},
        {"-", "SOQL cannot calculate; write the result, and `Name DESC` for the reverse order"},
        {"/", "SOQL cannot calculate; write the result, and dates as `2026-01-31`"},
        {"[", "SOQL writes lists in parentheses: `('a', 'b')`"},
        {"`", "SOQL writes names without quotes, and text in single quotes"},
    };
    const char *message = "this character has no meaning in SOQL";
    struct soql_token *t = &p->token;
    bool counts = rest.data[0] == '*' && p->offset > 0 && rest.data[-1] == '(';
    size_t length = 1;
    for (size_t i = 0; i < TABLE_LENGTH(known); i++) {
        if (slice_starts_with(rest, known[i].text)) {
            message = known[i].message;
            length = strlen(known[i].text);
            break;
        }
    }
    t->text = slice_part(rest, 0, length);
    soql_fail(p, t, counts ? "SOQL has no `*`; write `COUNT()`, or `COUNT(Id)`" : message, NULL);
}

/* A word, or a currency literal: USD5000.25 has its decimals behind a dot. */
static size_t read_word(struct soql_token *t, struct slice rest)
{
    size_t length = 0;
    while (length < rest.length && ascii_is_word(rest.data[length])) {
        length++;
    }
    t->kind = SOQL_TOKEN_WORD;
    if (is_currency(slice_part(rest, 0, length))) {
        t->kind = SOQL_TOKEN_CURRENCY;
        size_t decimals =
            length < rest.length && rest.data[length] == '.' ? count_digits(rest, length + 1) : 0;
        length += decimals > 0 ? decimals + 1 : 0;
    }
    return length;
}

/* A date, a time or a number; 0 when it is none of them. */
static size_t read_number(struct soql_parser *p, struct slice rest)
{
    struct soql_token *t = &p->token;
    bool has_time = false;
    size_t length = soql_match_date(rest, &has_time);
    if (length > 0) {
        t->kind = has_time ? SOQL_TOKEN_DATETIME : SOQL_TOKEN_DATE;
        t->text = slice_part(rest, 0, length);
        const char *mistake = soql_date_mistake(t->text, has_time);
        if (mistake != NULL) {
            soql_fail(p, t, mistake, NULL);
        }
        return length;
    }
    length = match_time(rest);
    if (length > 0) {
        t->kind = SOQL_TOKEN_TIME;
        return length;
    }
    length = match_number(rest);
    if (length > 0) {
        t->kind = SOQL_TOKEN_NUMBER;
        t->text = slice_part(rest, 0, length);
        if (length < rest.length &&
            (ascii_is_word(rest.data[length]) || rest.data[length] == '.')) {
            soql_fail(p, t, "this is not a valid SOQL number", NULL);
        } else if (length + 1 < rest.length && rest.data[length] == '-' &&
                   ascii_is_digit(rest.data[length + 1])) { /* 2026-1-31 */
            soql_fail(p, t, "write a date as `2026-01-31`, with two digits for month and day",
                      NULL);
        }
    }
    return length;
}

void soql_advance(struct soql_parser *p)
{
    struct soql *soql = p->soql;
    struct soql_token *t = &p->token;
    if (p->words != NULL) {
        soql_note_word(p);
    }
    p->last = p->token;
    const struct soql_piece *piece = skip_space(p, &p->piece, &p->offset);
    *t = (struct soql_token){.kind = SOQL_TOKEN_END, .piece = p->piece};
    if (piece == NULL) {
        t->piece = soql->piece_count - 1;
        struct slice last = soql->pieces[t->piece].text;
        t->text = slice_part(last, last.length > 0 ? last.length - 1 : 0, last.length);
        return;
    }
    if (piece->reference != NULL) {
        t->kind = SOQL_TOKEN_REFERENCE;
        t->text = SLICE("${…}");
        p->value = (struct soql_value){.kind = SOQL_PARAMETER, .reference = piece->reference};
        p->piece++;
        p->offset = 0;
        return;
    }
    struct slice rest = slice_part(piece->text, p->offset, piece->text.length);
    if (rest.data[0] == '\'') {
        read_text(p);
        return;
    }
    size_t length = 0;
    if (ascii_is_letter(rest.data[0]) || rest.data[0] == '_') {
        length = read_word(t, rest);
    } else if (begins_number(rest.data[0])) {
        length = read_number(p, rest);
    }
    if (length == 0) {
        t->kind = SOQL_TOKEN_SYMBOL;
        length = symbol_length(rest);
        if (!is_symbol(rest.data[0])) {
            fail_at_character(p, rest);
        }
    }
    t->text = slice_part(rest, 0, length);
    p->offset += length;
}

bool soql_is_followed_by(const struct soql_parser *p, char symbol)
{
    size_t number = p->piece;
    size_t offset = p->offset;
    const struct soql_piece *piece = skip_space(p, &number, &offset);
    return piece != NULL && piece->reference == NULL && piece->text.data[offset] == symbol;
}

bool soql_is_followed_by_name(const struct soql_parser *p)
{
    size_t number = p->piece;
    size_t offset = p->offset;
    const struct soql_piece *piece = skip_space(p, &number, &offset);
    if (piece == NULL || piece->reference != NULL) {
        return false;
    }
    struct slice rest = slice_part(piece->text, offset, piece->text.length);
    return ascii_is_word(rest.data[0]) &&
           !(slice_equal_ignoring_case(slice_part(rest, 0, 4), SLICE("from")) &&
             (rest.length == 4 || !ascii_is_word(rest.data[4])));
}

bool soql_expect(struct soql_parser *p, const char *word)
{
    if (p->failed || soql_accept(p, word)) {
        return !p->failed;
    }
    soql_expected(p, arena_printf(p->arena, "`%s`", word).data);
    return false;
}
