/* URI references (RFC 3986, section 5), for `$id` and `$ref`. */
#ifndef DIALOGC_DOCUMENT_SCHEMA_URI_H
#define DIALOGC_DOCUMENT_SCHEMA_URI_H

#include "base/arena.h"

/* `reference` resolved against the absolute URI `base` (which may be empty). */
struct slice uri_resolve(struct arena *arena, struct slice base, struct slice reference);

/* What stands before and after the `#`; `*fragment` is empty when there is none. */
struct slice uri_split_fragment(struct slice uri, struct slice *fragment);

/* `text` with its %XX escapes decoded. */
struct slice uri_decode(struct arena *arena, struct slice text);

#endif
