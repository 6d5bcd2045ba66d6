/* How operations end: the error codes that a user can do something about, and success. */
#ifndef DIALOGC_LANGUAGE_OPERATION_OUTCOME_H
#define DIALOGC_LANGUAGE_OPERATION_OUTCOME_H

#include "language/model/template.h"

#define OPERATION_BIT(operation) (1U << (operation))

struct outcome_info {
    enum outcome outcome;
    const char *key;     /* of the branch of a `call` step */
    const char *pattern; /* of the REST API's error codes, as a regular expression */
    unsigned operations; /* that can end so: a set of OPERATION_BIT */
};

/* The outcomes that are told by an error code, in the order in which they are tried. */
const struct outcome_info *outcome_infos(size_t *count);

/* True for the outcomes of outcome_infos. */
bool outcome_is_coded(enum outcome outcome);

/* True when `status` is how a success of the operation is answered. */
bool operation_succeeds(enum operation operation, long long status);

/* "201": the status of a success, for messages. */
const char *operation_success(enum operation operation);

#endif
