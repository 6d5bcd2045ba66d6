/* Reading tokens: blanks and comments, words, numbers, strings, templates, signs. */
#include "document/javascript/token.h"

#include <stdarg.h>
#include <stdint.h>
#include <utf8proc.h>

#include "base/ascii.h"
#include "base/utf8.h"

void javascript_lexer_fail(struct javascript_lexer *lexer, size_t start, size_t end,
                           const char *format, ...)
{
    if (lexer->mistake.message.length > 0) {
        return;
    }
    va_list arguments;
    va_start(arguments, format);
    lexer->mistake = (struct javascript_mistake){
        .message = arena_vprintf(lexer->arena, format, arguments), .start = start, .end = end};
    va_end(arguments);
    lexer->at = lexer->script.length;
}

static int peek(const struct javascript_lexer *lexer, size_t ahead)
{
    size_t at = lexer->at + ahead;
    return at < lexer->script.length ? (unsigned char)lexer->script.data[at] : -1;
}

static bool starts(const struct javascript_lexer *lexer, const char *text)
{
    return slice_starts_with(slice_part(lexer->script, lexer->at, lexer->script.length), text);
}

/* ---- characters ---- */

/* The character at lexer->at; its length goes to `*length`. */
static uint32_t character(const struct javascript_lexer *lexer, size_t *length)
{
    int first = peek(lexer, 0);
    if (first >= 0 && first < 0x80) {
        *length = 1;
        return (uint32_t)first;
    }
    struct slice rest = slice_part(lexer->script, lexer->at, lexer->script.length);
    *length = utf8_sequence(rest);
    if (*length == 0) {
        *length = rest.length > 0;
        return UINT32_MAX;
    }
    return utf8_decode(rest, length);
}

static bool is_line_break(uint32_t c)
{
    return c == '\n' || c == '\r' || c == 0x2028 || c == 0x2029;
}

static bool is_blank(uint32_t c)
{
    if (c < 0x80) {
        return c == ' ' || c == '\t' || c == '\v' || c == '\f';
    }
    return c == 0xfeff ||
           (c <= 0x10ffff && utf8proc_category((utf8proc_int32_t)c) == UTF8PROC_CATEGORY_ZS);
}

static bool starts_word(uint32_t c)
{
    if (c < 0x80) {
        return ascii_is_letter((char)c) || c == '_' || c == '$';
    }
    if (c > 0x10ffff) {
        return false;
    }
    utf8proc_category_t category = utf8proc_category((utf8proc_int32_t)c);
    return (category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_LO) ||
           category == UTF8PROC_CATEGORY_NL || c == 0x2118 || c == 0x212e;
}

static bool continues_word(uint32_t c)
{
    if (c < 0x80) {
        return starts_word(c) || (c >= '0' && c <= '9');
    }
    if (starts_word(c) || c == 0x200c || c == 0x200d || c == 0xb7) {
        return true;
    }
    if (c > 0x10ffff) {
        return false;
    }
    utf8proc_category_t category = utf8proc_category((utf8proc_int32_t)c);
    return category == UTF8PROC_CATEGORY_MN || category == UTF8PROC_CATEGORY_MC ||
           category == UTF8PROC_CATEGORY_ND || category == UTF8PROC_CATEGORY_PC;
}

/* ---- blanks and comments ---- */

static void skip_line(struct javascript_lexer *lexer)
{
    size_t length;
    while (peek(lexer, 0) >= 0 && !is_line_break(character(lexer, &length))) {
        lexer->at += length;
    }
}

/* A comment of several lines; true when there is a line break in it. */
static bool skip_comment(struct javascript_lexer *lexer)
{
    size_t start = lexer->at;
    size_t end = slice_find(lexer->script, "*/", start + 2);
    if (end == SIZE_MAX) {
        javascript_lexer_fail(lexer, start, start + 2,
                              "this comment is never closed: `*/` is missing");
        return false;
    }
    bool breaks = false;
    size_t length;
    while (lexer->at < end) {
        breaks = is_line_break(character(lexer, &length)) || breaks;
        lexer->at += length;
    }
    lexer->at = end + 2;
    return breaks;
}

