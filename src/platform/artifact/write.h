/* Writing a dialog in the platform's file format. */
#ifndef DIALOGC_PLATFORM_ARTIFACT_WRITE_H
#define DIALOGC_PLATFORM_ARTIFACT_WRITE_H

#include "dialog/dialog.h"

/* The hint of content variables that dialogc writes: so it knows them again in an export. */
#define ARTIFACT_CONTENT_HINT "Written by dialogc"

/*
 * Appends the artifact NAME.dialog.json: an object with the keys of a platform export that hold a
 * dialog's parts. docs/format.md tells the form. The same dialog gives the same bytes.
 */
void artifact_write(struct builder *out, struct arena *arena, const struct dialog *dialog);

/* An artifact as a tree, to be looked into; nobody may change its nodes. */
struct artifact_tree {
    struct node *root;
    const struct artifact_node_ids *ids; /* of the dialog's nodes: writer.h */
};

/* What artifact_write writes, in `arena`. */
struct artifact_tree artifact_make_tree(struct arena *arena, const struct dialog *dialog);

#endif
