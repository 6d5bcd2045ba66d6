/*
 * Arena: memory that lives and dies together.
 *
 * One arena serves one compilation; everything a stage builds comes from it and is freed at once.
 * There is no NULL to check: when memory runs out, the arena unwinds (longjmp) to the recovery
 * point that its owner has set, and the owner reports the failure. Whatever a library holds for
 * the compilation is registered with arena_defer, so that unwinding leaks nothing.
 *
 *     struct arena arena;
 *     jmp_buf recovery;
 *     arena_init(&arena);
 *     if (setjmp(recovery) == 0) {
 *         arena.recovery = &recovery;
 *         ... work ...
 *     } else {
 *         ... out of memory ...
 *     }
 *     arena_free(&arena);
 *
 * An arena belongs to one thread at a time.
 */
#ifndef DIALOGC_BASE_ARENA_H
#define DIALOGC_BASE_ARENA_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/printf_like.h"
#include "base/slice.h"

struct arena_chunk;
struct arena_cleanup;

struct arena {
    struct arena_chunk *chunk;      /* the chunk allocated from; older ones hang behind it */
    struct arena_cleanup *cleanups; /* run in reverse order of registration */
    size_t first_size;              /* of the first chunk, learnt from what was needed before */
    bool keeps_all;                 /* a reset keeps what was used since the last one, and not only
                                       a few megabytes: for work that is done twice */
    struct arena_chunk *spare;      /* what a reset has kept, smallest first */
    jmp_buf *recovery;              /* where to go when memory runs out; must be set before use */
};

void arena_init(struct arena *arena);

/* Runs the cleanups and returns all memory. The arena is as new afterwards (recovery kept). */
void arena_free(struct arena *arena);

/* As arena_free, but keeps memory for the next compilation: a few megabytes, or see keeps_all. */
void arena_reset(struct arena *arena);

/* A point in the life of an arena, to go back to. */
struct arena_mark {
    struct arena_chunk *chunk;
    size_t used;
    struct arena_cleanup *cleanups;
};

struct arena_mark arena_mark(const struct arena *arena);

/*
 * Gives back what has been allocated since the mark, and runs the cleanups that were registered
 * since. For work whose result is not in the arena: nothing older may have been grown meanwhile
 * (a map, a builder), or it would lose its memory.
 */
void arena_rewind(struct arena *arena, struct arena_mark mark);

/* `size` bytes, zeroed, aligned for any type. Does not return when there is no memory. */
void *arena_alloc(struct arena *arena, size_t size);

/* `count * size` bytes, zeroed; an overflowing product counts as out of memory. */
void *arena_alloc_array(struct arena *arena, size_t count, size_t size);

/*
 * A copy of `old_count` elements in room for `new_count`; extends in place where `old` was the
 * arena's last allocation. New elements are zeroed.
 */
void *arena_grow(struct arena *arena, void *old, size_t old_count, size_t new_count, size_t size);

/*
 * An array with room for one more element behind its `count`, zeroed. Only for arrays that began as
 * NULL and were grown by this function: their room is the next power of two, so that many elements
 * cost only a few copies. A copy of the pointer must not be appended to as well. Elements may be
 * removed from the end; but an array whose count goes up and down around a power of two is copied
 * each time.
 */
void *arena_append(struct arena *arena, void *array, size_t count, size_t size);

/* As arena_grow for bytes, without zeroing the new ones. */
void *arena_grow_bytes(struct arena *arena, void *old, size_t old_size, size_t new_size);

/* How many bytes the arena holds, used or not. */
size_t arena_size(const struct arena *arena);

/* Calls `release(resource)` when the arena is reset or freed. */
void arena_defer(struct arena *arena, void (*release)(void *), void *resource);

/* `memory` that another allocator has given; unwinds to the recovery point when it is NULL. */
void *arena_require(struct arena *arena, void *memory);

/* Unwinds to the recovery point: for libraries that report out of memory themselves. */
_Noreturn void arena_fail(struct arena *arena);

/* A NUL-terminated copy. */
char *arena_copy(struct arena *arena, struct slice text);

/* As arena_copy, as a slice. */
struct slice arena_slice(struct arena *arena, struct slice text);

/* A copy with its ASCII letters in lower case. */
struct slice arena_lower_case(struct arena *arena, struct slice text);

/* The same in upper case. */
struct slice arena_upper_case(struct arena *arena, struct slice text);

/* printf into the arena. */
PRINTF_LIKE(2, 3)
struct slice arena_printf(struct arena *arena, const char *format, ...);

PRINTF_LIKE(2, 0)
struct slice arena_vprintf(struct arena *arena, const char *format, va_list arguments);

#endif