/* What separates tokens; true when there is a line break in it. */
static bool skip_blanks(struct javascript_lexer *lexer)
{
    bool breaks = lexer->at == 0;
    if (breaks && starts(lexer, "#!")) {
        skip_line(lexer);
    }
    while (peek(lexer, 0) >= 0) {
        size_t length;
        uint32_t c = character(lexer, &length);
        if (is_line_break(c)) {
            breaks = true;
            lexer->at += length;
        } else if (is_blank(c)) {
            lexer->at += length;
        } else if (starts(lexer, "//") || starts(lexer, "<!--") ||
                   (breaks && starts(lexer, "-->"))) {
            skip_line(lexer);
        } else if (starts(lexer, "/*")) {
            breaks = skip_comment(lexer) || breaks;
        } else {
            break;
        }
    }
    return breaks;
}

/* ---- escapes ---- */

static int peek_hex(const struct javascript_lexer *lexer, size_t ahead)
{
    return ascii_hex_value((char)peek(lexer, ahead));
}

/* What follows `\u`: four digits, or some in braces. UINT32_MAX when it is neither. */
static uint32_t read_unicode(struct javascript_lexer *lexer)
{
    uint32_t code = 0;
    if (peek(lexer, 0) == '{') {
        size_t digits = 0;
        for (lexer->at++; peek_hex(lexer, 0) >= 0 && code <= 0x10ffff; lexer->at++) {
            code = code * 16 + (uint32_t)peek_hex(lexer, 0);
            digits++;
        }
        if (digits == 0 || code > 0x10ffff || peek(lexer, 0) != '}') {
            return UINT32_MAX;
        }
        lexer->at++;
        return code;
    }
    for (size_t i = 0; i < 4; i++, lexer->at++) {
        if (peek_hex(lexer, 0) < 0) {
            return UINT32_MAX;
        }
        code = code * 16 + (uint32_t)peek_hex(lexer, 0);
    }
    return code;
}

/* An escape of a string or template, from its backslash on; false when it is malformed. */
static bool read_escape(struct javascript_lexer *lexer, bool *is_octal)
{
    int c = peek(lexer, 1);
    lexer->at += 2;
    if (c == 'x') {
        if (peek_hex(lexer, 0) < 0 || peek_hex(lexer, 1) < 0) {
            return false;
        }
        lexer->at += 2;
    } else if (c == 'u') {
        return read_unicode(lexer) != UINT32_MAX;
    } else if (c >= '0' && c <= '9') {
        *is_octal = *is_octal || c != '0' || ascii_is_digit((char)peek(lexer, 0));
    } else if (c == '\r' && peek(lexer, 0) == '\n') {
        lexer->at++;
    } else if (c >= 0x80) {
        size_t length;
        lexer->at--;
        character(lexer, &length);
        lexer->at += length;
    }
    return true;
}

/* ---- kinds of tokens ---- */

static void read_word(struct javascript_lexer *lexer, struct javascript_token *token)
{
    token->kind = JAVASCRIPT_TOKEN_WORD;
    size_t first = lexer->at;
    while (peek(lexer, 0) >= 0) {
        size_t length;
        uint32_t c = character(lexer, &length);
        size_t start = lexer->at;
        bool escaped = c == '\\' && peek(lexer, 1) == 'u';
        if (escaped) {
            lexer->at += 2;
            c = read_unicode(lexer);
            token->is_escaped = true;
        } else {
            lexer->at += length;
        }
        if (!(start == first ? starts_word(c) : continues_word(c))) {
            if (escaped) {
                javascript_lexer_fail(lexer, start, start + 2,
                                      "this escape does not give a letter that a name can have");
            } else {
                lexer->at = start;
            }
            return;
        }
    }
}

