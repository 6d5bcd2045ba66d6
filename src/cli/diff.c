/* dialogc diff. */
#include "platform/bot/diff.h"

#include "cli/cli.h"

int command_diff(struct arena *arena, struct options *options)
{
    struct findings findings = findings_new(arena, options->max_warnings);
    bool as_json = options->format == FORMAT_JSON;
    bool breaking = options->change.breaking;
    const char *old_path = options->operands.paths[0];
    const char *new_path = options->operands.paths[1];
    struct bot a;
    struct bot b;
    if (!cli_read_bot(arena, &findings, old_path, &findings.diagnostics, &a) ||
        !cli_read_bot(arena, &findings, new_path, &findings.diagnostics, &b)) {
        options->format = FORMAT_HUMAN; /* standard output is for the changes */
        return cli_report(arena, options, &findings);
    }
    struct bot_diff diff = bot_compare(arena, &a, &b);
    struct builder out = builder_new(arena);
    if (as_json) {
        bot_diff_json(&out, &diff, input_shown_path(old_path), input_shown_path(new_path));
    } else {
        struct slice text = bot_diff_text(arena, &diff, breaking, !options->quiet);
        builder_add(&out, cli_printable(arena, text));
    }
    if (!cli_print(builder_slice(&out))) {
        return STATUS_SYSTEM;
    }
    return breaking && diff.breaking > 0 ? STATUS_FINDINGS : STATUS_OK;
}
