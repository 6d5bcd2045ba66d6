/* What must never be shown: credentials, by their form or by the name of their key. */
#ifndef DIALOGC_DIAG_SECRET_H
#define DIALOGC_DIAG_SECRET_H

#include "base/slice.h"

/* True when the value looks like a credential (a token, a key, a signed-in session). */
bool secret_is_likely(struct slice value);

/* True when a key of this name usually holds a credential. */
bool secret_is_named(struct slice key);

/*
 * Finds the part of a source line that must not be shown: the value behind a key that
 * secret_is_named, unless it is a reference (${…}, {{…}}). From `from` on; false when there is
 * none. Needs no valid YAML, so that it serves for lines with syntax errors, too.
 */
bool secret_in_line(struct slice line, size_t from, size_t *start, size_t *end);

#endif
