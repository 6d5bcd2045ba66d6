#include "editor/workspace/project_state.h"

#include <stdlib.h>

#include "base/map.h"
#include "build/inputs/templates.h"
#include "document/yaml/reader.h"
#include "editor/workspace/uri.h"
#include "platform/artifact/backend.h"
#include "trial/conversation/records.h"

/* Templates that one step of work checks. */
#define STEP_TEMPLATES 8

/* Findings are copied to new memory when they have grown to so much more than they were. */
#define GROWTH ((size_t)4 * 1024 * 1024)

/* A file that is checked by itself: a template or conversations. */
struct checked_file {
    const char *path;
    bool is_stale;
    bool is_known; /* has been checked before */
    bool is_conversation;
    struct summary summary; /* of a template; with the findings of either */
    struct diagnostics between;
};

/* What templates share, loaded. */
struct generation {
    struct arena arena;
    struct compiler *compiler;
    struct findings findings;
    struct shared_files files;
    bool is_open; /* the project file is valid, or there is none */
};

/* What is known of the files. */
struct results {
    struct arena arena;
    struct checked_file *files; /* templates first */
    size_t template_count, count;
    struct map by_path;
    size_t size; /* of the arena when it was new */
};

struct project_state {
    struct arena arena; /* of the names below */
    const char *folder;
    const char *alone;
    struct generation *shared;
    struct results *results;
    bool shared_is_stale, files_are_stale;
    bool between_is_stale; /* templates have come or gone */
    struct arena changes;  /* of the paths whose findings may have changed */
    struct map changed;
};

/* ---- life ---- */

static void generation_free(struct generation *generation)
{
    if (generation != NULL) {
        arena_free(&generation->arena);
        free(generation);
    }
}

static void results_free(struct results *results)
{
    if (results != NULL) {
        arena_free(&results->arena);
        free(results);
    }
}

struct project_state *project_state_new(const char *folder, const char *alone)
{
    struct project_state *state = calloc(1, sizeof *state);
    jmp_buf recovery;
    if (state == NULL) {
        return NULL;
    }
    arena_init(&state->arena);
    arena_init(&state->changes);
    state->arena.recovery = &recovery;
    if (setjmp(recovery) != 0) {
        project_state_free(state);
        return NULL;
    }
    state->folder = arena_copy(&state->arena, slice_of(folder));
    state->alone = alone != NULL ? arena_copy(&state->arena, slice_of(alone)) : NULL;
    state->changed = map_new(&state->changes);
    state->shared_is_stale = state->files_are_stale = true;
    state->arena.recovery = NULL;
    return state;
}

void project_state_free(struct project_state *state)
{
    generation_free(state->shared);
    results_free(state->results);
    arena_free(&state->changes);
    arena_free(&state->arena);
    free(state);
}

const char *project_state_folder(const struct project_state *state)
{
    return state->folder;
}

const char *project_state_alone(const struct project_state *state)
{
    return state->alone;
}

/* ---- what has changed ---- */

static void note_change(struct project_state *state, const char *path)
{
    if (map_get(&state->changed, slice_of(path)) == NULL) {
        map_add(&state->changed, arena_slice(&state->changes, slice_of(path)), state);
    }
}

static void note_findings(struct project_state *state, const struct diagnostics *list)
{
    for (const struct diagnostic *d = list->first; d != NULL; d = d->next) {
        note_change(state, d->source->path);
    }
}

/* Every file that has findings, before they are forgotten. */
static void note_all(struct project_state *state)
{
    const struct results *results = state->results;
    if (state->shared != NULL) {
        note_findings(state, &state->shared->findings.diagnostics);
    }
    for (size_t i = 0; results != NULL && i < results->count; i++) {
        note_findings(state, &results->files[i].summary.diagnostics);
        note_findings(state, &results->files[i].between);
    }
}

