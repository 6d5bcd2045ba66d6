/* What the parts of the plan share; private to src/build/incremental/. */
#ifndef DIALOGC_BUILD_INCREMENTAL_PLAN_PARTS_H
#define DIALOGC_BUILD_INCREMENTAL_PLAN_PARTS_H

#include "build/incremental/plan.h"
#include "build/incremental/state.h"

#define SECOND INT64_C(1000000000)

/* A file that the state knows: what it is now. */
struct seen {
    struct file_stamp stamp;
    bool is_same;    /* its bytes are those of the state */
    bool was_hashed; /* the stamp did not tell */
};

struct plan {
    struct run *run;
    struct arena *arena;
    const char *folder;
    const char *state_folder, *path; /* of the state */
    const struct shared_files *files;
    const struct state *state; /* NULL: none */
    struct hash settings;
    int64_t started; /* before any file was looked at: nanoseconds since 1970 */

    const struct state_template **earlier; /* of each input; NULL: new, or not sound then */
    struct seen *templates, *artifacts;    /* of each input */
    struct diagnostics **findings;         /* of each input, as the state has them; NULL: none */
    struct seen *shared;                   /* of each shared file */
    bool shared_is_same, is_current;

    const char *temporary;    /* the next state file */
    struct folder_lock *lock; /* of the state's folder, shared with other builds; NULL: none */
    int descriptor;           /* -1: it could not be opened */
};

/* A path inside of the project's folder, so that the state is the same from wherever one calls. */
static inline struct slice plan_relative(const struct plan *plan, const char *path)
{
    return slice_of(file_inside(plan->folder, path));
}

/*
 * Looks up the findings that the state has of the templates that are as they were. A template that
 * cannot be shown beside them as it was is not the same.
 */
void recall_findings(struct plan *plan);

/*
 * True for findings that another build can show: they are in the template's own file, which it will
 * find as it is. No credential gets into the state with them: a template that has one is an error.
 */
bool findings_can_be_kept(const struct plan *plan, size_t index);

/* Writes the next state to plan->descriptor and puts it in its place; false when that fails. */
bool next_state_write(struct plan *plan);

#endif
