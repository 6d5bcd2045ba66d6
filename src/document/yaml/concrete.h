/*
 * Concrete syntax: a YAML document as it is written, with its comments, empty lines, quotes and
 * anchors. The tree that the compiler works with (reader.h) has none of them.
 */
#ifndef DIALOGC_DOCUMENT_YAML_CONCRETE_H
#define DIALOGC_DOCUMENT_YAML_CONCRETE_H

#include "base/arena.h"
#include "base/slice.h"

enum concrete_kind {
    CONCRETE_SCALAR,
    CONCRETE_ALIAS,
    CONCRETE_SEQUENCE,
    CONCRETE_MAPPING,
};

enum concrete_style {
    CONCRETE_PLAIN,
    CONCRETE_SINGLE_QUOTED,
    CONCRETE_DOUBLE_QUOTED,
    CONCRETE_LITERAL, /* | */
    CONCRETE_FOLDED,  /* > */
    CONCRETE_FLOW,    /* of lists and mappings: [a], {a: b} */
    CONCRETE_BLOCK,   /* likewise, on lines of their own */
};

/* A line of comment, from its `#` on. */
struct comment {
    struct slice text;
    bool blank_before; /* there is an empty line above it */
};

struct comments {
    struct comment *items;
    size_t count;
};

struct concrete {
    enum concrete_kind kind;
    enum concrete_style style;
    struct slice properties;        /* anchor and tag as written: "&name !!str"; empty: none */
    struct slice text;              /* the content of a scalar, the name of an alias */
    struct slice written;           /* a scalar as it is in the file, without its properties */
    bool needs_lines;               /* of a flow list or mapping: there are comments in it */
    bool stays_flow;                /* likewise: however long it is (key_order.h) */
    struct concrete_entry *entries; /* of lists and mappings */
    size_t count;
    struct comments after; /* lines of comment behind the last entry, indented as it is */
    size_t start, end;     /* offsets in the file */
    size_t column;         /* of the first character, in code points from 0 */
};

/* An item of a list, or a member of a mapping. */
struct concrete_entry {
    struct comments before; /* lines of comment above it */
    bool blank_before;      /* there is an empty line above it and its comments */
    struct slice trailing;  /* the comment at the end of its first line; empty: none */
    size_t trailing_column; /* where it begins */
    struct concrete *key;   /* of a member; NULL: an item */
    struct concrete *value;
};

struct concrete_document {
    struct comments head; /* what stands above the root */
    bool has_marker;      /* it begins with `---` */
    bool has_anchors;     /* some value has a name, so the order of values matters */
    struct concrete *root;
    size_t comment_count;
};

/*
 * Reads a document that yaml_read (reader.h) accepts; NULL when it has directives, or keys that are
 * no text. `bytes` must outlive what is returned.
 */
const struct concrete_document *concrete_read(struct arena *arena, struct slice bytes);

#endif
