/*
 * JSON Schema, draft 2020-12: the core, applicator, validation and unevaluated vocabularies.
 * Schemas are compiled once into a set and then validate any number of trees, from any number of
 * threads. `format` is an annotation, unless the metaschema has the format-assertion vocabulary or
 * the set is told to assert formats; the content vocabulary is an annotation always.
 */
#ifndef DIALOGC_DOCUMENT_SCHEMA_SCHEMA_H
#define DIALOGC_DOCUMENT_SCHEMA_SCHEMA_H

#include "diag/diagnostic.h"
#include "document/tree/node.h"

struct schema;
struct schema_set;

/* An empty set; everything in it lives in `arena`. */
struct schema_set *schema_set_new(struct arena *arena);

/*
 * Registers the document `root` under `uri` (and under the `$id`s inside it), so that `$ref`s can
 * find it. Nothing is compiled yet.
 */
void schema_set_add(struct schema_set *set, struct slice uri, const struct node *root);

/* True when a document is registered under `uri`, which has no fragment. */
bool schema_set_has(const struct schema_set *set, struct slice uri);

/* From now on every `format` that dialogc knows is asserted, whatever the metaschema says. */
void schema_set_assert_formats(struct schema_set *set);

/*
 * Compiles the document registered under `uri`, and what it refers to. Returns NULL and reports
 * (E0108) when the schema is not valid: an unresolvable reference, a pattern that does not
 * compile, a keyword's value of the wrong type.
 */
const struct schema *schema_compile(struct schema_set *set, struct slice uri,
                                    struct diagnostics *diagnostics);

/* True when `instance` is valid. Temporary memory comes from `arena`. */
bool schema_is_valid(struct arena *arena, const struct schema *schema, const struct node *instance);

/*
 * As schema_is_valid; reports every failure at the place of the offending value, with codes E0101
 * to E0107. In a failed `oneOf` or `anyOf` only the branch that the author most likely meant is
 * reported.
 */
bool schema_validate(struct diagnostics *diagnostics, const struct schema *schema,
                     const struct node *instance);

#endif