/* Digits with single `_` between them; false when there are none, or a `_` is misplaced. */
static bool read_digits(struct javascript_lexer *lexer, int base)
{
    size_t digits = 0;
    bool separator = false;
    for (;; lexer->at++) {
        int c = peek(lexer, 0);
        if (c == '_') {
            if (digits == 0 || separator) {
                return false;
            }
            separator = true;
            continue;
        }
        int digit = ascii_hex_value((char)c);
        if (digit < 0 || digit >= base) {
            return digits > 0 && !separator;
        }
        digits++;
        separator = false;
    }
}

static bool read_exponent(struct javascript_lexer *lexer)
{
    if ((peek(lexer, 0) | 0x20) != 'e') {
        return true;
    }
    lexer->at++;
    lexer->at += peek(lexer, 0) == '+' || peek(lexer, 0) == '-';
    return read_digits(lexer, 10);
}

/* `017` and `089`: they come from the time before 0o17. */
static bool read_old_octal(struct javascript_lexer *lexer)
{
    bool decimal = false;
    for (; ascii_is_digit((char)peek(lexer, 0)); lexer->at++) {
        decimal = decimal || peek(lexer, 0) > '7';
    }
    if (peek(lexer, 0) == '_') {
        return false;
    }
    if (!decimal) {
        return true;
    }
    if (peek(lexer, 0) == '.') {
        lexer->at++;
        if (ascii_is_digit((char)peek(lexer, 0)) && !read_digits(lexer, 10)) {
            return false;
        }
    }
    return read_exponent(lexer);
}

static bool read_decimal(struct javascript_lexer *lexer)
{
    if (peek(lexer, 0) != '.') {
        if (!read_digits(lexer, 10)) {
            return false;
        }
        if (peek(lexer, 0) == 'n') {
            lexer->at++;
            return true;
        }
    }
    if (peek(lexer, 0) == '.') {
        lexer->at++;
        if (peek(lexer, 0) == '_' ||
            (ascii_is_digit((char)peek(lexer, 0)) && !read_digits(lexer, 10))) {
            return false;
        }
    }
    return read_exponent(lexer);
}

static void read_number(struct javascript_lexer *lexer, struct javascript_token *token)
{
    static const struct {
        char letter;
        int base;
    } bases[] = {{'x', 16}, {'o', 8}, {'b', 2}};
    token->kind = JAVASCRIPT_TOKEN_NUMBER;
    size_t start = lexer->at;
    int base = 0;
    for (size_t i = 0; i < sizeof bases / sizeof bases[0]; i++) {
        base = peek(lexer, 0) == '0' && (peek(lexer, 1) | 0x20) == bases[i].letter ? bases[i].base
                                                                                   : base;
    }
    bool sound;
    if (base > 0) {
        lexer->at += 2;
        sound = read_digits(lexer, base);
        lexer->at += sound && peek(lexer, 0) == 'n';
    } else if (peek(lexer, 0) == '0' &&
               (ascii_is_digit((char)peek(lexer, 1)) || peek(lexer, 1) == '_')) {
        token->is_octal = true;
        sound = read_old_octal(lexer);
    } else {
        sound = read_decimal(lexer);
    }
    size_t length;
    uint32_t next = character(lexer, &length);
    if (!sound || starts_word(next) || next == '\\' || (next >= '0' && next <= '9')) {
        size_t end = lexer->at;
        javascript_lexer_fail(lexer, start, end + length,
                              sound ? "a name cannot begin with a digit, and this is not a number"
                                    : "this is not a number");
    }
}

static void read_string(struct javascript_lexer *lexer, struct javascript_token *token)
{
    token->kind = JAVASCRIPT_TOKEN_STRING;
    size_t start = lexer->at;
    int quote = peek(lexer, 0);
    lexer->at++;
    while (peek(lexer, 0) != quote) {
        int c = peek(lexer, 0);
        if (c < 0 || c == '\n' || c == '\r') {
            javascript_lexer_fail(lexer, start, start + 1,
                                  "this string is not closed on its line: `%c` is missing", quote);
            return;
        }
        size_t at = lexer->at;
        bool is_escape = c == '\\' && peek(lexer, 1) >= 0;
        if (is_escape && !read_escape(lexer, &token->is_octal)) {
            javascript_lexer_fail(lexer, at, at + 2,
                                  "`\\x` takes two hexadecimal digits and `\\u` four; for a "
                                  "backslash, write `\\\\`");
            return;
        }
        if (lexer->at == at) {
            lexer->at++;
        }
    }
    lexer->at++;
}

