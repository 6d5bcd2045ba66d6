/* Comparing the state with what is there, and writing the next one. */
#define _GNU_SOURCE /* flock, CLOCK_REALTIME_COARSE */

#include "incremental/plan.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "incremental/state.h"
#include "yaml/reader.h"

#define STATE_FOLDER ".dialogc"
#define STATE_FILE   "state"

#define SECOND INT64_C(1000000000)
/* File systems that keep whole seconds may keep every other only. */
#define COARSE_TICK (2 * SECOND)

/* A thread is worth its while for so many files. */
#define FILES_PER_THREAD ((size_t)200)

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

    const struct state_template **earlier; /* of each input; NULL: new, or not clean then */
    struct seen *templates, *artifacts;    /* of each input */
    struct seen *shared;                   /* of each shared file */
    bool shared_is_same, is_current;

    const char *temporary; /* the next state file, NULL: it could not be opened */
    int descriptor;
};

/* ---- paths ---- */

/* A path inside of the project's folder, so that the state is the same from wherever one calls. */
static struct slice relative(const struct plan *plan, const char *path)
{
    return slice_of(file_inside(plan->folder, path));
}

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
    struct slice output = relative(plan, run->output_directory);
    struct hash project = hash_bytes(plan->files->project);
    builder_add(&all, (struct slice){(const char *)&run->policy, sizeof run->policy});
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

static struct seen look(struct arena *scratch, const char *path, const struct state_file *known)
{
    struct seen seen = {0};
    if (!file_stamp_of(path, &seen.stamp)) {
        return seen;
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
        return; /* no such file can be there */
    }
    memcpy(path, folder.data, folder.length);
    path[folder.length] = '/';
    memcpy(path + folder.length + 1, id.data, id.length);
    memcpy(path + folder.length + 1 + id.length, suffix, sizeof suffix);
    plan->artifacts[index] = look(&l->scratch, path, &known->artifact);
}

static void *look_at_range(void *argument)
{
    struct looking *l = argument;
    struct plan *plan = l->plan;
    jmp_buf recovery;
    arena_init(&l->scratch);
    l->scratch.recovery = &recovery;
    if (setjmp(recovery) == 0) {
        for (size_t i = l->first; i < l->end; i++) {
            if (plan->earlier[i] != NULL) {
                plan->templates[i] =
                    look(&l->scratch, plan->run->inputs.paths[i], &plan->earlier[i]->file);
                look_at_artifact(l, i);
            }
        }
    } else {
        l->out_of_memory = true;
    }
    arena_free(&l->scratch);
    return NULL;
}

static void look_at_templates(struct plan *plan)
{
    size_t count = plan->run->inputs.count;
    size_t threads = count / FILES_PER_THREAD;
    threads = threads < plan->run->jobs ? threads : plan->run->jobs;
    threads = threads == 0 ? 1 : threads;
    struct looking *parts = arena_alloc_array(plan->arena, threads, sizeof *parts);
    pthread_t *ids = arena_alloc_array(plan->arena, threads, sizeof *ids);
    bool *started = arena_alloc_array(plan->arena, threads, sizeof *started);
    for (size_t i = threads; i-- > 0;) {
        parts[i].plan = plan;
        parts[i].first = count * i / threads;
        parts[i].end = count * (i + 1) / threads;
        started[i] = i > 0 && pthread_create(&ids[i], NULL, look_at_range, &parts[i]) == 0;
        if (!started[i]) {
            look_at_range(&parts[i]);
        }
    }
    bool out_of_memory = false;
    for (size_t i = 0; i < threads; i++) {
        if (started[i]) {
            pthread_join(ids[i], NULL);
        }
        out_of_memory = out_of_memory || parts[i].out_of_memory;
    }
    if (out_of_memory) {
        arena_fail(plan->arena);
    }
}

static const struct state_shared *known_shared(const struct plan *plan, size_t index)
{
    const struct shared_file *file = &plan->files->items[index];
    if (plan->state == NULL || index >= plan->state->shared_count) {
        return NULL;
    }
    const struct state_shared *known = &plan->state->shared[index];
    bool is_it = known->kind == (uint64_t)file->kind &&
                 slice_equal(state_text(plan->state, known->file.path), relative(plan, file->path));
    return is_it ? known : NULL;
}

