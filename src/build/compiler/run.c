/*
 * Each input is compiled on its own, in an arena of the thread that is used again for the next
 * one: memory does not grow with the number of templates, but for the summary that is kept of
 * each. Then come the rules between templates, and the templates that call other dialogs.
 */
#include "build/compiler/run.h"

#include <stdatomic.h>
#include <stdint.h>

#include "base/map.h"
#include "base/replacement.h"
#include "base/suggestion.h"
#include "base/threads.h"
#include "diag/input.h"
#include "document/yaml/reader.h"

struct worker;

/* What the threads share. */
struct shared {
    struct run *run;
    struct file_replacement *replacements;
    atomic_size_t next; /* the next input to take */
    atomic_size_t done;
    bool second_pass; /* templates that call dialogs, now that all are known */
    struct map by_id; /* second pass: identifier to struct summary */
    struct given_inputs given;
};

struct worker {
    struct shared *shared;
    struct arena scratch; /* of the template at hand */
    struct arena kept;    /* summaries and findings; joined to the run at the end */
    bool is_first;        /* of the thread that called */
    bool out_of_memory;
};

/* ---- reading ---- */

static bool read_input(struct worker *worker, const char *path, struct slice *bytes,
                       struct file_stamp *stamp, struct summary *summary,
                       struct diagnostics *diagnostics)
{
    *stamp = (struct file_stamp){0};
    if (given_find(&worker->shared->given, path, bytes)) {
        return true;
    }
    const char *reason;
    enum file_status status =
        file_read_stamped(&worker->scratch, path, YAML_BYTES_LIMIT, bytes, stamp, &reason);
    if (status == FILE_OK) {
        return true;
    }
    if (status == FILE_FAILED) {
        summary->failure = input_failure(&worker->kept, path, reason);
        return false;
    }
    struct source *source = source_new(&worker->scratch, path, SLICE(""));
    struct range nowhere = {0, 0};
    if (status == FILE_NO_FILE) {
        diag_report(diagnostics, E0001, source, nowhere, "this is %s, not a file", reason);
    } else {
        diag_report(diagnostics, E0002, source, nowhere, "the file is larger than %zu bytes",
                    YAML_BYTES_LIMIT);
    }
    return false;
}

/* ---- called dialogs ---- */

struct caller {
    struct worker *worker;
    struct summary *summary; /* of the template that calls */
    struct input_uses *uses; /* called dialogs are added */
};

/* The template in the file `path`, if it has this identifier. */
static const struct template *load_dialog(struct caller *caller, const char *path, struct slice id)
{
    struct worker *worker = caller->worker;
    struct arena *arena = &worker->scratch;
    struct slice bytes;
    const char *reason;
    enum file_status status = given_find(&worker->shared->given, path, &bytes)
                                  ? FILE_OK
                                  : file_read(arena, path, YAML_BYTES_LIMIT, &bytes, &reason);
    if (status == FILE_FAILED) {
        caller->summary->failure = arena_printf(&worker->kept, "cannot read %s: %s", path, reason);
    }
    if (status != FILE_OK) {
        return NULL;
    }
    struct input_uses uses = {0};
    const struct template *template =
        compiler_load_template(worker->shared->run->compiler, path, bytes, arena, &uses);
    if (template == NULL || !slice_equal(template->id, id)) {
        return NULL;
    }
    input_uses_add(arena, caller->uses, (struct input_use){INPUT_DIALOG, id, path});
    for (size_t i = 0; i < uses.count; i++) {
        input_uses_add(arena, caller->uses, uses.items[i]);
    }
    return template;
}

/* True for "dir/ID.yaml" and "ID.yml". */
static bool is_named(const char *path, struct slice id)
{
    struct slice name = slice_of(file_name(path));
    size_t dot = slice_find(name, ".", 0);
    return dot < name.length && slice_equal(slice_part(name, 0, dot), id);
}

