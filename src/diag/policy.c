/* What a run makes of warnings, and the comments that silence them. */
#include "diag/diagnostic.h"

/* A code named in a comment. */
struct ignore {
    enum code code;
    struct range range; /* of the code's name */
    uint32_t line;      /* where the line begins whose findings are meant */
    bool used;
};

struct ignores {
    struct ignore *items;
    size_t count;
};

static const char marker[] = DIAG_IGNORE_MARK; /* behind `#`, or `//` in a script */
static const char own_name[] = "dialogc";      /* that it begins with */

static bool is_separator(char c)
{
    return c == ' ' || c == ',' || c == '\t';
}

/* Notes the codes named in the comment whose marker ends at `at`. */
static void add_codes(struct diagnostics *list, struct ignores *ignores,
                      const struct source *source, size_t at, size_t line_end, uint32_t next_line)
{
    struct slice bytes = source->bytes;
    if (slice_trim(slice_part(bytes, at, line_end)).length == 0) {
        struct range range = {(uint32_t)(at - sizeof marker + 1), (uint32_t)at};
        struct diagnostic *d =
            diag_report(list, W0017, source, range, "this comment names no warning");
        diag_note(list, d, NULL, range, "write the codes behind it: `dialogc-ignore W0313`");
        return;
    }
    while (at < line_end) {
        while (at < line_end && is_separator(bytes.data[at])) {
            at++;
        }
        size_t start = at;
        while (at < line_end && !is_separator(bytes.data[at])) {
            at++;
        }
        struct slice name = slice_part(bytes, start, at);
        enum code code = code_find(name);
        struct range range = {(uint32_t)start, (uint32_t)at};
        if (name.length == 0) {
            return;
        }
        if (code == CODE_COUNT) {
            diag_report(list, W0017, source, range, "`%.*s` is not a code", SLICE_ARG(name));
            continue;
        }
        ignores->items =
            arena_append(list->arena, ignores->items, ignores->count, sizeof *ignores->items);
        ignores->items[ignores->count++] =
            (struct ignore){.code = code, .range = range, .line = next_line};
    }
}

/*
 * A comment that was meant to silence something, and does not: `dialogc-ignore: W0313`,
 * `dialogc-ignore-next-line W0313`, `x # dialogc-ignore W0313`.
 */
static void report_slip(struct diagnostics *list, const struct source *source, size_t at,
                        struct slice before, size_t line_end)
{
    size_t after = at + sizeof marker - 1;
    struct slice bytes = source->bytes;
    size_t end = after;
    while (end < line_end && !is_separator(bytes.data[end])) {
        end++;
    }
    bool alone = slice_is(before, "#") || slice_is(before, "//");
    bool colon = after < line_end && bytes.data[after] == ':';
    struct range range = {(uint32_t)at, (uint32_t)(colon ? after + 1 : end)};
    if (alone) {
        struct diagnostic *d = diag_report(list, W0017, source, range, "%s",
                                           colon ? "the codes are behind a space, without a `:`"
                                                 : "this comment is not one that dialogc knows");
        diag_suggest(list, d, slice_of(marker));
    } else if (slice_ends_with(before, " #") && (colon || end == after)) {
        struct diagnostic *d =
            diag_report(list, W0017, source, range, "a comment behind a value silences nothing");
        diag_note(list, d, NULL, range, "write it in a line of its own, above");
    }
}

/* True for what other programs have in their comments: `disable`, `suppress`. */
static bool is_about_silence(struct slice words)
{
    static const char *const verbs[] = {"ignor", "disable", "suppress", "silence", "allow", "off"};
    bool found = false;
    for (size_t i = 0; i < sizeof verbs / sizeof verbs[0]; i++) {
        found = found || slice_find(words, verbs[i], 0) != SIZE_MAX;
    }
    return found;
}

/* `# dialogc-disable W0312` and other words that are not the marker, before a code. */
static void report_other_word(struct diagnostics *list, const struct source *source, size_t at,
                              struct slice before, size_t line_end)
{
    size_t end = at;
    if (!slice_ends_with(before, "#") && !slice_ends_with(before, "//")) {
        return;
    }
    for (size_t start = at; start < line_end; start = end + 1) {
        end = start;
        while (end < line_end && !is_separator(source->bytes.data[end])) {
            end++;
        }
        if (start > at && code_find(slice_part(source->bytes, start, end)) != CODE_COUNT &&
            is_about_silence(slice_part(source->bytes, at, start))) {
            struct range range = {(uint32_t)at, (uint32_t)start - 1};
            struct diagnostic *d = diag_report(list, W0017, source, range,
                                               "this comment is not one that dialogc knows");
            diag_suggest(list, d, slice_of(marker));
            return;
        }
    }
}

