/* The frame of a fuzz target: an arena for each input, with a recovery point. */
#ifndef DIALOGC_TESTS_FUZZ_TARGET_H
#define DIALOGC_TESTS_FUZZ_TARGET_H

#include <stdint.h>
#include <stdlib.h>

#include "base/arena.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Defines the target: calls `check(arena, bytes)` with each input. */
#define FUZZ_TARGET(check)                                                                         \
    int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)                                   \
    {                                                                                              \
        struct arena arena;                                                                        \
        jmp_buf recovery;                                                                          \
        arena_init(&arena);                                                                        \
        arena.recovery = &recovery;                                                                \
        if (setjmp(recovery) == 0) {                                                               \
            check(&arena, (struct slice){(const char *)data, size});                               \
        }                                                                                          \
        arena_free(&arena);                                                                        \
        return 0;                                                                                  \
    }

/* The first byte, by which some targets choose, taken off the input; 0 when there is none. */
static inline uint8_t fuzz_choice(struct slice *bytes)
{
    uint8_t choice = bytes->length > 0 ? (uint8_t)bytes->data[0] : 0;
    *bytes = slice_part(*bytes, bytes->length > 0, bytes->length);
    return choice;
}

#endif
