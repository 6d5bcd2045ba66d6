/* dialogc install and dialogc uninstall. */
#include "cli/cli.h"

#include <stdio.h>

#include "platform/bot/install.h"
#include "document/json/reader.h"

/* The name of a template's file without its folder and extension. */
static struct slice stem_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    struct slice name = slice_of(slash != NULL ? slash + 1 : path);
    name.length -= slice_ends_with(name, ".yaml") ? 5 : slice_ends_with(name, ".yml") ? 4 : 0;
    return name;
}

static bool collect_templates(struct arena *arena, const struct options *options, struct run *run,
                              const char *folder)
{
    struct run project = *run;
    bool listed = false;
    if (options->operands.count == 0) {
        return cli_add_project_inputs(arena, options, run, folder);
    }
    for (size_t i = 0; i < options->operands.count; i++) {
        const char *operand = options->operands.paths[i];
        bool is_path =
            strcmp(operand, "-") == 0 || file_exists(operand) || strchr(operand, '/') != NULL;
        if (is_path) {
            cli_add_inputs(arena, run, operand);
            continue;
        }
        bool has_project = run->compiler->project->root != NULL || options->directory != NULL;
        if (!listed && has_project && !cli_add_project_inputs(arena, options, &project, folder)) {
            return false;
        }
        listed = true;
        bool found = false;
        for (size_t j = 0; !found && j < project.inputs.count; j++) {
            found = slice_is(stem_of(project.inputs.paths[j]), operand);
            if (found) {
                file_list_add(arena, &run->inputs, project.inputs.paths[j]);
            }
        }
        if (!found) {
            cli_message("there is neither a file `%s` nor a template of that name in %s", operand,
                        has_project ? "the project" : "a project");
            return false;
        }
    }
    return true;
}

/* `name` in the folder of the file `path`. */
static const char *beside(struct arena *arena, const char *path, const char *name)
{
    const char *slash = strrchr(path, '/');
    if (slash == NULL) {
        return name;
    }
    return arena_printf(arena, "%.*s%s", (int)(slash + 1 - path), path, name).data;
}

/* ---- showing and writing a plan ---- */

static void add_plan(struct builder *out, const char *path, const struct plan *plan)
{
    static const char *const words[] = {"unchanged ", "add       ", "replace   ", "remove    "};
    builder_printf(out, "%s\n", path);
    for (size_t i = 0; i < plan->line_count; i++) {
        builder_printf(out, "  %s%.*s\n", words[plan->lines[i].change],
                       SLICE_ARG(plan->lines[i].text));
    }
}

static struct slice tell(struct arena *arena, const char *bot_path, const struct plan *bot,
                         const char *config_path, const struct plan *config)
{
    struct builder out = builder_new(arena);
    add_plan(&out, bot_path, bot);
    if (bot->changes && bot->keeps_hash) {
        builder_add_text(&out, "  note: `encryptedHash` stays as it was: only the platform can "
                               "make it\n");
    }
    if (config->line_count > 0) {
        add_plan(&out, config_path, config);
    }
    if (!bot->changes && !config->changes) {
        builder_add_text(&out, "nothing to change\n");
    }
    return cli_printable(arena, builder_slice(&out));
}

void cli_replace_files(struct arena *arena, struct run *run, const struct file_content *files,
                       size_t count)
{
    struct file_replacement *replacements =
        arena_alloc_array(arena, count + 1, sizeof *replacements);
    const char *reason;
    size_t prepared = 0;
    while (prepared < count &&
           file_replacement_prepare(arena, files[prepared].path, files[prepared].bytes,
                                    &replacements[prepared], &reason)) {
        prepared++;
    }
    bool ready = prepared == count;
    if (!ready) {
        run_fail(run, arena_printf(arena, "cannot write %s: %s", files[prepared].path, reason));
    }
    for (size_t i = 0; i < prepared; i++) {
        if (!ready) {
            file_replacement_discard(&replacements[i]);
        } else if (!file_replacement_commit(&replacements[i], &reason)) {
            run_fail(run, arena_printf(arena, "cannot write %s: %s", replacements[i].path, reason));
            ready = false;
        }
    }
}

bool cli_is_clean(const struct run *run)
{
    return run->diagnostics.error_count == 0 && run->failure_count == 0 && !run->out_of_memory &&
           !run_has_too_many_warnings(run);
}

/* What both commands have in common once the export is read. */
struct job {
    struct bot bot;
    struct artifact *artifacts;
    size_t count;
    struct slice config_bytes;
    struct plan plan;
    struct plan config;
};

