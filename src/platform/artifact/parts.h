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
#include "dialog/dialog.h"

struct xo_part {
    struct slice address;
    struct node *value; /* NULL: left out */
};

struct xo_part_list {
    struct xo_part *items;
    size_t count;
    size_t capacity;
    struct map index; /* address to the part's number, from 1 on */
};

struct xo_parts {
    struct node *root;   /* the artifact, for what is in none of the parts */
    struct node *dialog; /* without its nodes */
    struct xo_part_list nodes, components, sentences, patterns;
};

/* Takes apart the artifact `root` that xo_write has made of `dialog`. */
struct xo_parts xo_parts_of(struct arena *arena, const struct dialog *dialog, struct node *root);

/* Puts the parts together again, and appends the artifact. */
void xo_parts_write(struct builder *out, struct arena *arena, const struct xo_parts *parts);

/* The part at an address, or NULL. */
struct xo_part *xo_part_find(const struct xo_part_list *list, struct slice address);

/* Adds a part at the end; the first part of an address is the one that is found under it. */
void xo_part_add(struct arena *arena, struct xo_part_list *list, struct slice address,
                 struct node *value);

/* Puts the parts into another order; `items` are all of them. */
void xo_parts_reorder(struct arena *arena, struct xo_part_list *list, struct xo_part *items);

/* The address of a node of a dialog. */
struct slice xo_node_address(struct arena *arena, const struct dialog_node *node);

/* The address of the component of a node or of a member of a bot action. */
struct slice xo_component_address(struct arena *arena, const struct dialog_node *node);

#endif
