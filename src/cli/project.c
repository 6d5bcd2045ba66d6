/* Finding and loading what templates share: the project file and the auth profiles. */
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

/* Reads a shared input; false when there is nothing to go on with. */
static bool read_shared(struct arena *arena, struct run *run, const char *path, struct slice *bytes)
{
    file_list_add(arena, &run->looked_at, path);
    const char *reason;
    struct range nowhere = {0, 0};
    switch (file_read(arena, path, YAML_BYTES_LIMIT, bytes, &reason)) {
    case FILE_OK:
        return true;
    case FILE_DIRECTORY:
        diag_report(&run->diagnostics, E0001, source_new(arena, path, SLICE("")), nowhere,
                    "this is a folder, not a file");
        return false;
    case FILE_TOO_LARGE:
        diag_report(&run->diagnostics, E0002, source_new(arena, path, SLICE("")), nowhere,
                    "the file is larger than %zu bytes", YAML_BYTES_LIMIT);
        return false;
    default:
        run_fail(run, arena_printf(arena, "cannot read %s: %s", path, reason));
        return false;
    }
}

/* A profile file, or every profile of a folder. */
static void load_profiles(struct arena *arena, struct run *run, const char *path)
{
    struct file_list files = {0};
    const char *reason;
    if (!file_is_directory(path)) {
        file_list_add(arena, &files, path);
    } else if (!file_find_yaml(arena, path, &files, &reason)) {
        run_fail(run, arena_printf(arena, "cannot read %s: %s", path, reason));
    }
    for (size_t i = 0; i < files.count; i++) {
        struct slice bytes;
        struct diagnostics own = diagnostics_new(arena);
        if (read_shared(arena, run, files.paths[i], &bytes)) {
            compiler_load_profile(run->compiler, files.paths[i], bytes, &own);
            diagnostics_sort(&own);
            diagnostics_append(&run->diagnostics, &own);
        }
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
        bool loaded = read_shared(arena, run, file, &bytes) &&
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
    for (size_t i = 0; project->auth != NULL && i < project->auth->count; i++) {
        load_profiles(arena, run, join(arena, folder, project->auth->items[i]->text));
    }
    const char *usual = join(arena, folder, SLICE("auth"));
    if (project->auth == NULL && file_is_directory(usual)) {
        load_profiles(arena, run, usual);
    }
    for (size_t i = 0; i < options->auth.count; i++) {
        load_profiles(arena, run, options->auth.paths[i]);
    }
    return folder;
}
