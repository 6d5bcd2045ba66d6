/*
 * Reading one YAML document into a tree.
 *
 * Scalars follow the core schema of YAML 1.2. Keys are text: `1: a` has the key "1". Anchors,
 * aliases and merge keys (`<<`) are resolved; a merged member hangs in both mappings.
 */
#ifndef DIALOGC_DOCUMENT_YAML_READER_H
#define DIALOGC_DOCUMENT_YAML_READER_H

#include "diag/diagnostic.h"
#include "document/tree/node.h"

#define YAML_BYTES_LIMIT ((size_t)16 * 1024 * 1024) /* of one file */
#define YAML_DEPTH_LIMIT 100                        /* of nested lists and mappings */
#define YAML_NODES_LIMIT ((size_t)2 * 1000 * 1000)  /* of values, aliases expanded */

/*
 * Reads the document in `bytes`, which must outlive the tree. A byte-order mark is skipped. The
 * source of the document goes to `*source` in any case. Returns NULL and reports when the bytes
 * hold no single valid document; what can be found beyond the first mistake is reported too.
 */
struct node *yaml_read(struct arena *arena, const char *path, struct slice bytes,
                       struct diagnostics *diagnostics, struct source **source);

#endif
