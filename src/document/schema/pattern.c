/*
 * A slot for each pattern: empty, or filled by the thread that has compiled it. A pattern that is
 * used often is compiled once more, for PCRE2's just-in-time compiler, and replaces the first: a
 * regular expression that other threads may use is never changed.
 */
#include "document/schema/pattern.h"

#include <stdatomic.h>

#include "base/lazy.h"

/*
 * After so many uses a pattern is accelerated: compiling it again costs more than fewer uses would
 * gain.
 */
#define OFTEN 100

struct slot {
    _Atomic(const struct regex *) regex;
    atomic_uint uses; /* counted up to OFTEN; then it is accelerated */
};

struct pattern_table {
    struct arena *arena;
    struct lazy *lazy;
    struct slot *slots;
    size_t count;
};

struct pattern_table *pattern_table_new(struct arena *arena, size_t count)
{
    struct pattern_table *table = arena_alloc(arena, sizeof *table);
    table->arena = arena;
    table->lazy = lazy_new(arena);
    table->slots = arena_alloc_array(arena, count, sizeof *table->slots);
    table->count = count;
    return table;
}

size_t pattern_table_add(struct pattern_table *table, const struct regex *regex)
{
    table->slots = arena_append(table->arena, table->slots, table->count, sizeof *table->slots);
    atomic_store_explicit(&table->slots[table->count].regex, regex, memory_order_relaxed);
    return table->count++;
}

struct request {
    struct slot *slot;
    struct slice text;
};

static struct regex *compile(struct arena *arena, struct slice text)
{
    struct slice message; /* none: the pattern was compiled when the schema was */
    size_t offset;
    return regex_compile(arena, text, &message, &offset);
}

static void make(struct arena *arena, void *context)
{
    const struct request *request = context;
    _Atomic(const struct regex *) *regex = &request->slot->regex;
    if (atomic_load_explicit(regex, memory_order_relaxed) == NULL) {
        atomic_store_explicit(regex, compile(arena, request->text), memory_order_release);
    }
}

static void make_fast(struct arena *arena, void *context)
{
    const struct request *request = context;
    struct regex *fast = compile(arena, request->text);
    regex_accelerate(fast);
    atomic_store_explicit(&request->slot->regex, fast, memory_order_release);
}

const struct regex *pattern_table_get(struct pattern_table *table, struct arena *caller,
                                      size_t index, struct slice text)
{
    struct slot *slot = &table->slots[index];
    struct request request = {slot, text};
    if (atomic_load_explicit(&slot->regex, memory_order_relaxed) == NULL) {
        lazy_make(table->lazy, caller, make, &request);
    }
    if (atomic_load_explicit(&slot->uses, memory_order_relaxed) < OFTEN &&
        atomic_fetch_add_explicit(&slot->uses, 1, memory_order_relaxed) + 1 == OFTEN) {
        lazy_make(table->lazy, caller, make_fast, &request); /* by the one that counts to OFTEN */
    }
    return atomic_load_explicit(&slot->regex, memory_order_acquire);
}
