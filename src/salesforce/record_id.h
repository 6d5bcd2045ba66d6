/* Record ids: 15 characters, or 18 with a checksum; the first three tell the object. */
#ifndef DIALOGC_SALESFORCE_RECORD_ID_H
#define DIALOGC_SALESFORCE_RECORD_ID_H

#include "base/arena.h"

/* A regular expression for the ids of records with this key prefix; of any record when empty. */
struct slice record_id_pattern(struct arena *arena, struct slice prefix);

/*
 * What is wrong with `id` as the id of a record, or NULL. An id of 18 characters ends in three
 * that check the case of the others: for each group of five, the bits "is an upper-case letter",
 * least significant first, as an index into A-Z0-5.
 */
const char *record_id_mistake(struct slice id);

/* The form of 18 characters of an id of 15; an id of 18 as it is. */
struct slice record_id_long(struct arena *arena, struct slice id);

/* True when both are ids of the same record, whatever their lengths. */
bool record_id_equal(struct slice a, struct slice b);

#endif
