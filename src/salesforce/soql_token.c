/* Findings in SOQL, and its tokens. */
#include "salesforce/soql_token.h"

#include <stdarg.h>
#include <stdint.h>

#include "base/ascii.h"
#include "document/tree/passage.h"

/* ---- findings ---- */

struct range soql_range(const struct soql_place *place)
{
    if (place->is_reference) {
        return place->range;
    }
    const struct slice whole = place->node->text;
    bool inside =
        (uintptr_t)place->text.data >= (uintptr_t)whole.data &&
        (uintptr_t)place->text.data + place->text.length <= (uintptr_t)whole.data + whole.length;
    return inside && place->text.length > 0 ? passage_range(place->node, place->text)
                                            : place->node->range;
}

struct diagnostic *soql_report(struct diagnostics *diagnostics, enum code code,
                               const struct soql_place *place, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    struct diagnostic *d =
        diag_vreport(diagnostics, code, place->node->source, soql_range(place), format, arguments);
    va_end(arguments);
    return d;
}

struct soql_place soql_place_of(const struct soql_parser *p, const struct soql_token *token)
{
    const struct soql_piece *piece = &p->soql->pieces[token->piece];
    return (struct soql_place){piece->node, token->text, token->kind == SOQL_TOKEN_REFERENCE,
                               piece->range};
}

void soql_extend(struct soql_place *place, const struct soql_token *token)
{
    uintptr_t start = (uintptr_t)place->text.data;
    uintptr_t end = (uintptr_t)token->text.data + token->text.length;
    const struct slice whole = place->node->text;
    if (!place->is_reference && token->kind != SOQL_TOKEN_REFERENCE &&
        start >= (uintptr_t)whole.data && end <= (uintptr_t)whole.data + whole.length &&
        end > start) {
        place->text.length = (size_t)(end - start);
    }
}

void soql_fail(struct soql_parser *p, const struct soql_token *token, const char *message,
               const char *suggestion)
{
    if (!p->failed) {
        struct soql_place place = soql_place_of(p, token);
        struct diagnostic *d = soql_report(p->diagnostics, E0815, &place, "%s", message);
        if (suggestion != NULL) {
            diag_suggest(p->diagnostics, d, slice_of(suggestion));
        }
    }
    p->failed = true;
}

void soql_expected(struct soql_parser *p, const char *what)
{
    const struct soql_token *t = &p->token;
    bool end = t->kind == SOQL_TOKEN_END;
    if (p->last_kind == SOQL_TOKEN_TEXT && t->kind == SOQL_TOKEN_TEXT) {
        soql_fail(p, t, "write a quote inside text as `\\'`", NULL);
        return;
    }
    soql_fail(p, t,
              arena_printf(p->arena, "expected %s here%s%.*s%s", what,
                           end ? ", but the query ends" : ", not `", end ? 0 : (int)t->text.length,
                           end ? "" : t->text.data, end ? "" : "`")
                  .data,
              NULL);
}

/* ---- text ---- */

/*
 * Reads the escape behind a backslash at p->offset - 1, and adds what it stands for. A wildcard of
 * LIKE that is escaped, and a backslash, keep their backslash in the pattern.
 */
static void read_escape(struct soql_parser *p, const struct soql_piece *piece,
                        struct builder *content, struct builder *pattern)
{
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
        soql_fail(p, &at,
                  "in SOQL text, a backslash must be followed by one of n r t b f \" ' \\ % _; "
                  "write a backslash as `\\\\`",
                  NULL);
    }
}

/* A string literal; it may go on behind references, in later pieces. */
static void read_text(struct soql_parser *p)
{
    struct soql *soql = p->soql;
    struct builder content = builder_new(p->arena);
    struct builder pattern = builder_new(p->arena);
    struct soql_token *t = &p->token;
    size_t start = p->offset++;
    size_t first = p->piece;
    size_t references = 0;
    t->kind = SOQL_TOKEN_TEXT;
    t->value.kind = SOQL_TEXT;
    for (; p->piece < soql->piece_count; p->piece++, p->offset = 0) {
        const struct soql_piece *piece = &soql->pieces[p->piece];
        if (piece->reference != NULL) {
            t->value.reference = references++ == 0 ? piece->reference : t->value.reference;
            soql->uses[p->piece].in_text = true;
            continue;
        }
        for (; p->offset < piece->text.length; p->offset++) {
            char c = piece->text.data[p->offset];
            if (c == '\'') {
                p->offset++;
                t->value.text = builder_slice(&content);
                t->value.pattern = builder_slice(&pattern);
                t->value.only_reference = references == 1 && content.length == 0;
                t->text =
                    slice_part(soql->pieces[first].text, start,
                               p->piece == first ? p->offset : soql->pieces[first].text.length);
                return;
            }
            if (c != '\\') {
                builder_add_char(&content, c);
                builder_add_char(&pattern, c);
            } else if (++p->offset < piece->text.length) {
                read_escape(p, piece, &content, &pattern);
            } else {
                break;
            }
        }
    }
    t->text = slice_part(soql->pieces[first].text, start, start + 1);
    soql_fail(p, t, "this text has no closing `'`", NULL);
    t->kind = SOQL_TOKEN_END;
}

