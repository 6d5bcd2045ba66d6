/*
 * Things that are made when they are first asked for, by any thread: embedded files that most runs
 * do not need. What is made lives in an arena of its own, as long as its owner.
 */
#ifndef DIALOGC_BASE_LAZY_H
#define DIALOGC_BASE_LAZY_H

#include "base/arena.h"

struct lazy;

/* A lock and an arena, which live in `owner`. */
struct lazy *lazy_new(struct arena *owner);

/*
 * Calls `make` with the arena, under the lock: it makes what is not there yet. When memory runs out
 * the lock is released and `caller`, the arena of the asking thread, is unwound.
 */
void lazy_make(struct lazy *lazy, struct arena *caller,
               void (*make)(struct arena *arena, void *context), void *context);

#endif