static bool read_bot(struct arena *arena, const struct options *options, struct run *run,
                     struct job *job)
{
    const char *config = beside(arena, options->bot, "config.json");
    return cli_read_bot(arena, run, options->bot, &run->diagnostics, &job->bot) &&
           (!file_exists(config) || cli_read_bot_file(arena, run, config, &job->config_bytes));
}

static int finish(struct arena *arena, const struct options *options, struct run *run,
                  struct job *job, bool planned)
{
    const char *bot_path = options->output != NULL ? options->output : options->bot;
    bool to_output = strcmp(bot_path, "-") == 0;
    const char *config_path = beside(arena, bot_path, "config.json");
    planned =
        planned &&
        config_plan(beside(arena, options->bot, "config.json"), job->config_bytes, &job->bot,
                    job->artifacts, job->count, job->plan.bytes, &run->diagnostics, &job->config) &&
        run->diagnostics.error_count == 0 && !run_has_too_many_warnings(run);
    if (planned && !options->dry_run && !to_output) {
        const struct file_content files[] = {{bot_path, job->plan.bytes},
                                             {config_path, job->config.bytes}};
        cli_replace_files(arena, run, files, job->config.bytes.length > 0 ? 2 : 1);
    }
    int status = cli_report(arena, options, run, &run->looked_at);
    if (status != STATUS_OK || !planned) {
        return status;
    }
    struct slice told = tell(arena, bot_path, &job->plan, config_path, &job->config);
    if (options->dry_run) {
        return cli_print(told) ? STATUS_OK : STATUS_SYSTEM;
    }
    if (!options->quiet && options->format == FORMAT_HUMAN) {
        fprintf(stderr, "%.*s", SLICE_ARG(told));
    }
    return !to_output || cli_print(job->plan.bytes) ? STATUS_OK : STATUS_SYSTEM;
}

bool cli_read_artifacts(struct arena *arena, struct run *run, struct artifact **artifacts)
{
    *artifacts = arena_alloc_array(arena, run->inputs.count + 1, sizeof **artifacts);
    for (size_t i = 0; i < run->inputs.count; i++) {
        struct source *source;
        (*artifacts)[i].id = run->ids[i];
        (*artifacts)[i].root =
            json_read(arena, run->inputs.paths[i], run->artifacts[i], &run->diagnostics, &source);
        if ((*artifacts)[i].root == NULL) {
            return false;
        }
    }
    return true;
}

int cli_compile_templates(struct arena *arena, const struct options *options, struct run *run)
{
    const char *folder = cli_load_project(arena, options, run);
    if (folder == NULL) {
        return STATUS_OK;
    }
    if (!collect_templates(arena, options, run, folder)) {
        return STATUS_USAGE;
    }
    if (run->inputs.count == 0 && run->failure_count == 0) {
        cli_message("there are no templates (*.yaml, *.yml) in what was given");
        return STATUS_USAGE;
    }
    run_compile(run);
    return STATUS_OK;
}

int command_install(struct arena *arena, struct options *options)
{
    struct run run = {.arena = arena, .jobs = options->jobs, .output = RUN_KEEP_BYTES};
    struct job job = {0};
    run.diagnostics = diagnostics_new(arena);
    run.compiler = compiler_new(arena, &artifact_backend);
    if (options->bot == NULL) {
        cli_message("`dialogc install` needs the export: --into botDefinition.json");
        return STATUS_USAGE;
    }
    int status = cli_compile_templates(arena, options, &run);
    if (status != STATUS_OK) {
        return status;
    }
    job.count = run.inputs.count;
    bool planned = cli_is_clean(&run) && cli_read_artifacts(arena, &run, &job.artifacts) &&
                   read_bot(arena, options, &run, &job) &&
                   bot_install(&job.bot, job.artifacts, job.count, &run.diagnostics, &job.plan);
    return finish(arena, options, &run, &job, planned);
}

int command_uninstall(struct arena *arena, struct options *options)
{
    struct run run = {.arena = arena, .max_warnings = options->max_warnings};
    struct job job = {0};
    run.diagnostics = diagnostics_new(arena);
    if (options->bot == NULL || options->operands.count == 0) {
        cli_message("`dialogc uninstall` needs the export, --from botDefinition.json, and the "
                    "templates");
        return STATUS_USAGE;
    }
    struct slice *ids = arena_alloc_array(arena, options->operands.count, sizeof *ids);
    for (size_t i = 0; i < options->operands.count; i++) {
        ids[i] = slice_of(options->operands.paths[i]);
    }
    bool planned =
        read_bot(arena, options, &run, &job) &&
        bot_uninstall(&job.bot, ids, options->operands.count, &run.diagnostics, &job.plan);
    return finish(arena, options, &run, &job, planned);
}
