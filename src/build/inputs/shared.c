#include "build/inputs/shared.h"

#include "build/inputs/named.h"
#include "document/yaml/reader.h"

/* ---- what may be read ---- */

static bool is_in_any(struct arena *arena, const struct file_list *folders, const char *path)
{
    bool found = folders == NULL;
    for (size_t i = 0; !found && i < folders->count; i++) {
        const char *reason;
        found = file_is_inside(arena, folders->paths[i], path, &reason);
    }
    return found;
}

bool shared_may_read(const struct shared_request *request, const char *path)
{
    bool allowed = is_in_any(request->arena, request->inside_of, path);
    if (!allowed) {
        findings_remark(request->findings, "%s is outside of the workspace and is not read", path);
    }
    return allowed;
}

/* The bytes of a file, given or on the disk; false, with findings, when there are none. */
static bool read_bytes(const struct shared_request *request, const char *path, struct slice *bytes)
{
    if (request->given != NULL && given_find(request->given, path, bytes)) {
        return true;
    }
    return shared_may_read(request, path) &&
           input_read(request->arena, request->findings, path, YAML_BYTES_LIMIT, bytes);
}

/* ---- listing ---- */

/* One kind of shared input: how it is found and loaded. */
struct shared_kind {
    enum input_kind kind;
    const char *folder; /* where it is looked for when the project does not say */
    enum file_kind files;
    bool (*load)(struct compiler *compiler, const char *path, struct slice bytes,
                 struct diagnostics *diagnostics);
};

static const struct shared_kind profiles = {INPUT_PROFILE, "auth", FILE_YAML,
                                            compiler_load_profile};
static const struct shared_kind sobjects = {INPUT_SOBJECT, "sobjects", FILE_YAML_OR_JSON,
                                            compiler_load_sobject};
static const struct shared_kind fragments = {INPUT_FRAGMENT, "fragments", FILE_YAML,
                                             compiler_load_fragment};

/* What is being listed. */
struct listing {
    const struct shared_request *request;
    const struct project *project;
    struct shared_files *files;
};

static void add_file(struct arena *arena, struct shared_files *files, struct findings *findings,
                     enum input_kind kind, const char *path, size_t others)
{
    for (size_t i = 0; i < others; i++) {
        const char *reason;
        if (file_is_same(files->items[i].path, path, &reason)) {
            return;
        }
        if (reason != NULL) {
            findings_fail(findings, "cannot access %s or %s: %s", files->items[i].path, path,
                          reason);
        }
    }
    files->items = arena_append(arena, files->items, files->count, sizeof *files->items);
    files->items[files->count++] = (struct shared_file){kind, path};
}

/* A file, or every file of a folder; each once. */
static void list_path(struct listing *l, const struct shared_kind *kind, const char *path)
{
    const struct shared_request *request = l->request;
    struct file_list found = {0};
    const char *reason;
    if (!shared_may_read(request, path)) {
        return;
    }
    if (!input_is_folder(request->findings, path)) {
        file_list_add(request->arena, &found, path);
    } else if (!file_find(request->arena, path, kind->files, &found, &reason)) {
        findings_fail(request->findings, "cannot read %s: %s", path, reason);
    }
    size_t others = l->files->count;
    for (size_t i = 0; i < found.count; i++) {
        add_file(request->arena, l->files, request->findings, kind->kind, found.paths[i], others);
    }
}

static const char *in_project(const struct listing *l, struct slice path)
{
    return file_join(l->request->arena, l->request->folder, path);
}

/* What the project names, or the usual folder of the kind where there is one. */
static void list_kind(struct listing *l, const struct shared_kind *kind, const struct node *named)
{
    const char *usual = in_project(l, slice_of(kind->folder));
    for (size_t i = 0; i < node_length(named); i++) {
        const char *path = in_project(l, named->items[i]->text);
        const struct shared_request *request = l->request;
        bool is_given = request->given != NULL;
        if (is_given || named_exists(request->arena, request->findings, named->items[i], path)) {
            list_path(l, kind, path);
        } else {
            l->files->lacks[kind->kind] = true;
        }
    }
    if (named == NULL && input_is_folder(l->request->findings, usual)) {
        list_path(l, kind, usual);
    }
}

/* Fragments that lie beside a template, or in a folder of them. */
static void list_fragments_beside(struct listing *l, const char *path)
{
    struct arena *arena = l->request->arena;
    struct findings *findings = l->request->findings;
    const char *folder = input_is_folder(findings, path) ? path : file_folder(arena, path);
    const char *beside = file_join(arena, folder, SLICE("fragments"));
    if (input_is_folder(findings, beside)) {
        list_path(l, &fragments, beside);
    }
}

