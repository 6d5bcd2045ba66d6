/* dialogc check. */
#include "cli/compile.h"

int command_check(struct arena *arena, struct options *options)
{
    return cli_compile(arena, options, false);
}
