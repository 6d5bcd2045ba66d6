/* Paths that the project file names. */
#ifndef DIALOGC_BUILD_INPUTS_NAMED_H
#define DIALOGC_BUILD_INPUTS_NAMED_H

#include "diag/input.h"
#include "document/tree/node.h"

/*
 * Whether `path` exists, which the project file names at `node`; otherwise there is a finding
 * (E0021), with the name of a neighbour that was meant.
 */
bool named_exists(struct arena *arena, struct findings *findings, const struct node *node,
                  const char *path);

#endif
