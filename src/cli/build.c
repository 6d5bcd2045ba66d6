/* dialogc build and dialogc check. */
#include "cli/cli.h"

#include <stdint.h>
#include <stdio.h>
#include <unistd.h>

/* True when one of the folders of `path` has this name. */
static bool is_below(struct arena *arena, struct slice path, const char *folder)
{
    struct slice first = arena_printf(arena, "%s/", folder);
    struct slice later = arena_printf(arena, "/%s/", folder);
    return slice_starts_with(path, first.data) || slice_find(path, later.data, 0) != SIZE_MAX;
}

/*
 * True unless it is below a folder of other inputs, a project file, or holds conversations; what is
 * above the `folder` that is searched does not count.
 */
static bool is_template(struct arena *arena, const char *path, const char *folder)
{
    size_t length = strlen(folder);
    bool named = strncmp(path, folder, length) == 0 && path[length] == '/';
    struct slice rest = slice_of(named ? path + length + 1 : path);
    const char *slash = strrchr(path, '/');
    const char *name = slash != NULL ? slash + 1 : path;
    return !is_below(arena, rest, "auth") && !is_below(arena, rest, "fragments") &&
           !is_below(arena, rest, "sobjects") && strcmp(name, PROJECT_FILE) != 0 &&
           !cli_is_conversation(path);
}

/* Without a trailing slash, so that paths in messages are the same for `dir` and `dir/`. */
static const char *without_slash(struct arena *arena, const char *path)
{
    size_t length = strlen(path);
    while (length > 1 && path[length - 1] == '/') {
        length--;
    }
    return arena_copy(arena, (struct slice){path, length});
}

void cli_add_inputs(struct arena *arena, struct run *run, const char *path)
{
    if (cli_is_conversation(path)) {
        return; /* `*.yaml` means the templates, and these lie beside them */
    }
    if (strcmp(path, "-") == 0 || !file_is_directory(path)) {
        file_list_add(arena, &run->inputs, path);
        return;
    }
    struct file_list found = {0};
    const char *reason;
    const char *folder = without_slash(arena, path);
    if (!file_find(arena, folder, FILE_YAML, &found, &reason)) {
        run_fail(run, arena_printf(arena, "cannot read %s: %s", path, reason));
        return;
    }
    for (size_t i = 0; i < found.count; i++) {
        if (is_template(arena, found.paths[i], folder)) {
            file_list_add(arena, &run->inputs, found.paths[i]);
        }
    }
}

static struct slice in_folder(struct arena *arena, const char *folder, struct slice path)
{
    if (strcmp(folder, ".") == 0 || (path.length > 0 && path.data[0] == '/')) {
        return arena_slice(arena, path);
    }
    return arena_printf(arena, "%s/%.*s", folder, SLICE_ARG(path));
}

bool cli_add_project_inputs(struct arena *arena, const struct options *options, struct run *run,
                            const char *folder)
{
    const struct project *project = run->compiler->project;
    if (project->root == NULL && options->directory == NULL) {
        cli_message("`dialogc %s` needs files or folders, or a project (%s)", options->command,
                    PROJECT_FILE);
        return false;
    }
    if (project->templates == NULL) {
        cli_add_inputs(arena, run, in_folder(arena, folder, SLICE("templates")).data);
    }
    for (size_t i = 0; project->templates != NULL && i < project->templates->count; i++) {
        cli_add_inputs(arena, run,
                       in_folder(arena, folder, project->templates->items[i]->text).data);
    }
    return true;
}

/* The operands, or without any the project's templates. */
static bool collect_inputs(struct arena *arena, const struct options *options, struct run *run,
                           const char *folder)
{
    for (size_t i = 0; i < options->operands.count; i++) {
        cli_add_inputs(arena, run, options->operands.paths[i]);
    }
    return options->operands.count > 0 || cli_add_project_inputs(arena, options, run, folder);
}

static bool prepare_output(struct arena *arena, const struct options *options, struct run *run,
                           const char *folder)
{
    if (options->output != NULL && strcmp(options->output, "-") == 0) {
        run->output = RUN_KEEP_BYTES;
        return true;
    }
    const char *reason;
    run->output = RUN_WRITE_FILES;
    run->output_directory = options->output != NULL
                                ? without_slash(arena, options->output)
                                : in_folder(arena, folder, run->compiler->project->output).data;
    run->made_directory = !file_is_directory(run->output_directory);
    if (!file_make_directory(arena, run->output_directory, &reason)) {
        run_fail(run, arena_printf(arena, "cannot create the folder %s: %s", run->output_directory,
                                   reason));
        return false;
    }
    return true;
}

static int compile(struct arena *arena, struct options *options, bool writes)
{
    struct run run = {.arena = arena, .jobs = options->jobs};
    run.diagnostics = diagnostics_new(arena);
    run.compiler = compiler_new(arena);
    const char *folder = cli_load_project(arena, options, &run);
    if (folder != NULL) {
        if (!collect_inputs(arena, options, &run, folder)) {
            return STATUS_USAGE;
        }
        if (run.inputs.count == 0 && run.failure_count == 0) {
            cli_message("there are no templates (*.yaml, *.yml) in what was given");
            return STATUS_USAGE;
        }
        if (options->output != NULL && strcmp(options->output, "-") == 0 && run.inputs.count != 1) {
            cli_message("-o - takes one template, and there are %zu", run.inputs.count);
            return STATUS_USAGE;
        }
        if (!writes || prepare_output(arena, options, &run, folder)) {
            run_compile(&run);
        }
    }
    int status = cli_report(arena, options, &run, &run.looked_at);
    if (status != STATUS_OK && run.made_directory) {
        rmdir(run.output_directory); /* stays when there is something in it */
    }
    if (status == STATUS_OK && run.output == RUN_KEEP_BYTES && !cli_print(run.artifacts[0])) {
        return STATUS_SYSTEM;
    }
    if (status == STATUS_OK && run.output == RUN_WRITE_FILES && !options->quiet &&
        options->format == FORMAT_HUMAN) {
        fprintf(stderr, "%zu dialog%s in %s, %zu changed\n", run.inputs.count,
                plural(run.inputs.count), run.output_directory, run.written_count);
    }
    return status;
}

int command_build(struct arena *arena, struct options *options)
{
    return compile(arena, options, true);
}

int command_check(struct arena *arena, struct options *options)
{
    return compile(arena, options, false);
}
