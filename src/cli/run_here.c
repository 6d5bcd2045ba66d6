/* dialogc-full and dialogc-online run every command that they are given themselves. */
#include "cli/cli.h"

int cli_run(struct arena *arena, struct options *options)
{
    return options->command->run(arena, options);
}
