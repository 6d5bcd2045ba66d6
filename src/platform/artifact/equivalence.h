/*
 * What means nothing in an export: ids and places on the canvas, keys with the values that they
 * have without being there, how a text is written. Two exports that differ in nothing else are the
 * same dialogs.
 */
#ifndef DIALOGC_PLATFORM_ARTIFACT_EQUIVALENCE_H
#define DIALOGC_PLATFORM_ARTIFACT_EQUIVALENCE_H

#include "base/arena.h"
#include "document/tree/node.h"

/*
 * True when the difference between the values `a` and `b` (NULL: no value) at `path` means nothing.
 * A path begins with what the value is in ("dialog", "node", "component", "sentence", "pattern"),
 * then keys follow, with an asterisk for the number of an item and for a locale.
 */
bool artifact_is_equivalent(struct arena *arena, struct slice path, const struct node *a,
                            const struct node *b);

/* True for the condition of a transition that asks for nothing: nobody has filled it in. */
bool artifact_is_unfilled(const struct node *condition);

/*
 * How the text `have` must be written to be `want`; empty when it is another text. The words:
 *
 *     plain            without percent-encoding
 *     indent-4         its JSON in that layout (src/document/json/layout.h), percent-encoded
 *     plain indent-4   both
 *     json indent-4    its JSON in that layout; texts that are never percent-encoded
 *     open             the end of the dialog as an end that leads nowhere: "" for "end"
 */
struct slice artifact_find_manner(struct arena *arena, const struct node *have,
                                  const struct node *want);

/* `text` written in that manner; as it is when that is not possible. */
struct slice artifact_apply_manner(struct arena *arena, struct slice text, struct slice manner);

#endif
