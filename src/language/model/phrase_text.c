/* The places of phrases: the program that makes the table of phrases needs them, too. */
#include <stdint.h>

#include "base/builder.h"
#include "language/model/phrase.h"

bool phrase_next(struct slice text, size_t *at, struct slice *literal, struct slice *place)
{
    *literal = *place = SLICE("");
    if (*at >= text.length) {
        return false;
    }
    size_t open = slice_find(text, "{", *at);
    size_t close = open == *at ? slice_find(text, "}", open) : SIZE_MAX;
    if (close != SIZE_MAX) {
        *place = slice_part(text, open + 1, close);
        *at = close + 1;
        return true;
    }
    size_t end = open != SIZE_MAX && open > *at ? open : text.length;
    *literal = slice_part(text, *at, end);
    *at = end;
    return true;
}

struct slice phrase_fill(struct arena *arena, struct slice text, const struct phrase_place *places,
                         size_t count)
{
    struct builder out = builder_new(arena);
    struct slice literal;
    struct slice name;
    for (size_t at = 0; phrase_next(text, &at, &literal, &name);) {
        builder_add(&out, literal);
        for (size_t i = 0; i < count; i++) {
            if (slice_is(name, places[i].name)) {
                builder_add(&out, places[i].value);
            }
        }
    }
    return builder_slice(&out);
}
