/* dialogc install. */
#include "cli/bot_change.h"
#include "cli/templates.h"

static bool plan(struct bot_change *change, const struct options *options,
                 struct diagnostics *diagnostics)
{
    change->left_out = map_new(diagnostics->arena);
    for (size_t i = 0; i < change->count; i++) {
        if (!artifact_fit_locales(&change->bot, &change->compiled[i], options->change.locales,
                                  diagnostics, &change->artifacts[i], &change->left_out)) {
            return false;
        }
    }
    return bot_install(&change->bot, change->artifacts, change->count, diagnostics,
                       &change->bot_plan);
}

int command_install(struct arena *arena, struct options *options)
{
    struct run run = {.arena = arena, .jobs = options->jobs, .output = RUN_KEEP_BYTES};
    struct bot_change change = {0};
    run.findings = findings_new(arena, options->max_warnings);
    run.compiler = compiler_new(arena, &artifact_backend);
    int status = cli_compile_templates(arena, options, &run);
    if (status != STATUS_OK) {
        return status;
    }
    change.count = run.inputs.count;
    if (!findings_are_clean(&run.findings) || !cli_read_artifacts(arena, &run, &change.compiled)) {
        return cli_report(arena, options, &run.findings);
    }
    change.artifacts = arena_alloc_array(arena, change.count + 1, sizeof *change.artifacts);
    return bot_change_run(arena, options, &run.findings, &change, plan);
}
