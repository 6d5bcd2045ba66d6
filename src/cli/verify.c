/* dialogc verify. */
#include "platform/bot/verify.h"

#include "cli/cli.h"

int command_verify(struct arena *arena, struct options *options)
{
    struct run run = {.arena = arena, .max_warnings = options->max_warnings};
    run.diagnostics = diagnostics_new(arena);
    run.compiler = compiler_new(arena, &artifact_backend);
    if (options->operands.count == 0) {
        cli_message("`dialogc verify` needs exports: botDefinition.json");
        return STATUS_USAGE;
    }
    const struct schema *schema = compiler_bot_schema(run.compiler);
    for (size_t i = 0; i < options->operands.count; i++) {
        const char *path = options->operands.paths[i];
        struct diagnostics own = diagnostics_new(arena);
        struct bot bot;
        if (cli_read_bot(arena, &run, path, &own, &bot)) {
            bot_verify(&bot, schema, &own);
        }
        diagnostics_apply(&own, &options->policy, NULL);
        diagnostics_append(&run.diagnostics, &own);
    }
    return cli_report(arena, options, &run, &run.looked_at);
}
