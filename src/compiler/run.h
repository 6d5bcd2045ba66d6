/*
 * A run: many templates, on several threads, with one decision at the end. Every output file is
 * first written beside its target; when no template has an error all of them are put in place,
 * otherwise none.
 */
#ifndef DIALOGC_COMPILER_RUN_H
#define DIALOGC_COMPILER_RUN_H

#include "base/file.h"
#include "compiler/compiler.h"

/* What becomes of the artifacts. */
enum run_output {
    RUN_CHECK_ONLY,
    RUN_WRITE_FILES, /* NAME.dialog.json in the output folder */
    RUN_KEEP_BYTES,  /* in run.artifacts */
};

struct run {
    struct arena *arena; /* for what outlives the run: findings, paths */
    struct compiler *compiler;
    struct file_list inputs; /* paths of templates; "-" is standard input */
    enum run_output output;
    const char *output_directory;
    bool made_directory;    /* it was not there before this run */
    size_t jobs;            /* threads; at least 1 */
    struct policy policy;   /* what becomes of warnings */
    long long max_warnings; /* more of them fail the run; below 0: any number */

    struct file_list looked_at; /* paths of all files as findings name them */

    /* results */
    struct diagnostics diagnostics; /* of all files, in order of the inputs */
    struct slice *failures;         /* "cannot read X: reason": the system failed */
    size_t failure_count;
    bool out_of_memory;
    size_t written_count;    /* files that changed */
    struct slice *artifacts; /* RUN_KEEP_BYTES: of each input; empty where it has an error */
    struct slice *ids;       /* the identifier of each input's template; empty where it has none */
};

/* True when there are more warnings than the run allows. */
bool run_has_too_many_warnings(const struct run *run);

/* Compiles the inputs. Findings and failures are in the run. */
void run_compile(struct run *run);

/* Adds a failure of the system. */
void run_fail(struct run *run, struct slice message);

#endif
