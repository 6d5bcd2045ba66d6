/* What a text that does not match a pattern was meant to be; private to src/document/schema/. */
#ifndef DIALOGC_DOCUMENT_SCHEMA_REPAIR_H
#define DIALOGC_DOCUMENT_SCHEMA_REPAIR_H

#include "document/schema/compiled.h"

/*
 * The text that the author most likely meant: `text` in another spelling that the pattern and the
 * lengths of `schema` accept ("Book a Visit" becomes `book-a-visit`, "https://acme.example/"
 * becomes `acme.example`, "62.0" becomes `v62.0`). Empty when no spelling fits. The result is in
 * `arena`.
 */
struct slice schema_repair(struct arena *arena, struct pattern_table *patterns,
                           const struct subschema *schema, struct slice text);

#endif
