/* dialogc verify. */
#include "platform/bot/verify.h"

#include "cli/cli.h"

int command_verify(struct arena *arena, struct options *options)
{
    struct findings findings = findings_new(arena, options->max_warnings);
    struct compiler *compiler = compiler_new(arena, &artifact_backend);
    const struct schema *schema = compiler_bot_schema(compiler);
    for (size_t i = 0; i < options->operands.count; i++) {
        const char *path = options->operands.paths[i];
        struct diagnostics own = diagnostics_new(arena);
        struct bot bot;
        if (cli_read_bot(arena, &findings, path, &own, &bot)) {
            bot_verify(&bot, schema, &own);
            if (bot_is_partial(&bot) && !options->quiet && options->format == FORMAT_HUMAN) {
                cli_note("%s: a part of a bot: its dialogs were exported without their nodes",
                         input_shown_path(path));
            }
        }
        diagnostics_apply(&own, &options->policy, NULL);
        diagnostics_append(&findings.diagnostics, &own);
    }
    return cli_report(arena, options, &findings);
}
