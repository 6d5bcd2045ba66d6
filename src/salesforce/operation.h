/*
 * The operations of Salesforce's REST API that templates name, by one table (operation.def): which
 * request each is, what it does, how it is answered.
 */
#ifndef DIALOGC_SALESFORCE_OPERATION_H
#define DIALOGC_SALESFORCE_OPERATION_H

#include "salesforce/route.h"

enum operation {
#define OPERATION(name, ...) OPERATION_##name,
#include "salesforce/operation.def"
#undef OPERATION
    OPERATION_NONE, /* a request that is none of them; also their number */
};

#define OPERATION_BIT(operation) (1U << (operation))

/* What an operation does to records; flags. */
enum {
    DOES_FIND = 1 << 0, /* one record by its id, or by the value of an external id */
    DOES_CREATE = 1 << 1,
    DOES_CHANGE = 1 << 2,
    DOES_DELETE = 1 << 3,
    DOES_SEARCH = 1 << 4,
    DOES_QUERY = 1 << 5,
};

/* Statuses of a success; flags. */
enum {
    ANSWERS_200 = 1 << 0,
    ANSWERS_201 = 1 << 1,
    ANSWERS_204 = 1 << 2, /* without a body */
};

/* Which fields the records of an answer have. */
enum operation_reads {
    READS_NOTHING,  /* there are no records */
    READS_NAME,     /* the id and the name */
    READS_OBJECT,   /* those of the object that were asked for */
    READS_SELECTED, /* those that the query selects, of related records as well */
};

/* A row of operation.def. */
struct operation_info {
    const char *key;
    const char *method; /* in lower case, as the platform has it */
    const char *route;
    unsigned does;
    unsigned success;
    const char *said;
    enum operation_reads reads;
    const char *records;
    const char *body;
};

/* What there is to know of an operation. Of OPERATION_NONE there is nothing: it does and reads
 * nothing. */
const struct operation_info *operation_info(enum operation operation);

/* The key that an author writes for the operation. */
const char *operation_key(enum operation operation);

/* True when the route of the operation has this part. */
bool operation_takes(enum operation operation, enum route_part part);

/* True when its route ends with parts that may be left out. */
bool operation_has_optional_parts(enum operation operation);

/* True when the operation sends the fields of a record as its body. */
bool operation_writes(enum operation operation);

/* True when a record that is written is always a new one. */
bool operation_only_creates(enum operation operation);

/* True when the route is one of the login's host, not of the instance. */
bool operation_is_of_login(enum operation operation);

/* True when `status` is how a success of the operation is answered; any below 400 for
 * OPERATION_NONE. */
bool operation_succeeds(enum operation operation, long long status);

/* True when the answer to a success never has a body. */
bool operation_has_empty_answer(enum operation operation);

/* The operations that do one of `does`, as a set of OPERATION_BIT. */
unsigned operations_that(unsigned does);

#endif
