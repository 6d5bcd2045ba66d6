/*
 * Diagnostics: what dialogc finds in its input. A finding is a value; stages collect findings in a
 * list, and only the command at the end shows them.
 */
#ifndef DIALOGC_DIAG_DIAGNOSTIC_H
#define DIALOGC_DIAG_DIAGNOSTIC_H

#include <stdarg.h>

#include "base/builder.h"
#include "diag/source.h"

enum severity {
    SEVERITY_ERROR,
    SEVERITY_WARNING,
};

/* One enumerator for each row of codes.def: E0101, W0301, … */
enum code {
#define CODE(code, ...) code,
#include "diag/codes.def"
#undef CODE
    CODE_COUNT,
};

/* A row of the table of codes. */
struct code_info {
    const char *name; /* "E0101" */
    enum severity severity;
    const char *title;       /* one line, without a full stop */
    const char *explanation; /* a paragraph or two: what is wrong, why it matters, what to do */
    const char *bad, *good;  /* an example of each, a few lines */
};

const struct code_info *code_info(enum code code);

/* The code named `name` ("E0101", case ignored), or CODE_COUNT. */
enum code code_find(struct slice name);

/* A comment that begins with this silences the warnings that it names, in the line below. */
#define DIAG_IGNORE_MARK "dialogc-ignore"

/* Another place that belongs to a finding, or a remark without a place (source NULL). */
struct note {
    const struct source *source;
    struct range range;
    struct slice message;
    struct note *next;
};

struct diagnostic {
    enum code code;
    enum severity severity;      /* the code's own, or what the run's policy makes of it */
    const struct source *source; /* never NULL */
    struct range range;
    struct slice message;    /* a sentence without a full stop, naming things as the author does */
    struct note *notes;      /* in order of addition */
    struct slice suggestion; /* what to write instead of the range; empty when there is none */
    struct diagnostic *next;
};

/* The findings of one file (or of one run), in order of addition until they are sorted. */
struct diagnostics {
    struct arena *arena;
    struct diagnostic *first;
    struct diagnostic *last;
    size_t error_count;
    size_t warning_count;
    bool truncated;       /* W0002 has been said */
    const bool *weakened; /* by code: errors that count as warnings; NULL: none */
    bool errors_only; /* nobody reads the warnings: what cannot be more need not be looked for */
};

static inline struct diagnostics diagnostics_new(struct arena *arena)
{
    return (struct diagnostics){.arena = arena};
}

/* Errors, and warnings, kept for one file; W0002 says that there were more. */
#define DIAG_LIMIT 200

/*
 * Adds a finding and returns it, for notes and a suggestion to be added. The message is formatted
 * into the list's arena. Past DIAG_LIMIT of its severity the returned finding is in no list:
 * warnings, however many, never hide an error.
 */
PRINTF_LIKE(5, 6)
struct diagnostic *diag_report(struct diagnostics *list, enum code code,
                               const struct source *source, struct range range, const char *format,
                               ...);

/* The same for functions that take a format and its arguments themselves. */
PRINTF_LIKE(5, 0)
struct diagnostic *diag_vreport(struct diagnostics *list, enum code code,
                                const struct source *source, struct range range, const char *format,
                                va_list arguments);

/* False for what could only be a warning, in a list of which nobody reads the warnings. */
bool diagnostics_want(const struct diagnostics *list, enum code code);

/* True when no further error would be kept: nothing will be made of this input. */
static inline bool diagnostics_failed(const struct diagnostics *list)
{
    return list->error_count >= DIAG_LIMIT;
}

/* True when some further findings would not be kept: what they cost can be saved. */
static inline bool diagnostics_full(const struct diagnostics *list)
{
    return diagnostics_failed(list) || list->warning_count >= DIAG_LIMIT;
}

/* Adds a note; `source` may be NULL for a remark without a place. */
PRINTF_LIKE(5, 6)
void diag_note(struct diagnostics *list, struct diagnostic *diagnostic, const struct source *source,
               struct range range, const char *format, ...);

/* Makes a warning of an error. */
void diag_weaken(struct diagnostics *list, struct diagnostic *diagnostic);

/* Sets the suggestion ("did you mean"). */
void diag_suggest(struct diagnostics *list, struct diagnostic *diagnostic, struct slice text);

/* What a run makes of findings: see --error, --ignore and the project's `checks`. */
struct policy {
    bool is_error[CODE_COUNT];   /* warnings that count as errors */
    bool is_ignored[CODE_COUNT]; /* warnings that are not shown */
};

/*
 * Applies the policy, and the comments `# dialogc-ignore CODE…` of `source` (may be NULL), each of
 * which silences the warnings of those codes on the next line. A comment that silences nothing, or
 * names an error, is reported (W0017). The findings must be those of one file.
 */
void diagnostics_apply(struct diagnostics *list, const struct policy *policy,
                       const struct source *source);

/* Orders the findings by file and place in it (stable) and drops repetitions. */
void diagnostics_sort(struct diagnostics *list);

/* Adds a finding that is in no other list: one that was taken out of its own. */
void diagnostics_add(struct diagnostics *list, struct diagnostic *diagnostic);

/* Moves the findings of `from` to the end of `to`. */
void diagnostics_append(struct diagnostics *to, struct diagnostics *from);

/* Appends copies of the findings of `from`, with copies of their sources, to `to`. */
void diagnostics_copy(struct diagnostics *to, const struct diagnostics *from);

#endif
