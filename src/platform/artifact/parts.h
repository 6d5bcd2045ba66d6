/*
 * An artifact taken apart: the dialog, and its nodes, components, sentences and patterns, each
 * under an address that an author can write and that stays when other parts change:
 *
 *     message/done          the node that says `done`; `message/done#2` the second one
 *     entity/lastName       a node, or the component that it has
 *     intent/CreateALead    the intent, its component, its patterns
 *     3f0c…                 a sentence, by the id that dialogc gives it
 */
#ifndef DIALOGC_PLATFORM_ARTIFACT_PARTS_H
#define DIALOGC_PLATFORM_ARTIFACT_PARTS_H

#include "base/map.h"
#include "platform/artifact/write.h"

struct artifact_part {
    struct slice address;
    struct node *value; /* NULL: left out */
};

struct artifact_part_list {
    struct artifact_part *items;
    size_t count;
    size_t capacity;
    struct map index; /* address to the part's number, from 1 on */
};

struct artifact_parts {
    struct node *root;   /* the artifact, for what is in none of the parts */
    struct node *dialog; /* without its nodes */
    struct artifact_part_list nodes, components, sentences, patterns;
};

/* Takes apart the artifact of `dialog`. */
struct artifact_parts artifact_parts_of(struct arena *arena, const struct dialog *dialog,
                                        const struct artifact_tree *artifact);

/* Puts the parts together again: the whole artifact. */
struct node *artifact_parts_together(struct arena *arena, const struct artifact_parts *parts);

/* The part at an address, or NULL. */
struct artifact_part *artifact_part_find(const struct artifact_part_list *list,
                                         struct slice address);

/* Adds a part at the end; the first part of an address is the one that is found under it. */
void artifact_part_add(struct arena *arena, struct artifact_part_list *list, struct slice address,
                       struct node *value);

/* Puts the parts into another order; `items` are all of them. */
void artifact_parts_reorder(struct arena *arena, struct artifact_part_list *list,
                            struct artifact_part *items);

/* The address of a node of a dialog. */
struct slice artifact_node_address(struct arena *arena, const struct dialog_node *node);

/* The address of the component of a node or of a member of a bot action. */
struct slice artifact_component_address(struct arena *arena, const struct dialog_node *node);

#endif
