/* dialogc diff. */
#include "platform/bot/diff.h"

#include "cli/cli.h"

int command_diff(struct arena *arena, struct options *options)
{
    struct findings findings = findings_new(arena, options->max_warnings);
    struct bot a;
    struct bot b;
    if (!cli_read_bot(arena, &findings, options->operands.paths[0], &findings.diagnostics, &a) ||
        !cli_read_bot(arena, &findings, options->operands.paths[1], &findings.diagnostics, &b)) {
        return cli_report(arena, options, &findings);
    }
    struct bot_diff diff = bot_compare(arena, &a, &b, options->change.breaking);
    if (!cli_print(cli_printable(arena, diff.text))) {
        return STATUS_SYSTEM;
    }
    return options->change.breaking && diff.breaking > 0 ? STATUS_FINDINGS : STATUS_OK;
}