/* Among the templates of the run, else among those that are known; first where the name says it. */
static const struct template *find_dialog(void *context, struct slice id)
{
    struct caller *caller = context;
    struct shared *shared = caller->worker->shared;
    const struct summary *summary = map_get(&shared->by_id, id);
    if (summary != NULL) {
        return load_dialog(caller, summary->path, id);
    }
    const struct file_list *known = &shared->run->known;
    const struct template *template = NULL;
    for (size_t i = 0; i < known->count && template == NULL; i++) {
        if (is_named(known->paths[i], id)) {
            template = load_dialog(caller, known->paths[i], id);
        }
    }
    for (size_t i = 0; i < known->count && template == NULL; i++) {
        if (!is_named(known->paths[i], id)) {
            template = load_dialog(caller, known->paths[i], id);
        }
    }
    return template;
}

/* True when the template is among those of the run, and its mistakes have been reported. */
static bool is_broken(void *context, struct slice id)
{
    const struct caller *caller = context;
    const struct run *run = caller->worker->shared->run;
    for (size_t i = 0; i < run->inputs.count; i++) {
        const struct summary *summary = &run->summaries[i];
        if (summary->id.length > 0 || !run_has_input(run, i)) {
            continue; /* other threads may be working on the valid ones */
        }
        bool told = summary->failure.length > 0 || summary->has_errors;
        bool same = summary->broken_id.length > 0 ? slice_equal(summary->broken_id, id)
                                                  : is_named(summary->path, id);
        if (told && same) {
            return true;
        }
    }
    return false;
}

static struct slice nearest_dialog(void *context, struct slice id)
{
    const struct caller *caller = context;
    const struct run *run = caller->worker->shared->run;
    struct suggestion suggestion = suggestion_new(id);
    for (size_t i = 0; i < run->inputs.count; i++) {
        if (run->summaries[i].id.length > 0) {
            suggestion_offer(&suggestion, run->summaries[i].id);
        }
    }
    return suggestion.best;
}

/* ---- one input ---- */

const char *run_artifact_path(struct arena *arena, const struct run *run, struct slice id)
{
    return arena_printf(arena, "%s/%.*s" RUN_ARTIFACT_SUFFIX, run->output_directory, SLICE_ARG(id))
        .data;
}

static void keep_artifact(struct worker *worker, size_t index, struct slice artifact,
                          struct summary *summary)
{
    struct run *run = worker->shared->run;
    if (run->output == RUN_KEEP_BYTES) {
        summary->artifact = arena_slice(&worker->kept, artifact);
    } else if (run->output == RUN_WRITE_FILES) {
        const char *reason;
        const char *path = run_artifact_path(&worker->kept, run, summary->id);
        if (!replacement_prepare(&worker->kept, path, artifact, REPLACEMENT_LINK,
                                 &worker->shared->replacements[index], &reason)) {
            summary->failure = arena_printf(&worker->kept, "cannot write %s: %s", path, reason);
        }
    } else if (run->output == RUN_COMPARE) {
        const char *reason;
        const char *path = run_artifact_path(&worker->scratch, run, summary->id);
        run->comparisons[index] = file_compare(path, artifact, &reason);
        if (run->comparisons[index] == FILE_NOT_COMPARED) {
            summary->failure = arena_printf(&worker->kept, "cannot read %s: %s", path, reason);
        }
    }
}

/* What of a template a later run wants to know. */
static void keep_record(struct worker *worker, size_t index, struct slice bytes,
                        const struct file_stamp *stamp, struct slice artifact,
                        const struct input_uses *uses)
{
    struct run *run = worker->shared->run;
    if (!run->keeps_records) {
        return;
    }
    struct build_record *record = &run->records[index];
    record->is_sound = true;
    record->stamp = *stamp;
    record->hash = hash_bytes(bytes);
    record->output_hash = hash_bytes(artifact);
    record->uses.count = uses->count;
    record->uses.items = arena_alloc_array(&worker->kept, uses->count, sizeof *record->uses.items);
    for (size_t i = 0; i < uses->count; i++) {
        const struct input_use *use = &uses->items[i];
        record->uses.items[i] = (struct input_use){
            use->kind, arena_slice(&worker->kept, use->name),
            use->path != NULL ? arena_copy(&worker->kept, slice_of(use->path)) : NULL};
    }
}

bool run_has_input(const struct run *run, size_t index)
{
    return run->shard_count == 0 || index % run->shard_count == run->shard;
}