struct file_list project_state_changes(struct project_state *state, struct arena *arena)
{
    struct file_list list = {0};
    for (size_t i = 0; i < state->changed.count; i++) {
        file_list_add(arena, &list, arena_copy(arena, state->changed.entries[i].key));
    }
    arena_reset(&state->changes);
    state->changed = map_new(&state->changes);
    return list;
}

static struct checked_file *find_file(const struct project_state *state, const char *path)
{
    return state->results != NULL ? map_get(&state->results->by_path, slice_of(path)) : NULL;
}

static bool is_shared(const struct shared_files *files, const char *path)
{
    bool found = files->project_path != NULL && strcmp(files->project_path, path) == 0;
    for (size_t i = 0; !found && i < files->count; i++) {
        found = strcmp(files->items[i].path, path) == 0;
    }
    return found;
}

void project_state_touch(struct project_state *state, const char *path, enum content_kind kind)
{
    struct checked_file *file = find_file(state, path);
    bool was_template = file != NULL && !file->is_conversation;
    bool was_shared = state->shared != NULL && is_shared(&state->shared->files, path);
    bool is_same_kind = file != NULL && (kind == CONTENT_CONVERSATION) == file->is_conversation &&
                        (kind == CONTENT_CONVERSATION || kind == CONTENT_TEMPLATE);
    if (file != NULL) {
        file->is_stale = true;
    }
    if (!is_same_kind && was_shared) {
        state->shared_is_stale = true;
    } else if (!is_same_kind) {
        state->files_are_stale = true; /* new, or another kind than it was */
        state->shared_is_stale = state->shared_is_stale || kind != CONTENT_CONVERSATION;
    }
    for (size_t i = 0; was_template && i < state->results->template_count; i++) {
        struct checked_file *other = &state->results->files[i];
        other->is_stale = other->is_stale || other->summary.calls_dialogs;
    }
}

void project_state_forget(struct project_state *state)
{
    state->shared_is_stale = state->files_are_stale = true;
}

/* ---- what templates share ---- */

static struct shared_request request_of(const struct project_state *state,
                                        const struct project_work *work, struct findings *findings,
                                        const struct file_list *paths)
{
    static const struct file_list none = {0};
    return (struct shared_request){.arena = findings->arena,
                                   .findings = findings,
                                   .folder = state->folder,
                                   .paths = paths,
                                   .profiles = &none,
                                   .given = work->given,
                                   .inside_of = work->inside_of};
}

static bool shared_input_kind(enum content_kind content, enum input_kind *kind)
{
    *kind = content == CONTENT_FRAGMENT  ? INPUT_FRAGMENT
            : content == CONTENT_PROFILE ? INPUT_PROFILE
                                         : INPUT_SOBJECT;
    return content == CONTENT_FRAGMENT || content == CONTENT_PROFILE || content == CONTENT_SOBJECT;
}

/* Open documents in the project's folder that it does not list, as when `check` names them. */
static void add_open_files(const struct project_state *state, const struct project_work *work,
                           struct generation *made)
{
    for (size_t i = 0; i < work->given->draft_count; i++) {
        const struct draft *draft = &work->given->drafts[i];
        enum input_kind kind;
        bool is_here = file_inside(state->folder, draft->path) != draft->path;
        if (is_here && !is_shared(&made->files, draft->path) &&
            shared_input_kind(content_of_bytes(draft->path, draft->bytes), &kind)) {
            struct shared_file *items = made->files.items;
            items = arena_append(&made->arena, items, made->files.count, sizeof *items);
            items[made->files.count++] = (struct shared_file){kind, draft->path};
            made->files.items = items;
        }
    }
}

