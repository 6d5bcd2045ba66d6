/*
 * libyaml knows where it stopped, not what the author meant. The table turns its messages into
 * the mistakes that people make; the line itself decides between them where it can.
 */
#include "document/yaml/syntax_error.h"

#include "base/utf8.h"

struct translation {
    const char *problem; /* libyaml 0.2.5 */
    const char *message;
    const char *advice; /* or NULL */
};

static const struct translation translations[] = {
    {"mapping values are not allowed in this context", "a `:` cannot start a value here",
     "put text that contains `: ` in quotes, and indent all keys of a mapping equally"},
    {"could not find expected ':'", "this looks like a key, but it has no `:`",
     "write every line of a mapping as `key: value`, and longer text in quotes or a `|` block"},
    {"did not find expected key", "expected a key here",
     "check the indentation: all keys of a mapping start in the same column. Text that contains "
     "quotes needs quotes around it"},
    {"did not find expected '-' indicator", "expected `-` here, because this is part of a list",
     "start every item of a list with `- `, in the same column"},
    {"did not find expected ',' or ']'", "expected `,` or `]` here",
     "close the list with `]`, or put text that contains `{`, `}`, `[` or `]` in quotes"},
    {"did not find expected ',' or '}'", "expected `,` or `}` here",
     "close the mapping with `}` and separate its keys with commas; text that contains `{`, `}` or "
     "`,` needs quotes"},
    {"did not find expected <document start>", "this comes after the end of the document",
     "check the indentation: the top-level keys of a file start in the first column"},
    {"found unexpected end of stream", "the file ends inside quotes", "a closing quote is missing"},
    {"found unexpected document indicator", "a line `---` or `...` is inside quotes",
     "a closing quote is missing"},
    {"found unknown escape character", "unknown escape in double quotes",
     "write `\\\\` for a backslash, or use single quotes"},
    {"did not find expected hexadecdimal number", "this hexadecimal escape has too few digits",
     NULL},
    {"found character that cannot start any token", "text cannot start with this character",
     "put quotes around the text"},
    {"did not find expected node content", "expected a value here", NULL},
    {"block sequence entries are not allowed in this context", "a list item cannot start here",
     "start the list on a new line, below its key"},
    {"block mapping entries are not allowed in this context", "a key cannot start here", NULL},
    {"found a tab character that violates indentation", "a tab in the indentation", NULL},
    {"found a tab character where an indentation space is expected", "a tab in the indentation",
     NULL},
    {"found undefined tag handle", "this tag is not defined",
     "text that begins with `!` needs quotes"},
    {"did not find expected whitespace or line break", "a tag ends with a space",
     "text that begins with `!` needs quotes; a condition has no `!`: write the opposite, such as "
     "`${name} missing` for `exists`"},
    {"did not find expected alphabetic or numeric character",
     "`&` and `*` mark anchors and aliases here", "text that begins with `&` or `*` needs quotes"},
    {"did not find expected comment or line break", "text cannot follow `|` or `>` on its line",
     "begin the text on the next line, indented; a text that begins with `|` or `>` needs quotes"},
    {"found invalid indicator", NULL, NULL},
};

/* The first tab in the white space before `offset` on its line, or UINT32_MAX. */
static uint32_t tab_before(const struct source *source, uint32_t offset)
{
    uint32_t start;
    struct slice line = source_line(source, offset, &start);
    for (size_t i = 0; i < line.length && (line.data[i] == ' ' || line.data[i] == '\t'); i++) {
        if (line.data[i] == '\t') {
            return start + (uint32_t)i;
        }
    }
    return UINT32_MAX;
}

/* True when a value on the line of `offset` begins with an unquoted `{{`. */
static bool has_bare_braces(const struct source *source, uint32_t offset)
{
    uint32_t start;
    struct slice line = source_line(source, offset, &start);
    size_t at = slice_find(line, "{{", 0);
    return at != SIZE_MAX && (at == 0 || strchr("\"'$", line.data[at - 1]) == NULL);
}

/* Whether the text before `offset`, on its line, ends with a closing quote: `'It's`, `"a" b`. */
static bool follows_quotes(const struct source *source, uint32_t offset)
{
    uint32_t start;
    struct slice line = source_line(source, offset, &start);
    struct slice before = slice_trim(slice_part(line, 0, offset - start));
    char last = before.length > 0 ? before.data[before.length - 1] : '\0';
    return (last == '\'' || last == '"') && offset > start && line.length > offset - start;
}

