/* Describe results of the REST API, as descriptions of objects. */
#ifndef DIALOGC_SALESFORCE_DESCRIBE_H
#define DIALOGC_SALESFORCE_DESCRIBE_H

#include "base/builder.h"
#include "salesforce/sobject.h"

/*
 * Writes the description (schemas/sobject.schema.json) of the object in a describe result: what
 * `GET …/sobjects/X/describe` or `sf sobject describe` gives, on its own or as `result`. Custom
 * fields and the organisation's picklist values are kept; fields that are deprecated are not.
 * `catalog` knows what a describe result does not say: that one of several fields is required. The
 * object's name goes to `*name`.
 * False, with a finding (E0820), when it is no describe result.
 */
bool describe_import(struct arena *arena, const struct node *root, struct sobject_catalog *catalog,
                     struct builder *out, struct slice *name, struct diagnostics *diagnostics);

#endif
