/* dialogc diff. */
#include "bot/diff.h"

#include "cli/cli.h"

static bool read_side(struct arena *arena, struct run *run, const char *path, struct bot *bot)
{
    struct slice bytes;
    return cli_read_bot_file(arena, run, path, &bytes) &&
           bot_read(arena, strcmp(path, "-") == 0 ? "<stdin>" : path, bytes, &run->diagnostics,
                    bot);
}

int command_diff(struct arena *arena, struct options *options)
{
    struct run run = {.arena = arena, .max_warnings = options->max_warnings};
    run.diagnostics = diagnostics_new(arena);
    if (options->operands.count != 2) {
        cli_message("`dialogc diff` needs two exports or artifacts: the older and the newer one");
        return STATUS_USAGE;
    }
    struct bot a;
    struct bot b;
    if (!read_side(arena, &run, options->operands.paths[0], &a) ||
        !read_side(arena, &run, options->operands.paths[1], &b)) {
        return cli_report(arena, options, &run, &run.looked_at);
    }
    struct bot_diff diff = bot_compare(arena, &a, &b, options->breaking);
    if (!cli_print(cli_printable(arena, diff.text))) {
        return STATUS_SYSTEM;
    }
    return options->breaking && diff.breaking > 0 ? STATUS_FINDINGS : STATUS_OK;
}