/* The same files in the same order with the same bytes. */
static void look_at_shared(struct plan *plan)
{
    struct arena scratch;
    jmp_buf recovery;
    plan->shared_is_same = plan->state->shared_count == plan->files->count;
    arena_init(&scratch);
    scratch.recovery = &recovery;
    if (setjmp(recovery) != 0) {
        arena_free(&scratch);
        arena_fail(plan->arena);
    }
    for (size_t i = 0; i < plan->files->count; i++) {
        const struct state_shared *known = known_shared(plan, i);
        if (known != NULL) {
            plan->shared[i] = look(&scratch, plan->files->items[i].path, &known->file);
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
        struct slice path = relative(plan, inputs->paths[i]);
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
    plan->shared = arena_alloc_array(arena, files->count, sizeof *plan->shared);
    if (plan->state == NULL) {
        return plan;
    }
    match_templates(plan);
    look_at_shared(plan);
    look_at_templates(plan);
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

/* ---- the next state file, and what killed builds have left ---- */

/* The process in ".NAME.PROCESS-N.tmp" or "state.PROCESS-N.tmp"; false for other names. */
static bool process_of(const char *name, long *process)
{
    struct slice rest = slice_of(name);
    if (!slice_ends_with(rest, ".tmp")) {
        return false;
    }
    const char *dash = strrchr(name, '-');
    const char *dot = dash;
    while (dot != NULL && dot > name && *dot != '.') {
        dot--;
    }
    char *end;
    *process = dot != NULL ? strtol(dot + 1, &end, 10) : 0;
    return dot != NULL && end == dash && *process > 0;
}

/* True when no build holds the file: its process is gone. */
static bool is_abandoned(const char *path)
{
    int descriptor = open(path, O_RDWR | O_CLOEXEC);
    bool abandoned = descriptor >= 0 && flock(descriptor, LOCK_EX | LOCK_NB) == 0;
    if (descriptor >= 0) {
        close(descriptor);
    }
    return abandoned;
}

/* Calls `visit` with every temporary file in a folder. */
static void for_each_temporary(struct plan *plan, const char *folder, bool hidden, long wanted,
                               void (*visit)(struct plan *plan, const char *path, long process))
{
    struct file_list paths = {0};
    DIR *list = opendir(folder);
    if (list == NULL) {
        return;
    }
    jmp_buf *outer = plan->arena->recovery;
    jmp_buf recovery;
    if (setjmp(recovery) != 0) {
        closedir(list);
        plan->arena->recovery = outer;
        arena_fail(plan->arena);
    }
    plan->arena->recovery = &recovery;
    for (struct dirent *entry = readdir(list); entry != NULL; entry = readdir(list)) {
        long process;
        if ((entry->d_name[0] == '.') == hidden && process_of(entry->d_name, &process) &&
            (wanted == 0 || process == wanted)) {
            file_list_add(plan->arena, &paths,
                          arena_printf(plan->arena, "%s/%s", folder, entry->d_name).data);
        }
    }
    plan->arena->recovery = outer;
    closedir(list);
    for (size_t i = 0; i < paths.count; i++) {
        long process = 0;
        process_of(strrchr(paths.paths[i], '/') + 1, &process);
        visit(plan, paths.paths[i], process);
    }
}

static void remove_temporary(struct plan *plan, const char *path, long process)
{
    (void)plan;
    (void)process;
    unlink(path);
}

/* A state file of a build that was killed, and with it that build's artifacts. */
static void remove_abandoned(struct plan *plan, const char *path, long process)
{
    if (is_abandoned(path)) {
        for_each_temporary(plan, plan->run->output_directory, true, process, remove_temporary);
        unlink(path);
    }
}

/* What is in the folder is of this machine: nobody wants to commit it. */
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
    if (!file_make_directory(plan->arena, plan->state_folder, &reason)) {
        return;
    }
    ignore_folder(plan);
    for_each_temporary(plan, plan->state_folder, false, 0, remove_abandoned);
    for (unsigned attempt = 0; plan->descriptor < 0 && attempt < 100; attempt++) {
        struct slice name =
            arena_printf(plan->arena, STATE_FILE ".%ld-%u.tmp", (long)getpid(), attempt);
        plan->temporary = in_state_folder(plan, name.data);
        plan->descriptor = open(plan->temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        if (plan->descriptor < 0 && errno != EEXIST) {
            break;
        }
    }
    if (plan->descriptor >= 0) {
        flock(plan->descriptor, LOCK_EX | LOCK_NB);
    }
}

/* ---- deciding ---- */

/* True when every input that the template used is as it was. */
static bool uses_are_same(const struct plan *plan, const struct state_template *known,
                          const struct map *by_id)
{
    const struct state *state = plan->state;
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

static struct summary *summary_of(const struct plan *plan, const struct state_template *known)
{
    const struct state *state = plan->state;
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
            run->earlier[i] = summary_of(plan, plan->earlier[i]);
        }
    }
}

/* ---- the next state ---- */

struct writing {
    struct plan *plan;
    int64_t now;     /* by the clock of the file system */
    int64_t started; /* of this build, by that clock */
    struct state_template *templates;
    struct state_shared *shared;
    struct state_use *uses;
    struct state_unique *uniques;
    size_t template_count, use_count, unique_count;
    struct builder texts;
};

static struct state_text add_text(struct writing *w, struct slice text)
{
    struct state_text added = {(uint32_t)w->texts.length, (uint32_t)text.length};
    builder_add(&w->texts, text);
    return added;
}

/*
 * True when a change of the file since `reference` shows in its stamp: the change that the stamp
 * shows lies so far back that the clock of the file system has moved on.
 */
static bool is_settled(int64_t changed, int64_t reference)
{
    struct timespec tick;
    int64_t step = COARSE_TICK;
    if (changed % SECOND != 0 && clock_getres(CLOCK_REALTIME_COARSE, &tick) == 0) {
        step = 2 * (tick.tv_sec * SECOND + tick.tv_nsec);
    }
    return changed < reference - step;
}

/* A file that was read by this build, at any time of it. */
static struct state_file input_file(struct writing *w, struct slice path,
                                    const struct file_stamp *stamp, struct hash hash)
{
    return (struct state_file){add_text(w, path), *stamp, hash,
                               is_settled(stamp->changed, w->started)};
}

/* A file of which the state knows all but the stamp. */
static struct state_file kept_file(struct writing *w, struct slice path,
                                   const struct state_file *known, const struct seen *seen)
{
    struct state_file file = input_file(w, path, &seen->stamp, known->hash);
    file.is_settled = seen->was_hashed ? file.is_settled : known->is_settled;
    return file;
}

static void add_unique(struct writing *w, uint64_t fingerprint, struct range range)
{
    w->uniques[w->unique_count++] =
        (struct state_unique){fingerprint, (uint32_t)range.start, (uint32_t)range.end};
}

static void add_use(struct writing *w, uint64_t kind, struct slice name, struct hash hash)
{
    w->uses[w->use_count++] = (struct state_use){hash, add_text(w, name), kind};
}

/* A template that this build has compiled. */
static void add_compiled(struct writing *w, struct state_template *t, size_t index)
{
    struct run *run = w->plan->run;
    const struct record *record = &run->records[index];
    const struct summary *summary = &run->summaries[index];
    t->file =
        input_file(w, relative(w->plan, run->inputs.paths[index]), &record->stamp, record->hash);
    /* what this build has written it has written in the meantime; other changes show later */
    int64_t reference = record->is_written ? w->now : w->started;
    t->artifact = (struct state_file){{0, 0},
                                      record->output_stamp,
                                      record->output_hash,
                                      is_settled(record->output_stamp.modified, reference)};
    for (size_t i = 0; i < record->uses.count; i++) {
        const struct input_use *use = &record->uses.items[i];
        const struct shared_input *input = compiler_input(run->compiler, use->kind, use->name);
        add_use(w, use->kind, use->name, input != NULL ? input->hash : (struct hash){0});
    }
    t->use_count = (uint32_t)record->uses.count;
    for (size_t i = 0; i < summary->title_count; i++) {
        add_unique(w, summary->titles[i].fingerprint, summary->titles[i].range);
    }
    for (size_t i = 0; i < summary->utterance_count; i++) {
        add_unique(w, summary->utterances[i].fingerprint, summary->utterances[i].range);
    }
    t->title_count = (uint32_t)summary->title_count;
    t->utterance_count = (uint32_t)summary->utterance_count;
    t->id = add_text(w, summary->id);
    t->id_start = (uint32_t)summary->id_range.start;
    t->id_end = (uint32_t)summary->id_range.end;
    t->is_imported = summary->imported;
}

/* A template that is as an earlier build has left it. */
static void add_kept(struct writing *w, struct state_template *t, size_t index)
{
    const struct plan *plan = w->plan;
    const struct state *state = plan->state;
    const struct state_template *known = plan->earlier[index];
    *t = *known;
    t->file =
        kept_file(w, state_text(state, known->file.path), &known->file, &plan->templates[index]);
    bool settled = known->artifact.is_settled;
    t->artifact.stamp = plan->artifacts[index].stamp;
    t->artifact.is_settled = plan->artifacts[index].was_hashed
                                 ? is_settled(t->artifact.stamp.changed, w->started)
                                 : settled;
    t->id = add_text(w, state_text(state, known->id));
    t->first_use = (uint32_t)w->use_count;
    t->first_unique = (uint32_t)w->unique_count;
    for (size_t i = 0; i < known->use_count; i++) {
        const struct state_use *use = &state->uses[known->first_use + i];
        add_use(w, use->kind, state_text(state, use->name), use->hash);
    }
    size_t count = (size_t)known->title_count + known->utterance_count;
    for (size_t i = 0; i < count; i++) {
        const struct state_unique *unique = &state->uniques[known->first_unique + i];
        add_unique(w, unique->fingerprint, (struct range){unique->start, unique->end});
    }
}

/* Room for all that will be added. */
static void reserve(struct writing *w)
{
    struct plan *plan = w->plan;
    struct run *run = plan->run;
    size_t uses = 0, uniques = 0, count = run->inputs.count;
    for (size_t i = 0; i < count; i++) {
        if (plan->is_current || run->summaries[i].from_state) {
            const struct state_template *known = plan->earlier[i];
            uses += known->use_count;
            uniques += (size_t)known->title_count + known->utterance_count;
        } else if (run->records[i].is_clean) {
            uses += run->records[i].uses.count;
            uniques += run->summaries[i].title_count + run->summaries[i].utterance_count;
        }
    }
    w->templates = arena_alloc_array(plan->arena, count, sizeof *w->templates);
    w->uses = arena_alloc_array(plan->arena, uses, sizeof *w->uses);
    w->uniques = arena_alloc_array(plan->arena, uniques, sizeof *w->uniques);
    w->shared = arena_alloc_array(plan->arena, plan->files->count, sizeof *w->shared);
}

static void add_templates(struct writing *w)
{
    struct plan *plan = w->plan;
    struct run *run = plan->run;
    for (size_t i = 0; i < run->inputs.count; i++) {
        struct state_template *t = &w->templates[w->template_count];
        t->first_use = (uint32_t)w->use_count;
        t->first_unique = (uint32_t)w->unique_count;
        if (plan->is_current || run->summaries[i].from_state) {
            add_kept(w, t, i);
        } else if (run->records[i].is_clean) {
            add_compiled(w, t, i);
        } else {
            continue;
        }
        w->template_count++;
    }
}

static void add_shared(struct writing *w)
{
    struct plan *plan = w->plan;
    const struct shared_files *files = plan->files;
    for (size_t i = 0; i < files->count; i++) {
        struct slice path = relative(plan, files->items[i].path);
        const struct state_shared *known = known_shared(plan, i);
        struct state_shared *shared = &w->shared[i];
        shared->kind = (uint64_t)files->items[i].kind;
        if (known != NULL && plan->shared[i].is_same) {
            shared->file = kept_file(w, path, &known->file, &plan->shared[i]);
            shared->name = add_text(w, state_text(plan->state, known->name));
            continue;
        }
        const struct compiler *compiler = plan->run->compiler;
        for (size_t j = 0; j < compiler->input_count; j++) {
            const struct shared_input *input = &compiler->inputs[j];
            if (input->kind == files->items[i].kind &&
                strcmp(input->path, files->items[i].path) == 0) {
                shared->file = input_file(w, path, &plan->shared[i].stamp, input->hash);
                shared->name = add_text(w, input->name);
            }
        }
    }
}

static bool write_state(struct plan *plan)
{
    struct stat facts;
    struct timespec now;
    if (futimens(plan->descriptor, NULL) != 0 || fstat(plan->descriptor, &facts) != 0) {
        return false;
    }
    clock_gettime(CLOCK_REALTIME, &now);
    struct writing w = {.plan = plan, .texts = builder_new(plan->arena)};
    w.now = facts.st_mtim.tv_sec * SECOND + facts.st_mtim.tv_nsec;
    /* a file server may have another clock */
    w.started = plan->started + w.now - (now.tv_sec * SECOND + now.tv_nsec);
    reserve(&w);
    add_templates(&w);
    add_shared(&w);
    struct state state = {.settings = plan->settings,
                          .templates = w.templates,
                          .shared = w.shared,
                          .uses = w.uses,
                          .uniques = w.uniques,
                          .texts = builder_slice(&w.texts),
                          .template_count = w.template_count,
                          .shared_count = plan->files->count,
                          .use_count = w.use_count,
                          .unique_count = w.unique_count};
    struct slice bytes = state_bytes(plan->arena, &state);
    return w.texts.length <= UINT32_MAX && file_write_all(plan->descriptor, bytes) &&
           rename(plan->temporary, plan->path) == 0;
}

/* The artifacts are in their places: for want of memory there is no state, and no failure. */
static bool try_to_write(struct plan *plan)
{
    jmp_buf *outer = plan->arena->recovery;
    jmp_buf recovery;
    bool written = false;
    plan->arena->recovery = &recovery;
    if (setjmp(recovery) == 0) {
        written = write_state(plan);
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
    }
    if (plan->descriptor >= 0 && succeeded && try_to_write(plan)) {
        close(plan->descriptor);
        plan->descriptor = -1;
    }
    close_temporary(plan);
}
