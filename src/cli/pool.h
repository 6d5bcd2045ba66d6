/*
 * Tasks in worker processes. A script that does not come to an end, or a fault, ends one worker and
 * fails one task; another worker goes on. Duktape cannot be interrupted from inside, so a process
 * is the only bound on time that holds whatever a script does.
 */
#ifndef DIALOGC_CLI_POOL_H
#define DIALOGC_CLI_POOL_H

#include "base/builder.h"
#include "trial/script/engine.h"

#define POOL_SCRIPT_SECONDS 2 /* of processor time, for one script */

struct pool_result {
    struct slice bytes;   /* what the task has built */
    struct slice failure; /* why there are none; empty: there are */
};

/* Does the task `index`: builds its result, with an arena for this task alone. */
typedef void pool_task(void *context, size_t index, const struct script_hooks *hooks,
                       struct builder *out);

/*
 * Runs `count` tasks in `jobs` processes. Results are in the order of the tasks, in `arena`. False,
 * with `*reason`, when the system gives no processes, or loses a result.
 */
bool pool_run(struct arena *arena, size_t count, size_t jobs, pool_task *task, void *context,
              struct pool_result *results, const char **reason);

/*
 * For a command that runs scripts in its own process: one that takes too long ends it, after
 * `message` on standard error.
 */
const struct script_hooks *pool_watch_scripts(void);

#endif