/* An input of another part: the rules between templates want to know of it. */
static void load_other_input(struct worker *worker, size_t index)
{
    struct run *run = worker->shared->run;
    struct summary *summary = &run->summaries[index];
    struct diagnostics ignored = diagnostics_new(&worker->scratch);
    struct slice bytes;
    struct file_stamp stamp;
    summary->path = run->inputs.paths[index];
    summary->compiled = true;
    if (read_input(worker, summary->path, &bytes, &stamp, summary, &ignored)) {
        const struct template *template =
            compiler_load_template(run->compiler, summary->path, bytes, &worker->scratch, NULL);
        if (template != NULL) {
            summary_fill(summary, &worker->kept, template);
        }
    }
    summary->failure = SLICE("");
}

static void compile_input(struct worker *worker, size_t index)
{
    struct shared *shared = worker->shared;
    struct run *run = shared->run;
    struct summary *summary = &run->summaries[index];
    const char *path = run->inputs.paths[index];
    struct diagnostics diagnostics = diagnostics_new(&worker->scratch);
    struct source *source = NULL;
    struct slice bytes;
    struct file_stamp stamp;
    summary->path = path;
    summary->deferred = false;
    summary->compiled = true;
    if (read_input(worker, path, &bytes, &stamp, summary, &diagnostics)) {
        const char *shown = strcmp(path, "-") == 0 ? "<stdin>" : path;
        struct unit unit = compiler_check(run->compiler, shown, bytes, &diagnostics, &source);
        summary->calls_dialogs = unit.calls_dialogs;
        if (unit.template != NULL && !shared->second_pass) {
            summary_fill(summary, &worker->kept, unit.template);
        } else if (unit.template == NULL) {
            summary->broken_id = arena_slice(&worker->kept, unit.id);
        }
        if (!(unit.calls_dialogs && !shared->second_pass)) {
            diagnostics_apply(&diagnostics, &run->findings.policy, source);
        }
        struct input_uses uses = {0};
        if (unit.template != NULL && run->keeps_records) {
            uses = compiler_uses(&worker->scratch, &unit);
        }
        struct caller caller = {worker, summary, &uses};
        struct dialog_directory directory = {find_dialog, is_broken, nearest_dialog, &caller};
        struct slice artifact = SLICE("");
        bool writes = run->output != RUN_CHECK_ONLY;
        if (unit.template != NULL && unit.calls_dialogs && !shared->second_pass) {
            summary->deferred = true; /* findings are collected in the second pass */
        } else if (unit.template != NULL && diagnostics.error_count == 0 &&
                   compiler_emit(run->compiler, &unit, &directory, &worker->scratch, &diagnostics,
                                 writes ? &artifact : NULL)) {
            keep_artifact(worker, index, artifact, summary);
            keep_record(worker, index, bytes, &stamp, artifact, &uses);
        }
    }
    if (!summary->deferred) {
        diagnostics_sort(&diagnostics);
        summary->diagnostics = diagnostics_new(&worker->kept);
        diagnostics_copy(&summary->diagnostics, &diagnostics);
        summary->has_errors = diagnostics.error_count > 0;
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
        const struct summary *summary = &shared->run->summaries[index];
        bool is_due =
            shared->second_pass ? summary->deferred : !summary->from_state && !summary->compiled;
        if (is_due && !run_has_input(shared->run, index)) {
            load_other_input(worker, index);
        } else if (is_due) {
            compile_input(worker, index);
            arena_reset(&worker->scratch);
        }
        size_t done = atomic_fetch_add(&shared->done, 1) + 1;
        if (worker->is_first && shared->run->progress != NULL) {
            shared->run->progress(shared->run->progress_context, done, shared->run->inputs.count);
        }
    }
}

static void work_until_done(void *argument)
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
    atomic_store(&shared->next, 0);
    atomic_store(&shared->done, 0);
    workers[0].is_first = true;
    for (size_t i = 0; i < jobs; i++) {
        workers[i].shared = shared;
        arena_init(&workers[i].scratch);
        arena_init(&workers[i].kept);
        arena_defer(run->arena, release_arena, &workers[i].kept);
    }
    threads_run(run->arena, work_until_done, workers, jobs, sizeof *workers);
    for (size_t i = 0; i < jobs; i++) {
        run->findings.out_of_memory = run->findings.out_of_memory || workers[i].out_of_memory;
        workers[i].kept.recovery =
            run->arena->recovery; /* the recovery point of the thread has ended with it */
    }
}

