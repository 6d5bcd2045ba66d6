/* Record ids: 15 characters, or 18 with a checksum; the first three tell the object. */
#ifndef DIALOGC_SALESFORCE_RECORD_ID_H
#define DIALOGC_SALESFORCE_RECORD_ID_H

#include "base/arena.h"

/* The key prefix of a standard object ("Lead": "00Q"), or NULL. */
const char *record_id_prefix(struct slice object);

/* A regular expression for the ids of `object`; of any object when it is empty or not known. */
struct slice record_id_pattern(struct arena *arena, struct slice object);

#endif
