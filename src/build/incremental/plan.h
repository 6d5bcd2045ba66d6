/*
 * What of an earlier build still holds, and what is left to do.
 *
 *     struct plan *plan = plan_new(run, folder, files);
 *     if (!plan_is_current(plan)) {
 *         plan_begin(plan);
 *         ... load the shared files ...
 *         plan_decide(plan);
 *         run_compile(run);
 *     } else {
 *         plan_show_findings(plan);
 *     }
 *     plan_finish(plan, succeeded);
 *
 * A template is up to date when its file, the project file, the options, the profiles, fragments,
 * descriptions of objects and dialogs that it uses are as they were when it was compiled, and when
 * its artifact is the one that was written. Files are compared by their stamps, and where a stamp
 * has changed, or was taken so shortly after the last change that it may not show the next one, by
 * the hash of their bytes.
 *
 * Every build shows all warnings: those of a template are in the state when they are in its own
 * file. A template with others, or with findings of the rules between templates, is not in the
 * state, and is compiled each time.
 */
#ifndef DIALOGC_BUILD_INCREMENTAL_PLAN_H
#define DIALOGC_BUILD_INCREMENTAL_PLAN_H

#include "build/compiler/run.h"
#include "build/inputs/shared.h"

struct plan;

/*
 * Reads the state of the project in `folder`, and compares it with the run's inputs, its output
 * folder and the shared files, on run->jobs threads. Nothing is written. All lives in the run's
 * arena.
 */
struct plan *plan_new(struct run *run, const char *folder, const struct shared_files *files);

/* True when nothing is to be compiled, and nothing has gone. */
bool plan_is_current(const struct plan *plan);

/* Where the plan is current: adds what the last build has found to the run's findings. */
void plan_show_findings(struct plan *plan);

/*
 * Before anything is read to be compiled: opens the next state file, which other builds see as long
 * as this one lives, and removes what killed builds have left behind. Without such a file (a folder
 * that cannot be written) the build goes on and leaves no state.
 */
void plan_begin(struct plan *plan);

/* When the shared files are loaded: sets run->earlier, and asks the run for records. */
void plan_decide(struct plan *plan);

/*
 * At the end: writes the state if the build has succeeded and the state is not the same as before;
 * closes and removes what plan_begin has opened.
 */
void plan_finish(struct plan *plan, bool succeeded);

#endif
