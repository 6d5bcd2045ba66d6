/* Comparing the state with what is there. */
#define _POSIX_C_SOURCE 200809L

#include "build/incremental/plan.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

#include "base/folder_lock.h"
#include "base/folder_stamps.h"
#include "base/replacement.h"
#include "base/threads.h"
#include "build/incremental/plan_parts.h"
#include "document/yaml/reader.h"

#define STATE_FOLDER ".dialogc"
#define STATE_FILE   "state"

/* Nobody holds the lock of the state's folder alone for longer than it takes to remove files. */
#define LOCK_ATTEMPTS 1000

/* Each thread gets at least so many files: for fewer, starting it costs more than it saves. */
#define FILES_PER_THREAD ((size_t)200)

/* A path in the state's folder. */
static const char *in_state_folder(const struct plan *plan, const char *name)
{
    return arena_printf(plan->arena, "%s/%s", plan->state_folder, name).data;
}

/* ---- settings ---- */

/* What every artifact depends on besides the files: options and the project file. */
static struct hash hash_settings(const struct plan *plan)
{
    const struct run *run = plan->run;
    struct builder all = builder_new(plan->arena);
    struct slice output = plan_relative(plan, run->output_directory);
    struct hash project = hash_bytes(plan->files->project);
    builder_add(&all,
                (struct slice){(const char *)&run->findings.policy, sizeof run->findings.policy});
    builder_add(&all, (struct slice){(const char *)&project, sizeof project});
    builder_add(&all, output);
    return hash_bytes(builder_slice(&all));
}

/* ---- looking at files ---- */

static bool hash_file(struct arena *scratch, const char *path, struct hash *hash,
                      struct file_stamp *stamp)
{
    struct slice bytes;
    const char *reason;
    bool read =
        file_read_stamped(scratch, path, STATE_BYTES_LIMIT, &bytes, stamp, &reason) == FILE_OK;
    *hash = read ? hash_bytes(bytes) : (struct hash){0};
    arena_reset(scratch);
    return read;
}

static struct seen look(struct arena *scratch, struct folder_stamps *stamps, struct slice folder,
                        const char *path, const struct state_file *known)
{
    struct seen seen = {0};
    if (folder_stamps_take(stamps, folder, path, &seen.stamp) != FILE_TYPE_REGULAR) {
        return seen; /* not the same: whoever reads it finds out why */
    }
    seen.is_same = known->is_settled && file_stamp_equal(&seen.stamp, &known->stamp);
    if (!seen.is_same && seen.stamp.size == known->stamp.size) {
        struct hash hash;
        seen.was_hashed = true;
        seen.is_same =
            hash_file(scratch, path, &hash, &seen.stamp) && hash_equal(hash, known->hash);
    }
    return seen;
}

/* A range of the inputs, for one thread. */
struct looking {
    struct plan *plan;
    size_t first, end;
    struct arena scratch;
    struct folder_stamps templates, artifacts;
    bool out_of_memory;
};

static void look_at_artifact(struct looking *l, size_t index)
{
    static const char suffix[] = RUN_ARTIFACT_SUFFIX;
    struct plan *plan = l->plan;
    const struct state_template *known = plan->earlier[index];
    struct slice folder = slice_of(plan->run->output_directory);
    struct slice id = state_text(plan->state, known->id);
    char path[PATH_MAX];
    if (folder.length + id.length + sizeof suffix + 1 > sizeof path) {
        return; /* the path is longer than any file's */
    }
    memcpy(path, folder.data, folder.length);
    path[folder.length] = '/';
    memcpy(path + folder.length + 1, id.data, id.length);
    memcpy(path + folder.length + 1 + id.length, suffix, sizeof suffix);
    plan->artifacts[index] = look(&l->scratch, &l->artifacts, folder, path, &known->artifact);
}

static void look_at_template(struct looking *l, size_t index)
{
    struct plan *plan = l->plan;
    const char *path = plan->run->inputs.paths[index];
    const char *name = file_name(path);
    struct slice folder = {path, name > path ? (size_t)(name - path) - 1 : 0};
    plan->templates[index] =
        look(&l->scratch, &l->templates, folder, path, &plan->earlier[index]->file);
}

