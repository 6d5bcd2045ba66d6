/*
 * What a template says in the platform's own keys: `imported`, what the platform knows the parts
 * by, and `xo`, what the language cannot say. Both are laid over the artifact.
 *
 * A mapping is laid over a mapping key by key, and over a list by the numbers of its items; any
 * other value takes the place of what stands there. Three keys have a meaning: `-` lists keys to
 * leave out, `=` holds a whole value, and `%` tells how a text is written
 * (src/platform/artifact/equivalence.h). A key that begins with `-`, `=`, `%` or `\` has a `\`
 * before it.
 *
 * Of `imported` only that is taken which means nothing: it can never change what a dialog does,
 * however the template is changed later.
 */
#ifndef DIALOGC_PLATFORM_ARTIFACT_OVERLAY_H
#define DIALOGC_PLATFORM_ARTIFACT_OVERLAY_H

#include "diag/diagnostic.h"
#include "platform/artifact/parts.h"

/* True when the artifact of this dialog needs artifact_overlay. */
bool artifact_has_overlay(const struct dialog *dialog);

/*
 * Lays over `artifact` what the dialog's template says, and what those of called dialogs say of
 * their intents. Addresses under `xo` that nothing has are reported (E0217). The result may share
 * values with the template's tree.
 */
struct node *artifact_overlay(struct arena *arena, const struct dialog *dialog,
                              const struct artifact_tree *artifact,
                              struct diagnostics *diagnostics);

/* `target` (NULL: nothing) with `patch` laid over it; neither is changed. */
struct node *artifact_lay(struct arena *arena, const struct node *target, const struct node *patch);

/* Gives the parts the ids in `imported`, everywhere: see artifact_rename. */
void artifact_take_ids(struct arena *arena, struct artifact_parts *parts,
                       const struct node *imported, struct map *names);

/* Replaces ids in a part by `names`, in all places where ids stand; shares what has none. */
struct node *artifact_rename(struct arena *arena, const struct node *node, const struct map *names);

/* Puts the nodes into the order in which `order` (a mapping of addresses) names them. */
void artifact_order_nodes(struct arena *arena, struct artifact_parts *parts,
                          const struct node *order);

#endif
