/* Text without quotes that is not what its author sees; private to src/document/yaml/. */
#ifndef DIALOGC_DOCUMENT_YAML_SLIP_H
#define DIALOGC_DOCUMENT_YAML_SLIP_H

#include "diag/diagnostic.h"
#include "document/tree/node.h"

/* Whether `text` is all in typographic quotes, as a word processor makes them: “Who?”. */
bool yaml_is_in_typographic_quotes(struct slice text);

/*
 * Reports (W0022) what a plain text is not meant to be: text in typographic quotes, text that the
 * next item of a list has become a part of, text that a `#` has cut off. `text` is a value, not a
 * key, and was written without quotes; `is_item`: of a list whose items begin with `-`.
 */
void yaml_report_slips(struct diagnostics *diagnostics, const struct node *text, bool is_item);

#endif
