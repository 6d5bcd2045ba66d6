/* Looking up many keys of one mapping, which node_member would search from its start each time. */
#ifndef DIALOGC_DOCUMENT_TREE_INDEX_H
#define DIALOGC_DOCUMENT_TREE_INDEX_H

#include "base/map.h"
#include "document/tree/node.h"

/* {0} to begin with; made when it is first used. */
struct node_index {
    struct map members; /* key to its value */
};

/*
 * The value of `key` in `mapping`, or NULL; NULL also when `mapping` is NULL or no mapping. The
 * mapping is the same in every call with this index, which lives in `arena`.
 */
const struct node *node_index_find(struct node_index *index, struct arena *arena,
                                   const struct node *mapping, struct slice key);

#endif