/* ---- tokens ---- */

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

static size_t count_digits(struct slice text, size_t at)
{
    size_t end = at;
    while (end < text.length && ascii_is_digit(text.data[end])) {
        end++;
    }
    return end - at;
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
    return word.length > 3 && ascii_is_letter(word.data[0]) && ascii_is_letter(word.data[1]) &&
           ascii_is_letter(word.data[2]) && count_digits(word, 3) == word.length - 3;
}

/* Moves on to the next character that is no blank, or reference. */
static void skip_space(const struct soql_parser *p, size_t *piece, size_t *offset)
{
    const struct soql *soql = p->soql;
    for (; *piece < soql->piece_count; (*piece)++, *offset = 0) {
        const struct soql_piece *here = &soql->pieces[*piece];
        if (here->reference != NULL) {
            return;
        }
        while (*offset < here->text.length && is_space(here->text.data[*offset])) {
            (*offset)++;
        }
        if (*offset < here->text.length) {
            return;
        }
    }
}

static size_t symbol_length(struct slice rest)
{
    static const char *const symbols[] = {"!=", "<>", "<=", ">=", "==", "&&", "||"};
    for (size_t i = 0; i < sizeof symbols / sizeof symbols[0]; i++) {
        if (slice_starts_with(rest, symbols[i])) {
            return 2;
        }
    }
    return 1;
}

static void fail_at_character(struct soql_parser *p, struct slice rest)
{
    struct soql_token *t = &p->token;
    t->text = slice_part(rest, 0, 1);
    soql_fail(p, t,
              rest.data[0] == '"'   ? "SOQL writes text in single quotes"
              : rest.data[0] == '*' ? "SOQL has no `*`; list the fields"
              : rest.data[0] == '%' ? "write the pattern of LIKE in quotes: `'%…%'`"
                                    : "this character has no meaning in SOQL",
              NULL);
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
        }
    }
    return length;
}

void soql_advance(struct soql_parser *p)
{
    struct soql *soql = p->soql;
    struct soql_token *t = &p->token;
    p->last_kind = p->token.kind;
    skip_space(p, &p->piece, &p->offset);
    *t = (struct soql_token){.kind = SOQL_TOKEN_END, .piece = p->piece};
    if (p->piece == soql->piece_count) {
        t->piece = soql->piece_count - 1;
        struct slice last = soql->pieces[t->piece].text;
        t->text = slice_part(last, last.length > 0 ? last.length - 1 : 0, last.length);
        return;
    }
    const struct soql_piece *piece = &soql->pieces[p->piece];
    if (piece->reference != NULL) {
        t->kind = SOQL_TOKEN_REFERENCE;
        t->text = SLICE("${…}");
        t->value = (struct soql_value){.kind = SOQL_PARAMETER, .reference = piece->reference};
        p->piece++;
        p->offset = 0;
        return;
    }
    struct slice rest = slice_part(piece->text, p->offset, piece->text.length);
    if (rest.data[0] == '\'') {
        read_text(p);
        return;
    }
    size_t length;
    if (ascii_is_letter(rest.data[0]) || rest.data[0] == '_') {
        length = read_word(t, rest);
    } else if ((length = read_number(p, rest)) == 0) {
        t->kind = SOQL_TOKEN_SYMBOL;
        length = symbol_length(rest);
        if ((unsigned char)rest.data[0] >= 0x80 ||
            slice_find(SLICE("(),.=<>:!&|"), (char[]){rest.data[0], 0}, 0) == SIZE_MAX) {
            fail_at_character(p, rest);
        }
    }
    t->text = slice_part(rest, 0, length);
    p->offset += length;
}

bool soql_is_followed_by(const struct soql_parser *p, char symbol)
{
    size_t piece = p->piece;
    size_t offset = p->offset;
    skip_space(p, &piece, &offset);
    const struct soql *soql = p->soql;
    return piece < soql->piece_count && soql->pieces[piece].reference == NULL &&
           soql->pieces[piece].text.data[offset] == symbol;
}

bool soql_is_keyword(const struct soql_parser *p, const char *word)
{
    return p->token.kind == SOQL_TOKEN_WORD &&
           slice_equal_ignoring_case(p->token.text, slice_of(word));
}

bool soql_is_symbol(const struct soql_parser *p, const char *symbol)
{
    return p->token.kind == SOQL_TOKEN_SYMBOL && slice_is(p->token.text, symbol);
}

bool soql_is_one_of(const struct soql_parser *p, const char *const *words)
{
    for (; *words != NULL; words++) {
        if (soql_is_keyword(p, *words)) {
            return true;
        }
    }
    return false;
}

bool soql_accept(struct soql_parser *p, const char *word)
{
    bool found = soql_is_keyword(p, word) || soql_is_symbol(p, word);
    if (found) {
        soql_advance(p);
    }
    return found;
}

bool soql_expect(struct soql_parser *p, const char *word)
{
    if (p->failed || soql_accept(p, word)) {
        return !p->failed;
    }
    soql_expected(p, arena_printf(p->arena, "`%s`", word).data);
    return false;
}
