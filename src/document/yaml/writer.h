/*
 * Writing YAML for people: the subset that the language uses, two spaces of indentation, long texts
 * as literal blocks, short lists on one line. What is written reads back as the same tree.
 */
#ifndef DIALOGC_DOCUMENT_YAML_WRITER_H
#define DIALOGC_DOCUMENT_YAML_WRITER_H

#include "base/builder.h"
#include "document/tree/node.h"

/* The line width up to which lists and mappings may stand on one line. */
#define YAML_LINE_WIDTH 100

/*
 * Appends the members of a mapping, each from a line of its own, indented by `indent` spaces.
 * `lines` names keys (NULL at the end) whose lists take a line for each item however short they
 * are; NULL: none.
 */
void yaml_write_members(struct builder *out, const struct node *mapping, size_t indent,
                        const char *const *lines);

/* Appends `key: value` with the value on the same line, whatever its length, and a line break. */
void yaml_write_line(struct builder *out, struct slice key, const struct node *value,
                     size_t indent);

/* A text as it is written on one line, in quotes where it needs them; in flow lists and mappings
 * more texts do. */
struct slice yaml_text_on_line(struct arena *arena, struct slice text, bool in_flow);

#endif