/*
 * Where the quoted text began that ends before `offset`, if on an earlier line: its closing quote
 * is missing there, and it ran on to the next quote. Else UINT32_MAX.
 */
static uint32_t unclosed_quote_before(const struct source *source, uint32_t offset)
{
    struct slice bytes = source->bytes;
    uint32_t end = offset;
    while (end > 0 && bytes.data[end - 1] == ' ') {
        end--;
    }
    char quote = end > 0 ? bytes.data[end - 1] : '\0';
    if (quote != '"' && quote != '\'') {
        return UINT32_MAX;
    }
    bool has_break = false;
    for (uint32_t i = end - 1; i > 0; i--) {
        has_break |= bytes.data[i - 1] == '\n';
        if (bytes.data[i - 1] == quote && (quote == '\'' || i < 2 || bytes.data[i - 2] != '\\')) {
            return has_break ? i - 1 : UINT32_MAX;
        }
    }
    return UINT32_MAX;
}

/* Whether the text before `offset`, on its line, ends a list or mapping: `pattern: [A-Z]{2}`. */
static bool follows_bracket(const struct source *source, uint32_t offset)
{
    uint32_t start;
    struct slice line = source_line(source, offset, &start);
    struct slice before = slice_trim(slice_part(line, 0, offset - start));
    char last = before.length > 0 ? before.data[before.length - 1] : '\0';
    return last == ']' || last == '}';
}

/* Whether the line of `offset` begins with a dash that is not the one of lists. */
static bool has_long_dash(const struct source *source, uint32_t offset)
{
    uint32_t start;
    struct slice line = slice_trim(source_line(source, offset, &start));
    return slice_starts_with(line, "– ") || slice_starts_with(line, "— ");
}

/* From `offset` to the end of its line, without spaces at the end. */
static struct range rest_of_line(const struct source *source, uint32_t offset)
{
    uint32_t start;
    struct slice line = source_line(source, offset, &start);
    struct slice rest = slice_trim(slice_part(line, offset - start, line.length));
    return (struct range){offset, offset + (uint32_t)(rest.length > 0 ? rest.length : 1)};
}

/* Where the line before `offset`'s begins with `//`, or UINT32_MAX. */
static uint32_t foreign_comment_before(const struct source *source, uint32_t offset)
{
    uint32_t start;
    source_line(source, offset, &start);
    if (start == 0) {
        return UINT32_MAX;
    }
    struct slice line = source_line(source, start - 1, &start);
    struct slice text = slice_trim(line);
    return slice_starts_with(text, "//") ? start + (uint32_t)(text.data - line.data) : UINT32_MAX;
}

/*
 * Where the list item without a space behind its dash (`-Hot`) begins that the text before `offset`
 * belongs to: the following lines were read as more of its text. UINT32_MAX: there is none.
 */
static uint32_t tight_dash_before(const struct source *source, uint32_t offset)
{
    uint32_t start;
    source_line(source, offset, &start);
    for (size_t lines = 0; start > 0 && lines < 20; lines++) {
        struct slice line = source_line(source, start - 1, &start);
        struct slice text = slice_trim(line);
        if (text.length > 1 && text.data[0] == '-' && text.data[1] != ' ' && text.data[1] != '-') {
            return start + (uint32_t)(text.data - line.data);
        }
        if (!slice_starts_with(text, "- ")) {
            break;
        }
    }
    return UINT32_MAX;
}

struct explanation {
    struct range at;
    const char *message;
    const char *advice; /* or NULL */
    bool context;       /* where libyaml began the construct helps, too */
};

/* libyaml's words in ours. */
static struct explanation translate(const struct source *source, const struct syntax_error *error)
{
    size_t length = 0; /* of the character: a dash may be a long one */
    if (error->at < source->bytes.length) {
        utf8_decode(slice_part(source->bytes, error->at, source->bytes.length), &length);
    }
    struct explanation e = {.at = {error->at, error->at + (uint32_t)length},
                            .message = error->problem,
                            .context = error->context_at != error->at};
    for (size_t i = 0; i < sizeof translations / sizeof translations[0]; i++) {
        if (strcmp(translations[i].problem, error->problem) == 0) {
            e.message = translations[i].message != NULL ? translations[i].message : e.message;
            e.advice = translations[i].advice;
        }
    }
    if (has_bare_braces(source, error->at)) {
        e.advice = "text that begins with `{{` needs quotes: \"{{context.…}}\"";
    }
    return e;
}

