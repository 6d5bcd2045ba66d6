/*
 * Finding and loading what templates share: the project file, auth profiles, descriptions of
 * objects, fragments.
 */
#include "cli/cli.h"
#include "document/yaml/reader.h"

const char *cli_join(struct arena *arena, const char *folder, struct slice path)
{
    if (strcmp(folder, ".") == 0 || (path.length > 0 && path.data[0] == '/')) {
        return arena_copy(arena, path);
    }
    return arena_printf(arena, "%s/%.*s", folder, SLICE_ARG(path)).data;
}

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
    struct arena *arena;
    const struct options *options;
    const struct project *project;
    const char *folder; /* of the project */
    struct shared_files *files;
    struct findings *findings;
};

static void add_file(struct listing *l, const struct shared_kind *kind, const char *path,
                     size_t others)
{
    struct shared_files *files = l->files;
    for (size_t i = 0; i < others; i++) {
        const char *reason;
        if (file_is_same(files->items[i].path, path, &reason)) {
            return;
        }
        if (reason != NULL) {
            findings_fail(l->findings, "cannot access %s or %s: %s", files->items[i].path, path,
                          reason);
        }
    }
    files->items = arena_append(l->arena, files->items, files->count, sizeof *files->items);
    files->items[files->count++] = (struct shared_file){kind->kind, path};
}

/* A file, or every file of a folder; each once. */
static void list_path(struct listing *l, const struct shared_kind *kind, const char *path)
{
    struct file_list found = {0};
    const char *reason;
    if (!cli_is_folder(l->findings, path)) {
        file_list_add(l->arena, &found, path);
    } else if (!file_find(l->arena, path, kind->files, &found, &reason)) {
        findings_fail(l->findings, "cannot read %s: %s", path, reason);
    }
    size_t others = l->files->count;
    for (size_t i = 0; i < found.count; i++) {
        add_file(l, kind, found.paths[i], others);
    }
}

/* What the project names, or the usual folder of the kind where there is one. */
static void list_kind(struct listing *l, const struct shared_kind *kind, const struct node *named)
{
    const char *usual = cli_join(l->arena, l->folder, slice_of(kind->folder));
    for (size_t i = 0; named != NULL && i < named->count; i++) {
        list_path(l, kind, cli_join(l->arena, l->folder, named->items[i]->text));
    }
    if (named == NULL && cli_is_folder(l->findings, usual)) {
        list_path(l, kind, usual);
    }
}

/* Fragments that lie beside a template, or in a folder of them. */
static void list_fragments_beside(struct listing *l, const char *path)
{
    const char *folder = cli_is_folder(l->findings, path) ? path : file_folder(l->arena, path);
    const char *beside = cli_join(l->arena, folder, SLICE("fragments"));
    if (cli_is_folder(l->findings, beside)) {
        list_path(l, &fragments, beside);
    }
}

static void list_fragments(struct listing *l)
{
    const struct node *templates = l->project->templates;
    list_kind(l, &fragments, l->project->fragments);
    for (size_t i = 0; i < l->options->operands.count; i++) {
        list_fragments_beside(l, l->options->operands.paths[i]);
    }
    for (size_t i = 0; templates != NULL && i < templates->count; i++) {
        list_fragments_beside(l, cli_join(l->arena, l->folder, templates->items[i]->text));
    }
    if (templates == NULL) {
        list_fragments_beside(l, cli_join(l->arena, l->folder, SLICE("templates")));
    }
}

static const struct shared_kind *kind_of(enum input_kind kind)
{
    return kind == INPUT_PROFILE ? &profiles : kind == INPUT_SOBJECT ? &sobjects : &fragments;
}

void cli_add_shared(struct arena *arena, struct shared_files *files, struct findings *findings,
                    enum input_kind kind, const char *path)
{
    struct listing listing = {.arena = arena, .files = files, .findings = findings};
    add_file(&listing, kind_of(kind), path, files->count);
}

void cli_load_shared(struct arena *arena, struct compiler *compiler, struct findings *findings,
                     const struct shared_files *files)
{
    for (size_t i = 0; i < files->count; i++) {
        const struct shared_file *file = &files->items[i];
        struct slice bytes;
        struct diagnostics own = diagnostics_new(arena);
        if (cli_read_file(arena, findings, file->path, YAML_BYTES_LIMIT, &bytes)) {
            kind_of(file->kind)->load(compiler, file->path, bytes, &own);
            diagnostics_sort(&own);
            diagnostics_append(&findings->diagnostics, &own);
        }
    }
}

