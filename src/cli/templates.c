/* Which templates a command is about, and compiling them for commands that need the artifacts. */
#include "cli/templates.h"

#include <stdint.h>

#include "document/json/reader.h"

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
    struct slice rest = slice_of(file_inside(folder, path));
    return !is_below(arena, rest, "auth") && !is_below(arena, rest, "fragments") &&
           !is_below(arena, rest, "sobjects") && strcmp(file_name(path), PROJECT_FILE) != 0 &&
           !cli_is_conversation(path);
}

const char *cli_without_slash(struct arena *arena, const char *path)
{
    size_t length = strlen(path);
    while (length > 1 && path[length - 1] == '/') {
        length--;
    }
    return arena_copy(arena, (struct slice){path, length});
}

void cli_add_inputs(struct arena *arena, struct file_list *inputs, struct findings *findings,
                    const char *path)
{
    if (cli_is_conversation(path)) {
        return; /* `*.yaml` means the templates, and these lie beside them */
    }
    if (strcmp(path, "-") == 0 || !cli_is_folder(findings, path)) {
        file_list_add(arena, inputs, path);
        return;
    }
    struct file_list found = {0};
    const char *reason;
    const char *folder = cli_without_slash(arena, path);
    if (!file_find(arena, folder, FILE_YAML, &found, &reason)) {
        findings_fail(findings, "cannot read %s: %s", path, reason);
        return;
    }
    for (size_t i = 0; i < found.count; i++) {
        if (is_template(arena, found.paths[i], folder)) {
            file_list_add(arena, inputs, found.paths[i]);
        }
    }
}

bool cli_add_project_inputs(struct arena *arena, const struct options *options,
                            const struct project *project, const char *folder,
                            struct file_list *inputs, struct findings *findings)
{
    if (project->root == NULL && options->directory == NULL) {
        cli_message("`dialogc %s` needs files, folders or a project (%s)", options->command->name,
                    PROJECT_FILE);
        return false;
    }
    if (project->templates == NULL) {
        cli_add_inputs(arena, inputs, findings, cli_join(arena, folder, SLICE("templates")));
    }
    for (size_t i = 0; project->templates != NULL && i < project->templates->count; i++) {
        cli_add_inputs(arena, inputs, findings,
                       cli_join(arena, folder, project->templates->items[i]->text));
    }
    return true;
}

/* The name of a template's file without its folder and extension. */
static struct slice stem_of(const char *path)
{
    struct slice name = slice_of(file_name(path));
    name.length -= slice_ends_with(name, ".yaml") ? 5 : slice_ends_with(name, ".yml") ? 4 : 0;
    return name;
}

/* Adds the template of the project that an operand names; false, after a message, without one. */
static bool add_named(struct arena *arena, struct file_list *inputs,
                      const struct file_list *templates, const char *name)
{
    struct suggestion meant = suggestion_new(slice_of(name));
    for (size_t i = 0; i < templates->count; i++) {
        struct slice stem = stem_of(templates->paths[i]);
        if (slice_is(stem, name)) {
            file_list_add(arena, inputs, templates->paths[i]);
            return true;
        }
        suggestion_offer(&meant, stem);
    }
    cli_message_unknown("file or template", &meant,
                        "name a file, a folder, or a template of the project");
    return false;
}

static bool collect_templates(struct arena *arena, const struct options *options, struct run *run,
                              const char *folder)
{
    const struct project *project = run->compiler->project;
    struct file_list templates = {0}; /* of the project */
    struct findings *findings = &run->findings;
    bool listed = false;
    if (options->operands.count == 0) {
        return cli_add_project_inputs(arena, options, project, folder, &run->inputs, findings);
    }
    for (size_t i = 0; i < options->operands.count; i++) {
        const char *operand = options->operands.paths[i];
        bool is_path = strcmp(operand, "-") == 0 || strchr(operand, '/') != NULL ||
                       cli_exists(findings, operand);
        if (is_path) {
            cli_add_inputs(arena, &run->inputs, findings, operand);
            continue;
        }
        bool has_project = project->root != NULL || options->directory != NULL;
        if (!listed && has_project &&
            !cli_add_project_inputs(arena, options, project, folder, &templates, findings)) {
            return false;
        }
        listed = true;
        if (!add_named(arena, &run->inputs, &templates, operand)) {
            return false;
        }
    }
    return true;
}

bool cli_read_artifacts(struct arena *arena, struct run *run, struct artifact **artifacts)
{
    *artifacts = arena_alloc_array(arena, run->inputs.count + 1, sizeof **artifacts);
    for (size_t i = 0; i < run->inputs.count; i++) {
        struct source *source;
        (*artifacts)[i].id = run->ids[i];
        (*artifacts)[i].root = json_read(arena, run->inputs.paths[i], run->artifacts[i],
                                         &run->findings.diagnostics, &source);
        if ((*artifacts)[i].root == NULL) {
            return false;
        }
    }
    return true;
}

int cli_compile_templates(struct arena *arena, const struct options *options, struct run *run)
{
    const char *folder = cli_load_project(arena, options, run->compiler, &run->findings);
    if (folder == NULL) {
        return STATUS_OK;
    }
    if (!collect_templates(arena, options, run, folder)) {
        return findings_failed(&run->findings) ? cli_report(arena, options, &run->findings)
                                               : STATUS_USAGE;
    }
    if (run->inputs.count == 0 && run->findings.failure_count == 0) {
        cli_message("found no templates (*.yaml, *.yml)");
        return STATUS_USAGE;
    }
    run_compile(run);
    return STATUS_OK;
}
