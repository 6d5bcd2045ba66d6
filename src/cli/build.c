/* dialogc build. */
#include "cli/compile.h"

int command_build(struct arena *arena, struct options *options)
{
    if (options->check && (options->depfile != NULL || cli_prints_artifact(options))) {
        cli_message("--check writes nothing: it goes neither with --depfile nor with -o -");
        return STATUS_USAGE;
    }
    if (options->depfile != NULL && cli_prints_artifact(options)) {
        cli_message("--depfile names the artifacts' files: it does not go with -o -");
        return STATUS_USAGE;
    }
    return cli_compile(arena, options, true);
}