static void load(const struct project_state *state, const struct project_work *work,
                 struct generation *made)
{
    struct file_list paths = {0};
    made->findings = findings_new(&made->arena, -1);
    made->compiler = compiler_new(&made->arena, &artifact_backend);
    struct shared_request request = request_of(state, work, &made->findings, &paths);
    if (state->alone != NULL) {
        file_list_add(&made->arena, &paths, state->alone);
    }
    made->is_open = shared_open_project(&request, made->compiler, &made->files);
    if (made->is_open) {
        shared_list(&request, made->compiler->project, &made->files);
        for (size_t i = 0; i < made->files.count; i++) {
            made->files.items[i].path = path_shortened(&made->arena, made->files.items[i].path);
        }
        add_open_files(state, work, made);
        shared_load(&request, made->compiler, &made->files);
    }
}

/* The bytes of given files must outlive the compiler, and open documents change. */
static struct given_inputs copy_given(struct arena *arena, const struct given_inputs *given)
{
    struct draft *drafts = arena_alloc_array(arena, given->draft_count, sizeof *drafts);
    for (size_t i = 0; i < given->draft_count; i++) {
        drafts[i].path = arena_copy(arena, slice_of(given->drafts[i].path));
        drafts[i].bytes = arena_slice(arena, given->drafts[i].bytes);
    }
    return (struct given_inputs){.drafts = drafts, .draft_count = given->draft_count};
}

static void reload_shared(struct project_state *state, const struct project_work *work)
{
    struct generation *made = arena_require(work->arena, calloc(1, sizeof *made));
    arena_init(&made->arena);
    jmp_buf recovery;
    made->arena.recovery = &recovery;
    if (setjmp(recovery) != 0) {
        generation_free(made);
        arena_fail(work->arena);
    }
    struct given_inputs given = copy_given(&made->arena, work->given);
    struct project_work own = {work->arena, &given, work->inside_of};
    load(state, &own, made);
    made->arena.recovery = work->arena->recovery;
    note_all(state);
    generation_free(state->shared);
    state->shared = made;
    note_findings(state, &made->findings.diagnostics);
    state->shared_is_stale = false;
}

/* ---- the files ---- */

/* Those of the listed files that may be read, each by its shortest path. */
static struct file_list readable(const struct project_state *state, const struct project_work *work,
                                 const struct file_list *listed)
{
    static const struct file_list none = {0};
    struct findings ignored = findings_new(work->arena, -1);
    struct shared_request request = request_of(state, work, &ignored, &none);
    struct file_list kept = {0};
    for (size_t i = 0; i < listed->count; i++) {
        const char *path = path_shortened(work->arena, listed->paths[i]);
        struct slice given;
        if (given_find(work->given, path, &given) ||
            (input_exists(&ignored, path) && shared_may_read(&request, path))) {
            file_list_add(work->arena, &kept, path);
        }
    }
    return kept;
}

/* True when both are in one folder, and `a` comes first in it. */
static bool comes_before(struct arena *arena, const char *a, const char *b)
{
    return strcmp(file_folder(arena, a), file_folder(arena, b)) == 0 && strcmp(a, b) < 0;
}

/* Adds a file at the place where it will be when it is saved. */
static void insert_file(struct arena *arena, struct file_list *list, const char *path)
{
    size_t at = 0;
    while (at < list->count && !comes_before(arena, path, list->paths[at])) {
        at++;
    }
    file_list_add(arena, list, path);
    memmove(list->paths + at + 1, list->paths + at, (list->count - 1 - at) * sizeof *list->paths);
    list->paths[at] = path;
}

/* Open templates and conversations that are not on the disk yet, or not in the listed folders. */
static void list_open(const struct project_state *state, const struct project_work *work,
                      struct file_list *templates, struct file_list *conversations)
{
    for (size_t i = 0; i < work->given->draft_count; i++) {
        const struct draft *draft = &work->given->drafts[i];
        enum content_kind kind = content_of_bytes(draft->path, draft->bytes);
        if (file_inside(state->folder, draft->path) == draft->path ||
            is_shared(&state->shared->files, draft->path) ||
            !content_is_ours(draft->path, draft->bytes)) {
            continue;
        }
        if (kind == CONTENT_TEMPLATE) {
            insert_file(work->arena, templates, draft->path);
        } else if (kind == CONTENT_CONVERSATION) {
            insert_file(work->arena, conversations, draft->path);
        }
    }
}

