/*
 * Tasks in worker processes, which run scripts. Whatever a script does to the engine, one worker
 * ends and one task fails; another worker goes on.
 */
#ifndef DIALOGC_CLI_POOL_H
#define DIALOGC_CLI_POOL_H

#include "base/builder.h"
#include "trial/script/machine.h"

struct pool_result {
    struct slice bytes;   /* what the task has built */
    struct slice failure; /* why there are none; empty: there are */
};

/*
 * Does the task `index`: builds its result, with an arena for this task alone. The machine is that
 * of the worker.
 */
typedef void pool_task(void *context, size_t index, struct script_machine *machine,
                       struct builder *out);

/*
 * Runs `count` tasks in `jobs` processes. Results are in the order of the tasks, in `arena`. False,
 * with `*reason`, when the system gives no processes, or loses a result, or when this process has
 * run scripts itself.
 */
bool pool_run(struct arena *arena, size_t count, size_t jobs, pool_task *task, void *context,
              struct pool_result *results, const char **reason);

#endif
