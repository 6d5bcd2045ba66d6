/*
 * The lexical structure of JavaScript: strings, template literals, comments, regular expressions
 * and brackets. That finds what breaks most hand-written scripts (a quote or bracket too few or
 * too many) in ECMAScript 5 as well as in newer ones; it is no full parser.
 */
#include "document/javascript/javascript.h"

#include <stdint.h>

#define NESTING_LIMIT 256

struct lexer {
    struct slice text;
    size_t at;
    char open[NESTING_LIMIT]; /* brackets that wait to be closed; '`' for ${ in a template */
    size_t opened_at[NESTING_LIMIT];
    size_t depth;
    bool value_before; /* the token before ends a value: a `/` here divides */
    const char *mistake;
    size_t mistake_at;
    const char *root; /* paths that begin with this word go to `visit`; or NULL */
    void (*visit)(void *context, const struct javascript_path *path);
    void *context;
};

static bool fail(struct lexer *l, size_t at, const char *mistake)
{
    if (l->mistake == NULL) {
        l->mistake = mistake;
        l->mistake_at = at;
    }
    return false;
}

static int peek(const struct lexer *l, size_t ahead)
{
    return l->at + ahead < l->text.length ? (unsigned char)l->text.data[l->at + ahead] : -1;
}

static bool lex_string(struct lexer *l, int quote)
{
    size_t start = l->at++;
    while (peek(l, 0) != quote) {
        if (peek(l, 0) < 0 || peek(l, 0) == '\n') {
            return fail(l, start, "this string is not closed on its line");
        }
        l->at += peek(l, 0) == '\\' && peek(l, 1) >= 0 ? 2 : 1;
    }
    l->at++;
    l->value_before = true;
    return true;
}

/* From after the opening backtick, or after the } of a ${ }, to the next of either. */
static bool lex_template(struct lexer *l, size_t start)
{
    for (;;) {
        int c = peek(l, 0);
        if (c < 0) {
            return fail(l, start, "this template literal is never closed");
        }
        if (c == '`') {
            l->at++;
            l->value_before = true;
            return true;
        }
        if (c == '$' && peek(l, 1) == '{') {
            if (l->depth == NESTING_LIMIT) {
                return fail(l, l->at, "brackets are nested too deeply");
            }
            l->opened_at[l->depth] = start;
            l->open[l->depth++] = '`';
            l->at += 2;
            l->value_before = false;
            return true;
        }
        l->at += c == '\\' && peek(l, 1) >= 0 ? 2 : 1;
    }
}

static bool lex_regex(struct lexer *l)
{
    size_t start = l->at++;
    bool in_class = false;
    while (peek(l, 0) != '/' || in_class) {
        int c = peek(l, 0);
        if (c < 0 || c == '\n') {
            return fail(l, start, "this regular expression is never closed");
        }
        in_class = c == '[' || (in_class && c != ']');
        l->at += c == '\\' && peek(l, 1) >= 0 ? 2 : 1;
    }
    l->at++;
    l->value_before = true;
    return true;
}

static bool lex_comment(struct lexer *l)
{
    size_t start = l->at;
    if (peek(l, 1) == '/') {
        while (peek(l, 0) >= 0 && peek(l, 0) != '\n') {
            l->at++;
        }
        return true;
    }
    size_t end = slice_find(l->text, "*/", l->at + 2);
    if (end == SIZE_MAX) {
        return fail(l, start, "this comment is never closed");
    }
    l->at = end + 2;
    return true;
}

static bool lex_open(struct lexer *l, int c)
{
    if (l->depth == NESTING_LIMIT) {
        return fail(l, l->at, "brackets are nested too deeply");
    }
    l->opened_at[l->depth] = l->at++;
    l->open[l->depth++] = (char)c;
    l->value_before = false;
    return true;
}

static bool lex_close(struct lexer *l, int c)
{
    if (l->depth == 0) {
        return fail(l, l->at, "this bracket has no opening bracket");
    }
    char open = l->open[l->depth - 1];
    size_t opened_at = l->opened_at[l->depth - 1];
    if (open == '`' && c == '}') {
        l->depth--;
        l->at++;
        return lex_template(l, opened_at);
    }
    if ((open == '(' && c != ')') || (open == '[' && c != ']') || (open == '{' && c != '}') ||
        open == '`') {
        return fail(l, l->at, "this bracket does not match the last opening bracket");
    }
    l->depth--;
    l->at++;
    l->value_before = c != '}';
    return true;
}

static bool is_word(int c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '$' || c >= 0x80;
}

/* ---- paths ---- */

static size_t skip_blanks(struct slice text, size_t at)
{
    while (at < text.length && (text.data[at] == ' ' || text.data[at] == '\t' ||
                                text.data[at] == '\n' || text.data[at] == '\r')) {
        at++;
    }
    return at;
}