/* Adds the files that a project has now to `results`; what is known of them comes from `before`. */
static void take_files(const struct project_state *state, const struct project_work *work,
                       struct results *made, const struct file_list *paths, bool conversations)
{
    struct map taken = map_new(work->arena);
    for (size_t i = 0; i < paths->count; i++) {
        const char *path = paths->paths[i];
        if (map_add(&taken, slice_of(path), &taken) != NULL) {
            continue;
        }
        made->files = arena_append(&made->arena, made->files, made->count, sizeof *made->files);
        struct checked_file *file = &made->files[made->count++];
        const struct checked_file *before = find_file(state, path);
        file->path = arena_copy(&made->arena, slice_of(path));
        file->is_conversation = conversations;
        file->is_stale = true;
        file->summary = (struct summary){.path = file->path, .compiled = true};
        if (before != NULL && before->is_conversation == conversations) {
            file->is_stale = before->is_stale;
            file->is_known = before->is_known;
            file->summary = summary_copy(&made->arena, &before->summary);
        }
        file->summary.diagnostics.arena = file->between.arena = &made->arena;
        if (before != NULL) {
            diagnostics_copy(&file->between, &before->between);
        }
    }
}

/* A file without a project: a template, conversations, or what templates could share. */
static void list_alone(const struct project_state *state, const struct project_work *work,
                       struct file_list *templates, struct file_list *conversations)
{
    struct slice bytes;
    enum content_kind kind = given_find(work->given, state->alone, &bytes)
                                 ? content_of_bytes(state->alone, bytes)
                                 : CONTENT_TEMPLATE;
    enum input_kind shared;
    if (kind == CONTENT_CONVERSATION) {
        file_list_add(work->arena, conversations, state->alone);
    } else if (!shared_input_kind(kind, &shared)) {
        file_list_add(work->arena, templates, state->alone);
    }
}

/* The files that the project has now. */
static void list_files(const struct project_state *state, const struct project_work *work,
                       struct file_list *templates, struct file_list *conversations)
{
    const struct project *project = state->shared->compiler->project;
    struct findings ignored = findings_new(work->arena, -1);
    if (state->alone != NULL) {
        list_alone(state, work, templates, conversations);
    } else if (state->shared->is_open) {
        templates_add_project(work->arena, templates, &ignored, project, state->folder);
        conversations_add_project(work->arena, conversations, project, state->folder);
        list_open(state, work, templates, conversations);
    }
    *templates = readable(state, work, templates);
    *conversations = readable(state, work, conversations);
}

/* The same files as before. */
static void list_same(const struct project_state *state, struct arena *arena,
                      struct file_list *templates, struct file_list *conversations)
{
    for (size_t i = 0; i < state->results->count; i++) {
        const struct checked_file *file = &state->results->files[i];
        file_list_add(arena, file->is_conversation ? conversations : templates, file->path);
    }
}

/* New memory for what is known of these files. */
static void renew_results(struct project_state *state, const struct project_work *work,
                          const struct file_list *templates, const struct file_list *conversations)
{
    struct results *made = arena_require(work->arena, calloc(1, sizeof *made));
    arena_init(&made->arena);
    jmp_buf recovery;
    made->arena.recovery = &recovery;
    if (setjmp(recovery) != 0) {
        results_free(made);
        arena_fail(work->arena);
    }
    take_files(state, work, made, templates, false);
    made->template_count = made->count;
    take_files(state, work, made, conversations, true);
    made->by_path = map_new(&made->arena);
    for (size_t i = 0; i < made->count; i++) {
        map_add(&made->by_path, slice_of(made->files[i].path), &made->files[i]);
    }
    made->size = arena_size(&made->arena);
    made->arena.recovery = work->arena->recovery;
    results_free(state->results);
    state->results = made;
}

