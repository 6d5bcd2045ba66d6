/* Kinds of nodes by the platform's types. */
#ifndef DIALOGC_PLATFORM_ARTIFACT_NODE_TYPE_H
#define DIALOGC_PLATFORM_ARTIFACT_NODE_TYPE_H

#include "dialog/kind.h"
#include "document/tree/node.h"

/* The platform's word for a kind: "botAction". */
const char *node_type_name(enum dialog_kind kind);

/* What the ids of a kind's nodes begin with: "nd-bac-". */
const char *node_type_prefix(enum dialog_kind kind);

/*
 * The kind of a node by its type. An intent is the dialog's own where the dialog begins with it,
 * and calls another dialog elsewhere. False, and the kind as it was, for types not in the table.
 */
bool node_type_kind(struct slice type, bool is_first, enum dialog_kind *kind);

/* True when a node, a member of a bot action or a component has the type of `kind`; takes NULL. */
bool node_type_is(const struct node *object, enum dialog_kind kind);

#endif
