/* GitHub workflow commands: `::error file=…,line=…::message`, one line for each finding. */
#include "base/printable.h"
#include "report/render.h"

/* What ends a message or a property must be written as %XX. */
static void add_escaped(struct builder *out, struct slice text, bool is_property)
{
    text = printable_text(out->arena, text, PRINTABLE_LINE);
    for (size_t i = 0; i < text.length; i++) {
        char c = text.data[i];
        bool special = c == '%' || (is_property && (c == ':' || c == ','));
        if (special) {
            builder_printf(out, "%%%02X", (unsigned char)c);
        } else {
            builder_add_char(out, c);
        }
    }
}

void render_github(struct builder *out, const struct diagnostic *diagnostic)
{
    const struct code_info *info = code_info(diagnostic->code);
    struct position start = source_position(diagnostic->source, diagnostic->range.start);
    struct position end = source_position(diagnostic->source, diagnostic->range.end);
    builder_printf(out, "::%s file=", diagnostic->severity == SEVERITY_ERROR ? "error" : "warning");
    add_escaped(out, slice_of(diagnostic->source->path), true);
    builder_printf(out, ",line=%zu,endLine=%zu", start.line, end.line);
    if (start.line == end.line) { /* GitHub knows columns within one line only */
        builder_printf(out, ",col=%zu,endColumn=%zu", start.column, end.column);
    }
    builder_printf(out, ",title=%s::", info->name);
    add_escaped(out, diagnostic->message, false);
    for (const struct note *note = diagnostic->notes; note != NULL; note = note->next) {
        builder_add_text(out, "%0A");
        if (note->source != NULL) {
            struct position at = source_position(note->source, note->range.start);
            add_escaped(out, slice_of(note->source->path), false);
            builder_printf(out, ":%zu: ", at.line);
        }
        add_escaped(out, note->message, false);
    }
    if (diagnostic->suggestion.length > 0) {
        builder_add_text(out, "%0Adid you mean `");
        add_escaped(out, diagnostic->suggestion, false);
        builder_add_text(out, "`?");
    }
    builder_add_char(out, '\n');
}
