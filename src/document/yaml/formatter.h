/*
 * The one form of a YAML file: two spaces of indentation, no quotes where none are needed, lists
 * and mappings on one line only where the author wrote them so and they fit, comments at their
 * place, at most one empty line in a row.
 */
#ifndef DIALOGC_DOCUMENT_YAML_FORMATTER_H
#define DIALOGC_DOCUMENT_YAML_FORMATTER_H

#include "base/builder.h"
#include "document/yaml/concrete.h"

/* The width up to which lists, mappings and text stay on a line. */
#define YAML_FORMAT_WIDTH 120

/*
 * The text of the document. What is written reads back as the same tree with the same comments;
 * formatted again, it is the same.
 */
struct slice yaml_format(struct arena *arena, const struct concrete_document *document);

#endif
