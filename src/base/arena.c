/* Arena: a chain of chunks with a bump pointer, and a list of cleanups. */
#define _DEFAULT_SOURCE /* madvise */
#include "base/arena.h"

#include "base/ascii.h"
#include "base/format.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#define FIRST_CHUNK   ((size_t)64 * 1024)
#define LARGEST_CHUNK ((size_t)32 * 1024 * 1024)
#define ALIGNMENT     _Alignof(max_align_t)

/* What a reset keeps at most. */
#define KEPT_CHUNK ((size_t)4 * 1024 * 1024)

/* From here on a chunk is worth large pages. */
#define HUGE_CHUNK ((size_t)4 * 1024 * 1024)

/* What is larger has a chunk of its own, which can grow. */
#define OWN_CHUNK ((size_t)256 * 1024)

struct arena_chunk {
    struct arena_chunk *older;
    size_t capacity;
    size_t used;
    max_align_t bytes[];
};

struct arena_cleanup {
    struct arena_cleanup *older;
    void (*release)(void *);
    void *resource;
};

void arena_init(struct arena *arena)
{
    *arena = (struct arena){0};
}

/* Those that were registered after `last`; NULL: all. */
static void run_cleanups(struct arena *arena, const struct arena_cleanup *last)
{
    while (arena->cleanups != last) {
        struct arena_cleanup *cleanup = arena->cleanups;
        arena->cleanups = cleanup->older;
        cleanup->release(cleanup->resource);
    }
}

/* Frees the chunks of a list that come before `last`; NULL: all. */
static void free_chunks(struct arena_chunk **list, const struct arena_chunk *last)
{
    while (*list != last) {
        struct arena_chunk *older = (*list)->older;
        free(*list);
        *list = older;
    }
}

void arena_free(struct arena *arena)
{
    run_cleanups(arena, NULL);
    free_chunks(&arena->chunk, NULL);
    free_chunks(&arena->spare, NULL);
}

struct arena_mark arena_mark(const struct arena *arena)
{
    size_t used = arena->chunk != NULL ? arena->chunk->used : 0;
    return (struct arena_mark){arena->chunk, used, arena->cleanups};
}

void arena_rewind(struct arena *arena, struct arena_mark mark)
{
    run_cleanups(arena, mark.cleanups);
    free_chunks(&arena->chunk, mark.chunk);
    if (arena->chunk != NULL) {
        arena->chunk->used = mark.used;
    }
}

size_t arena_size(const struct arena *arena)
{
    size_t total = 0;
    for (const struct arena_chunk *chunk = arena->chunk; chunk != NULL; chunk = chunk->older) {
        total += chunk->capacity;
    }
    for (const struct arena_chunk *chunk = arena->spare; chunk != NULL; chunk = chunk->older) {
        total += chunk->capacity;
    }
    return total;
}

/* Makes the chunks the spare ones, in the order in which they were needed. */
static void keep_chunks(struct arena *arena)
{
    while (arena->chunk != NULL) {
        struct arena_chunk *chunk = arena->chunk;
        arena->chunk = chunk->older;
        chunk->older = arena->spare;
        arena->spare = chunk;
    }
}

/*
 * Takes out a spare chunk with room for `size` bytes, and for at most `most`; NULL when there is
 * none.
 */
static struct arena_chunk *take_spare(struct arena *arena, size_t size, size_t most)
{
    for (struct arena_chunk **link = &arena->spare; *link != NULL; link = &(*link)->older) {
        struct arena_chunk *chunk = *link;
        if (chunk->capacity >= size && chunk->capacity <= most) {
            *link = chunk->older;
            return chunk;
        }
    }
    return NULL;
}

void arena_reset(struct arena *arena)
{
    run_cleanups(arena, NULL);
    free_chunks(&arena->spare, NULL); /* nothing has needed them since the last time */
    if (arena->chunk != NULL && arena->chunk->older == NULL) {
        arena->chunk->used = 0;
        return;
    }
    if (arena->keeps_all) {
        keep_chunks(arena);
        return;
    }
    /* What took several chunks will fit into one the next time. */
    size_t total = arena_size(arena);
    arena_free(arena);
    arena->first_size = total < KEPT_CHUNK ? total : KEPT_CHUNK;
}

