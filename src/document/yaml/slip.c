/*
 * Slips that YAML allows. Each changes what the bot says, and the file looks right: so each is told
 * of, and quotes around the text say that it is meant.
 */
#include "document/yaml/slip.h"

#include "base/ascii.h"

/* ---- quotes ---- */

/* The length of the mark at the beginning of `text` if it is one of `marks`, else 0. */
static size_t mark_length(struct slice text, const char *const *marks)
{
    if (text.length == 0 || text.data[0] != marks[0][0]) { /* which is the first byte of all */
        return 0;
    }
    for (; *marks != NULL; marks++) {
        if (slice_starts_with(text, *marks)) {
            return strlen(*marks);
        }
    }
    return 0;
}

static const char *const opening[] = {"“", "”", "„", "‘", "’", "‚", NULL};

/* The text between the quotes, or an empty one. */
static struct slice between_quotes(struct slice text)
{
    size_t begin = mark_length(text, opening);
    size_t end = text.length > 3 ? text.length - 3 : 0; /* each mark has three bytes */
    if (begin == 0 || end <= begin ||
        mark_length(slice_part(text, end, text.length), opening) == 0) {
        return (struct slice){0};
    }
    struct slice inner = slice_part(text, begin, end);
    for (size_t i = 0; i < inner.length; i++) { /* “yes” or “no” */
        struct slice rest = slice_part(inner, i, inner.length);
        if (mark_length(rest, opening) > 0 && !slice_starts_with(rest, "’")) {
            return (struct slice){0};
        }
    }
    return inner;
}

bool yaml_is_in_typographic_quotes(struct slice text)
{
    return between_quotes(text).length > 0;
}

static void report_quotes(struct diagnostics *diagnostics, const struct node *text)
{
    struct slice inner = between_quotes(text->text);
    if (inner.length == 0) {
        return;
    }
    struct diagnostic *d = diag_report(diagnostics, W0022, text->source, text->range,
                                       "typographic quotes are a part of the text");
    bool simple = slice_find(inner, "\"", 0) == SIZE_MAX && slice_find(inner, "\\", 0) == SIZE_MAX;
    diag_suggest(diagnostics, d,
                 simple ? arena_printf(diagnostics->arena, "\"%.*s\"", SLICE_ARG(inner))
                        : SLICE(""));
    diag_note(diagnostics, d, NULL, text->range,
              "if they are to be said, put the whole text in straight quotes: \"“…”\"");
}

/* ---- lines ---- */

/* `- one` with `- two` below it, indented further: both are one text. */
static void report_items(struct diagnostics *diagnostics, const struct node *text)
{
    struct slice bytes = text->source->bytes;
    uint32_t at = text->range.start;
    while (at < text->range.end) {
        while (at < text->range.end && bytes.data[at] != '\n') {
            at++;
        }
        while (at < text->range.end && strchr(" \t\r\n", bytes.data[at]) != NULL) {
            at++;
        }
        if (at + 1 < text->range.end && bytes.data[at] == '-' && bytes.data[at + 1] == ' ') {
            struct diagnostic *d =
                diag_report(diagnostics, W0022, text->source, (struct range){at, at + 1},
                            "this `-` begins no item: the line belongs to the text before it");
            diag_note(diagnostics, d, text->source, text->range, "the text begins here");
            diag_note(diagnostics, d, NULL, text->range,
                      "items of a list begin in the same column");
            return;
        }
    }
}

/* `Ticket #${number}`: the text ends before the `#`. */
static void report_comment(struct diagnostics *diagnostics, const struct node *text)
{
    struct slice bytes = text->source->bytes;
    uint32_t at = text->range.end;
    while (at < bytes.length && bytes.data[at] == ' ') {
        at++;
    }
    bool is_comment = at > text->range.end && at + 1 < bytes.length && bytes.data[at] == '#';
    if (!is_comment ||
        (strchr("{$", bytes.data[at + 1]) == NULL && !ascii_is_digit(bytes.data[at + 1]))) {
        return;
    }
    uint32_t end = at;
    while (end < bytes.length && strchr("\r\n", bytes.data[end]) == NULL) {
        end++;
    }
    struct diagnostic *d = diag_report(diagnostics, W0022, text->source, (struct range){at, end},
                                       "this is a comment: the text ends before the `#`");
    diag_note(diagnostics, d, NULL, (struct range){at, end},
              "put the whole text in quotes, or write a space behind the `#` of a comment");
}

void yaml_report_slips(struct diagnostics *diagnostics, const struct node *text, bool is_item)
{
    report_quotes(diagnostics, text);
    if (is_item) {
        report_items(diagnostics, text);
    }
    report_comment(diagnostics, text);
}
