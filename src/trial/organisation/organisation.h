/*
 * A Salesforce organisation in memory: records of the objects that the catalog describes, and the
 * REST API on them, with the statuses and error bodies of the real one. docs/testing.md lists what
 * it knows.
 *
 * It has no clock and no chance: ids are numbered, times are those it was made with.
 */
#ifndef DIALOGC_TRIAL_ORGANISATION_ORGANISATION_H
#define DIALOGC_TRIAL_ORGANISATION_ORGANISATION_H

#include "trial/organisation/http.h"
#include "salesforce/sobject.h"

struct organisation;

struct organisation_options {
    struct slice url;   /* of the instance: "https://acme.my.salesforce.com" */
    long long now;      /* milliseconds since 1970 */
    struct slice token; /* the access token that requests must have; empty: none is looked for */
    size_t memory;      /* what the records may take, in bytes; 0: as much as there is */
};

/*
 * An organisation with one user and no other records; it lives in `arena`, which holds nothing else
 * when there is a limit of memory.
 */
struct organisation *organisation_new(struct arena *arena, struct sobject_catalog *catalog,
                                      const struct organisation_options *options);

/*
 * Adds records: `records` maps the names of objects to lists of mappings of fields. Any field may
 * be given, read-only ones as well; a record without `Id` gets one. False, with findings (E1203),
 * for objects and fields that there are not, ids that are none or taken, and values of a wrong
 * type. Values that are not in a picklist that takes others, too, are warnings (W0807).
 */
bool organisation_seed(struct organisation *organisation, const struct node *records,
                       struct diagnostics *diagnostics);

/*
 * Checks records that are expected at the end of a conversation, in the same form: reports (E1203)
 * objects and fields that there are not, and values that no such field has. A mapping
 * `{matches: …}` stands for any text.
 */
void organisation_check_expected(struct arena *arena, struct sobject_catalog *catalog,
                                 const struct node *records, struct diagnostics *diagnostics);

/*
 * Answers a request of the REST or OAuth API. The response is in `arena`; what the organisation
 * keeps of the request is not.
 */
struct http_response organisation_respond(struct organisation *organisation, struct arena *arena,
                                          const struct http_request *request);

/*
 * True when the organisation responds to the path of a request, be it with an error. What is an
 * administrator's own (Apex REST, flows) and what is not simulated at all gets no response here.
 * Temporary memory comes from `arena`.
 */
bool organisation_serves(struct organisation *organisation, struct arena *arena,
                         const struct http_request *request);

/* The records of an object that are not deleted, as a list of mappings in order of creation. */
const struct node *organisation_records(struct organisation *organisation, struct slice object);

#endif
