/*
 * What a command finds out: findings about its input, failures of the system, and the files that it
 * has looked at; and what it makes of warnings. Every command has one of these, compiles or not; at
 * the end it is shown, and decides the exit status.
 */
#ifndef DIALOGC_DIAG_FINDINGS_H
#define DIALOGC_DIAG_FINDINGS_H

#include "base/file.h"
#include "diag/concealment.h"
#include "diag/diagnostic.h"

struct findings {
    struct arena *arena;            /* of all that is in it */
    struct policy policy;           /* what becomes of warnings */
    long long max_warnings;         /* more of them are a failure; below 0: any number */
    struct diagnostics diagnostics; /* about all files, in the order in which they are shown */
    struct slice *failures;         /* "cannot read X: reason": the system failed */
    size_t failure_count;
    struct slice *remarks; /* what a person should know although nothing is wrong */
    size_t remark_count;
    bool out_of_memory;             /* what was found out until then is not all */
    struct file_list looked_at;     /* paths of all files as the diagnostics name them */
    struct concealment concealment; /* of the secrets that are known */
};

/* Nothing found yet. */
static inline struct findings findings_new(struct arena *arena, long long max_warnings)
{
    return (struct findings){.arena = arena,
                             .max_warnings = max_warnings,
                             .diagnostics = diagnostics_new(arena),
                             .concealment = concealment_new(arena)};
}

/* Adds a failure of the system: a sentence without a full stop. */
PRINTF_LIKE(2, 3)
void findings_fail(struct findings *findings, const char *format, ...);

/* Adds a remark: a sentence without a full stop. */
PRINTF_LIKE(2, 3)
void findings_remark(struct findings *findings, const char *format, ...);

/* Forgets what has been found out since `before`, which is a copy of the findings. */
void findings_return(struct findings *findings, const struct findings *before);

/*
 * Takes all secrets out of what is to be shown: messages, notes, suggestions (which are dropped:
 * what has a hole cannot be applied), failures, names of sources; and masks those in the sources.
 * Nothing may be shown that has not passed through here.
 */
void findings_conceal(struct findings *findings);

/*
 * The same for the names of the files that were looked at, after findings_conceal: for whoever
 * shows them, since there may be thousands, and most show how many.
 */
void findings_conceal_files(struct findings *findings);

/* True when the system failed, or memory ran out. */
bool findings_failed(const struct findings *findings);

/* True when there are more warnings than are allowed. */
bool findings_have_too_many_warnings(const struct findings *findings);

/* True when nothing is in the way of writing files: no errors, no failures, not too many warnings.
 */
bool findings_are_clean(const struct findings *findings);

#endif
