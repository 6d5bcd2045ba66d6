/* Running git. */
#ifndef DIALOGC_CLI_GIT_H
#define DIALOGC_CLI_GIT_H

#include <stdbool.h>

#include "base/arena.h"

/* A command line of git has at most so many arguments. */
#define GIT_ARGUMENTS 8

struct git_answer {
    bool succeeded;
    struct slice output;
    struct slice complaint; /* why it has failed, in a line */
};

/*
 * Runs git with `arguments`, a list that ends with NULL, and `input`, until it ends; without a
 * shell, and without any transport to a network, whatever its configuration says.
 */
struct git_answer git_run(struct arena *arena, const char *const *arguments, struct slice input);

#endif
