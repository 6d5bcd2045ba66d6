/* Inputs that are not read from the disk: standard input, and templates that are not there yet. */
#ifndef DIALOGC_BUILD_COMPILER_GIVEN_H
#define DIALOGC_BUILD_COMPILER_GIVEN_H

#include "base/slice.h"

/* A template that is not on the disk yet. */
struct draft {
    const char *path; /* where it is going to be */
    struct slice bytes;
};

struct given_inputs {
    struct slice standard_input; /* of "-" */
    const struct draft *drafts;
    size_t draft_count;
};

/* True, with its bytes, when the input `path` is given. */
static inline bool given_find(const struct given_inputs *given, const char *path,
                              struct slice *bytes)
{
    if (strcmp(path, "-") == 0) {
        *bytes = given->standard_input;
        return true;
    }
    for (size_t i = 0; i < given->draft_count; i++) {
        if (strcmp(given->drafts[i].path, path) == 0) {
            *bytes = given->drafts[i].bytes;
            return true;
        }
    }
    return false;
}

#endif
