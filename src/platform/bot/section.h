/*
 * Merging into an array of an export: what is ours and still wanted is kept or replaced in place,
 * what is ours and no longer wanted is taken out with its comma, what is new is added. Everything
 * else keeps its bytes; taking out all that was added gives back the bytes from before.
 */
#ifndef DIALOGC_PLATFORM_BOT_SECTION_H
#define DIALOGC_PLATFORM_BOT_SECTION_H

#include "platform/bot/bot.h"
#include "base/edit.h"

/* An element that the array must have. */
struct wanted {
    struct slice id;         /* tells elements of one section apart */
    const struct node *node; /* from the artifact, laid out as the platform's exports are */
};

/* What becomes of a section. */
struct section {
    struct slice key;     /* in `parent` */
    const char *identity; /* the key whose value is the id; NULL: the elements are ids */
    size_t depth;         /* of the elements, in units of indentation */
    const struct node *parent;
    const struct node *array; /* NULL: `parent` has no such key */
    bool is_added;            /* dialogc has added the key: it goes with the last element */
    struct map by_id;         /* an id to the first element that has it */
    bool *ours;               /* for each element of the array */
    struct wanted *wanted;
    size_t wanted_count;
};

/* The section `key` of `parent`, nothing ours and nothing wanted yet. */
struct section section_of(struct arena *arena, const struct node *parent, struct slice key,
                          const char *identity, size_t depth);

/* The id of an element. */
struct slice section_id(const struct section *section, const struct node *element);

/* The first element of the array with this id, ours or not; NULL when there is none. */
const struct node *section_find(const struct section *section, struct slice id);

/* True when an element with this id is wanted. */
bool section_wants(const struct section *section, struct slice id);

/* One more element is wanted. */
void section_want(struct arena *arena, struct section *section, struct slice id,
                  const struct node *node);

/* Adds the edits that bring about what the section wants. */
void section_merge(const struct section *section, const struct bot *bot, struct edits *edits);

#endif
