/*
 * Human output:
 *
 *     error[E0201]: `lastNam` is not an entity of this template
 *       --> create-a-lead.yaml:30:20
 *        |
 *     30 |         LastName: ${lastNam}
 *        |                     ^^^^^^^
 *        = help: did you mean `lastName`?
 */
#include "base/character.h"
#include "base/printable.h"
#include "base/utf8.h"
#include "report/render.h"

#define RED    "\033[1;31m"
#define YELLOW "\033[1;33m"
#define BLUE   "\033[1;34m"
#define BOLD   "\033[1m"
#define PLAIN  "\033[0m"

/* The widest part of a source line that is shown; longer lines are cut around the place. */
#define WIDEST 160

static const char *paint(bool color, const char *sequence)
{
    return color ? sequence : "";
}

/*
 * Appends the characters of `line` from byte `from` to byte `to`, tabs as one space, secrets as
 * `*`; returns how many cells that took.
 */
static size_t add_visible(struct builder *out, const struct source *source, struct slice line,
                          uint32_t line_start, size_t from, size_t to)
{
    size_t start = out->length;
    for (size_t i = from; i < to && i < line.length;) {
        char shown[PRINTABLE_LONGEST];
        size_t length;
        size_t taken = printable_character(line, i, PRINTABLE_LINE, shown, &length);
        if (source_is_masked(source, line_start + i)) {
            builder_add_char(out, '*');
        } else if (line.data[i] == '\t') {
            builder_add_char(out, ' ');
        } else {
            builder_add(out, (struct slice){shown, length});
        }
        i += taken;
    }
    return character_cells(slice_part(builder_slice(out), start, out->length));
}

static size_t digits_of(size_t number)
{
    size_t digits = 1;
    while (number >= 10) {
        number /= 10;
        digits++;
    }
    return digits;
}

/* Moves `offset` to the start of a code point. */
static size_t align(struct slice line, size_t offset)
{
    while (offset > 0 && offset < line.length && (line.data[offset] & 0xC0) == 0x80) {
        offset--;
    }
    return offset;
}

/* The `-->` line, the source line and the underline. */
static void add_place(struct builder *out, const struct source *source, struct range range,
                      bool color, const char *mark_color, char mark)
{
    uint32_t line_start;
    struct slice line = source_excerpt(source, range.start, &line_start);
    struct position at = source_position(source, range.start);
    size_t gutter = digits_of(at.line);
    builder_add_repeated(out, ' ', gutter);
    builder_printf(out, "%s-->%s ", paint(color, BLUE), paint(color, PLAIN));
    printable_add(out, slice_of(source->path), PRINTABLE_LINE);
    builder_printf(out, ":%zu:%zu\n", at.line, at.column);
    if (source->bytes.length == 0) {
        return;
    }
    size_t first = range.start > line_start ? range.start - line_start : 0;
    first = first > line.length ? line.length : first;
    size_t last =
        range.end > range.start && range.end > line_start ? range.end - line_start : first;
    last = last > line.length ? line.length : last;
    size_t from = 0;
    size_t to = line.length;
    if (line.length > WIDEST) {
        from = first > WIDEST / 2 ? align(line, first - WIDEST / 2) : 0;
        to = from + WIDEST < line.length ? align(line, from + WIDEST) : line.length;
        last = last > to ? to : last;
    }
    builder_add_repeated(out, ' ', gutter + 1);
    builder_printf(out, "%s|%s\n", paint(color, BLUE), paint(color, PLAIN));
    builder_printf(out, "%s%zu |%s ", paint(color, BLUE), at.line, paint(color, PLAIN));
    builder_add_text(out, from > 0 ? "…" : "");
    size_t before = add_visible(out, source, line, line_start, from, first);
    size_t width = add_visible(out, source, line, line_start, first, last);
    add_visible(out, source, line, line_start, last, to);
    builder_add_text(out, to < line.length ? "…\n" : "\n");
    builder_add_repeated(out, ' ', gutter + 1);
    builder_printf(out, "%s|%s ", paint(color, BLUE), paint(color, PLAIN));
    builder_add_repeated(out, ' ', before + (from > 0));
    builder_add_text(out, paint(color, mark_color));
    builder_add_repeated(out, mark, width > 0 ? width : 1);
    builder_printf(out, "%s\n", paint(color, PLAIN));
}

void render_human(struct builder *out, const struct diagnostic *diagnostic, bool color)
{
    const struct code_info *info = code_info(diagnostic->code);
    bool is_error = diagnostic->severity == SEVERITY_ERROR;
    const char *tint = is_error ? RED : YELLOW;
    builder_printf(out, "%s%s[%s]%s%s: ", paint(color, tint), is_error ? "error" : "warning",
                   info->name, paint(color, PLAIN), paint(color, BOLD));
    printable_add(out, diagnostic->message, PRINTABLE_LINE);
    builder_printf(out, "%s\n", paint(color, PLAIN));
    add_place(out, diagnostic->source, diagnostic->range, color, tint, '^');
    size_t gutter = digits_of(source_position(diagnostic->source, diagnostic->range.start).line);
    for (const struct note *note = diagnostic->notes; note != NULL; note = note->next) {
        builder_add_repeated(out, ' ', gutter + 1);
        builder_printf(out, "%s=%s note: ", paint(color, BLUE), paint(color, PLAIN));
        printable_add(out, note->message, PRINTABLE_LINE);
        builder_add_char(out, '\n');
        if (note->source != NULL) {
            add_place(out, note->source, note->range, color, BLUE, '-');
        }
    }
    if (diagnostic->suggestion.length > 0) {
        builder_add_repeated(out, ' ', gutter + 1);
        builder_printf(out, "%s=%s help: did you mean `", paint(color, BLUE), paint(color, PLAIN));
        printable_add(out, diagnostic->suggestion, PRINTABLE_LINE);
        builder_add_text(out, "`?\n");
    }
}