/* ---- checking ---- */

/* True when findings that are no longer true take so much memory. */
static bool has_grown(const struct project_state *state, size_t times)
{
    const struct results *results = state->results;
    return arena_size(&results->arena) > results->size + times * GROWTH;
}

static void mark_all_stale(struct project_state *state)
{
    for (size_t i = 0; state->results != NULL && i < state->results->count; i++) {
        state->results->files[i].is_stale = true;
    }
}

/* Loads and lists what is not up to date; the memory of all works as that of the step. */
static void prepare(struct project_state *state, const struct project_work *work)
{
    struct file_list templates = {0}, conversations = {0};
    state->changes.recovery = work->arena->recovery;
    if (state->shared_is_stale) {
        reload_shared(state, work);
        mark_all_stale(state);
        state->files_are_stale = true; /* the project may name other folders now */
    }
    if (state->files_are_stale) {
        note_all(state);
        list_files(state, work, &templates, &conversations);
        renew_results(state, work, &templates, &conversations);
        state->files_are_stale = false;
        state->between_is_stale = true;
    } else if (has_grown(state, 4)) {
        list_same(state, work->arena, &templates, &conversations);
        renew_results(state, work, &templates, &conversations);
    }
    state->shared->arena.recovery = work->arena->recovery;
    state->results->arena.recovery = work->arena->recovery;
}

/* True for a file that has been checked now: places in it may be others than before. */
static bool is_due(const struct project_state *state, const bool *due, const struct source *source)
{
    const struct checked_file *file = source != NULL ? find_file(state, source->path) : NULL;
    return file != NULL && !file->is_conversation && due[file - state->results->files];
}

static bool is_same_note(const struct project_state *state, const bool *due, const struct note *a,
                         const struct note *b)
{
    bool is_placed = a->source != NULL && b->source != NULL;
    return !is_due(state, due, b->source) && slice_equal(a->message, b->message) &&
           a->range.start == b->range.start && a->range.end == b->range.end &&
           (is_placed ? strcmp(a->source->path, b->source->path) == 0 : a->source == b->source);
}

static bool is_same_finding(const struct project_state *state, const bool *due,
                            const struct diagnostic *a, const struct diagnostic *b)
{
    const struct note *one = a->notes, *other = b->notes;
    while (one != NULL && other != NULL && is_same_note(state, due, one, other)) {
        one = one->next;
        other = other->next;
    }
    return one == NULL && other == NULL && a->code == b->code && a->severity == b->severity &&
           a->range.start == b->range.start && a->range.end == b->range.end &&
           !is_due(state, due, b->source) && strcmp(a->source->path, b->source->path) == 0 &&
           slice_equal(a->message, b->message) && slice_equal(a->suggestion, b->suggestion);
}

/* True when nothing has changed: the copies of before are good. */
static bool are_same(const struct project_state *state, const bool *due,
                     const struct diagnostics *before, const struct diagnostics *now)
{
    const struct diagnostic *a = before->first, *b = now->first;
    while (a != NULL && b != NULL && is_same_finding(state, due, a, b)) {
        a = a->next;
        b = b->next;
    }
    return a == NULL && b == NULL;
}

/* What the rules between templates have found out now, in place of before. */
static void keep_between(struct project_state *state, const struct run *run, const bool *due)
{
    for (size_t i = 0; i < state->results->template_count; i++) {
        struct checked_file *file = &state->results->files[i];
        if (are_same(state, due, &file->between, &run->summaries[i].between)) {
            continue;
        }
        note_findings(state, &file->between);
        file->between = diagnostics_new(&state->results->arena);
        diagnostics_copy(&file->between, &run->summaries[i].between);
        note_findings(state, &file->between);
    }
}

