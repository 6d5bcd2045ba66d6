/* The schemas of dialogc's own languages, compiled with the program: see prepared.h. */
#ifndef DIALOGC_DOCUMENT_SCHEMA_LIBRARY_H
#define DIALOGC_DOCUMENT_SCHEMA_LIBRARY_H

#include "document/schema/schema.h"

struct schema_library;

/* All of them; what validating makes (regular expressions) lives in `arena`, too. */
const struct schema_library *schema_library_new(struct arena *arena);

/*
 * The schema of schemas/NAME.schema.json, for any number of threads; NULL when it is not among
 * those that are prepared (`prepared_schemas` in src/CMakeLists.txt).
 */
const struct schema *schema_library_find(const struct schema_library *library, const char *name);

#endif
