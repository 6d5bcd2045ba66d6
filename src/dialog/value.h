/* Values of data (struct body), as JavaScript or as JSON. */
#ifndef DIALOGC_DIALOG_VALUE_H
#define DIALOGC_DIALOG_VALUE_H

#include "dialog/script.h"
#include "document/json/writer.h"

/* True when a part of the value is known only when the dialog runs. */
bool value_has_references(const struct body *value);

/*
 * Appends a JavaScript expression: one reference keeps its type, text with references is text. Of a
 * mapping with fields of `object` (NULL: none), references become what the fields take.
 */
void value_write(struct script_writer *writer, const struct body *value,
                 const struct sobject *object);

/*
 * Writes the JSON of a value that needs no script: parameters are put in, and references to
 * variables of the bot are the platform's `{{…}}`.
 */
void value_write_fixed(struct json_writer *json, const struct analysis *analysis,
                       const struct body *value);

#endif
