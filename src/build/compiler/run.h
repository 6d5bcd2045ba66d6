/*
 * A run: many templates, on several threads, with one decision at the end. Every output file is
 * first written beside its target; when no template has an error all of them are put in place,
 * otherwise none.
 */
#ifndef DIALOGC_BUILD_COMPILER_RUN_H
#define DIALOGC_BUILD_COMPILER_RUN_H

#include "base/replacement.h"
#include "build/compiler/compiler.h"
#include "build/compiler/summary.h"
#include "diag/findings.h"

/* Names of artifacts end so. */
#define RUN_ARTIFACT_SUFFIX ".dialog.json"

/* What becomes of the artifacts. */
enum run_output {
    RUN_CHECK_ONLY,
    RUN_WRITE_FILES, /* NAME.dialog.json in the output folder */
    RUN_KEEP_BYTES,  /* in run.artifacts */
    RUN_COMPARE,     /* with the files in the output folder, which stay as they are */
};

/*
 * What a later run must know of a template to tell whether its artifact is up to date; texts and
 * lists live in the run's arena.
 */
struct build_record {
    bool is_sound;           /* compiled, and no rule between templates has found anything */
    struct file_stamp stamp; /* of the template's file, before it was read */
    struct hash hash;        /* of its bytes */
    struct input_uses uses;
    struct file_stamp output_stamp; /* of the artifact; zeros: another process has replaced it */
    struct hash output_hash;
    bool is_written;              /* by this run */
    struct diagnostic **findings; /* of the template by itself: warnings */
    size_t finding_count;
};

struct run {
    struct arena *arena; /* for what outlives the run: findings, paths */
    struct compiler *compiler;
    struct file_list inputs;    /* paths of templates; "-" is standard input */
    const struct draft *drafts; /* inputs that are not read from the disk */
    size_t draft_count;
    enum run_output output;
    const char *output_directory;
    /* Templates that may be called, and are no inputs: listed when the first is looked for. */
    struct file_list known;
    void (*list_known)(void *context, struct run *run); /* fills `known`; or NULL */
    void *known_context;
    size_t shard, shard_count; /* of so many parts of the inputs this one; 0, 0: all */
    bool keeps_records;        /* the records are wanted */
    bool keeps_findings;       /* those of templates stay in their summaries */
    /* Prepares a file that is put in its place together with the artifacts; or NULL. */
    void (*prepare_more)(void *context, struct run *run, struct file_replacement *replacement);
    void *more_context;
    bool touches; /* files that stay as they are become newer than what they are made of */
    struct summary **earlier; /* of each input: by an earlier run, and still true; or NULL: what is
                                 `from_state` has no texts, what is `compiled` has them */
    void (*progress)(void *context, size_t done, size_t count); /* or NULL; from one thread */
    void *progress_context;
    size_t jobs; /* threads; at least 1 */

    /* results */
    struct findings findings; /* its policy says what becomes of warnings */
    size_t written_count;     /* files that changed */
    struct slice *artifacts;  /* RUN_KEEP_BYTES: of each input; empty where it has an error */
    struct slice *ids;        /* the identifier of each input's template; empty where it has none */
    struct build_record *records;      /* of each input, when they are wanted */
    struct summary *summaries;         /* of each input */
    enum file_comparison *comparisons; /* RUN_COMPARE: of each input */
};

/*
 * Compiles the inputs. What is found out is added to the run's findings, diagnostics in order of
 * the inputs.
 */
void run_compile(struct run *run);

/* True when the input belongs to the part of the inputs that this run compiles. */
bool run_has_input(const struct run *run, size_t index);

/* The path of an input's artifact in the output folder, in the run's arena. */
const char *run_artifact_path(struct arena *arena, const struct run *run, struct slice id);

#endif
