/*
 * Each input is compiled on its own, in an arena of the thread that is used again for the next
 * one: memory does not grow with the number of templates, but for the summary that is kept of
 * each. Then come the rules between templates, and the templates that call other dialogs.
 */
#define _POSIX_C_SOURCE 200809L

#include "compiler/run.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdint.h>

#include "base/map.h"
#include "compiler/summary.h"
#include "yaml/reader.h"

struct worker;

/* What the threads share. */
struct shared {
    struct run *run;
    struct summary *summaries; /* one for each input */
    struct file_replacement *replacements;
    atomic_size_t next; /* the next input to take */
    bool second_pass;   /* templates that call dialogs, now that all are known */
    struct map by_id;   /* second pass: identifier to struct summary */
    struct slice standard_input;
};

struct worker {
    struct shared *shared;
    struct arena scratch; /* of the template at hand */
    struct arena kept;    /* summaries and findings; joined to the run at the end */
    bool out_of_memory;
};

/* ---- reading ---- */

static bool read_input(struct worker *worker, const char *path, struct slice *bytes,
                       struct summary *summary, struct diagnostics *diagnostics)
{
    if (strcmp(path, "-") == 0) {
        *bytes = worker->shared->standard_input;
        return true;
    }
    const char *reason;
    enum file_status status = file_read(&worker->scratch, path, YAML_BYTES_LIMIT, bytes, &reason);
    if (status == FILE_OK) {
        return true;
    }
    if (status == FILE_FAILED) {
        summary->failure = arena_printf(&worker->kept, "cannot read %s: %s", path, reason);
        return false;
    }
    struct source *source = source_new(&worker->scratch, path, SLICE(""));
    struct range nowhere = {0, 0};
    if (status == FILE_DIRECTORY) {
        diag_report(diagnostics, E0001, source, nowhere, "this is a folder, not a file");
    } else {
        diag_report(diagnostics, E0002, source, nowhere, "the file is larger than %zu bytes",
                    YAML_BYTES_LIMIT);
    }
    return false;
}

/* ---- called dialogs ---- */

struct caller {
    struct worker *worker;
};

static const struct template *find_dialog(void *context, struct slice id)
{
    struct caller *caller = context;
    struct worker *worker = caller->worker;
    const struct summary *summary = map_get(&worker->shared->by_id, id);
    struct slice bytes;
    const char *reason;
    if (summary == NULL) {
        return NULL;
    }
    if (strcmp(summary->path, "-") == 0) {
        bytes = worker->shared->standard_input;
    } else if (file_read(&worker->scratch, summary->path, YAML_BYTES_LIMIT, &bytes, &reason) !=
               FILE_OK) {
        return NULL;
    }
    return compiler_load_template(worker->shared->run->compiler, summary->path, bytes,
                                  &worker->scratch);
}

/* ---- one input ---- */

static void keep_artifact(struct worker *worker, size_t index, struct slice artifact,
                          struct summary *summary)
{
    struct run *run = worker->shared->run;
    if (run->output == RUN_KEEP_BYTES) {
        summary->artifact = arena_slice(&worker->kept, artifact);
    } else if (run->output == RUN_WRITE_FILES) {
        const char *reason;
        struct slice path = arena_printf(&worker->kept, "%s/%.*s.dialog.json",
                                         run->output_directory, SLICE_ARG(summary->id));
        if (!file_replacement_prepare(&worker->kept, path.data, artifact,
                                      &worker->shared->replacements[index], &reason)) {
            summary->failure =
                arena_printf(&worker->kept, "cannot write %s: %s", path.data, reason);
        }
    }
}

