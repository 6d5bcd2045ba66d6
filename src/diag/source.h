/* Source: the bytes of one input file, and where its lines are. */
#ifndef DIALOGC_DIAG_SOURCE_H
#define DIALOGC_DIAG_SOURCE_H

#include <stdint.h>

#include "base/arena.h"

/* A place in a source, in bytes, end exclusive. Start and end may be equal (a point). */
struct range {
    uint32_t start;
    uint32_t end;
};

/* 1-based; a column counts Unicode code points. */
struct position {
    size_t line;
    size_t column;
};

/* Secrets: never to be shown. They are found while a source is read, which is constant otherwise.
 */
struct masks {
    struct range *items;
    size_t count;
};

struct source {
    const char *path;   /* as the user gave it; "<stdin>" for standard input */
    struct slice bytes; /* without a byte-order mark */
    struct masks *masks;
};

struct source *source_new(struct arena *arena, const char *path, struct slice bytes);

/* The line and column of byte `offset` (lines end at LF, CR or CR LF). O(offset). */
struct position source_position(const struct source *source, uint32_t offset);

/* The line that holds byte `offset`, without its line end; its first byte goes to `*start`. */
struct slice source_line(const struct source *source, uint32_t offset, uint32_t *start);

/* From now on the bytes of `range` are shown as asterisks wherever a line is printed. */
void source_mask(struct arena *arena, const struct source *source, struct range range);

#endif
