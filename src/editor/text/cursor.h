/*
 * A cursor: where in a file of dialogc the author types, and what the schemas say of that place.
 *
 * The text need not be right, since half of a line is there mostly. A word of its own is put in at
 * the cursor, and the reader of YAML looks for it; lines that it cannot read are left out.
 */
#ifndef DIALOGC_EDITOR_TEXT_CURSOR_H
#define DIALOGC_EDITOR_TEXT_CURSOR_H

#include "build/inputs/schema_texts.h"

/* What stands in the tree at the cursor. */
#define CURSOR_PROBE "dialogcCursor7"

/* A mapping or list around the cursor. */
struct cursor_step {
    const struct node *node;
    const struct member *member; /* of a mapping: the one that leads to the cursor */
    struct schema_places places;
};

struct cursor {
    struct slice text;         /* as it was read, with the probe */
    uint32_t offset;           /* of the cursor */
    const struct node *root;   /* of the tree with the probe in it */
    struct cursor_step *steps; /* from the root on */
    size_t count;
    bool is_key;                 /* a key is typed */
    bool is_value;               /* a value is typed; where a line begins both can be true */
    const struct node *scalar;   /* the key or the value */
    struct schema_places places; /* of the value */
    struct slice before;         /* of the scalar's text, what is in front of the cursor */
    struct range word;           /* of the author's text, what the author has typed of the word */
    bool has_colon;              /* behind the word */
};

/*
 * Finds out about the byte `offset` of a file; false when nothing is known of that place. All
 * lives in `arena`.
 */
bool cursor_find(struct arena *arena, struct schema_texts *schemas, const char *path,
                 struct slice text, uint32_t offset, struct cursor *cursor);

/* True inside of `${…}`: what is between `${` and the cursor goes to `*text`. */
bool cursor_in_reference(const struct cursor *cursor, struct slice *text);

/* The mapping whose key is typed: the last step. */
static inline const struct cursor_step *cursor_last(const struct cursor *cursor)
{
    return &cursor->steps[cursor->count - 1];
}

/* True when a mapping or list is written in one line, with brackets. */
static inline bool cursor_is_in_flow(const struct cursor *cursor)
{
    const struct node *node = cursor_last(cursor)->node;
    char first = node->range.start < cursor->text.length ? cursor->text.data[node->range.start] : 0;
    return first == '{' || first == '[';
}

#endif
