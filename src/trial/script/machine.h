/*
 * The virtual machine of a process: what all of its conversations share, and the bounds that hold
 * while one of their scripts runs.
 *
 * It is JavaScriptCore, which interrupts a script that has run for too long, or that has made the
 * process grow too much, at its next loop or call. What cannot be interrupted, an allocation of a
 * gigabyte at once, can end the process: where that would matter, scripts run in workers
 * (cli/pool.h).
 */
#ifndef DIALOGC_TRIAL_SCRIPT_MACHINE_H
#define DIALOGC_TRIAL_SCRIPT_MACHINE_H

#include "base/arena.h"

/* What one script may take of the processor. */
#define SCRIPT_SECONDS 2

/* How much a process may grow while its scripts run. */
#define SCRIPT_MEMORY_LIMIT ((size_t)256 * 1024 * 1024)

struct script_machine;

/* False in a dialogc that is built without scripts (absent.c): no machine may be made then. */
bool script_is_available(void);

/*
 * A machine; it lives as long as the arena, and longer than the engines that use it. The first one
 * of a process reads the engine's options: JavaScriptCore takes its memory from malloc, whose heap
 * is prepared for it, and compiles no script to machine code, which would take longer than most
 * scripts run.
 */
struct script_machine *script_machine_new(struct arena *arena);

/*
 * True once this process has made a machine. JavaScriptCore has threads of its own then, and a fork
 * of the process may wait forever for what they hold: workers are started before (cli/pool.h).
 */
bool script_machine_was_made(void);

/*
 * Bounds this process for good: what one allocation would make it grow by more than twice that
 * fails, and may end the process. For workers.
 */
void script_machine_confine(void);

/*
 * True when the scripts have made the process grow by a third of what they may: a worker ends then
 * for another one to go on, so that no conversation pays for those before it.
 */
bool script_machine_has_grown(const struct script_machine *machine);

/*
 * A series of conversations with the same scripts begins, as when a dialog is explored. A script
 * that is stopped in it for taking too long is known then, and may take a tenth of a second
 * when it runs again.
 */
void script_machine_begin_series(struct script_machine *machine);

/* How often scripts were stopped for taking too long since the series began. */
size_t script_machine_stops(const struct script_machine *machine);

#endif
