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

/* A part of a source that is never to be shown. */
struct mask {
    struct range range;
    struct slice text; /* what it means, when escapes or folded lines make that differ */
    bool certain;      /* a credential, which is not to be shown anywhere else either */
    uint32_t reach;    /* the furthest end of a mask up to this one, once they are in order */
};

/* Secrets. They are found while a source is read, or when it is shown; it is constant otherwise. */
struct masks {
    struct mask *items;
    size_t count;
    bool searched; /* the whole source was searched for secrets */
    bool ordered;  /* the items are in the order of the source */
};

struct source_marks;

struct source {
    const char *path;   /* as the user gave it; "<stdin>" for standard input */
    struct slice bytes; /* a byte-order mark is in no line */
    struct masks *masks;
    struct source_marks *marks; /* places whose line and column are known */
};

struct source *source_new(struct arena *arena, const char *path, struct slice bytes);

/*
 * The line and column of byte `offset` (lines end at LF, CR or CR LF). The first place of a large
 * source that is asked for takes time in proportion to its size, and memory of its arena; all
 * others take little.
 */
struct position source_position(const struct source *source, uint32_t offset);

/* The line that holds byte `offset`, without its line end; its first byte goes to `*start`. */
struct slice source_line(const struct source *source, uint32_t offset, uint32_t *start);

/*
 * The same line, of which at most SOURCE_EXCERPT bytes on either side of `offset` are given: a file
 * may be one line.
 */
#define SOURCE_EXCERPT 4096
struct slice source_excerpt(const struct source *source, uint32_t offset, uint32_t *start);

/*
 * From now on the bytes of `range` are shown as asterisks wherever a line is printed, and what they
 * mean is not shown anywhere (see diag/concealment.h). `text` is that meaning, or empty when the
 * bytes say it themselves.
 */
void source_mask(struct arena *arena, const struct source *source, struct range range,
                 struct slice text);

/* Searches the whole source for secrets, by their form and their names, and masks them, once. */
void source_mask_secrets(struct arena *arena, const struct source *source);

/* Puts the masks in order, so that they are found quickly. */
void source_order_masks(const struct source *source);

/* The first mask that begins at `offset` or later; once they are in order. */
size_t source_first_mask(const struct source *source, uint32_t offset);

/* True when the byte at `offset` must not be shown. */
bool source_is_masked(const struct source *source, size_t offset);

/* True when a part of `range` must not be shown. */
bool source_has_mask(const struct source *source, struct range range);

#endif
