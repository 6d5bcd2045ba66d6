/* The project that a command line is about. */
#include "cli/cli.h"

/* The nearest folder with a project file around a path that there is; NULL when there is none. */
static const char *find_around(struct arena *arena, struct findings *findings, const char *path)
{
    bool is_there = strcmp(path, "-") != 0 && input_exists(findings, path);
    return is_there ? shared_folder_around(arena, findings, path, NULL) : NULL;
}

const char *cli_find_project(struct arena *arena, const struct options *options,
                             struct findings *findings)
{
    if (options->directory != NULL) {
        return options->directory;
    }
    if (input_exists(findings, PROJECT_FILE)) {
        return ".";
    }
    for (size_t i = 0; i < options->operands.count; i++) {
        const char *path = options->operands.paths[i];
        if (input_is_folder(findings, path) &&
            input_exists(findings, file_join(arena, path, SLICE(PROJECT_FILE)))) {
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

static struct shared_request request_of(struct arena *arena, const struct options *options,
                                        struct findings *findings, const char *folder)
{
    return (struct shared_request){.arena = arena,
                                   .findings = findings,
                                   .folder = folder,
                                   .paths = &options->operands,
                                   .profiles = &options->auth};
}

/* The project becomes what it is in the environment that the options name. */
static bool use_environment(struct arena *arena, const struct options *options,
                            struct compiler *compiler)
{
    const struct project *changed =
        project_in_environment(arena, compiler->project, slice_of(options->online.environment));
    compiler->project = changed != NULL ? changed : compiler->project;
    return changed != NULL;
}

/* "the project has no environment `tset`; did you mean `test`?" */
static const char *environment_failure(struct arena *arena, const struct options *options,
                                       const struct compiler *compiler)
{
    const struct node *known = compiler->project->environments;
    struct suggestion meant = suggestion_new(slice_of(options->online.environment));
    for (size_t i = 0; known != NULL && i < known->count; i++) {
        suggestion_offer(&meant, known->members[i].key->text);
    }
    if (meant.best.length > 0) {
        return arena_printf(arena, "the project has no environment `%s`; did you mean `%.*s`?",
                            options->online.environment, SLICE_ARG(meant.best))
            .data;
    }
    return arena_printf(arena,
                        "the project has no environment `%s`; " PROJECT_FILE
                        " defines them under `environments`",
                        options->online.environment)
        .data;
}

const char *cli_open_project(struct arena *arena, const struct options *options,
                             struct compiler *compiler, struct findings *findings,
                             struct shared_files *files)
{
    const char *folder = cli_find_project(arena, options, findings);
    *files = (struct shared_files){0};
    if (findings_failed(findings)) {
        return NULL;
    }
    if (options->directory != NULL && !input_is_folder(findings, folder)) {
        if (!findings_failed(findings)) {
            findings_fail(findings, "no such folder: %s", folder);
        }
        return NULL;
    }
    findings->policy = options->policy;
    findings->max_warnings = options->max_warnings;
    struct shared_request request = request_of(arena, options, findings, folder);
    if (!shared_open_project(&request, compiler, files)) {
        return NULL;
    }
    if (options->online.environment != NULL && !use_environment(arena, options, compiler)) {
        findings_fail(findings, "%s", environment_failure(arena, options, compiler));
        return NULL;
    }
    shared_list(&request, compiler->project, files);
    return folder;
}

void cli_load_shared(struct arena *arena, const struct options *options, struct compiler *compiler,
                     struct findings *findings, const struct shared_files *files)
{
    struct shared_request request = request_of(arena, options, findings, ".");
    shared_load(&request, compiler, files);
}

const char *cli_load_project(struct arena *arena, const struct options *options,
                             struct compiler *compiler, struct findings *findings)
{
    struct shared_files files;
    const char *folder = cli_open_project(arena, options, compiler, findings, &files);
    if (folder != NULL) {
        cli_load_shared(arena, options, compiler, findings, &files);
    }
    return folder;
}