/* Finds the comments: lines of their own that have nothing but the marker and codes. */
static struct ignores find_comments(struct diagnostics *list, const struct source *source)
{
    struct ignores ignores = {0};
    struct slice bytes = source->bytes;
    for (size_t at = 0; (at = slice_find(bytes, own_name, at)) != SIZE_MAX;) {
        uint32_t line_start;
        struct slice line = source_line(source, (uint32_t)at, &line_start);
        size_t line_end = line_start + line.length;
        size_t after = at + sizeof marker - 1;
        size_t next = line_end;
        next += next < bytes.length && bytes.data[next] == '\r';
        next += next < bytes.length && bytes.data[next] == '\n';
        struct slice before = slice_trim(slice_part(bytes, line_start, at));
        bool alone = slice_is(before, "#") || slice_is(before, "//");
        bool is_marked = slice_starts_with(slice_part(bytes, at, line_end), marker);
        bool whole = after == line_end || (after < line_end && is_separator(bytes.data[after]));
        if (!is_marked) {
            report_other_word(list, source, at, before, line_end);
        } else if (alone && whole) {
            add_codes(list, &ignores, source, after, line_end, (uint32_t)next);
        } else {
            report_slip(list, source, at, before, line_end);
        }
        at = line_end > at ? line_end : at + 1;
    }
    return ignores;
}

static bool is_silenced(struct ignores *ignores, const struct diagnostic *d)
{
    uint32_t line_start;
    bool silenced = false;
    source_line(d->source, d->range.start, &line_start);
    for (size_t i = 0; i < ignores->count; i++) {
        struct ignore *ignore = &ignores->items[i];
        if (ignore->code != d->code || code_info(d->code)->severity == SEVERITY_ERROR) {
            continue;
        }
        if (line_start == ignore->line) {
            ignore->used = true;
            silenced = true;
        }
    }
    return silenced;
}

/* A comment in another file than the template's: in the fragment that the finding is in. */
static bool is_silenced_there(struct arena *arena, const struct diagnostic *d)
{
    struct diagnostics ignored = diagnostics_new(arena);
    struct ignores ignores = find_comments(&ignored, d->source);
    return is_silenced(&ignores, d);
}

static void report_unused(struct diagnostics *list, const struct source *source,
                          const struct ignores *ignores)
{
    for (size_t i = 0; i < ignores->count; i++) {
        const struct ignore *ignore = &ignores->items[i];
        const char *name = code_info(ignore->code)->name;
        if (code_info(ignore->code)->severity == SEVERITY_ERROR) {
            diag_report(list, W0017, source, ignore->range,
                        "%s is an error; only warnings can be ignored", name);
        } else if (!ignore->used) {
            diag_report(list, W0017, source, ignore->range, "the next line has no %s warning",
                        name);
        }
    }
}

void diagnostics_apply(struct diagnostics *list, const struct policy *policy,
                       const struct source *source)
{
    struct ignores ignores = {0};
    struct diagnostics kept = diagnostics_new(list->arena);
    struct diagnostic *next;
    if (source != NULL) {
        ignores = find_comments(list, source);
    }
    for (struct diagnostic *d = list->first; d != NULL; d = next) {
        next = d->next;
        d->next = NULL;
        bool here = d->source == source;
        bool silenced = here             ? is_silenced(&ignores, d)
                        : source != NULL ? is_silenced_there(list->arena, d)
                                         : false;
        if (silenced || (policy->is_ignored[d->code] && d->severity == SEVERITY_WARNING)) {
            continue;
        }
        d->severity = policy->is_error[d->code] ? SEVERITY_ERROR : d->severity;
        struct diagnostics one = diagnostics_new(list->arena);
        one.first = one.last = d;
        diagnostics_append(&kept, &one);
    }
    *list = kept;
    if (source != NULL) {
        report_unused(list, source, &ignores);
    }
}
