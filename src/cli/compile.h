/* Compiling templates to files. */
#ifndef DIALOGC_CLI_COMPILE_H
#define DIALOGC_CLI_COMPILE_H

#include "cli/cli.h"

/*
 * Compiles what the options name, `writes` it or compares it as they ask, and reports; returns the
 * exit status.
 */
int cli_compile(struct arena *arena, struct options *options, bool writes);

#endif
