/* How operations fail: the error codes that a user can do something about. */
#ifndef DIALOGC_LANGUAGE_OPERATION_OUTCOME_H
#define DIALOGC_LANGUAGE_OPERATION_OUTCOME_H

#include "language/model/template.h"

struct outcome_info {
    enum outcome outcome;
    const char *key;     /* of the branch of a `call` step */
    const char *pattern; /* of the REST API's error codes, as a regular expression */
    unsigned does;       /* operations that do one of this can end so; 0: all can */
};

/* The outcomes that are told by an error code, in the order in which they are tried. */
const struct outcome_info *outcome_infos(size_t *count);

/* True for the outcomes of outcome_infos. */
bool outcome_is_coded(enum outcome outcome);

/* The operations that can end so, as a set of OPERATION_BIT. */
unsigned outcome_operations(const struct outcome_info *info);

#endif
