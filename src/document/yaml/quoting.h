/* Writing text and keys of YAML; private to src/document/yaml/. */
#ifndef DIALOGC_DOCUMENT_YAML_QUOTING_H
#define DIALOGC_DOCUMENT_YAML_QUOTING_H

#include "base/builder.h"

/*
 * True for text with characters that only double quotes can hold: control characters, line breaks
 * of YAML 1.1. In a literal block tabs are themselves: `tabs_too` is false there.
 */
bool yaml_needs_escapes(struct slice text, bool tabs_too);

/*
 * True for text that is itself without quotes. In flow lists and mappings commas and brackets would
 * end it. Keys are always text, whatever they look like.
 */
bool yaml_can_be_plain(struct arena *arena, struct slice text, bool in_flow, bool is_key);

/* Appends text in quotes: in double ones, unless it has some itself, or backslashes. */
void yaml_add_quoted(struct builder *out, struct slice text);

/* Appends a text on one line: plain if it can be, else in quotes. */
void yaml_add_text(struct builder *out, struct slice text, bool in_flow, bool is_key);

/*
 * Appends `|` and the lines, indented by `indent`, and a line break. The number of spaces of
 * indentation follows the `|` where the first line begins with white space.
 */
void yaml_add_literal(struct builder *out, struct slice text, size_t indent);

/* Appends a key and its colon, on a line that is indented by `indent`. */
void yaml_add_key(struct builder *out, struct slice key, bool in_flow, size_t indent);

#endif
