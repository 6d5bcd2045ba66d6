/*
 * Node: one value of a YAML or JSON document, with its place in the source.
 *
 * A tree is read-only once it is read. Aliases make it a graph without cycles: one node may hang
 * in several places (the reader limits how many nodes there are when all are counted).
 */
#ifndef DIALOGC_DOCUMENT_TREE_NODE_H
#define DIALOGC_DOCUMENT_TREE_NODE_H

#include <stdint.h>

#include "diag/source.h"

enum node_kind {
    NODE_NULL,
    NODE_BOOLEAN,
    NODE_INTEGER, /* text: as JSON would write it, of any length */
    NODE_FLOAT,   /* text: as JSON would write it, of any length */
    NODE_STRING,
    NODE_SEQUENCE,
    NODE_MAPPING,
};

struct member_index; /* index.h */

struct member {
    struct node *key; /* always NODE_STRING */
    struct node *value;
};

/* A large document is millions of these, so each is as small as it can be. */
struct node {
    enum node_kind kind : 8;
    bool boolean;       /* NODE_BOOLEAN */
    bool plain;         /* a scalar written without quotes and on one line */
    uint32_t count;     /* of items or members */
    struct range range; /* in bytes */
    const struct source *source;
    union {
        struct slice text; /* NODE_STRING: the content; numbers: their JSON form; else empty */
        struct {
            struct member_index *index; /* NODE_MAPPING: of its members; NULL when they are few */
            size_t no_text;             /* 0: the length of `text` */
        };
    };
    union {
        struct node **items;    /* NODE_SEQUENCE */
        struct member *members; /* NODE_MAPPING, in the order of the file, keys distinct */
    };
};

/* The value of `key` in a mapping, or NULL; NULL also when `node` is NULL or no mapping. */
struct node *node_get(const struct node *node, const char *key);

/* The text under `key` of a mapping; empty when there is none. */
struct slice node_text(const struct node *node, const char *key);

/* The member with `key`, or NULL. */
struct member *node_member(const struct node *node, struct slice key);

/* "a mapping", "a list", "text", "a number", … for messages. */
const char *node_kind_name(enum node_kind kind);

static inline bool node_is(const struct node *node, enum node_kind kind)
{
    return node != NULL && node->kind == kind;
}

/* The number of elements of a list; 0 when `node` is NULL or no list. */
static inline size_t node_length(const struct node *node)
{
    return node_is(node, NODE_SEQUENCE) ? node->count : 0;
}

static inline bool node_is_number(const struct node *node)
{
    return node != NULL && (node->kind == NODE_INTEGER || node->kind == NODE_FLOAT);
}

/* Equality of JSON values: numbers by value, members in any order. */
bool node_equal(const struct node *a, const struct node *b);

/*
 * The number of nodes of a value, itself and keys included, aliases expanded; `most` when there are
 * as many or more.
 */
size_t node_weight(const struct node *node, size_t most);

/* The value of an integer node; `fallback` when it is NULL, no integer or over 18 digits. */
long long node_integer(const struct node *node, long long fallback);

#endif