static void list_fragments(struct listing *l)
{
    const struct node *templates = l->project->templates;
    const struct file_list *paths = l->request->paths;
    list_kind(l, &fragments, l->project->fragments);
    for (size_t i = 0; i < paths->count; i++) {
        list_fragments_beside(l, paths->paths[i]);
    }
    for (size_t i = 0; i < node_length(templates); i++) {
        list_fragments_beside(l, in_project(l, templates->items[i]->text));
    }
    if (templates == NULL) {
        list_fragments_beside(l, in_project(l, SLICE("templates")));
    }
}

void shared_list(const struct shared_request *request, const struct project *project,
                 struct shared_files *files)
{
    struct listing listing = {request, project, files};
    list_kind(&listing, &profiles, project->auth);
    for (size_t i = 0; i < request->profiles->count; i++) {
        list_path(&listing, &profiles, request->profiles->paths[i]);
    }
    list_kind(&listing, &sobjects, project->sobjects);
    list_fragments(&listing);
}

void shared_add(struct arena *arena, struct shared_files *files, struct findings *findings,
                enum input_kind kind, const char *path)
{
    add_file(arena, files, findings, kind, path, files->count);
}

/* ---- loading ---- */

static const struct shared_kind *kind_of(enum input_kind kind)
{
    return kind == INPUT_PROFILE ? &profiles : kind == INPUT_SOBJECT ? &sobjects : &fragments;
}

void shared_load(const struct shared_request *request, struct compiler *compiler,
                 const struct shared_files *files)
{
    for (enum input_kind kind = 0; kind <= INPUT_FRAGMENT; kind++) {
        if (files->lacks[kind]) {
            compiler_note_missing(compiler, kind);
        }
    }
    for (size_t i = 0; i < files->count; i++) {
        const struct shared_file *file = &files->items[i];
        struct slice bytes;
        struct diagnostics own = diagnostics_new(request->arena);
        if (read_bytes(request, file->path, &bytes)) {
            kind_of(file->kind)->load(compiler, file->path, bytes, &own);
            diagnostics_sort(&own);
            diagnostics_append(&request->findings->diagnostics, &own);
        }
    }
}

/* ---- the project ---- */

/* The folder above one: "a/b" to "a", "a" to ".", and from there on "..", "../.."… */
static const char *folder_above(struct arena *arena, const char *folder)
{
    if (strcmp(folder, ".") == 0) {
        return "..";
    }
    bool climbs = strcmp(file_name(folder), "..") == 0;
    return climbs ? arena_printf(arena, "%s/..", folder).data : file_folder(arena, folder);
}

const char *shared_folder_around(struct arena *arena, struct findings *findings, const char *path,
                                 const struct file_list *inside_of)
{
    const char *reason = NULL;
    const char *folder = file_folder(arena, path);
    while (is_in_any(arena, inside_of, folder)) {
        if (input_exists(findings, file_join(arena, folder, SLICE(PROJECT_FILE)))) {
            return folder;
        }
        const char *above = folder_above(arena, folder);
        if (file_is_same(above, folder, &reason) || reason != NULL) {
            break; /* the root */
        }
        folder = above;
    }
    return NULL;
}

/* What the project says of warnings, in addition to what is known. */
static void apply_project_policy(struct findings *findings, const struct project *project)
{
    const struct node *errors = node_get(project->checks, "error");
    const struct node *ignored = node_get(project->checks, "ignore");
    if (findings->max_warnings < 0) {
        findings->max_warnings = node_integer(node_get(project->checks, "maxWarnings"), -1);
    }
    for (size_t i = 0; i < CODE_COUNT; i++) {
        struct slice name = slice_of(code_info((enum code)i)->name);
        for (size_t j = 0; errors != NULL && j < errors->count; j++) {
            findings->policy.is_error[i] |= slice_equal(errors->items[j]->text, name);
        }
        for (size_t j = 0; ignored != NULL && j < ignored->count; j++) {
            findings->policy.is_ignored[i] |= slice_equal(ignored->items[j]->text, name);
        }
    }
}

bool shared_open_project(const struct shared_request *request, struct compiler *compiler,
                         struct shared_files *files)
{
    struct findings *findings = request->findings;
    const char *path = file_join(request->arena, request->folder, SLICE(PROJECT_FILE));
    bool exists = input_exists(findings, path);
    *files = (struct shared_files){0};
    if (findings_failed(findings)) {
        return false;
    }
    if (exists) {
        struct diagnostics own = diagnostics_new(request->arena);
        bool loaded = read_bytes(request, path, &files->project) &&
                      compiler_load_project(compiler, path, files->project, &own);
        diagnostics_sort(&own);
        diagnostics_append(&findings->diagnostics, &own);
        if (!loaded) {
            return false;
        }
        files->project_path = path;
    }
    apply_project_policy(findings, compiler->project);
    return true;
}
