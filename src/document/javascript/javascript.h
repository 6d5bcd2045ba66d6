/* Scripts: ECMAScript 2023, as a script and not as a module. */
#ifndef DIALOGC_DOCUMENT_JAVASCRIPT_JAVASCRIPT_H
#define DIALOGC_DOCUMENT_JAVASCRIPT_JAVASCRIPT_H

#include "document/javascript/scope.h"

struct javascript_script {
    struct slice text;
    const struct javascript_node *root; /* PROGRAM; NULL when there is a mistake */
    struct javascript_mistake mistake;
    struct javascript_names names;
};

/* Reads a script. What it gives lives in `arena` and points into `text`. */
struct javascript_script javascript_parse(struct arena *arena, struct slice text);

/* A path of names in a script, such as `context.entities.age` or `context["entities"].age`. */
struct javascript_path {
    struct slice names[8]; /* behind the first one; as far as they are read */
    size_t count;
    bool is_written;  /* `=`, `+=`, `++`: there is a value from then on */
    bool is_computed; /* `context[name]`, or the object itself: it could be any name */
};

/* The path of a use: up to its first call, index that is computed, or eighth name. */
struct javascript_path javascript_path_of(const struct javascript_use *use);

/*
 * Calls `visit` for each path that begins with `root`, a name that the script does not declare
 * itself.
 */
void javascript_each_path(const struct javascript_script *script, const char *root,
                          void (*visit)(void *context, const struct javascript_path *path),
                          void *context);

#endif
