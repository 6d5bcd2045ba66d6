/* Collecting findings. */
#include "diag/diagnostic.h"

#include <stdarg.h>
#include <stdlib.h>

static const struct code_info codes[] = {
#define CODE(code, severity, title, explanation, bad, good)                                        \
    {#code, severity, title, explanation, bad, good},
#include "diag/codes.def"
#undef CODE
};

const struct code_info *code_info(enum code code)
{
    return &codes[code];
}

enum code code_find(struct slice name)
{
    for (size_t i = 0; i < CODE_COUNT; i++) {
        if (slice_equal_ignoring_case(slice_of(codes[i].name), name)) {
            return (enum code)i;
        }
    }
    return CODE_COUNT;
}

void diagnostics_add(struct diagnostics *list, struct diagnostic *diagnostic)
{
    diagnostic->next = NULL;
    if (list->last == NULL) {
        list->first = diagnostic;
    } else {
        list->last->next = diagnostic;
    }
    list->last = diagnostic;
    if (diagnostic->severity == SEVERITY_ERROR) {
        list->error_count++;
    } else {
        list->warning_count++;
    }
}

/* What a finding of this code is in the list. */
static enum severity severity_in(const struct diagnostics *list, enum code code)
{
    bool weakened = list->weakened != NULL && list->weakened[code];
    return weakened ? SEVERITY_WARNING : codes[code].severity;
}

bool diagnostics_want(const struct diagnostics *list, enum code code)
{
    return !list->errors_only || severity_in(list, code) == SEVERITY_ERROR;
}

struct diagnostic *diag_vreport(struct diagnostics *list, enum code code,
                                const struct source *source, struct range range, const char *format,
                                va_list arguments)
{
    struct diagnostic *diagnostic = arena_alloc(list->arena, sizeof *diagnostic);
    diagnostic->code = code;
    diagnostic->severity = severity_in(list, code);
    diagnostic->source = source;
    diagnostic->range = range;
    diagnostic->message = arena_vprintf(list->arena, format, arguments);
    size_t count = diagnostic->severity == SEVERITY_ERROR ? list->error_count : list->warning_count;
    if (count < DIAG_LIMIT) {
        diagnostics_add(list, diagnostic);
        return diagnostic;
    }
    struct diagnostic *unkept = arena_alloc(list->arena, sizeof *diagnostic);
    *unkept = *diagnostic;
    if (!list->truncated) {
        list->truncated = true;
        diagnostic->code = W0002;
        diagnostic->severity = SEVERITY_WARNING;
        diagnostic->message = SLICE("too many findings in this file; the rest are not shown");
        diagnostics_add(list, diagnostic);
    }
    return unkept;
}

struct diagnostic *diag_report(struct diagnostics *list, enum code code,
                               const struct source *source, struct range range, const char *format,
                               ...)
{
    va_list arguments;
    va_start(arguments, format);
    struct diagnostic *diagnostic = diag_vreport(list, code, source, range, format, arguments);
    va_end(arguments);
    return diagnostic;
}

static void append_note(struct diagnostic *diagnostic, struct note *note)
{
    struct note **at = &diagnostic->notes;
    while (*at != NULL) {
        at = &(*at)->next;
    }
    *at = note;
}

void diag_note(struct diagnostics *list, struct diagnostic *diagnostic, const struct source *source,
               struct range range, const char *format, ...)
{
    struct note *note = arena_alloc(list->arena, sizeof *note);
    note->source = source;
    note->range = range;
    va_list arguments;
    va_start(arguments, format);
    note->message = arena_vprintf(list->arena, format, arguments);
    va_end(arguments);
    append_note(diagnostic, note);
}

void diag_weaken(struct diagnostics *list, struct diagnostic *diagnostic)
{
    if (diagnostic->severity == SEVERITY_ERROR) {
        diagnostic->severity = SEVERITY_WARNING;
        list->error_count--;
        list->warning_count++;
    }
}

void diag_suggest(struct diagnostics *list, struct diagnostic *diagnostic, struct slice text)
{
    diagnostic->suggestion = arena_slice(list->arena, text);
}

/* Merges two sorted lists; equal places keep their order. */
static struct diagnostic *merge(struct diagnostic *a, struct diagnostic *b)
{
    struct diagnostic *first = NULL;
    struct diagnostic **end = &first;
    while (a != NULL && b != NULL) {
        int files = a->source == b->source ? 0 : strcmp(b->source->path, a->source->path);
        bool earlier = files < 0 || (files == 0 && b->range.start < a->range.start);
        struct diagnostic **from = earlier ? &b : &a;
        *end = *from;
        end = &(*from)->next;
        *from = (*from)->next;
    }
    *end = a != NULL ? a : b;
    return first;
}

static struct diagnostic *merge_sort(struct diagnostic *list)
{
    if (list == NULL || list->next == NULL) {
        return list;
    }
    struct diagnostic *middle = list;
    for (struct diagnostic *end = list->next; end != NULL && end->next != NULL;
         end = end->next->next) {
        middle = middle->next;
    }
    struct diagnostic *second = middle->next;
    middle->next = NULL;
    return merge(merge_sort(list), merge_sort(second));
}

static bool is_repetition(const struct diagnostic *a, const struct diagnostic *b)
{
    return a->code == b->code && a->source == b->source && a->range.start == b->range.start &&
           a->range.end == b->range.end && slice_equal(a->message, b->message);
}

void diagnostics_sort(struct diagnostics *list)
{
    struct diagnostic *sorted = merge_sort(list->first);
    *list = diagnostics_new(list->arena);
    while (sorted != NULL) {
        struct diagnostic *next = sorted->next;
        sorted->next = NULL;
        if (list->last == NULL || !is_repetition(list->last, sorted)) {
            diagnostics_add(list, sorted);
        }
        sorted = next;
    }
}

void diagnostics_append(struct diagnostics *to, struct diagnostics *from)
{
    while (from->first != NULL) {
        struct diagnostic *next = from->first->next;
        diagnostics_add(to, from->first);
        from->first = next;
    }
    from->last = NULL;
}

/* The copy of `source` in `to`'s arena; `seen` remembers the last ones. */
struct source_copies {
    const struct source *original[8];
    const struct source *copy[8];
    size_t count;
};

static const struct source *copy_source(struct arena *arena, struct source_copies *seen,
                                        const struct source *source)
{
    if (source == NULL) {
        return NULL;
    }
    size_t known = sizeof seen->original / sizeof seen->original[0];
    for (size_t i = 0; i < seen->count && i < known; i++) {
        if (seen->original[i] == source) {
            return seen->copy[i];
        }
    }
    struct source *copy = source_new(arena, arena_copy(arena, slice_of(source->path)),
                                     arena_slice(arena, source->bytes));
    for (size_t i = 0; i < source->masks->count; i++) {
        const struct mask *mask = &source->masks->items[i];
        source_mask(arena, copy, mask->range, arena_slice(arena, mask->text));
    }
    seen->original[seen->count % known] = source;
    seen->copy[seen->count % known] = copy;
    seen->count++;
    return copy;
}

void diagnostics_copy(struct diagnostics *to, const struct diagnostics *from)
{
    struct source_copies seen = {0};
    for (const struct diagnostic *d = from->first; d != NULL; d = d->next) {
        struct diagnostic *copy = arena_alloc(to->arena, sizeof *copy);
        copy->code = d->code;
        copy->severity = d->severity;
        copy->source = copy_source(to->arena, &seen, d->source);
        copy->range = d->range;
        copy->message = arena_slice(to->arena, d->message);
        copy->suggestion = arena_slice(to->arena, d->suggestion);
        for (const struct note *n = d->notes; n != NULL; n = n->next) {
            struct note *note = arena_alloc(to->arena, sizeof *note);
            note->source = copy_source(to->arena, &seen, n->source);
            note->range = n->range;
            note->message = arena_slice(to->arena, n->message);
            append_note(copy, note);
        }
        diagnostics_add(to, copy);
    }
}
