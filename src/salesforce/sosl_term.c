/*
 * What a search looks for:
 *
 *     either   both { OR both }
 *     both     operand { [AND] operand | AND NOT operand }
 *     operand  "a phrase" | ( either ) | words
 */
#include <stdint.h>

#include "salesforce/sosl.h"

enum { DEPTH_LIMIT = 50 };

struct reader {
    struct arena *arena;
    struct slice text;
    size_t at;
    size_t depth;
    const char *mistake;
};

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static void skip_blanks(struct reader *r)
{
    while (r->at < r->text.length && is_blank(r->text.data[r->at])) {
        r->at++;
    }
}

static bool is_end(const struct reader *r)
{
    return r->at == r->text.length || r->text.data[r->at] == ')';
}

/* The end of the word that begins at `at`: at a blank, a quote or a parenthesis. */
static size_t word_end(struct slice text, size_t at)
{
    while (at < text.length && !is_blank(text.data[at]) && text.data[at] != '"' &&
           text.data[at] != '(' && text.data[at] != ')') {
        at += text.data[at] == '\\' && at + 1 < text.length ? 2 : 1;
    }
    return at;
}

static bool is_operator(const struct reader *r, const char *word)
{
    struct slice next = slice_part(r->text, r->at, word_end(r->text, r->at));
    return slice_equal_ignoring_case(next, slice_of(word));
}

static bool take_operator(struct reader *r, const char *word)
{
    bool found = is_operator(r, word);
    if (found) {
        r->at += strlen(word);
        skip_blanks(r);
    }
    return found;
}

static struct sosl_term *new_term(struct reader *r, struct sosl_term term)
{
    struct sosl_term *made = arena_alloc(r->arena, sizeof *made);
    *made = term;
    return made;
}

static const struct sosl_term *read_either(struct reader *r);

static const struct sosl_term *read_phrase(struct reader *r)
{
    size_t start = ++r->at;
    while (r->at < r->text.length && r->text.data[r->at] != '"') {
        r->at += r->text.data[r->at] == '\\' && r->at + 1 < r->text.length ? 2 : 1;
    }
    if (r->at >= r->text.length) {
        r->mistake = "a phrase has no closing `\"`";
        return NULL;
    }
    struct slice phrase = slice_part(r->text, start, r->at++);
    skip_blanks(r);
    return new_term(r, (struct sosl_term){.kind = SOSL_PHRASE, .text = phrase});
}

static const struct sosl_term *read_operand(struct reader *r)
{
    if (is_end(r) || is_operator(r, "and") || is_operator(r, "or") || is_operator(r, "not")) {
        r->mistake = "AND, OR and AND NOT join two words or phrases; as a word, write \"and\"";
        return NULL;
    }
    if (r->text.data[r->at] == '"') {
        return read_phrase(r);
    }
    if (r->text.data[r->at] == '(') {
        if (++r->depth > DEPTH_LIMIT) {
            r->mistake = "the parentheses are nested too deeply";
            return NULL;
        }
        r->at++;
        skip_blanks(r);
        const struct sosl_term *inside = read_either(r);
        if (inside != NULL && r->at == r->text.length) {
            r->mistake = "a parenthesis is not closed";
        }
        r->at++;
        r->depth--;
        skip_blanks(r);
        return inside;
    }
    size_t end = word_end(r->text, r->at);
    struct slice word = slice_part(r->text, r->at, end);
    r->at = end;
    skip_blanks(r);
    return new_term(r, (struct sosl_term){.kind = SOSL_WORDS, .text = word});
}

static const struct sosl_term *read_both(struct reader *r)
{
    const struct sosl_term *term = read_operand(r);
    while (r->mistake == NULL && !is_end(r) && !is_operator(r, "or")) {
        bool joined = take_operator(r, "and");
        bool except = joined && take_operator(r, "not");
        const struct sosl_term *other = read_operand(r);
        term = new_term(r, (struct sosl_term){.kind = except ? SOSL_EXCEPT : SOSL_BOTH,
                                              .first = term,
                                              .second = other});
    }
    return term;
}

static const struct sosl_term *read_either(struct reader *r)
{
    const struct sosl_term *term = read_both(r);
    while (r->mistake == NULL && take_operator(r, "or")) {
        const struct sosl_term *other = read_both(r);
        term = new_term(r, (struct sosl_term){.kind = SOSL_EITHER, .first = term, .second = other});
    }
    return term;
}

const struct sosl_term *sosl_parse_term(struct arena *arena, struct slice text,
                                        const char **mistake)
{
    struct reader reader = {.arena = arena, .text = text};
    skip_blanks(&reader);
    const struct sosl_term *term = read_either(&reader);
    if (reader.mistake == NULL && reader.at < text.length) {
        reader.mistake = "a `)` closes nothing";
    }
    *mistake = reader.mistake;
    return reader.mistake == NULL ? term : NULL;
}