static void compile_input(struct worker *worker, size_t index)
{
    struct shared *shared = worker->shared;
    struct summary *summary = &shared->summaries[index];
    const char *path = shared->run->inputs.paths[index];
    struct diagnostics diagnostics = diagnostics_new(&worker->scratch);
    struct source *source = NULL;
    struct slice bytes;
    summary->path = path;
    summary->deferred = false;
    if (read_input(worker, path, &bytes, summary, &diagnostics)) {
        const char *shown = strcmp(path, "-") == 0 ? "<stdin>" : path;
        struct unit unit =
            compiler_check(shared->run->compiler, shown, bytes, &diagnostics, &source);
        if (unit.template != NULL && !shared->second_pass) {
            summary_fill(summary, &worker->kept, unit.template);
        }
        if (!(unit.calls_dialogs && !shared->second_pass)) {
            diagnostics_apply(&diagnostics, &shared->run->policy, source);
        }
        struct caller caller = {worker};
        struct dialog_directory directory = {find_dialog, &caller};
        struct slice artifact = SLICE("");
        bool writes = shared->run->output != RUN_CHECK_ONLY;
        if (unit.template != NULL && unit.calls_dialogs && !shared->second_pass) {
            summary->deferred = true; /* findings are collected in the second pass */
        } else if (unit.template != NULL && diagnostics.error_count == 0 &&
                   compiler_emit(shared->run->compiler, &unit, &directory, &worker->scratch,
                                 &diagnostics, writes ? &artifact : NULL)) {
            keep_artifact(worker, index, artifact, summary);
        }
    }
    if (!summary->deferred) {
        diagnostics_sort(&diagnostics);
        summary->diagnostics = diagnostics_new(&worker->kept);
        diagnostics_copy(&summary->diagnostics, &diagnostics);
    }
}

/* ---- threads ---- */

static void work(struct worker *worker)
{
    struct shared *shared = worker->shared;
    for (;;) {
        size_t index = atomic_fetch_add(&shared->next, 1);
        if (index >= shared->run->inputs.count) {
            return;
        }
        if (!shared->second_pass || shared->summaries[index].deferred) {
            compile_input(worker, index);
            arena_reset(&worker->scratch);
        }
    }
}

static void *thread_main(void *argument)
{
    struct worker *worker = argument;
    jmp_buf recovery;
    worker->scratch.recovery = &recovery;
    worker->kept.recovery = &recovery;
    if (setjmp(recovery) == 0) {
        work(worker);
    } else {
        worker->out_of_memory = true;
    }
    arena_free(&worker->scratch);
    return NULL;
}

static void release_arena(void *resource)
{
    arena_free(resource);
}

/* One pass over the inputs. What the workers keep lives as long as the run's arena. */
static void run_pass(struct run *run, struct shared *shared)
{
    size_t jobs = run->jobs < run->inputs.count ? run->jobs : run->inputs.count;
    jobs = jobs == 0 ? 1 : jobs;
    struct worker *workers = arena_alloc_array(run->arena, jobs, sizeof *workers);
    pthread_t *threads = arena_alloc_array(run->arena, jobs, sizeof *threads);
    bool *started = arena_alloc(run->arena, jobs);
    atomic_store(&shared->next, 0);
    for (size_t i = 0; i < jobs; i++) {
        workers[i].shared = shared;
        arena_init(&workers[i].scratch);
        arena_init(&workers[i].kept);
        arena_defer(run->arena, release_arena, &workers[i].kept);
    }
    for (size_t i = 1; i < jobs; i++) {
        started[i] = pthread_create(&threads[i], NULL, thread_main, &workers[i]) == 0;
    }
    thread_main(&workers[0]);
    for (size_t i = 0; i < jobs; i++) {
        if (started[i]) {
            pthread_join(threads[i], NULL);
        }
        run->out_of_memory = run->out_of_memory || workers[i].out_of_memory;
        workers[i].kept.recovery = run->arena->recovery; /* the thread's own is gone */
    }
}

/* ---- the whole ---- */

void run_fail(struct run *run, struct slice message)
{
    run->failures = arena_grow(run->arena, run->failures, run->failure_count,
                               run->failure_count + 1, sizeof *run->failures);
    run->failures[run->failure_count++] = message;
}

bool run_has_too_many_warnings(const struct run *run)
{
    return run->max_warnings >= 0 && run->diagnostics.warning_count > (size_t)run->max_warnings;
}

static bool read_standard_input(struct run *run, struct shared *shared)
{
    for (size_t i = 0; i < run->inputs.count; i++) {
        if (strcmp(run->inputs.paths[i], "-") != 0) {
            continue;
        }
        const char *reason = NULL;
        enum file_status status =
            file_read(run->arena, "-", YAML_BYTES_LIMIT, &shared->standard_input, &reason);
        if (status == FILE_TOO_LARGE) {
            struct source *source = source_new(run->arena, "<stdin>", SLICE(""));
            diag_report(&run->diagnostics, E0002, source, (struct range){0, 0},
                        "the file is larger than %zu bytes", YAML_BYTES_LIMIT);
            return false;
        }
        if (status != FILE_OK) {
            run_fail(run, arena_printf(run->arena, "cannot read standard input: %s",
                                       reason != NULL ? reason : "it is a folder"));
            return false;
        }
        break;
    }
    return true;
}