struct javascript_token javascript_token_part(struct javascript_lexer *lexer, size_t start)
{
    struct javascript_token token = {.kind = JAVASCRIPT_TOKEN_PART, .start = lexer->at};
    for (;;) {
        int c = peek(lexer, 0);
        if (c < 0 || (c == '\\' && peek(lexer, 1) < 0)) {
            javascript_lexer_fail(lexer, start, start + 1,
                                  "this template string is never closed: a backtick is missing");
            return (struct javascript_token){.start = start, .end = start};
        }
        if (c == '`' || (c == '$' && peek(lexer, 1) == '{')) {
            token.is_last = c == '`';
            token.end = lexer->at + (c == '`' ? 1 : 2);
            break;
        }
        if (c != '\\') {
            lexer->at++;
            continue;
        }
        bool octal = false;
        bool sound = read_escape(lexer, &octal);
        token.is_malformed = token.is_malformed || !sound || octal;
    }
    token.text = slice_part(lexer->script, token.start, lexer->at);
    lexer->at = token.end;
    return token;
}

static void read_flags(struct javascript_lexer *lexer)
{
    bool seen[128] = {false};
    for (int c; (c = peek(lexer, 0)) >= 0 && (continues_word((uint32_t)c) || c >= 0x80);
         lexer->at++) {
        if (c >= 0x80 || strchr("dgimsuyv", c) == NULL || seen[c] || (seen['u'] && c == 'v') ||
            (seen['v'] && c == 'u')) {
            javascript_lexer_fail(lexer, lexer->at, lexer->at + 1,
                                  "a regular expression has no such flag here: there are `g`, `i`, "
                                  "`m`, `s`, `u`, `y` and `d`, each once");
            return;
        }
        seen[c] = true;
    }
}

struct javascript_token javascript_token_regex(struct javascript_lexer *lexer, size_t start)
{
    struct javascript_token token = {.kind = JAVASCRIPT_TOKEN_REGEX, .start = start};
    bool in_class = false;
    lexer->at = start + 1;
    while (peek(lexer, 0) != '/' || in_class) {
        size_t length;
        uint32_t c = character(lexer, &length);
        if (c == '\\') {
            lexer->at++;
            c = character(lexer, &length);
        } else {
            in_class = c == '[' || (in_class && c != ']');
        }
        if (peek(lexer, 0) < 0 || is_line_break(c)) {
            javascript_lexer_fail(
                lexer, start, start + 1,
                "this regular expression is not closed on its line: `/` is missing");
            return (struct javascript_token){.start = start, .end = start};
        }
        lexer->at += length;
    }
    lexer->at++;
    read_flags(lexer);
    token.end = lexer->at;
    token.text = slice_part(lexer->script, start, lexer->at > start ? lexer->at : start);
    return token;
}

/* Longest first. */
static const char *const signs[] = {">>>=",
                                    "...",
                                    "===",
                                    "!==",
                                    "**=",
                                    "<<=",
                                    ">>=",
                                    ">>>",
                                    "&&=",
                                    "||=",
                                    "?"
                                    "?=",
                                    "=>",
                                    "==",
                                    "!=",
                                    "<=",
                                    ">=",
                                    "&&",
                                    "||",
                                    "?"
                                    "?",
                                    "?.",
                                    "++",
                                    "--",
                                    "+=",
                                    "-=",
                                    "*=",
                                    "/=",
                                    "%=",
                                    "&=",
                                    "|=",
                                    "^=",
                                    "<<",
                                    ">>",
                                    "**",
                                    "{",
                                    "}",
                                    "(",
                                    ")",
                                    "[",
                                    "]",
                                    ".",
                                    ";",
                                    ",",
                                    "<",
                                    ">",
                                    "+",
                                    "-",
                                    "*",
                                    "/",
                                    "%",
                                    "&",
                                    "|",
                                    "^",
                                    "!",
                                    "~",
                                    "?",
                                    ":",
                                    "=",
                                    NULL};