/* Checks the templates that `due` says, with what is known of the others. */
static void check_templates(struct project_state *state, const struct project_work *work,
                            const bool *due)
{
    struct results *results = state->results;
    struct run run = {.arena = work->arena,
                      .compiler = state->shared->compiler,
                      .drafts = work->given->drafts,
                      .draft_count = work->given->draft_count,
                      .output = RUN_CHECK_ONLY,
                      .keeps_findings = true,
                      .jobs = 1,
                      .findings = findings_new(work->arena, -1)};
    run.findings.policy = state->shared->findings.policy;
    run.earlier = arena_alloc_array(work->arena, results->template_count + 1, sizeof *run.earlier);
    run.inputs.paths = arena_alloc_array(work->arena, results->template_count + 1, sizeof(char *));
    run.inputs.count = results->template_count;
    for (size_t i = 0; i < results->template_count; i++) {
        run.inputs.paths[i] = results->files[i].path;
        run.earlier[i] = due[i] ? NULL : &results->files[i].summary;
    }
    run_compile(&run);
    if (run.findings.out_of_memory) {
        arena_fail(work->arena);
    }
    bool names_changed = false;
    for (size_t i = 0; i < results->template_count; i++) {
        struct checked_file *file = &results->files[i];
        if (due[i]) {
            names_changed = names_changed || !slice_equal(file->summary.id, run.summaries[i].id);
            note_findings(state, &file->summary.diagnostics);
            file->summary = summary_copy(&results->arena, &run.summaries[i]);
            file->is_stale = false;
            file->is_known = true;
            note_findings(state, &file->summary.diagnostics);
            note_change(state, file->path);
        }
    }
    for (size_t i = 0; names_changed && i < results->template_count; i++) {
        results->files[i].is_stale |= !due[i] && results->files[i].summary.calls_dialogs;
    }
    keep_between(state, &run, due);
    state->between_is_stale = false;
}

static void check_conversations(struct project_state *state, const struct project_work *work,
                                struct checked_file *file)
{
    struct arena *arena = &state->results->arena;
    struct diagnostics found = diagnostics_new(work->arena);
    struct slice bytes;
    struct findings ignored = findings_new(work->arena, -1);
    if (given_find(work->given, file->path, &bytes) ||
        input_read(work->arena, &ignored, file->path, YAML_BYTES_LIMIT, &bytes)) {
        const struct compiler *compiler = state->shared->compiler;
        const struct node *root = compiler_check_conversations(compiler, file->path, bytes, &found);
        if (root != NULL) {
            conversation_check_records(work->arena, compiler->project->catalog, root, &found);
        }
        diagnostics_sort(&found);
    }
    file->summary.diagnostics = diagnostics_new(arena);
    diagnostics_copy(&file->summary.diagnostics, &found);
    file->is_stale = false;
    note_change(state, file->path);
}

void project_state_list(struct project_state *state, const struct project_work *work)
{
    prepare(state, work);
}

void project_state_check(struct project_state *state, const struct project_work *work,
                         const char *path)
{
    prepare(state, work);
    struct results *results = state->results;
    struct checked_file *file = find_file(state, path);
    if (file == NULL || !file->is_stale) {
        return;
    }
    if (file->is_conversation) {
        check_conversations(state, work, file);
        return;
    }
    /* What a template is told depends on the names of all others: these must be known. */
    bool *due = arena_alloc(work->arena, results->template_count);
    for (size_t i = 0; i < results->template_count; i++) {
        due[i] = !results->files[i].is_known || &results->files[i] == file;
    }
    check_templates(state, work, due);
}

bool project_state_has_work(const struct project_state *state)
{
    bool has_work = state->shared_is_stale || state->files_are_stale || state->between_is_stale ||
                    has_grown(state, 1);
    for (size_t i = 0; !has_work && i < state->results->count; i++) {
        has_work = state->results->files[i].is_stale;
    }
    return has_work;
}

