/* Files of records: what an organisation has at the start. */
#ifndef DIALOGC_CLI_RECORDS_H
#define DIALOGC_CLI_RECORDS_H

#include "cli/cli.h"
#include "salesforce/sobject.h"

/*
 * Reads a file of records, a mapping of objects to lists of records (or `org: …` with one), and
 * checks it against the catalog. NULL, with findings, when it cannot be taken.
 */
const struct node *cli_read_records(struct arena *arena, struct findings *findings,
                                    struct sobject_catalog *catalog, const char *path);

#endif
