/*
 * Positions: what the protocol says in lines and characters, in bytes. A line ends at LF, CR or
 * CR LF; what a character is, client and server have agreed on.
 */
#ifndef DIALOGC_EDITOR_WORKSPACE_POSITION_H
#define DIALOGC_EDITOR_WORKSPACE_POSITION_H

#include "diag/source.h"
#include "document/tree/node.h"
#include "report/cjson.h"

enum position_encoding {
    ENCODING_UTF16, /* code units; every client knows it */
    ENCODING_UTF8,  /* bytes */
};

/* A text with the places where its lines begin. */
struct lines {
    struct slice text;
    uint32_t *starts;
    size_t count; /* at least 1 */
    enum position_encoding encoding;
};

/* In `arena`; `text` must outlive it. */
struct lines lines_new(struct arena *arena, struct slice text, enum position_encoding encoding);

/* 0-based. */
struct text_position {
    size_t line;
    size_t character;
};

/* The position of a byte; of the end, when it is beyond. */
struct text_position lines_position(const struct lines *lines, uint32_t offset);

/* The byte at a position; the end of the line or text when it is beyond. */
uint32_t lines_offset(const struct lines *lines, struct text_position position);

/* Adds {"start", "end"} under `key`, or to a list with NULL. */
void lines_add_range(const struct lines *lines, struct cjson parent, const char *key,
                     struct range range);

/* Reads {"line", "character"}; false when it is not that. */
bool position_read(const struct node *node, struct text_position *position);

/* Reads {"start", "end"} of a text; false when it is not that, or ends before it begins. */
bool lines_read_range(const struct lines *lines, const struct node *node, struct range *range);

#endif