/* ---- the whole ---- */

static bool read_standard_input(struct run *run, struct shared *shared)
{
    for (size_t i = 0; i < run->inputs.count; i++) {
        if (strcmp(run->inputs.paths[i], "-") != 0) {
            continue;
        }
        const char *reason = NULL;
        enum file_status status =
            file_read(run->arena, "-", YAML_BYTES_LIMIT, &shared->given.standard_input, &reason);
        if (status == FILE_TOO_LARGE) {
            struct source *source = source_new(run->arena, "<stdin>", SLICE(""));
            diag_report(&run->findings.diagnostics, E0002, source, (struct range){0, 0},
                        "the file is larger than %zu bytes", YAML_BYTES_LIMIT);
            return false;
        }
        if (status != FILE_OK) {
            findings_fail(&run->findings, "cannot read standard input: %s",
                          status == FILE_FAILED ? reason : "it is a folder");
            return false;
        }
        break;
    }
    return true;
}

/* The stamp of an artifact that is in its place now; zeros when it is not the one of this run. */
static void record_output(struct build_record *record, const struct file_replacement *replacement,
                          bool was_written)
{
    struct file_stamp now = replacement->stamp;
    record->is_written = was_written;
    if (was_written &&
        (file_stamp_of(replacement->path, &now) != FILE_TYPE_REGULAR ||
         now.inode != replacement->stamp.inode || now.modified != replacement->stamp.modified)) {
        now = (struct file_stamp){0};
    }
    record->output_stamp = now;
}

/* Files that are newer than what they are made of though nothing in them has changed. */
static bool touch_files(struct run *run, const struct file_replacement *items, size_t count)
{
    const char *reason;
    for (size_t i = 0; run->touches && i < count; i++) {
        bool is_kept = items[i].path != NULL && items[i].temporary == NULL;
        if (is_kept && !file_touch(items[i].path, &reason)) {
            findings_fail(&run->findings, "cannot touch %s: %s", items[i].path, reason);
            return false;
        }
    }
    return true;
}

/* Puts all artifacts in their places, and what comes with them, or none of them. */
static void finish_files(struct run *run, struct shared *shared)
{
    struct file_replacement *items = shared->replacements;
    size_t count = run->inputs.count;
    size_t failed;
    const char *reason;
    if (!findings_are_clean(&run->findings) || !touch_files(run, items, count)) {
        replacements_put_back(items, count + 1);
        return;
    }
    if (replacements_place(run->arena, items, count + 1, &failed, &reason) != REPLACED) {
        findings_fail(&run->findings, "cannot write %s: %s", items[failed].path, reason);
        return;
    }
    for (size_t i = 0; i < count; i++) {
        run->written_count += items[i].is_placed;
        if (items[i].loses_owner) {
            findings_remark(&run->findings, REPLACEMENT_LOSES_OWNER, items[i].path);
        }
        if (run->keeps_records && items[i].path != NULL) {
            record_output(&run->records[i], &items[i], items[i].is_placed);
        }
    }
    replacements_finish(items, count + 1);
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
        bool shared =
            strcmp(d->source->path, summary->path) != 0 && strcmp(d->source->path, "<stdin>") != 0;
        struct slice key = SLICE("");
        if (shared) {
            key = arena_printf(run->arena, "%s %u %u %d %.*s", d->source->path, d->range.start,
                               d->range.end, (int)d->code, SLICE_ARG(d->message));
        }
        if (!shared || map_add(seen, key, d) == NULL) {
            diagnostics_add(&kept, d);
        }
    }
    summary->diagnostics = kept;
}

static void record_findings(struct arena *arena, struct build_record *record,
                            const struct summary *summary)
{
    record->is_sound = record->is_sound && summary->between.first == NULL;
    for (struct diagnostic *d = summary->diagnostics.first; d != NULL; d = d->next) {
        record->findings = arena_append(arena, record->findings, record->finding_count, sizeof(d));
        record->findings[record->finding_count++] = d;
    }
}

