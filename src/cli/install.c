/* dialogc install. */
#include "cli/bot_change.h"
#include "cli/templates.h"

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
    return bot_change_run(arena, options, &run.findings, &change, bot_change_install);
}
