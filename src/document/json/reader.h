/*
 * Reading one JSON document (RFC 8259) into a tree; a byte-order mark is skipped. Numbers keep
 * every digit; duplicate keys, invalid UTF-8 and lone surrogates are errors.
 */
#ifndef DIALOGC_DOCUMENT_JSON_READER_H
#define DIALOGC_DOCUMENT_JSON_READER_H

#include "diag/diagnostic.h"
#include "document/tree/node.h"

#define JSON_DEPTH_LIMIT 1000

/*
 * Reads the document in `bytes`, which must outlive the tree. Returns NULL and reports the first
 * mistake with its place (code E0016; E0003 for UTF-16). The source goes to `*source` in any case.
 */
struct node *json_read(struct arena *arena, const char *path, struct slice bytes,
                       struct diagnostics *diagnostics, struct source **source);

/* False when `text` cannot be JSON, as its first characters show: most texts are not. */
bool json_may_begin(struct slice text);

/*
 * The document in `text`, or NULL when it is not JSON: for text that may be some. Nobody may ask
 * for places in it: in a large document, values that are the same are one node.
 */
struct node *json_read_quietly(struct arena *arena, struct slice text);

#endif
