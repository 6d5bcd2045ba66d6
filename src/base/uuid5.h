/*
 * Name-based ids. The platform's ids are version 5 UUIDs; dialogc derives them from stable names
 * below a namespace of its own, so that the same template always gives the same ids.
 */
#ifndef DIALOGC_BASE_UUID5_H
#define DIALOGC_BASE_UUID5_H

#include "base/slice.h"

#define UUID5_TEXT 37 /* 36 characters and a NUL */

/* Writes the UUID of `name` in lower case. */
void uuid5_text(struct slice name, char out[UUID5_TEXT]);

/* Writes the first twelve bytes of the UUID of `name` as 24 hex digits and a NUL. */
void uuid5_object_id(struct slice name, char out[25]);

#endif
