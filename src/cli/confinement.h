/*
 * What a process may read and write from now on, held by the kernel (Landlock, Linux 5.13):
 * whatever paths, links and project files say.
 */
#ifndef DIALOGC_CLI_CONFINEMENT_H
#define DIALOGC_CLI_CONFINEMENT_H

#include <stdbool.h>

/* True when the kernel can confine processes. */
bool confinement_is_possible(void);

/*
 * This process and those that it starts may read `folder` and what programs need to run; they may
 * write in `folder` when `may_write`, and nothing else. False, with errno, when that fails.
 */
bool confinement_begin(const char *folder, bool may_write);

#endif
