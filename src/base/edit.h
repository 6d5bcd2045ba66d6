/* Edits: replacements of ranges of a text, collected in any order and applied at once. */
#ifndef DIALOGC_BASE_EDIT_H
#define DIALOGC_BASE_EDIT_H

#include "base/builder.h"

struct edit {
    size_t start; /* in bytes; start == end is an insertion */
    size_t end;
    struct slice text;
    size_t number; /* edits of one place are applied in the order of their addition */
};

struct edits {
    struct arena *arena;
    struct edit *items;
    size_t count;
};

static inline struct edits edits_new(struct arena *arena)
{
    return (struct edits){.arena = arena};
}

/* Ranges of different edits must not overlap; `text` must outlive the edits. */
void edits_add(struct edits *edits, size_t start, size_t end, struct slice text);

/* `bytes` with all edits made. */
struct slice edits_apply(struct edits *edits, struct slice bytes);

#endif
