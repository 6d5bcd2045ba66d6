/*
 * Passages: parts of a node's text, and where they are in the file. The text of a node is not what
 * the author wrote when there are quotes, escapes or folded lines, so a passage is searched for.
 */
#ifndef DIALOGC_DOCUMENT_TREE_PASSAGE_H
#define DIALOGC_DOCUMENT_TREE_PASSAGE_H

#include "document/tree/node.h"

/*
 * How far a text has been followed in what is written in the file: for parts that are asked for one
 * behind the other, so that each is searched for from the last one on. {0} to begin with.
 */
struct passage_trail {
    size_t text;    /* an offset in the node's text */
    size_t written; /* the same place in the file, from the node's start */
    size_t misses;  /* parts that were not found: after some no other is looked for */
};

/* The place of `part`, which lies inside node->text, in the source; the node's own if unclear. */
struct range passage_range(const struct node *node, struct slice part);

/* As passage_range, of a part that lies behind the last one. */
struct range passage_follow(struct passage_trail *trail, const struct node *node,
                            struct slice part);

#endif
