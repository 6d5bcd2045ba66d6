/* The core schema of YAML 1.2 (chapter 10.3): what a plain scalar means. */
#ifndef DIALOGC_DOCUMENT_YAML_SCALAR_H
#define DIALOGC_DOCUMENT_YAML_SCALAR_H

#include "document/tree/node.h"

/*
 * Gives `node` the kind and value of the plain scalar `text`; numbers get JSON notation
 * ("0x1F" becomes "31", "+.5" becomes "0.5"). Infinities and NaN, which JSON lacks, stay text,
 * and so do decimal numbers with a leading zero (0777), which the core schema would accept.
 */
void scalar_resolve(struct arena *arena, struct node *node, struct slice text);

#endif
