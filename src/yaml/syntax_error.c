/*
 * libyaml knows where it stopped, not what the author meant. The table turns its messages into
 * the mistakes that people make; the line itself decides between them where it can.
 */
#include "yaml/syntax_error.h"

struct translation {
    const char *problem; /* libyaml 0.2.5 */
    const char *message;
    const char *advice; /* or NULL */
};

static const struct translation translations[] = {
    {"mapping values are not allowed in this context", "a `:` here cannot begin a value",
     "text with `: ` inside needs quotes; and a key must not stand deeper than the keys beside it"},
    {"could not find expected ':'", "this looks like a key, but no `:` follows it",
     "every line of a mapping is `key: value`; longer text needs quotes or a `|` block"},
    {"did not find expected key", "a key is expected here",
     "check the indentation: keys of one mapping begin in the same column; and quote text that "
     "contains quotes"},
    {"did not find expected '-' indicator", "a `-` is expected here: this belongs to a list",
     "items of one list begin in the same column, each with `- `"},
    {"did not find expected ',' or ']'", "a `,` or `]` is expected here", NULL},
    {"did not find expected ',' or '}'", "a `,` or `}` is expected here",
     "text that contains `{`, `}`, `,` or begins with `{{` needs quotes"},
    {"did not find expected <document start>", "the document has ended; this does not belong to it",
     "check the indentation: all keys of a file begin in the first column"},
    {"found unexpected end of stream", "the file ends inside quotes",
     "the closing quote is missing"},
    {"found unexpected document indicator", "a line `---` or `...` stands inside quotes",
     "the closing quote is missing"},
    {"found unknown escape character", "an unknown escape stands inside double quotes",
     "write `\\\\` for a backslash, or use single quotes"},
    {"did not find expected hexadecdimal number", "a hexadecimal escape lacks digits", NULL},
    {"found character that cannot start any token", "text cannot begin with this character",
     "put quotes around the text"},
    {"did not find expected node content", "a value is expected here", NULL},
    {"block sequence entries are not allowed in this context", "a list item cannot begin here",
     "a list begins on a line of its own, below its key"},
    {"block mapping entries are not allowed in this context", "a key cannot begin here", NULL},
    {"found a tab character that violates indentation", "a tab stands in the indentation", NULL},
    {"found a tab character where an indentation space is expected",
     "a tab stands in the indentation", NULL},
    {"found undefined tag handle", "this tag is not defined",
     "text that begins with `!` needs quotes"},
    {"did not find expected whitespace or line break", "a space is expected here", NULL},
    {"did not find expected alphabetic or numeric character",
     "`&` and `*` name anchors and aliases here", "text that begins with them needs quotes"},
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

void syntax_error_report(struct diagnostics *diagnostics, const struct source *source,
                         const struct syntax_error *error)
{
    size_t length = source->bytes.length;
    uint32_t end = error->at < length ? error->at + 1 : error->at;
    struct range at = {error->at, end};
    uint32_t tab = tab_before(source, error->at);
    if (tab != UINT32_MAX) {
        diag_report(diagnostics, E0006, source, (struct range){tab, tab + 1},
                    "a tab stands in the indentation; YAML indents with spaces");
        return;
    }
    const char *message = error->problem;
    const char *advice = NULL;
    for (size_t i = 0; i < sizeof translations / sizeof translations[0]; i++) {
        if (strcmp(translations[i].problem, error->problem) == 0) {
            message = translations[i].message != NULL ? translations[i].message : message;
            advice = translations[i].advice;
        }
    }
    if (has_bare_braces(source, error->at)) {
        advice = "text that begins with `{{` needs quotes: \"{{context.…}}\"";
    }
    bool endless = strcmp(error->problem, "found unexpected end of stream") == 0;
    if (endless && error->context != NULL) { /* the place to look at is where the quote opens */
        at = (struct range){error->context_at, error->context_at + 1};
        message = "the quote that opens here is never closed";
        advice = NULL;
    }
    struct diagnostic *d = diag_report(diagnostics, E0005, source, at, "%s", message);
    if (!endless && error->context != NULL && error->context_at != error->at &&
        strncmp(error->context, "while scanning a simple key", 27) != 0) {
        struct range from = {error->context_at, error->context_at < length ? error->context_at + 1
                                                                           : error->context_at};
        diag_note(diagnostics, d, source, from, "%s that begins here", error->context);
    }
    if (advice != NULL) {
        diag_note(diagnostics, d, NULL, at, "%s", advice);
    }
}
