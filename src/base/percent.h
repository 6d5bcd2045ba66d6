/* Percent-encoding, as JavaScript's encodeURIComponent and as the platform's exports write it. */
#ifndef DIALOGC_BASE_PERCENT_H
#define DIALOGC_BASE_PERCENT_H

#include "base/builder.h"

/*
 * Appends `text` as encodeURIComponent writes it: A-Z a-z 0-9 - _ . ! ~ * ' ( ) stay, every other
 * byte becomes %XX in upper case.
 */
void percent_encode(struct builder *out, struct slice text);

/*
 * Appends `path` as exports write endPoint.path: the bytes that encodeURIComponent leaves and
 * / = ? & , : ; @ + $ stay; an escape that is already there (%2F) is not escaped again.
 */
void percent_encode_path(struct builder *out, struct slice path);

/*
 * Appends `text` with its escapes undone. False, with nothing appended, when it has a `%` that
 * begins no escape.
 */
bool percent_decode(struct builder *out, struct slice text);

/* `text` with its escapes undone; as it is when it has none, or a `%` that begins no escape. */
struct slice percent_decode_text(struct arena *arena, struct slice text);

/*
 * A value of a query string or form as it was: `+` is a space; a text with a `%` that begins no
 * escape stays as it is.
 */
struct slice percent_decode_form(struct arena *arena, struct slice text);

/*
 * Takes the first pair off a query string or form: its name and value are not decoded yet; a pair
 * without `=` has an empty value. False when nothing is left.
 */
bool percent_take_pair(struct slice *form, struct slice *name, struct slice *value);

#endif
