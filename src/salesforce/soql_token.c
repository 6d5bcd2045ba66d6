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
        soql_fail(p, t, "inside text a quote is written `\\'`", NULL);
        return;
    }
    soql_fail(p, t,
              arena_printf(p->arena, "%s is expected here%s%.*s%s", what,
                           end ? ", where the query ends" : ", not `",
                           end ? 0 : (int)t->text.length, end ? "" : t->text.data, end ? "" : "`")
                  .data,
              NULL);
}

/* ---- tokens ---- */

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static size_t match_number(struct slice text)
{
    size_t end = text.data[0] == '-' || text.data[0] == '+';
    size_t first = end;
    if (end == text.length || !ascii_is_digit(text.data[end])) {
        return 0;
    }
    while (end < text.length && (ascii_is_digit(text.data[end]) || text.data[end] == '.')) {
        end++;
    }
    return end > first ? end : 0;
}

/* A string literal; it may go on behind references, in later pieces. */
static void read_text(struct soql_parser *p)
{
    struct soql *soql = p->soql;
    struct builder content = builder_new(p->arena);
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
                t->value.only_reference = references == 1 && content.length == 0;
                t->text =
                    slice_part(soql->pieces[first].text, start,
                               p->piece == first ? p->offset : soql->pieces[first].text.length);
                return;
            }
            if (c == '\\') {
                p->offset++;
                if (p->offset == piece->text.length) {
                    break;
                }
                c = piece->text.data[p->offset];
            }
            builder_add_char(&content, c);
        }
    }
    t->text = slice_part(soql->pieces[first].text, start, start + 1);
    soql_fail(p, t, "this text is not closed: a `'` is missing", NULL);
    t->kind = SOQL_TOKEN_END;
}

static void skip_space(struct soql_parser *p)
{
    const struct soql *soql = p->soql;
    while (p->piece < soql->piece_count) {
        const struct soql_piece *piece = &soql->pieces[p->piece];
        if (piece->reference != NULL) {
            return;
        }
        while (p->offset < piece->text.length && is_space(piece->text.data[p->offset])) {
            p->offset++;
        }
        if (p->offset < piece->text.length) {
            return;
        }
        p->piece++;
        p->offset = 0;
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

void soql_advance(struct soql_parser *p)
{
    struct soql *soql = p->soql;
    struct soql_token *t = &p->token;
    p->last_kind = p->token.kind;
    skip_space(p);
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
    bool has_time = false;
    size_t length = soql_match_date(rest, &has_time);
    if (rest.data[0] == '\'') {
        read_text(p);
        return;
    }
    if (length > 0) {
        t->kind = has_time ? SOQL_TOKEN_DATETIME : SOQL_TOKEN_DATE;
    } else if (ascii_is_word(rest.data[0]) && !ascii_is_digit(rest.data[0])) {
        t->kind = SOQL_TOKEN_WORD;
        while (length < rest.length && ascii_is_word(rest.data[length])) {
            length++;
        }
    } else if ((length = match_number(rest)) > 0) {
        t->kind = SOQL_TOKEN_NUMBER;
    } else {
        t->kind = SOQL_TOKEN_SYMBOL;
        length = symbol_length(rest);
        if (rest.data[0] == '"') {
            t->text = slice_part(rest, 0, 1);
            soql_fail(p, t, "text stands in single quotes in SOQL", NULL);
        } else if ((unsigned char)rest.data[0] >= 0x80 ||
                   slice_find(SLICE("(),.=<>:!&|"), (char[]){rest.data[0], 0}, 0) == SIZE_MAX) {
            t->text = slice_part(rest, 0, 1);
            soql_fail(p, t,
                      rest.data[0] == '*'   ? "SOQL has no `*`: name the fields"
                      : rest.data[0] == '%' ? "the pattern of LIKE stands in quotes: `'%…%'`"
                                            : "this character has no meaning in SOQL",
                      NULL);
        }
    }
    t->text = slice_part(rest, 0, length);
    p->offset += length;
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