static void look_at_range(void *argument)
{
    struct looking *l = argument;
    struct plan *plan = l->plan;
    jmp_buf recovery;
    arena_init(&l->scratch);
    l->templates = l->artifacts = folder_stamps_new();
    l->scratch.recovery = &recovery;
    if (setjmp(recovery) == 0) {
        for (size_t i = l->first; i < l->end; i++) {
            if (plan->earlier[i] != NULL) {
                look_at_template(l, i);
                look_at_artifact(l, i);
            }
        }
    } else {
        l->out_of_memory = true;
    }
    folder_stamps_close(&l->templates);
    folder_stamps_close(&l->artifacts);
    arena_free(&l->scratch);
}

static void look_at_templates(struct plan *plan)
{
    size_t count = plan->run->inputs.count;
    size_t threads = count / FILES_PER_THREAD;
    threads = threads < plan->run->jobs ? threads : plan->run->jobs;
    threads = threads == 0 ? 1 : threads;
    struct looking *parts = arena_alloc_array(plan->arena, threads, sizeof *parts);
    for (size_t i = 0; i < threads; i++) {
        parts[i].plan = plan;
        parts[i].first = count * i / threads;
        parts[i].end = count * (i + 1) / threads;
    }
    threads_run(plan->arena, look_at_range, parts, threads, sizeof *parts);
    bool out_of_memory = false;
    for (size_t i = 0; i < threads; i++) {
        out_of_memory = out_of_memory || parts[i].out_of_memory;
    }
    if (out_of_memory) {
        arena_fail(plan->arena);
    }
}

/* The same files in the same order with the same bytes. */
static void look_at_shared(struct plan *plan)
{
    struct arena scratch;
    struct folder_stamps stamps = folder_stamps_new();
    jmp_buf recovery;
    plan->shared_is_same = plan->state->shared_count == plan->files->count;
    arena_init(&scratch);
    scratch.recovery = &recovery;
    if (setjmp(recovery) != 0) {
        arena_free(&scratch);
        arena_fail(plan->arena);
    }
    for (size_t i = 0; i < plan->files->count; i++) {
        const struct shared_file *file = &plan->files->items[i];
        const struct state_shared *known =
            state_shared_at(plan->state, i, (uint64_t)file->kind, plan_relative(plan, file->path));
        if (known != NULL) {
            plan->shared[i] = look(&scratch, &stamps, SLICE(""), file->path, &known->file);
        }
        plan->shared_is_same = plan->shared_is_same && plan->shared[i].is_same;
    }
    arena_free(&scratch);
}

/* Which template of the state is which input; most often they are the same. */
static void match_templates(struct plan *plan)
{
    const struct state *state = plan->state;
    const struct file_list *inputs = &plan->run->inputs;
    struct map by_path = map_new(plan->arena);
    bool is_indexed = false;
    for (size_t i = 0; i < inputs->count; i++) {
        struct slice path = plan_relative(plan, inputs->paths[i]);
        if (i < state->template_count && !is_indexed &&
            slice_equal(state_text(state, state->templates[i].file.path), path)) {
            plan->earlier[i] = &state->templates[i];
            continue;
        }
        for (size_t j = 0; j < state->template_count && !is_indexed; j++) {
            map_add(&by_path, state_text(state, state->templates[j].file.path),
                    (void *)(uintptr_t)&state->templates[j]);
        }
        is_indexed = true;
        plan->earlier[i] = map_get(&by_path, path);
    }
}

/* Closes the next state file; it goes when it has not become the state. */
static void close_temporary(void *resource)
{
    struct plan *plan = resource;
    if (plan->descriptor >= 0) {
        unlink(plan->temporary);
        close(plan->descriptor);
        plan->descriptor = -1;
    }
    if (plan->lock != NULL) {
        folder_unlock(plan->lock);
    }
}

