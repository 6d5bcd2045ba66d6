/*
 * Finding and loading what templates share: the project file, auth profiles, descriptions of
 * objects, fragments.
 */
#include "cli/cli.h"
#include "yaml/reader.h"

/* `folder`/`path`, unless `path` is absolute or the folder is the current one. */
static const char *join(struct arena *arena, const char *folder, struct slice path)
{
    if (strcmp(folder, ".") == 0 || (path.length > 0 && path.data[0] == '/')) {
        return arena_copy(arena, path);
    }
    return arena_printf(arena, "%s/%.*s", folder, SLICE_ARG(path)).data;
}

static bool is_loaded(const struct run *run, const char *path)
{
    for (size_t i = 0; i < run->looked_at.count; i++) {
        if (file_is_same(run->looked_at.paths[i], path)) {
            return true;
        }
    }
    return false;
}

/* One kind of shared input: how it is found and loaded. */
struct shared_kind {
    const char *folder; /* where it is looked for when the project does not say */
    enum file_kind files;
    bool (*load)(struct compiler *compiler, const char *path, struct slice bytes,
                 struct diagnostics *diagnostics);
};

static const struct shared_kind profiles = {"auth", FILE_YAML, compiler_load_profile};
static const struct shared_kind sobjects = {"sobjects", FILE_YAML_OR_JSON, compiler_load_sobject};
static const struct shared_kind fragments = {"fragments", FILE_YAML, compiler_load_fragment};

/* A file, or every file of a folder; each once. */
static void load_shared(struct arena *arena, struct run *run, const struct shared_kind *kind,
                        const char *path)
{
    struct file_list files = {0};
    const char *reason;
    if (!file_is_directory(path)) {
        file_list_add(arena, &files, path);
    } else if (!file_find(arena, path, kind->files, &files, &reason)) {
        run_fail(run, arena_printf(arena, "cannot read %s: %s", path, reason));
    }
    for (size_t i = 0; i < files.count; i++) {
        struct slice bytes;
        struct diagnostics own = diagnostics_new(arena);
        if (!is_loaded(run, files.paths[i]) &&
            cli_read_file(arena, run, files.paths[i], YAML_BYTES_LIMIT, &bytes)) {
            kind->load(run->compiler, files.paths[i], bytes, &own);
            diagnostics_sort(&own);
            diagnostics_append(&run->diagnostics, &own);
        }
    }
}

/* What the project names, or the usual folder of the kind where there is one. */
static void load_kind(struct arena *arena, struct run *run, const struct shared_kind *kind,
                      const char *folder, const struct node *named)
{
    const char *usual = join(arena, folder, slice_of(kind->folder));
    for (size_t i = 0; named != NULL && i < named->count; i++) {
        load_shared(arena, run, kind, join(arena, folder, named->items[i]->text));
    }
    if (named == NULL && file_is_directory(usual)) {
        load_shared(arena, run, kind, usual);
    }
}

/* Fragments that lie beside a template, or in a folder of them. */
static void load_fragments_beside(struct arena *arena, struct run *run, const char *path)
{
    const char *slash = strrchr(path, '/');
    struct slice above = {path, slash != NULL ? (size_t)(slash - path) : 0};
    const char *folder = file_is_directory(path) ? path
                         : slash != NULL         ? arena_copy(arena, above)
                                                 : ".";
    const char *beside = join(arena, folder, SLICE("fragments"));
    if (file_is_directory(beside)) {
        load_shared(arena, run, &fragments, beside);
    }
}

static void load_fragments(struct arena *arena, struct run *run, const struct options *options,
                           const char *folder)
{
    const struct project *project = run->compiler->project;
    const struct node *templates = project->templates;
    load_kind(arena, run, &fragments, folder, project->fragments);
    for (size_t i = 0; i < options->operands.count; i++) {
        load_fragments_beside(arena, run, options->operands.paths[i]);
    }
    for (size_t i = 0; templates != NULL && i < templates->count; i++) {
        load_fragments_beside(arena, run, join(arena, folder, templates->items[i]->text));
    }
    if (templates == NULL) {
        load_fragments_beside(arena, run, join(arena, folder, SLICE("templates")));
    }
}

/*
 * The project's folder: -C, else the current folder when it has a project file, else the first
 * operand that is a folder with one.
 */
static const char *find_folder(struct arena *arena, const struct options *options)
{
    if (options->directory != NULL) {
        return options->directory;
    }
    if (file_exists(PROJECT_FILE)) {
        return ".";
    }
    for (size_t i = 0; i < options->operands.count; i++) {
        const char *path = options->operands.paths[i];
        if (file_is_directory(path) && file_exists(join(arena, path, SLICE(PROJECT_FILE)))) {
            return path;
        }
    }
    return ".";
}

/* What the project says of warnings, in addition to the command line. */
static void apply_project_policy(struct run *run, const struct project *project)
{
    const struct node *errors = node_get(project->checks, "error");
    const struct node *ignored = node_get(project->checks, "ignore");
    if (run->max_warnings < 0) {
        run->max_warnings = node_integer(node_get(project->checks, "maxWarnings"), -1);
    }
    for (size_t i = 0; i < CODE_COUNT; i++) {
        struct slice name = slice_of(code_info((enum code)i)->name);
        for (size_t j = 0; errors != NULL && j < errors->count; j++) {
            run->policy.is_error[i] |= slice_equal(errors->items[j]->text, name);
        }
        for (size_t j = 0; ignored != NULL && j < ignored->count; j++) {
            run->policy.is_ignored[i] |= slice_equal(ignored->items[j]->text, name);
        }
    }
}

const char *cli_load_project(struct arena *arena, const struct options *options, struct run *run)
{
    const char *folder = find_folder(arena, options);
    const char *file = join(arena, folder, SLICE(PROJECT_FILE));
    if (options->directory != NULL && !file_is_directory(folder)) {
        run_fail(run, arena_printf(arena, "there is no folder %s", folder));
        return NULL;
    }
    if (file_exists(file)) {
        struct slice bytes;
        struct diagnostics own = diagnostics_new(arena);
        bool loaded = cli_read_file(arena, run, file, YAML_BYTES_LIMIT, &bytes) &&
                      compiler_load_project(run->compiler, file, bytes, &own);
        diagnostics_sort(&own);
        diagnostics_append(&run->diagnostics, &own);
        if (!loaded) {
            return NULL;
        }
    }
    const struct project *project = run->compiler->project;
    run->policy = options->policy;
    run->max_warnings = options->max_warnings;
    apply_project_policy(run, project);
    load_kind(arena, run, &profiles, folder, project->auth);
    for (size_t i = 0; i < options->auth.count; i++) {
        load_shared(arena, run, &profiles, options->auth.paths[i]);
    }
    load_kind(arena, run, &sobjects, folder, project->sobjects);
    load_fragments(arena, run, options, folder);
    return folder;
}