void project_state_step(struct project_state *state, const struct project_work *work)
{
    prepare(state, work);
    if (has_grown(state, 1)) {
        struct file_list templates = {0}, conversations = {0};
        list_same(state, work->arena, &templates, &conversations);
        renew_results(state, work, &templates, &conversations);
    }
    struct results *results = state->results;
    results->arena.recovery = work->arena->recovery;
    bool *due = arena_alloc(work->arena, results->count + 1);
    size_t due_count = 0;
    for (size_t i = 0; i < results->count && due_count < STEP_TEMPLATES; i++) {
        struct checked_file *file = &results->files[i];
        if (file->is_stale && file->is_conversation) {
            check_conversations(state, work, file);
            due_count++;
        } else if (file->is_stale) {
            due[i] = true;
            due_count++;
        }
    }
    if (due_count > 0 || state->between_is_stale) {
        check_templates(state, work, due);
    }
}

/* ---- what is known ---- */

/* Findings in a file that templates share are there once, though several templates bring them. */
static bool is_repeated(struct map *seen, const struct diagnostic *d)
{
    struct slice key = arena_printf(seen->arena, "%u %u %d %.*s", d->range.start, d->range.end,
                                    (int)d->code, SLICE_ARG(d->message));
    return map_add(seen, key, seen) != NULL;
}

static void add_findings(struct diagnostics *to, struct map *seen, const struct diagnostics *from,
                         const char *path)
{
    for (const struct diagnostic *d = from->first; d != NULL; d = d->next) {
        if (strcmp(d->source->path, path) == 0 && !is_repeated(seen, d)) {
            struct diagnostic alone = *d;
            struct diagnostics one = {.first = &alone, .last = &alone};
            alone.next = NULL;
            diagnostics_copy(to, &one);
        }
    }
}

void project_state_findings(const struct project_state *state, const char *path,
                            struct findings *findings)
{
    const struct results *results = state->results;
    struct map seen = map_new(findings->arena);
    if (state->shared != NULL) {
        add_findings(&findings->diagnostics, &seen, &state->shared->findings.diagnostics, path);
    }
    for (size_t i = 0; results != NULL && i < results->count; i++) {
        add_findings(&findings->diagnostics, &seen, &results->files[i].summary.diagnostics, path);
        add_findings(&findings->diagnostics, &seen, &results->files[i].between, path);
    }
    diagnostics_sort(&findings->diagnostics);
    findings_conceal(findings);
}

void project_state_files(const struct project_state *state, struct arena *arena,
                         struct file_list *files)
{
    const struct shared_files *shared = state->shared != NULL ? &state->shared->files : NULL;
    if (shared != NULL && shared->project_path != NULL) {
        file_list_add(arena, files, shared->project_path);
    }
    for (size_t i = 0; shared != NULL && i < shared->count; i++) {
        file_list_add(arena, files, shared->items[i].path);
    }
    for (size_t i = 0; state->results != NULL && i < state->results->count; i++) {
        file_list_add(arena, files, state->results->files[i].path);
    }
}

bool project_state_has(const struct project_state *state, const char *path)
{
    return find_file(state, path) != NULL ||
           (state->shared != NULL && is_shared(&state->shared->files, path));
}

bool project_state_wants(const struct project_state *state, const char *path,
                         enum content_kind kind)
{
    enum input_kind shared;
    return shared_input_kind(kind, &shared) && file_inside(state->folder, path) != path;
}

const struct compiler *project_state_compiler(const struct project_state *state)
{
    return state->shared != NULL ? state->shared->compiler : NULL;
}

const struct findings *project_state_shared_findings(const struct project_state *state)
{
    return state->shared != NULL ? &state->shared->findings : NULL;
}

const struct summary *project_state_template(const struct project_state *state, size_t index)
{
    const struct results *results = state->results;
    return results != NULL && index < results->template_count ? &results->files[index].summary
                                                              : NULL;
}