void arena_fail(struct arena *arena)
{
    if (arena->recovery == NULL) {
        abort(); /* a programming error: arena.h asks for a recovery point before use */
    }
    longjmp(*arena->recovery, 1);
}

void *arena_require(struct arena *arena, void *memory)
{
    if (memory == NULL) {
        arena_fail(arena);
    }
    return memory;
}

static size_t align_size(size_t size)
{
    return (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
}

/*
 * Asks for large pages: most of the time of reading a large document goes into the faults of fresh
 * pages, and there is one for 512 of them then. It is only advice: without them all works as well.
 * The advice is for the first and the last page, too. Otherwise the chunk would be two mappings for
 * the kernel, which moves only one: realloc would copy what it can move.
 */
static void ask_for_large_pages(struct arena_chunk *chunk)
{
#ifdef MADV_HUGEPAGE
    if (chunk->capacity >= HUGE_CHUNK) {
        size_t page = (size_t)sysconf(_SC_PAGESIZE);
        size_t before = (uintptr_t)chunk % page;
        size_t length = before + sizeof *chunk + chunk->capacity;
        madvise((char *)chunk - before, (length + page - 1) / page * page, MADV_HUGEPAGE);
    }
#else
    (void)chunk;
#endif
}

static struct arena_chunk *new_chunk(struct arena *arena, struct arena_chunk *old, size_t capacity)
{
    if (capacity > SIZE_MAX - sizeof(struct arena_chunk)) {
        arena_fail(arena);
    }
    struct arena_chunk *chunk = realloc(old, sizeof *chunk + capacity);
    if (chunk == NULL) {
        arena_fail(arena);
    }
    chunk->capacity = capacity;
    ask_for_large_pages(chunk);
    return chunk;
}

static void add_chunk(struct arena *arena, size_t size)
{
    size_t first = arena->first_size > FIRST_CHUNK ? arena->first_size : FIRST_CHUNK;
    size_t capacity = arena->chunk == NULL ? first : arena->chunk->capacity * 2;
    if (capacity > LARGEST_CHUNK) {
        capacity = LARGEST_CHUNK;
    }
    if (capacity < size) {
        capacity = size;
    }
    struct arena_chunk *chunk = take_spare(arena, size, capacity);
    chunk = chunk != NULL ? chunk : take_spare(arena, size, SIZE_MAX);
    chunk = chunk != NULL ? chunk : new_chunk(arena, NULL, capacity);
    chunk->older = arena->chunk;
    chunk->used = 0;
    arena->chunk = chunk;
}

/* Much room at once: a chunk behind the present one, which goes on being filled. */
static void *take_own_chunk(struct arena *arena, size_t size)
{
    struct arena_chunk *chunk = take_spare(arena, size, 2 * size);
    chunk = chunk != NULL ? chunk : new_chunk(arena, NULL, size);
    chunk->older = arena->chunk->older;
    chunk->used = size;
    arena->chunk->older = chunk;
    return chunk->bytes;
}

/*
 * `old` with room for `size` bytes when it has a chunk of its own, else NULL: so a text that grows
 * to many megabytes does not leave behind all that it was on the way.
 */
static void *grow_own_chunk(struct arena *arena, const void *old, size_t old_size, size_t size)
{
    if (old_size < OWN_CHUNK || size < old_size || arena->chunk == NULL) {
        return NULL;
    }
    for (struct arena_chunk **link = &arena->chunk; *link != NULL; link = &(*link)->older) {
        struct arena_chunk *chunk = *link;
        if (chunk->bytes == old && chunk->used == align_size(old_size)) {
            *link = new_chunk(arena, chunk, align_size(size));
            (*link)->used = align_size(size);
            return (*link)->bytes;
        }
    }
    return NULL;
}

/* Uninitialised room for `size` bytes. */
static void *take(struct arena *arena, size_t size)
{
    if (size > SIZE_MAX - ALIGNMENT) {
        arena_fail(arena);
    }
    size = align_size(size);
    if (size >= OWN_CHUNK && arena->chunk != NULL &&
        arena->chunk->capacity - arena->chunk->used < size) {
        return take_own_chunk(arena, size);
    }
    if (arena->chunk == NULL || arena->chunk->capacity - arena->chunk->used < size) {
        add_chunk(arena, size);
    }
    char *place = (char *)arena->chunk->bytes + arena->chunk->used;
    arena->chunk->used += size;
    return place;
}

void *arena_alloc(struct arena *arena, size_t size)
{
    void *place = take(arena, size);
    memset(place, 0, size);
    return place;
}

void *arena_alloc_array(struct arena *arena, size_t count, size_t size)
{
    if (size != 0 && count > SIZE_MAX / size) {
        arena_fail(arena);
    }
    return arena_alloc(arena, count * size);
}

void *arena_grow_bytes(struct arena *arena, void *old, size_t old_size, size_t new_size)
{
    if (new_size > SIZE_MAX - ALIGNMENT) {
        arena_fail(arena);
    }
    struct arena_chunk *chunk = arena->chunk;
    if (old != NULL && chunk != NULL) {
        char *end = (char *)chunk->bytes + chunk->used;
        size_t extra = align_size(new_size) - align_size(old_size);
        bool is_last = (char *)old + align_size(old_size) == end;
        if (is_last && chunk->capacity - chunk->used >= extra) {
            chunk->used += extra;
            return old;
        }
    }
    void *grown = grow_own_chunk(arena, old, old_size, new_size);
    if (grown != NULL) {
        return grown;
    }
    char *place = take(arena, new_size);
    if (old_size > 0) {
        memcpy(place, old, old_size);
    }
    return place;
}

void *arena_grow(struct arena *arena, void *old, size_t old_count, size_t new_count, size_t size)
{
    if (size != 0 && new_count > (SIZE_MAX - ALIGNMENT) / size) {
        arena_fail(arena);
    }
    char *place = old_count > 0 ? arena_grow_bytes(arena, old, old_count * size, new_count * size)
                                : take(arena, new_count * size);
    memset(place + old_count * size, 0, (new_count - old_count) * size);
    return place;
}

void *arena_append(struct arena *arena, void *array, size_t count, size_t size)
{
    bool full = (count & (count - 1)) == 0; /* none, or a power of two */
    if (count > SIZE_MAX / 2) {
        arena_fail(arena);
    }
    return full ? arena_grow(arena, array, count, count == 0 ? 1 : 2 * count, size) : array;
}

void arena_defer(struct arena *arena, void (*release)(void *), void *resource)
{
    struct arena_cleanup *cleanup = arena_alloc(arena, sizeof *cleanup);
    cleanup->release = release;
    cleanup->resource = resource;
    cleanup->older = arena->cleanups;
    arena->cleanups = cleanup;
}

char *arena_copy(struct arena *arena, struct slice text)
{
    char *copy = take(arena, text.length + 1);
    if (text.length > 0) {
        memcpy(copy, text.data, text.length);
    }
    copy[text.length] = '\0';
    return copy;
}

struct slice arena_slice(struct arena *arena, struct slice text)
{
    return (struct slice){arena_copy(arena, text), text.length};
}

struct slice arena_lower_case(struct arena *arena, struct slice text)
{
    char *lower = arena_copy(arena, text);
    for (size_t i = 0; i < text.length; i++) {
        lower[i] = ascii_to_lower(lower[i]);
    }
    return (struct slice){lower, text.length};
}

struct slice arena_upper_case(struct arena *arena, struct slice text)
{
    char *upper = arena_copy(arena, text);
    for (size_t i = 0; i < text.length; i++) {
        upper[i] = ascii_to_upper(upper[i]);
    }
    return (struct slice){upper, text.length};
}

struct slice arena_vprintf(struct arena *arena, const char *format, va_list arguments)
{
    /* Most texts are short: formatted once into the chunk's free room, where they stay. */
    char *room = NULL;
    size_t available = 0;
    if (arena->chunk != NULL) {
        room = (char *)arena->chunk->bytes + arena->chunk->used;
        available = arena->chunk->capacity - arena->chunk->used;
    }
    va_list again;
    va_copy(again, arguments);
    int length = format_text(available > 0 ? room : NULL, available, format, arguments);
    if (length < 0) {
        va_end(again);
        arena_fail(arena);
    }
    bool fits = available >= align_size((size_t)length + 1);
    char *text = take(arena, (size_t)length + 1); /* the same room when it fits */
    if (!fits) {
        format_text(text, (size_t)length + 1, format, again);
    }
    va_end(again);
    return (struct slice){text, (size_t)length};
}

struct slice arena_printf(struct arena *arena, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    struct slice text = arena_vprintf(arena, format, arguments);
    va_end(arguments);
    return text;
}
