/*
 * Unicode's composed form (NFC), in which texts are compared: `ü` is one character for some editors
 * and keyboards, and a `u` with a mark for others.
 */
#ifndef DIALOGC_BASE_COMPOSED_H
#define DIALOGC_BASE_COMPOSED_H

#include "base/arena.h"

/* `text` in its composed form; the same slice where that is what it is, or where it is not UTF-8.
 */
struct slice composed_text(struct arena *arena, struct slice text);

/* True when the composed forms are the same. */
bool composed_equal(struct arena *arena, struct slice a, struct slice b);

#endif
