/*
 * Prepared schemas: those of dialogc's own languages are compiled when the program is built and are
 * constants of it. Reading and compiling them would cost more time than a template does. What only
 * reports need (descriptions, examples) is read from the embedded document when one is written.
 *
 * prepare.c writes their table; private to src/document/schema/.
 */
#ifndef DIALOGC_DOCUMENT_SCHEMA_PREPARED_H
#define DIALOGC_DOCUMENT_SCHEMA_PREPARED_H

#include "base/builder.h"
#include "document/schema/compiled.h"

struct prepared_schema {
    const char *name; /* "project" for schemas/project.schema.json; NULL in the last row */
    const struct subschema *root;
};

extern const struct prepared_schema prepared_schemas[];

/* Patterns are numbered from 0 through all of the table. */
extern const size_t prepared_pattern_count;

/* An embedded file, as it was read. */
struct prepared_document {
    struct slice name; /* "schemas/project.schema.json" */
    const struct node *root;
};

/*
 * Adds the C source of the table with these schemas (ended by a row without name), and of all that
 * they refer to. `documents`, ended by a row without root, are what compiled ones were read from.
 * False, and nothing is added, when there is what cannot be prepared: a schema of no document, a
 * dynamic reference, an asserted format.
 */
bool prepared_write(struct builder *out, const struct prepared_schema *schemas,
                    const struct prepared_document *documents);

/* The documents that one validation has read for its reports. */
struct documents {
    struct arena *arena;
    struct document *first;
    struct map nodes; /* prepared subschema to its node */
};

struct documents documents_new(struct arena *arena);

/* The node of a schema, read from its embedded document when the schema is a prepared one. */
const struct node *documents_node(struct documents *documents, const struct subschema *schema);

#endif