/* Puts the finding on the line from `place` on. */
static bool move(struct explanation *e, const struct source *source, uint32_t place,
                 const char *message, const char *advice)
{
    *e = (struct explanation){
        .at = rest_of_line(source, place), .message = message, .advice = advice};
    return true;
}

/* A whole line that is not what its author takes it for; false: there is none. */
static bool correct_line(struct explanation *e, const struct source *source,
                         const struct syntax_error *error)
{
    bool is_key = strcmp(error->problem, "could not find expected ':'") == 0;
    uint32_t place = is_key && error->context != NULL ? error->context_at : error->at;
    uint32_t comment = foreign_comment_before(source, error->at);
    if (comment != UINT32_MAX) {
        return move(e, source, comment, "this is text, not a comment", "comments begin with `#`");
    }
    uint32_t dash = tight_dash_before(source, error->at);
    if (dash != UINT32_MAX) {
        return move(e, source, dash, "a list item needs a space behind its `-`", NULL);
    }
    if (place < source->bytes.length && has_long_dash(source, place)) {
        return move(e, source, place, "a list item begins with `-`, not with a longer dash", NULL);
    }
    return false;
}

/* Text behind a value that has ended already; false: something else is wrong. */
static bool correct_end(struct explanation *e, const struct source *source,
                        const struct syntax_error *error)
{
    if (!slice_starts_with(slice_of(error->problem), "did not find expected")) {
        return false;
    }
    uint32_t quote = unclosed_quote_before(source, error->at);
    if (quote != UINT32_MAX) {
        return move(e, source, quote,
                    "the closing quote of this text is missing: it goes on to the next quote",
                    NULL);
    }
    bool is_key = strcmp(error->problem, "did not find expected key") == 0;
    if (is_key && follows_quotes(source, error->at)) {
        e->message = "this comes after the closing quote";
        e->advice = "put quotes around the whole text; inside '…' an apostrophe is written twice, "
                    "inside \"…\" a quote is \\\"";
    } else if (is_key && follows_bracket(source, error->at)) {
        e->message = "this comes after the closing bracket";
        e->advice = "text that begins with `[` or `{`, such as a pattern, needs quotes";
    } else {
        return false;
    }
    e->context = false;
    return true;
}

/* Where libyaml points elsewhere than at the mistake: corrects `e`. */
static void correct(struct explanation *e, const struct source *source,
                    const struct syntax_error *error)
{
    bool begun = error->context != NULL && error->context_at < source->bytes.length;
    if (correct_line(e, source, error) || correct_end(e, source, error) || !begun) {
        return;
    }
    if (strcmp(error->problem, "found unexpected end of stream") == 0) {
        e->at = (struct range){error->context_at, error->context_at + 1};
        e->message = "this quote is never closed";
        e->advice = NULL;
        e->context = false;
    } else if (strcmp(error->problem, "could not find expected ':'") == 0) {
        e->at = rest_of_line(source, error->context_at);
        if (slice_find(slice_part(source->bytes, e->at.start, e->at.end), ":", 0) != SIZE_MAX) {
            e->message = "add a space after the `:`";
        }
        e->context = false;
    }
}

void syntax_error_report(struct diagnostics *diagnostics, const struct source *source,
                         const struct syntax_error *error)
{
    uint32_t tab = tab_before(source, error->at);
    if (tab != UINT32_MAX) {
        diag_report(diagnostics, E0006, source, (struct range){tab, tab + 1},
                    "a tab in the indentation; YAML indents with spaces");
        return;
    }
    struct explanation e = translate(source, error);
    correct(&e, source, error);
    struct diagnostic *d = diag_report(diagnostics, E0005, source, e.at, "%s", e.message);
    if (e.context && error->context != NULL) {
        uint32_t end = error->context_at + (error->context_at < source->bytes.length);
        diag_note(diagnostics, d, source, (struct range){error->context_at, end},
                  "%s that begins here", error->context);
    }
    if (e.advice != NULL) {
        diag_note(diagnostics, d, NULL, e.at, "%s", e.advice);
    }
}
