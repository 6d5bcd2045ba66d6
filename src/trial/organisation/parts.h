/* What the parts of the organisation share. */
#ifndef DIALOGC_TRIAL_ORGANISATION_PARTS_H
#define DIALOGC_TRIAL_ORGANISATION_PARTS_H

#include "salesforce/sosl.h"
#include "trial/organisation/organisation.h"

struct record {
    const struct sobject *object;
    struct slice id;     /* of 18 characters */
    struct node *fields; /* a mapping; a field that has no value is not in it */
    bool is_deleted;
    size_t changed; /* a number that grows: the record changed last has the greatest */
};

struct record_list {
    struct record **items;
    size_t count;
};

struct organisation {
    struct arena *arena; /* of the records */
    struct arena *work;  /* of the request that is answered */
    struct sobject_catalog *catalog;
    struct organisation_options options;
    struct record_list records; /* of all objects, in order of creation */
    struct map by_id;           /* the first 15 characters of ids */
    struct map numbers;         /* of ids given so far, by object: struct id_number */
    struct record *user;        /* who makes the requests */
    size_t changes;
    struct node *batches; /* records of queries that were too many for one answer, by number */
};

/* Why something is refused; `code` NULL: it is not. */
struct refusal {
    long status;
    const char *code; /* Salesforce's: "REQUIRED_FIELD_MISSING" */
    struct slice message;
    const struct node *fields; /* a list of names, or NULL */
};

/* ---- responses (response.c) ---- */

/* Makes a refusal. */
PRINTF_LIKE(4, 5)
struct refusal organisation_refuse(struct organisation *org, long status, const char *code,
                                   const char *format, ...);

/* The response that a refusal is sent as. */
struct http_response response_of_refusal(struct organisation *org, const struct refusal *refusal);

/* A response with a body of JSON. */
struct http_response response_of_json(struct organisation *org, long status,
                                      const struct node *body);

/* ---- records (store.c, rules.c) ---- */

/* The record with an id of either length, deleted or not; NULL when there is none. */
struct record *store_find(const struct organisation *org, struct slice id);

/* Refuses to keep more when the records have all the memory that they may take. */
struct refusal store_refuse_more(struct organisation *org);

/* Adds a record with `fields` as they are; an empty id makes one. */
struct record *store_add(struct organisation *org, const struct sobject *object, struct slice id,
                         struct node *fields);

/* Sets the fields that Salesforce keeps itself: names, times, who it was, what follows of others.
 */
void store_derive(struct organisation *org, struct record *record, bool is_new);

/* `{"type": …, "url": …}` of a record. */
struct node *store_attributes(struct organisation *org, const struct record *record,
                              struct slice version);

/*
 * Takes the values in `given` over to `fields`, each in the form that Salesforce keeps; refuses
 * what it would refuse. `is_new`: for a new record. `any`: read-only fields as well, and nothing is
 * required.
 */
struct refusal rules_apply(struct organisation *org, const struct sobject *object,
                           const struct node *given, struct node *fields, bool is_new, bool any);

/* The same for one field. */
struct refusal rules_apply_field(struct organisation *org, const struct sobject *object,
                                 struct slice name, const struct node *value, struct node *fields,
                                 bool is_new, bool any);

/*
 * Refuses a record that there is already: by unique fields, by the rules for duplicates. `record`
 * is a new one, without an id, or what the record of its id is about to become.
 */
struct refusal rules_duplicates(struct organisation *org, const struct record *record);

/* ---- reading (query.c, search.c, describe_result.c) ---- */

/* A field's value, NULL when it has none. */
const struct node *record_value(const struct record *record, const struct sobject_field *field);

/* The record that a reference field leads to, or NULL. */
const struct record *record_follow(const struct organisation *org, const struct record *record,
                                   const struct sobject_field *field);

/* How many records one answer has, at least and at most, when there are more. */
enum { QUERY_BATCH_LEAST = 200, QUERY_BATCH_MOST = 2000 };

/* The answer to a query, `{totalSize, done, records}`; `batch_size` 0: the most there is. */
struct refusal query_respond(struct organisation *org, struct slice soql, struct slice version,
                             size_t batch_size, struct node **answer);

/* Where the records of a long answer, the batch of this number, go on from the record `first`. */
struct slice query_locator(struct arena *arena, struct slice version, size_t number, size_t first);

/* Whether a value, NULL: none, holds against the values of a test of SOQL (query_test.c). */
bool query_test(struct organisation *org, const struct soql_test *test, const struct node *value);

/* What is searched for; refuses what is too short, or no term of SOSL. */
struct refusal search_read_term(struct organisation *org, struct slice text,
                                const struct sosl_term **term);

/* True when the texts of a record have what is searched for. */
bool search_matches(struct organisation *org, const struct record *record,
                    const struct sosl_term *term, enum sosl_group group);

/* The answer to `FIND {…} RETURNING …`. */
struct refusal search_respond(struct organisation *org, struct slice sosl, struct slice version,
                              struct node **answer);

/* A record of a search: the named fields, or its id alone. */
struct node *search_record(struct organisation *org, const struct record *record,
                           const struct slice *fields, size_t count, struct slice version);

/* What /sobjects/X/describe says; `brief`: what stands in lists of objects. */
struct node *describe_result(struct organisation *org, const struct sobject *object,
                             struct slice version, bool brief);

#endif
