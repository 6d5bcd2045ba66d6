/* dialogc-full runs every command itself. */
#include "cli/cli.h"

int cli_run(struct arena *arena, struct options *options)
{
    return options->command->run(arena, options);
}
