/*
 * Index: where each key of a mapping is. Mappings with few members have none (NULL), since a search
 * from the start is as quick; the readers and build.h keep one for all others, so that looking up
 * many keys of a large mapping takes time in proportion to its size. node_member knows both ways.
 */
#ifndef DIALOGC_DOCUMENT_TREE_INDEX_H
#define DIALOGC_DOCUMENT_TREE_INDEX_H

#include "base/arena.h"
#include "document/tree/node.h"

struct member_index;

/* An index of `count` members with distinct keys, in `arena`; NULL when they are few. */
struct member_index *member_index_new(struct arena *arena, const struct member *members,
                                      size_t count);

/*
 * The index of `count` members, the last of which is new, made of the one of those before; NULL
 * when they are few.
 */
struct member_index *member_index_add(struct arena *arena, struct member_index *index,
                                      const struct member *members, size_t count);

/* Makes `index`, which may be NULL, one of `count` members that are left of those it knew. */
void member_index_rebuild(struct member_index *index, const struct member *members, size_t count);

/* The position of `key` among the members, or SIZE_MAX; `index` is theirs. */
size_t member_index_find(const struct member_index *index, const struct member *members,
                         struct slice key);

#endif
