/*
 * A lock is one mutex. When memory runs out while it is held, the arena unwinds to here first,
 * where it is released.
 */
#include "base/lazy.h"

#include <pthread.h>

struct lazy {
    struct arena arena;
    pthread_mutex_t mutex;
};

static void release(void *resource)
{
    struct lazy *lazy = resource;
    arena_free(&lazy->arena);
    pthread_mutex_destroy(&lazy->mutex);
}

struct lazy *lazy_new(struct arena *owner)
{
    struct lazy *lazy = arena_alloc(owner, sizeof *lazy);
    arena_init(&lazy->arena);
    if (pthread_mutex_init(&lazy->mutex, NULL) != 0) {
        arena_fail(owner);
    }
    arena_defer(owner, release, lazy);
    return lazy;
}

static bool try_to_make(struct lazy *lazy, void (*make)(struct arena *arena, void *context),
                        void *context)
{
    jmp_buf recovery;
    lazy->arena.recovery = &recovery;
    if (setjmp(recovery) != 0) {
        return false;
    }
    make(&lazy->arena, context);
    return true;
}

void lazy_make(struct lazy *lazy, struct arena *caller,
               void (*make)(struct arena *arena, void *context), void *context)
{
    pthread_mutex_lock(&lazy->mutex);
    bool made = try_to_make(lazy, make, context);
    pthread_mutex_unlock(&lazy->mutex);
    if (!made) {
        arena_fail(caller);
    }
}