static bool read_sign(struct javascript_lexer *lexer, struct javascript_token *token)
{
    int first = peek(lexer, 0);
    for (const char *const *sign = signs; *sign != NULL; sign++) {
        if (**sign != first || !starts(lexer, *sign)) {
            continue;
        }
        bool is_number_next = strcmp(*sign, "?.") == 0 && ascii_is_digit((char)peek(lexer, 2));
        if (!is_number_next) {
            token->kind = JAVASCRIPT_TOKEN_SIGN;
            lexer->at += strlen(*sign);
            return true;
        }
    }
    return false;
}

/* A character that nothing begins with. */
static void report_character(struct javascript_lexer *lexer, uint32_t c, size_t length)
{
    size_t start = lexer->at;
    size_t end = start + length;
    struct slice text = slice_part(lexer->script, start, end);
    if (c == 0x201c || c == 0x201d || c == 0x201e || c == 0xab || c == 0xbb) {
        javascript_lexer_fail(lexer, start, end, "`%.*s` does not begin a string: write `\"`",
                              SLICE_ARG(text));
    } else if (c == 0x2018 || c == 0x2019 || c == 0x201a || c == 0xb4) {
        javascript_lexer_fail(lexer, start, end, "`%.*s` does not begin a string: write `'`",
                              SLICE_ARG(text));
    } else if (c == 0x2013 || c == 0x2212) {
        javascript_lexer_fail(lexer, start, end, "`%.*s` is not a minus: write `-`",
                              SLICE_ARG(text));
    } else if (c == '#') {
        javascript_lexer_fail(lexer, start, end, "`#` does not begin a comment: write `//`");
    } else if (c == '@') {
        javascript_lexer_fail(lexer, start, end, "`@` has no meaning in a script: leave it out");
    } else if (c < 0x20 || c > 0x10ffff) {
        javascript_lexer_fail(lexer, start, end, "a script cannot have this control character");
    } else {
        javascript_lexer_fail(lexer, start, end,
                              "`%.*s` has no meaning in a script: put texts between quotes",
                              SLICE_ARG(text));
    }
}

struct javascript_token javascript_token_next(struct javascript_lexer *lexer)
{
    struct javascript_token token = {.on_new_line = skip_blanks(lexer)};
    token.start = lexer->at;
    int first = peek(lexer, 0);
    size_t length;
    uint32_t c = character(lexer, &length);
    if (first < 0) {
        token.end = lexer->at;
        return token;
    }
    if (first == '"' || first == '\'') {
        read_string(lexer, &token);
    } else if (first == '`') {
        lexer->at++;
        struct javascript_token part = javascript_token_part(lexer, token.start);
        part.on_new_line = token.on_new_line;
        return part;
    } else if (ascii_is_digit((char)first) ||
               (first == '.' && ascii_is_digit((char)peek(lexer, 1)))) {
        read_number(lexer, &token);
    } else if (starts_word(c) || (c == '\\' && peek(lexer, 1) == 'u')) {
        read_word(lexer, &token);
    } else if (c == '#' && (peek(lexer, 1) < 0x80 ? starts_word((uint32_t)peek(lexer, 1)) : true)) {
        lexer->at++;
        read_word(lexer, &token);
        token.kind = JAVASCRIPT_TOKEN_PRIVATE;
    } else if (!read_sign(lexer, &token)) {
        report_character(lexer, c, length);
    }
    if (lexer->mistake.message.length > 0) {
        return (struct javascript_token){.start = token.start, .end = token.start};
    }
    token.end = lexer->at;
    token.text = slice_part(lexer->script, token.start, token.end);
    return token;
}