static size_t skip_word(struct slice text, size_t at)
{
    while (at < text.length && is_word((unsigned char)text.data[at])) {
        at++;
    }
    return at;
}

/* The next name of a path, `.name`, `?.name` or `["name"]`; where it ends, or 0 when none comes. */
static size_t next_name(struct slice text, size_t at, struct slice *name)
{
    at = skip_blanks(text, at);
    if (at + 1 < text.length && text.data[at] == '?' && text.data[at + 1] == '.') {
        at++;
    }
    if (at < text.length && text.data[at] == '.') {
        size_t start = skip_blanks(text, at + 1);
        size_t end = skip_word(text, start);
        *name = slice_part(text, start, end);
        return end > start ? end : 0;
    }
    if (at < text.length && text.data[at] == '[') {
        size_t start = skip_blanks(text, at + 1);
        char quote = start < text.length ? text.data[start] : '\0';
        size_t end = skip_word(text, start + 1);
        size_t close = skip_blanks(text, end + 1);
        if ((quote == '"' || quote == '\'') && end < text.length && text.data[end] == quote &&
            close < text.length && text.data[close] == ']') {
            *name = slice_part(text, start + 1, end);
            return close + 1;
        }
    }
    return 0;
}

/* `=` but not `==`, `+=` and the like, `++`, `--`. */
static bool is_written_at(struct slice text, size_t at)
{
    struct slice rest = slice_part(text, skip_blanks(text, at), text.length);
    static const char *const operators[] = {
        "+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=", "++", "--", NULL};
    for (const char *const *o = operators; *o != NULL; o++) {
        if (slice_starts_with(rest, *o)) {
            return true;
        }
    }
    return slice_starts_with(rest, "=") && !slice_starts_with(rest, "==");
}

static void report_path(const struct lexer *l, size_t start)
{
    static const size_t most = sizeof((struct javascript_path *)0)->names / sizeof(struct slice);
    struct javascript_path path = {.count = 0};
    size_t at = l->at;
    struct slice name;
    size_t end;
    while ((end = next_name(l->text, at, &name)) > 0) {
        if (path.count < most) {
            path.names[path.count++] = name;
        }
        at = end;
    }
    size_t next = skip_blanks(l->text, at);
    struct slice before = slice_part(l->text, start - (start < 2 ? start : 2), start);
    path.is_computed = path.count == 0 ||
                       (path.count < most && next < l->text.length && l->text.data[next] == '[');
    path.is_written =
        is_written_at(l->text, at) || slice_is(before, "++") || slice_is(before, "--");
    l->visit(l->context, &path);
}

static void lex_word(struct lexer *l)
{
    static const char *const operators[] = {"return",     "typeof", "case", "in",
                                            "delete",     "void",   "new",  "throw",
                                            "instanceof", "else",   "do",   NULL};
    size_t start = l->at;
    while (is_word(peek(l, 0))) {
        l->at++;
    }
    struct slice word = slice_part(l->text, start, l->at);
    l->value_before = !slice_is_any(word, operators);
    bool is_name_of_another =
        start > 0 && l->text.data[start - 1] == '.' &&
        !(start > 2 && slice_is(slice_part(l->text, start - 3, start), "..."));
    if (l->root != NULL && !is_name_of_another && slice_is(word, l->root)) {
        report_path(l, start);
    }
}

/* One token; false after a mistake. */
static bool lex_token(struct lexer *l)
{
    int c = peek(l, 0);
    if (c == '"' || c == '\'') {
        return lex_string(l, c);
    }
    if (c == '`') {
        return l->at++, lex_template(l, l->at - 1);
    }
    if (c == '/' && (peek(l, 1) == '/' || peek(l, 1) == '*')) {
        return lex_comment(l);
    }
    if (c == '/' && !l->value_before) {
        return lex_regex(l);
    }
    if (c == '(' || c == '[' || c == '{') {
        return lex_open(l, c);
    }
    if (c == ')' || c == ']' || c == '}') {
        return lex_close(l, c);
    }
    if (is_word(c)) {
        lex_word(l);
        return true;
    }
    l->value_before = l->value_before && (c == ' ' || c == '\t' || c == '\n' || c == '\r');
    l->at++;
    return true;
}

void javascript_each_path(struct slice script, const char *root,
                          void (*visit)(void *context, const struct javascript_path *path),
                          void *context)
{
    struct lexer lexer = {.text = script, .root = root, .visit = visit, .context = context};
    while (lexer.at < script.length && lex_token(&lexer)) {
    }
}

const char *javascript_mistake(struct slice script, size_t *offset)
{
    struct lexer lexer = {.text = script};
    while (lexer.at < script.length && lex_token(&lexer)) {
    }
    if (lexer.mistake == NULL && lexer.depth > 0) {
        fail(&lexer, lexer.opened_at[lexer.depth - 1], "this bracket is never closed");
    }
    *offset = lexer.mistake_at;
    return lexer.mistake;
}
