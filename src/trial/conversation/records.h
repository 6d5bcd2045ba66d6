/* The records of a file of conversations. */
#ifndef DIALOGC_TRIAL_CONVERSATION_RECORDS_H
#define DIALOGC_TRIAL_CONVERSATION_RECORDS_H

#include "diag/diagnostic.h"
#include "document/tree/node.h"
#include "salesforce/sobject.h"

/* The host of the organisation, and what environment variables without a value stand for. */
#define CONVERSATION_HOST "example.my.salesforce.com"

/*
 * Checks the records that a valid file, `root`, has at the start and expects at the end: reports
 * objects, fields and values that the organisation cannot have (E1203), and values that are not in
 * their picklist (W0807).
 */
void conversation_check_records(struct arena *arena, struct sobject_catalog *catalog,
                                const struct node *root, struct diagnostics *diagnostics);

#endif