struct plan *plan_new(struct run *run, const char *folder, const struct shared_files *files)
{
    struct arena *arena = run->arena;
    struct plan *plan = arena_alloc(arena, sizeof *plan);
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    *plan = (struct plan){.run = run, .arena = arena, .folder = folder, .files = files};
    plan->started = now.tv_sec * SECOND + now.tv_nsec;
    plan->descriptor = -1;
    arena_defer(arena, close_temporary, plan);
    plan->state_folder = strcmp(folder, ".") == 0
                             ? STATE_FOLDER
                             : arena_printf(arena, "%s/" STATE_FOLDER, folder).data;
    plan->path = in_state_folder(plan, STATE_FILE);
    plan->settings = hash_settings(plan);
    plan->state = state_read(arena, plan->path);
    if (plan->state != NULL && !hash_equal(plan->state->settings, plan->settings)) {
        plan->state = NULL;
    }
    size_t count = run->inputs.count;
    plan->earlier = arena_alloc_array(arena, count, sizeof *plan->earlier);
    plan->templates = arena_alloc_array(arena, count, sizeof *plan->templates);
    plan->artifacts = arena_alloc_array(arena, count, sizeof *plan->artifacts);
    plan->findings = arena_alloc_array(arena, count, sizeof(struct diagnostics *));
    plan->shared = arena_alloc_array(arena, files->count, sizeof *plan->shared);
    if (plan->state == NULL) {
        return plan;
    }
    match_templates(plan);
    look_at_shared(plan);
    look_at_templates(plan);
    recall_findings(plan);
    plan->is_current = plan->shared_is_same && plan->state->template_count == count;
    for (size_t i = 0; i < count && plan->is_current; i++) {
        plan->is_current = plan->earlier[i] == &plan->state->templates[i] &&
                           plan->templates[i].is_same && plan->artifacts[i].is_same;
    }
    return plan;
}

bool plan_is_current(const struct plan *plan)
{
    return plan->is_current;
}

void plan_show_findings(struct plan *plan)
{
    for (size_t i = 0; i < plan->run->inputs.count; i++) {
        if (plan->findings[i] != NULL) {
            diagnostics_append(&plan->run->findings.diagnostics, plan->findings[i]);
        }
    }
}

