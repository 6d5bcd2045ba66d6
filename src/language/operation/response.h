/* What the answers of operations look like, for checking `${service.body.…}`. */
#ifndef DIALOGC_LANGUAGE_OPERATION_RESPONSE_H
#define DIALOGC_LANGUAGE_OPERATION_RESPONSE_H

#include "language/model/template.h"

enum response_fact {
    RESPONSE_UNKNOWN, /* nothing is known of this place */
    RESPONSE_FOUND,
    RESPONSE_NOT_FOUND,
    RESPONSE_EMPTY, /* the operation's answer has no body */
};

/*
 * Looks up segments `from`… of `reference` in what is known of the service's answer: the
 * operation's form, and the samples of successes. `*kind` is the value's kind when it was found.
 * When it was not, `*segment` is the first segment that is not there and `suggest` (may be NULL)
 * is offered the keys that are.
 */
enum response_fact response_look_up(const struct service *service,
                                    const struct reference *reference, size_t from,
                                    enum value_kind *kind, size_t *segment,
                                    void (*offer)(void *context, struct slice name), void *context);

/*
 * The field that segments `from`… of `reference` lead to in the service's answer; NULL when it is
 * no field of a record, or not known.
 */
const struct sobject_field *response_field(const struct service *service,
                                           const struct reference *reference, size_t from);

/*
 * The first segment of `reference` behind those that lead to a record of the answer ("records",
 * "0"); SIZE_MAX when it does not lead to one.
 */
size_t response_record_at(const struct service *service, const struct reference *reference,
                          size_t from);

#endif
