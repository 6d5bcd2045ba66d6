/* Passing a command line on to another of the programs that dialogc consists of. */
#ifndef DIALOGC_CLI_DELEGATE_H
#define DIALOGC_CLI_DELEGATE_H

#include "cli/cli.h"

/*
 * Becomes `program`, which lies beside this one in a folder that was built, and where it is
 * installed from there. Returns only when that fails, an exit status, after a message.
 */
int delegate_to(struct arena *arena, struct options *options, const char *program);

/* A command of another program, as a function that passes the command line on. */
#define DELEGATED(function, program)                                                               \
    int command_##function(struct arena *arena, struct options *options)                           \
    {                                                                                              \
        return delegate_to(arena, options, program);                                               \
    }

#endif
