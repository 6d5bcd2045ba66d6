/* Work that several threads do together. */
#ifndef DIALOGC_BASE_THREADS_H
#define DIALOGC_BASE_THREADS_H

#include "base/arena.h"

/*
 * Calls `work` with each of the `count` workers, elements of `size` bytes: with the first in this
 * thread, with the others in threads of their own, or in this one when the system gives no more.
 * Returns when all have returned. `work` has a recovery point of its own: it cannot unwind out of
 * its thread. What the call needs comes from `arena`.
 */
void threads_run(struct arena *arena, void work(void *worker), void *workers, size_t count,
                 size_t size);

#endif