/* The folder above one: "a/b" to "a", "a" to ".", and from there on "..", "../.."… */
static const char *folder_above(struct arena *arena, const char *folder)
{
    if (strcmp(folder, ".") == 0) {
        return "..";
    }
    bool climbs = strcmp(file_name(folder), "..") == 0;
    return climbs ? arena_printf(arena, "%s/..", folder).data : file_folder(arena, folder);
}

/* The nearest folder with a project file that a path is in; NULL when there is none. */
static const char *find_around(struct arena *arena, struct findings *findings, const char *path)
{
    const char *reason = NULL;
    if (strcmp(path, "-") == 0 || !cli_exists(findings, path)) {
        return NULL;
    }
    const char *folder = file_folder(arena, path);
    while (!cli_exists(findings, cli_join(arena, folder, SLICE(PROJECT_FILE)))) {
        const char *above = folder_above(arena, folder);
        if (file_is_same(above, folder, &reason) || reason != NULL) {
            return NULL; /* the root */
        }
        folder = above;
    }
    return folder;
}

/*
 * The project's folder: -C, else the current folder when it has a project file, else the first
 * operand that is a folder with one, else the nearest folder with one around an operand.
 */
static const char *find_folder(struct arena *arena, const struct options *options,
                               struct findings *findings)
{
    if (options->directory != NULL) {
        return options->directory;
    }
    if (cli_exists(findings, PROJECT_FILE)) {
        return ".";
    }
    for (size_t i = 0; i < options->operands.count; i++) {
        const char *path = options->operands.paths[i];
        if (cli_is_folder(findings, path) &&
            cli_exists(findings, cli_join(arena, path, SLICE(PROJECT_FILE)))) {
            return path;
        }
    }
    for (size_t i = 0; i < options->operands.count && !findings_failed(findings); i++) {
        const char *around = find_around(arena, findings, options->operands.paths[i]);
        if (around != NULL) {
            return around;
        }
    }
    return ".";
}

/* What the project says of warnings, in addition to the command line. */
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

const char *cli_open_project(struct arena *arena, const struct options *options,
                             struct compiler *compiler, struct findings *findings,
                             struct shared_files *files)
{
    const char *folder = find_folder(arena, options, findings);
    const char *file = cli_join(arena, folder, SLICE(PROJECT_FILE));
    *files = (struct shared_files){0};
    if (findings_failed(findings)) {
        return NULL;
    }
    if (options->directory != NULL && !cli_is_folder(findings, folder)) {
        if (!findings_failed(findings)) {
            findings_fail(findings, "no such folder: %s", folder);
        }
        return NULL;
    }
    bool has_file = cli_exists(findings, file);
    if (findings_failed(findings)) {
        return NULL;
    }
    if (has_file) {
        struct diagnostics own = diagnostics_new(arena);
        bool loaded = cli_read_file(arena, findings, file, YAML_BYTES_LIMIT, &files->project) &&
                      compiler_load_project(compiler, file, files->project, &own);
        diagnostics_sort(&own);
        diagnostics_append(&findings->diagnostics, &own);
        if (!loaded) {
            return NULL;
        }
        files->project_path = file;
    }
    const struct project *project = compiler->project;
    findings->policy = options->policy;
    findings->max_warnings = options->max_warnings;
    apply_project_policy(findings, project);
    struct listing listing = {arena, options, project, folder, files, findings};
    list_kind(&listing, &profiles, project->auth);
    for (size_t i = 0; i < options->auth.count; i++) {
        list_path(&listing, &profiles, options->auth.paths[i]);
    }
    list_kind(&listing, &sobjects, project->sobjects);
    list_fragments(&listing);
    return folder;
}

const char *cli_load_project(struct arena *arena, const struct options *options,
                             struct compiler *compiler, struct findings *findings)
{
    struct shared_files files;
    const char *folder = cli_open_project(arena, options, compiler, findings, &files);
    if (folder != NULL) {
        cli_load_shared(arena, compiler, findings, &files);
    }
    return folder;
}
