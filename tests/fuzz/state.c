/*
 * Fuzz target: a state file, as if its checksum and its program were right. Whatever is in it, it
 * is refused, or every text and every part that it names lies inside of it.
 */
#include "target.h"

#include "build/incremental/state.h"

/* Where the checksummed part begins, and where the counts do: see struct header in state.c. */
#define CHECKSUM 16
#define CHECKED  24
#define SETTINGS 48

static size_t sum_text(const struct state *state, struct state_text text)
{
    struct slice slice = state_text(state, text);
    size_t sum = 0;
    for (size_t i = 0; i < slice.length; i++) {
        sum += (unsigned char)slice.data[i];
    }
    return sum;
}

static size_t read_all_of(const struct state *state)
{
    size_t sum = 0;
    for (size_t i = 0; i < state->template_count; i++) {
        const struct state_template *t = &state->templates[i];
        sum += sum_text(state, t->file.path) + sum_text(state, t->id);
        for (size_t j = 0; j < t->use_count; j++) {
            sum += sum_text(state, state->uses[t->first_use + j].name);
        }
        for (size_t j = 0; j < (size_t)t->title_count + t->utterance_count; j++) {
            sum += (size_t)state->uniques[t->first_unique + j].fingerprint;
        }
    }
    for (size_t i = 0; i < state->finding_count; i++) {
        sum += sum_text(state, state->findings[i].message) +
               sum_text(state, state->findings[i].suggestion);
    }
    for (size_t i = 0; i < state->shared_count; i++) {
        sum += sum_text(state, state->shared[i].file.path) + sum_text(state, state->shared[i].name);
    }
    return sum;
}

static void check(struct arena *arena, struct slice bytes)
{
    const struct state nothing = {.template_count = 0};
    struct slice head = state_bytes(arena, &nothing);
    char *file = arena_alloc(arena, bytes.length + SETTINGS);
    if (bytes.length > 0) {
        memcpy(file + SETTINGS, bytes.data, bytes.length);
    }
    memcpy(file, head.data, SETTINGS);
    struct slice whole = {file, bytes.length + SETTINGS};
    uint64_t checksum = hash_short(slice_part(whole, CHECKED, whole.length));
    memcpy(file + CHECKSUM, &checksum, sizeof checksum);
    const struct state *state = state_parse(arena, whole);
    volatile size_t sum = state != NULL ? read_all_of(state) : 0;
    (void)sum;
}

FUZZ_TARGET(check)
