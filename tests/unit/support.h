/* What the unit tests share: cmocka, and an arena with a recovery point that fails the test. */
#ifndef DIALOGC_TESTS_SUPPORT_H
#define DIALOGC_TESTS_SUPPORT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/arena.h"
#include "diag/diagnostic.h"

/* Opens an arena; running out of memory fails the test. */
#define WITH_ARENA(arena)                                                                          \
    struct arena arena;                                                                            \
    jmp_buf arena##_recovery;                                                                      \
    arena_init(&arena);                                                                            \
    arena.recovery = &arena##_recovery;                                                            \
    if (setjmp(arena##_recovery) != 0) {                                                           \
        fail_msg("out of memory");                                                                 \
    }

#define assert_slice(actual, expected)                                                             \
    do {                                                                                           \
        struct slice checked_ = (actual);                                                          \
        assert_int_equal(checked_.length, strlen(expected));                                       \
        assert_memory_equal(checked_.data, expected, checked_.length);                             \
    } while (0)

#endif
