/* The lexical structure of JavaScript. */
#ifndef DIALOGC_DOCUMENT_JAVASCRIPT_JAVASCRIPT_H
#define DIALOGC_DOCUMENT_JAVASCRIPT_JAVASCRIPT_H

#include <stdbool.h>

#include "base/slice.h"

/*
 * What is wrong with the lexical structure of a script, in words, or NULL; the offset in bytes of
 * the mistake goes to `*offset`.
 */
const char *javascript_mistake(struct slice script, size_t *offset);

/* A path of names in a script, such as `context.entities.age` or `context["entities"].age`. */
struct javascript_path {
    struct slice
        names[4]; /* behind the first one, of which all paths are; as far as they are read */
    size_t count;
    bool is_written;  /* `=`, `+=`, `++`: there is a value from then on */
    bool is_computed; /* `context[name]`, or the object itself: it could be any name */
};

/*
 * Calls `visit` for each path that begins with the word `root`, in code, not in strings and
 * comments, and not behind a dot. What breaks the lexical structure ends the search.
 */
void javascript_each_path(struct slice script, const char *root,
                          void (*visit)(void *context, const struct javascript_path *path),
                          void *context);

#endif
