/* The values of `format` in JSON Schema 2020-12 that are asserted. */
#ifndef DIALOGC_DOCUMENT_SCHEMA_FORMAT_H
#define DIALOGC_DOCUMENT_SCHEMA_FORMAT_H

#include "document/schema/regex.h"

struct format;

/*
 * The format called `name`, ready for use; it lives as long as the arena. NULL for a name that is
 * not asserted: idn-email, idn-hostname, iri, iri-reference, uri-template, and unknown ones.
 */
const struct format *format_find(struct arena *arena, struct slice name);

/* Whether `text` has the form. Temporary memory comes from `arena`. */
bool format_matches(struct arena *arena, struct regex_scratch *scratch, const struct format *format,
                    struct slice text);

#endif
