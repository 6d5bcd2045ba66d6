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

/* Whose responses a place can show: those of calls that went well, or of those that failed. */
enum response_ends {
    RESPONSE_OF_SUCCESS = 1,
    RESPONSE_OF_FAILURE = 2,
    RESPONSE_OF_ANY = RESPONSE_OF_SUCCESS | RESPONSE_OF_FAILURE,
};

/*
 * Looks up what `reference` names behind `service.body` in what is known of the service's response:
 * the operation's form, and the samples; of a raw request, those of `ends`. `*kind` is the value's
 * kind when it was found. When it was not, `*segment` is the first segment that is not there and
 * `offer` (may be NULL) is called with the keys that are. `arena` is for descriptions of objects
 * that are read.
 */
enum response_fact response_look_up(struct arena *arena, const struct service *service,
                                    const struct reference *reference, enum response_ends ends,
                                    enum value_kind *kind, size_t *segment,
                                    void (*offer)(void *context, struct slice name), void *context);

/*
 * The field that `reference` leads to in the service's response; NULL when it is no field of a
 * record, or not known. `arena` as above.
 */
const struct sobject_field *response_field(struct arena *arena, const struct service *service,
                                           const struct reference *reference);

/*
 * Of the segments of `reference` from `first` on, the first that is an index behind the end of its
 * list in all samples of these ends that have the list; `*count` is the length of the longest.
 * SIZE_MAX when there is none.
 */
size_t response_beyond_samples(const struct service *service, const struct reference *reference,
                               size_t first, enum response_ends ends, size_t *count);

/* Whether the samples have dates, as texts, where `reference` leads, and nothing else. */
bool response_has_sampled_dates(const struct service *service, const struct reference *reference);

/*
 * The first segment of `reference` behind those that lead to a record of the response ("records",
 * "0"); SIZE_MAX when it does not lead to one.
 */
size_t response_record_at(const struct service *service, const struct reference *reference);

#endif
