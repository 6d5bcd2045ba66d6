/*
 * The layouts in which people and tools write JSON text: in one line without or with spaces, or
 * with a line for each member. Text in a known layout can be kept as data and written again as it
 * was.
 */
#ifndef DIALOGC_DOCUMENT_JSON_LAYOUT_H
#define DIALOGC_DOCUMENT_JSON_LAYOUT_H

#include "base/builder.h"
#include "document/tree/node.h"

enum json_layout {
    JSON_COMPACT,  /* {"a":1,"b":[]} */
    JSON_SPACED,   /* {"a": 1, "b": []} */
    JSON_INDENT_2, /* members on lines of their own */
    JSON_INDENT_4,
    JSON_INDENT_TAB,
    JSON_LAYOUT_COUNT,
};

/* The word for a layout: "indent-4". */
const char *json_layout_name(enum json_layout layout);

/* The layout of that name, or JSON_LAYOUT_COUNT. */
enum json_layout json_layout_find(struct slice name);

/* Appends `value` in a layout; numbers with their digits as they are. */
void json_write_layout(struct builder *out, const struct node *value, enum json_layout layout);

/*
 * Reads `text` and finds its layout. Returns NULL when it is no JSON, or is laid out in another
 * way.
 */
struct node *json_read_layout(struct arena *arena, struct slice text, enum json_layout *layout);

#endif
