/* dialogc build. */
#include "cli/compile.h"

int command_build(struct arena *arena, struct options *options)
{
    if (options->build.check && cli_prints_artifact(options)) {
        cli_message("`--check` compares files, and `-o -` writes none; use one of the two");
        return STATUS_USAGE;
    }
    if (options->build.depfile != NULL && cli_prints_artifact(options)) {
        cli_message(
            "`--depfile` needs artifacts in files, and `-o -` writes none; use one of the two");
        return STATUS_USAGE;
    }
    return cli_compile(arena, options, true);
}
