/* Patterns of letters, "any one" and "any number", as LIKE and searches have them. */
#ifndef DIALOGC_BASE_GLOB_H
#define DIALOGC_BASE_GLOB_H

#include "base/arena.h"

enum glob_kind {
    GLOB_BYTE,
    GLOB_ONE, /* any one character of UTF-8 */
    GLOB_ANY, /* any number of bytes */
};

struct glob_item {
    enum glob_kind kind;
    char byte;
};

struct glob {
    struct arena *arena;
    struct glob_item *items;
    size_t count;
};

void glob_add(struct glob *glob, enum glob_kind kind, char byte);

/* True when all of `text` fits, ASCII case ignored. Time grows with the product of both lengths. */
bool glob_matches(const struct glob *glob, struct slice text);

#endif
