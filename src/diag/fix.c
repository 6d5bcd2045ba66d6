#include "diag/fix.h"

/* The quotes around what a finding points at; 0: there are none. */
static char quotes_around(struct slice text)
{
    char first = text.length > 1 ? text.data[0] : '\0';
    bool quoted = (first == '"' || first == '\'') && text.data[text.length - 1] == first;
    return quoted ? first : '\0';
}

struct edit fix_of(struct arena *arena, const struct diagnostic *diagnostic)
{
    const struct source *source = diagnostic->source;
    struct range range = diagnostic->range;
    struct slice suggested = diagnostic->suggestion;
    char quote = quotes_around(slice_part(source->bytes, range.start, range.end));
    bool has_own = quotes_around(suggested) != '\0';
    if (quote != '\0' && !has_own && memchr(suggested.data, quote, suggested.length) == NULL) {
        suggested = arena_printf(arena, "%c%.*s%c", quote, SLICE_ARG(suggested), quote);
    }
    return (struct edit){.start = range.start, .end = range.end, .text = suggested};
}

static bool is_wanted(const struct diagnostic *d, const char *path, enum code code)
{
    return d->suggestion.length > 0 && strcmp(d->source->path, path) == 0 &&
           (code == CODE_COUNT || d->code == code);
}

/* True when an edit is for the same place as one of the others, or meets it. */
static bool meets_other(const struct edits *edits, const struct edit *edit)
{
    bool meets = false;
    for (size_t i = 0; !meets && i < edits->count; i++) {
        const struct edit *other = &edits->items[i];
        meets =
            other->start == edit->start || (other->start < edit->end && edit->start < other->end);
    }
    return meets;
}

struct edits fixes_of(struct arena *arena, const struct diagnostics *list, const char *path,
                      enum code code)
{
    struct edits edits = edits_new(arena);
    for (const struct diagnostic *d = list->first; d != NULL; d = d->next) {
        struct edit edit = is_wanted(d, path, code) ? fix_of(arena, d) : (struct edit){0};
        if (is_wanted(d, path, code) && !meets_other(&edits, &edit)) {
            edits_add(&edits, edit.start, edit.end, edit.text);
        }
    }
    return edits;
}
