/* dialogc list. */
#include "platform/bot/list.h"

#include "cli/cli.h"

int command_list(struct arena *arena, struct options *options)
{
    struct findings findings = findings_new(arena, options->max_warnings);
    bool as_json = options->format == FORMAT_JSON;
    const char *path = options->operands.paths[0];
    const char *shown = input_shown_path(path);
    struct builder out = builder_new(arena);
    struct bot bot;
    if (cli_read_bot(arena, &findings, path, &findings.diagnostics, &bot)) {
        if (as_json) {
            bot_list_json(&out, &bot, shown);
        } else {
            bot_list(&out, &bot, shown);
        }
    }
    if (findings_failed(&findings) || findings.diagnostics.error_count > 0) {
        options->format = FORMAT_HUMAN; /* standard output is for the list */
        return cli_report(arena, options, &findings);
    }
    return cli_print(as_json ? builder_slice(&out) : cli_printable(arena, builder_slice(&out)))
               ? STATUS_OK
               : STATUS_SYSTEM;
}