/* The folder holds what only this machine needs: a .gitignore in it keeps it out of commits. */
static void ignore_folder(const struct plan *plan)
{
    int descriptor =
        open(in_state_folder(plan, ".gitignore"), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (descriptor >= 0) {
        file_write_all(descriptor, SLICE("*\n"));
        close(descriptor);
    }
}

void plan_begin(struct plan *plan)
{
    const char *reason;
    for (size_t i = 0; i < plan->files->count; i++) {
        if (!plan->shared[i].is_same) {
            file_stamp_of(plan->files->items[i].path, &plan->shared[i].stamp);
        }
    }
    /* a project may come from anybody: a link in this place leads to what is not the project's */
    if (!file_is_inside(plan->arena, plan->folder, plan->state_folder, &reason) ||
        !file_make_directory(plan->arena, plan->state_folder, NULL, &reason)) {
        return;
    }
    ignore_folder(plan);
    plan->lock = folder_open(plan->arena, plan->state_folder, &reason);
    enum folder_lock_result locked = FOLDER_BUSY;
    for (unsigned attempt = 0; plan->lock != NULL && locked == FOLDER_BUSY; attempt++) {
        locked = attempt < LOCK_ATTEMPTS ? folder_lock(plan->lock, false, &reason) : FOLDER_FAILED;
    }
    if (locked == FOLDER_LOCKED) {
        plan->descriptor = replacement_create(plan->arena, plan->path, 0666, &plan->temporary);
    }
}

/* ---- deciding ---- */

/*
 * True when every input that the template used is as it was. What was found in a template may speak
 * of what it does not use, such as names that are near.
 */
static bool uses_are_same(const struct plan *plan, const struct state_template *known,
                          const struct map *by_id)
{
    const struct state *state = plan->state;
    if (known->finding_count > 0 && !plan->shared_is_same) {
        return false;
    }
    for (size_t i = 0; i < known->use_count; i++) {
        const struct state_use *use = &state->uses[known->first_use + i];
        struct slice name = state_text(state, use->name);
        if (use->kind == INPUT_DIALOG) {
            const struct seen *callee = map_get(by_id, name);
            if (callee == NULL || !callee->is_same) {
                return false;
            }
        } else if (!plan->shared_is_same) {
            const struct shared_input *input =
                compiler_input(plan->run->compiler, (enum input_kind)use->kind, name);
            struct hash hash = input != NULL ? input->hash : (struct hash){0};
            if (!hash_equal(hash, use->hash)) {
                return false;
            }
        }
    }
    return true;
}

static struct summary *summary_of(const struct plan *plan, size_t index)
{
    const struct state *state = plan->state;
    const struct state_template *known = plan->earlier[index];
    struct summary *summary = arena_alloc(plan->arena, sizeof *summary);
    size_t count = (size_t)known->title_count + known->utterance_count;
    struct unique_text *texts = arena_alloc_array(plan->arena, count, sizeof *texts);
    for (size_t i = 0; i < count; i++) {
        const struct state_unique *unique = &state->uniques[known->first_unique + i];
        texts[i].fingerprint = unique->fingerprint;
        texts[i].range = (struct range){unique->start, unique->end};
    }
    *summary = (struct summary){.id = state_text(state, known->id),
                                .id_range = {known->id_start, known->id_end},
                                .titles = texts,
                                .title_count = known->title_count,
                                .utterances = texts + known->title_count,
                                .utterance_count = known->utterance_count,
                                .imported = known->is_imported != 0,
                                .from_state = true};
    summary->diagnostics = diagnostics_new(plan->arena);
    if (plan->findings[index] != NULL) {
        summary->diagnostics = *plan->findings[index];
    }
    return summary;
}

void plan_decide(struct plan *plan)
{
    struct run *run = plan->run;
    struct map by_id = map_new(plan->arena);
    run->keeps_records = true;
    run->earlier = arena_alloc_array(plan->arena, run->inputs.count, sizeof *run->earlier);
    for (size_t i = 0; i < run->inputs.count; i++) {
        if (plan->earlier[i] != NULL) {
            map_add(&by_id, state_text(plan->state, plan->earlier[i]->id), &plan->templates[i]);
        }
    }
    for (size_t i = 0; i < run->inputs.count; i++) {
        if (plan->earlier[i] != NULL && plan->templates[i].is_same && plan->artifacts[i].is_same &&
            uses_are_same(plan, plan->earlier[i], &by_id)) {
            run->earlier[i] = summary_of(plan, i);
        }
    }
}

/* ---- the end ---- */

/*
 * The artifacts are in place already: when memory runs out here, only the next state is missing,
 * and the build has not failed.
 */
static bool try_to_write(struct plan *plan)
{
    jmp_buf *outer = plan->arena->recovery;
    jmp_buf recovery;
    bool written = false;
    plan->arena->recovery = &recovery;
    if (setjmp(recovery) == 0) {
        written = next_state_write(plan);
    }
    plan->arena->recovery = outer;
    return written;
}

/* True when stamps have changed though the files have not. */
static bool has_new_stamps(const struct plan *plan)
{
    bool any = false;
    for (size_t i = 0; i < plan->run->inputs.count; i++) {
        any = any || plan->templates[i].was_hashed || plan->artifacts[i].was_hashed;
    }
    for (size_t i = 0; i < plan->files->count; i++) {
        any = any || plan->shared[i].was_hashed;
    }
    return any;
}

void plan_finish(struct plan *plan, bool succeeded)
{
    if (plan->is_current && has_new_stamps(plan)) {
        plan_begin(plan);
        folder_tidy(plan->arena, plan->run->output_directory);
    }
    if (plan->descriptor >= 0 && succeeded && try_to_write(plan)) {
        close(plan->descriptor);
        plan->descriptor = -1;
    }
    close_temporary(plan);
}
