/* The order of keys: as the schema lists them. */
#ifndef DIALOGC_DOCUMENT_SCHEMA_KEY_ORDER_H
#define DIALOGC_DOCUMENT_SCHEMA_KEY_ORDER_H

#include "document/schema/places.h"
#include "document/yaml/concrete.h"

/*
 * Puts the members of every mapping that `schema` knows into the order of its `properties`, with
 * their comments; keys that it does not list stay behind them, in the order they have. Mappings
 * with names for keys stay as they are, since the order of entities, say, means something; so does
 * all of a document with anchors, which must come before their aliases. What is under a schema with
 * `x-one-line` is written by programs: it stays on its lines, however long they are.
 */
void key_order_apply(struct arena *arena, const struct concrete_document *document,
                     const struct node *schema, const struct schema_documents *documents);

#endif