static void finish_files(struct run *run, struct shared *shared)
{
    bool commit = run->diagnostics.error_count == 0 && run->failure_count == 0 &&
                  !run->out_of_memory && !run_has_too_many_warnings(run);
    for (size_t i = 0; i < run->inputs.count; i++) {
        struct file_replacement *replacement = &shared->replacements[i];
        if (!commit) {
            file_replacement_discard(replacement);
            continue;
        }
        const char *reason;
        run->written_count += replacement->temporary != NULL;
        if (!file_replacement_commit(replacement, &reason)) {
            run_fail(run,
                     arena_printf(run->arena, "cannot write %s: %s", replacement->path, reason));
        }
    }
}

/*
 * Drops findings in files that templates share, fragments, when another template has brought them
 * already.
 */
static void drop_repeated(struct run *run, struct map *seen, struct summary *summary)
{
    struct diagnostics kept = diagnostics_new(run->arena);
    struct diagnostic *next;
    for (struct diagnostic *d = summary->diagnostics.first; d != NULL; d = next) {
        next = d->next;
        d->next = NULL;
        bool shared =
            strcmp(d->source->path, summary->path) != 0 && strcmp(d->source->path, "<stdin>") != 0;
        struct slice key = SLICE("");
        if (shared) {
            key = arena_printf(run->arena, "%s %u %u %d %.*s", d->source->path, d->range.start,
                               d->range.end, (int)d->code, SLICE_ARG(d->message));
        }
        if (!shared || map_add(seen, key, d) == NULL) {
            struct diagnostics one = diagnostics_new(run->arena);
            one.first = one.last = d;
            diagnostics_append(&kept, &one);
        }
    }
    summary->diagnostics = kept;
}

static void collect(struct run *run, struct shared *shared)
{
    struct map seen = map_new(run->arena);
    for (size_t i = 0; i < run->inputs.count; i++) {
        struct summary *summary = &shared->summaries[i];
        if (summary->failure.length > 0) {
            run_fail(run, summary->failure);
        }
        drop_repeated(run, &seen, summary);
        diagnostics_sort(&summary->diagnostics);
        diagnostics_append(&run->diagnostics, &summary->diagnostics);
        run->artifacts[i] = summary->artifact;
        run->ids[i] = summary->id;
    }
}

static void compile_all(struct run *run, struct shared *shared)
{
    if (!read_standard_input(run, shared)) {
        return;
    }
    run_pass(run, shared);
    shared->by_id = map_new(run->arena);
    bool any_deferred = false;
    for (size_t i = 0; i < run->inputs.count; i++) {
        struct summary *summary = &shared->summaries[i];
        any_deferred = any_deferred || summary->deferred;
        if (summary->id.length > 0) {
            map_add(&shared->by_id, summary->id, summary);
        }
    }
    if (any_deferred && !run->out_of_memory) {
        shared->second_pass = true;
        run_pass(run, shared);
    }
    if (!run->out_of_memory) {
        summaries_check(run->arena, shared->summaries, run->inputs.count, shared->standard_input);
        collect(run, shared);
    }
}

void run_compile(struct run *run)
{
    struct shared shared = {.run = run};
    size_t count = run->inputs.count;
    for (size_t i = 0; i < count; i++) {
        bool is_stdin = strcmp(run->inputs.paths[i], "-") == 0;
        file_list_add(run->arena, &run->looked_at, is_stdin ? "<stdin>" : run->inputs.paths[i]);
    }
    run->artifacts = arena_alloc_array(run->arena, count + 1, sizeof *run->artifacts);
    run->ids = arena_alloc_array(run->arena, count + 1, sizeof *run->ids);
    shared.summaries = arena_alloc_array(run->arena, count + 1, sizeof *shared.summaries);
    shared.replacements = arena_alloc_array(run->arena, count + 1, sizeof *shared.replacements);
    for (size_t i = 0; i < count; i++) {
        shared.summaries[i].diagnostics = diagnostics_new(run->arena);
    }
    /* Out of memory between the passes must not leave temporary files behind. */
    jmp_buf *outer = run->arena->recovery;
    jmp_buf recovery;
    if (setjmp(recovery) == 0) {
        run->arena->recovery = &recovery;
        compile_all(run, &shared);
    } else {
        run->out_of_memory = true;
    }
    run->arena->recovery = outer;
    finish_files(run, &shared);
}
