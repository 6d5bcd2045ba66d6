/* Making the changes that findings suggest. */
#ifndef DIALOGC_CLI_FIX_H
#define DIALOGC_CLI_FIX_H

#include "cli/cli.h"

/*
 * Makes the changes that the findings suggest, in all files or, with a failure among the findings,
 * in none. Returns how many were made. A file that would not be readable after its changes stays as
 * it is, and so does one that is not what it was when it was checked.
 */
size_t cli_fix(struct arena *arena, const struct options *options, struct findings *findings);

#endif
