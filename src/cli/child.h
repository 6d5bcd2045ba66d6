/* Running dialogc from a server: a process of its own, which is confined to a folder. */
#ifndef DIALOGC_CLI_CHILD_H
#define DIALOGC_CLI_CHILD_H

#include "editor/mcp/tool.h"

struct child_bounds {
    const char *folder; /* what is not in it can neither be read nor written */
    bool may_write;     /* in the folder */
    bool joins_errors;  /* what it says on standard error is part of its output */
};

/*
 * Runs a command line of dialogc to its end, or for two minutes; the output lives in `arena`. Where
 * the kernel cannot confine processes it runs all the same.
 */
struct tool_outcome child_run(struct arena *arena, const struct child_bounds *bounds,
                              const struct tool_command *command);

#endif
