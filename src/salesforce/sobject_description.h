/* Whether the description of an object is what its author needs it for. */
#ifndef DIALOGC_SALESFORCE_SOBJECT_DESCRIPTION_H
#define DIALOGC_SALESFORCE_SOBJECT_DESCRIPTION_H

#include "salesforce/sobject.h"

/*
 * Reports what is left out of a description that has been added to the catalog, and names in it
 * that nothing has (W0829, W0830).
 */
void sobject_description_check(struct sobject_catalog *catalog, const struct node *root,
                               struct diagnostics *diagnostics);

#endif