static void collect(struct run *run)
{
    struct map seen = map_new(run->arena);
    for (size_t i = 0; i < run->inputs.count; i++) {
        struct summary *summary = &run->summaries[i];
        if (!run_has_input(run, i)) {
            continue;
        }
        if (summary->failure.length > 0) {
            findings_fail(&run->findings, "%.*s", SLICE_ARG(summary->failure));
        }
        if (run->keeps_records) {
            record_findings(run->arena, &run->records[i], summary);
        }
        if (!run->keeps_findings) {
            diagnostics_append(&summary->diagnostics, &summary->between);
            drop_repeated(run, &seen, summary);
            diagnostics_sort(&summary->diagnostics);
            diagnostics_append(&run->findings.diagnostics, &summary->diagnostics);
        }
        run->artifacts[i] = summary->artifact;
        run->ids[i] = summary->id;
    }
}

static void compile_all(struct run *run, struct shared *shared)
{
    struct summary *summaries = run->summaries;
    size_t count = run->inputs.count;
    if (!read_standard_input(run, shared)) {
        return;
    }
    run_pass(run, shared);
    if (!run->findings.out_of_memory && summaries_need_texts(run->arena, summaries, count)) {
        run_pass(run, shared);
    }
    shared->by_id = map_new(run->arena);
    bool any_deferred = false;
    for (size_t i = 0; i < count; i++) {
        any_deferred = any_deferred || summaries[i].deferred;
        if (summaries[i].id.length > 0) {
            map_add(&shared->by_id, summaries[i].id, &summaries[i]);
        }
    }
    if (any_deferred && !run->findings.out_of_memory) {
        shared->second_pass = true;
        if (run->list_known != NULL) {
            run->list_known(run->known_context, run);
        }
        run_pass(run, shared);
    }
    if (!run->findings.out_of_memory) {
        summaries_check(run->arena, summaries, count, &shared->given);
        collect(run);
    }
    if (run->prepare_more != NULL && findings_are_clean(&run->findings)) {
        run->prepare_more(run->more_context, run, &shared->replacements[count]);
    }
}

void run_compile(struct run *run)
{
    struct shared shared = {.run = run, .given = {{0}, run->drafts, run->draft_count}};
    struct arena *arena = run->arena;
    size_t count = run->inputs.count;
    for (size_t i = 0; i < count; i++) {
        bool is_stdin = strcmp(run->inputs.paths[i], "-") == 0;
        if (run_has_input(run, i)) {
            file_list_add(arena, &run->findings.looked_at,
                          is_stdin ? "<stdin>" : run->inputs.paths[i]);
        }
    }
    run->artifacts = arena_alloc_array(arena, count + 1, sizeof *run->artifacts);
    run->ids = arena_alloc_array(arena, count + 1, sizeof *run->ids);
    run->summaries = arena_alloc_array(arena, count + 1, sizeof *run->summaries);
    run->records = arena_alloc_array(arena, run->keeps_records ? count : 0, sizeof *run->records);
    run->comparisons =
        arena_alloc_array(arena, run->output == RUN_COMPARE ? count : 0, sizeof *run->comparisons);
    shared.replacements = arena_alloc_array(arena, count + 1, sizeof *shared.replacements);
    for (size_t i = 0; i < count; i++) {
        if (run->earlier != NULL && run->earlier[i] != NULL) {
            run->summaries[i] = *run->earlier[i];
        }
        run->summaries[i].path = run->inputs.paths[i];
        if (!run->summaries[i].from_state) { /* the state has the findings of those */
            run->summaries[i].diagnostics = diagnostics_new(arena);
        }
        run->summaries[i].between = diagnostics_new(arena);
    }
    /* Out of memory between the passes must not leave temporary files behind. */
    jmp_buf *outer = arena->recovery;
    jmp_buf recovery;
    if (setjmp(recovery) == 0) {
        arena->recovery = &recovery;
        compile_all(run, &shared);
    } else {
        run->findings.out_of_memory = true;
    }
    arena->recovery = outer;
    finish_files(run, &shared);
}
