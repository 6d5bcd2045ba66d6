/* What running conversations and explorations has shown, until the file changes. */
#include <stdlib.h>

#include "editor/server/server.h"

/* What a run has shown of a file. */
struct trial {
    struct arena arena; /* of all below */
    const char *path;
    struct trial_failure *failures;
    size_t count;
    struct trial *next;
};

const struct trial_failure *lsp_trial(const struct lsp *lsp, const char *path, size_t *count)
{
    const struct trial *trial = lsp->trials;
    while (trial != NULL && strcmp(trial->path, path) != 0) {
        trial = trial->next;
    }
    *count = trial != NULL ? trial->count : 0;
    return trial != NULL ? trial->failures : NULL;
}

static void trial_free(struct trial *trial)
{
    arena_free(&trial->arena);
    free(trial);
}

void lsp_forget_trial(struct lsp *lsp, const char *path)
{
    for (struct trial **at = &lsp->trials; *at != NULL;) {
        struct trial *trial = *at;
        if (strcmp(trial->path, path) == 0) {
            *at = trial->next;
            trial_free(trial);
        } else {
            at = &trial->next;
        }
    }
}

void lsp_forget_trials(struct lsp *lsp)
{
    while (lsp->trials != NULL) {
        struct trial *trial = lsp->trials;
        lsp->trials = trial->next;
        trial_free(trial);
    }
}

void lsp_keep_trial(struct lsp *lsp, struct arena *caller, const char *path,
                    const struct trial_failure *failures, size_t count)
{
    struct trial *made = arena_require(caller, calloc(1, sizeof *made));
    jmp_buf recovery;
    arena_init(&made->arena);
    made->arena.recovery = &recovery;
    if (setjmp(recovery) != 0) {
        trial_free(made);
        arena_fail(caller);
    }
    made->path = arena_copy(&made->arena, slice_of(path));
    made->failures = arena_alloc_array(&made->arena, count + 1, sizeof *made->failures);
    for (; made->count < count; made->count++) {
        made->failures[made->count] = (struct trial_failure){
            failures[made->count].line, arena_slice(&made->arena, failures[made->count].message)};
    }
    made->arena.recovery = NULL;
    lsp_forget_trial(lsp, path);
    made->next = lsp->trials;
    lsp->trials = made;
}
