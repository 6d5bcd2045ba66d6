/* A template while fragments are put into it; private to src/language/fragment/. */
#ifndef DIALOGC_LANGUAGE_FRAGMENT_EXPANSION_H
#define DIALOGC_LANGUAGE_FRAGMENT_EXPANSION_H

#include "base/map.h"
#include "language/fragment/fragment.h"

#define DEPTH_LIMIT 16

/* entities, services, scripts, messages */
enum { SECTION_COUNT = 4 };

struct expansion {
    struct arena *arena;
    struct diagnostics *diagnostics;
    struct fragment_library *library;
    const struct built_locales *locales;
    struct sobject_catalog *catalog;
    struct fragment_use **end_of_uses;
    const struct node *root;
    struct node *parts[SECTION_COUNT]; /* NULL: the template has none so far */
    struct map origins[SECTION_COUNT]; /* name to struct origin */
    struct node *variables[2];         /* env, content */
    const struct fragment *stack[DEPTH_LIMIT];
    size_t depth;
    size_t copies;
    const struct node *incomplete; /* the last argument that was found to lack a locale */
    bool exhausted;                /* too many of them */
    bool failed;
};

/* The arguments of one use. */
struct scope {
    const struct fragment *fragment;
    const struct node *arguments; /* a mapping, or NULL */
    const struct node *use;       /* for findings */
    bool in_default;              /* what is substituted is the default of a parameter */
};

/* A copy of a node, whose members or items are about to change; it is counted. */
struct node *expansion_copy(struct expansion *expansion, const struct node *like);

/* True, and reported once, when fragments that use fragments have made too many nodes. */
bool expansion_is_exhausted(struct expansion *expansion, const struct node *use);

/* The value of parameter `name`, or NULL when the fragment has no such parameter. */
const struct node *scope_argument(const struct scope *scope, struct slice name);

/*
 * `node` of the scope's fragment with the arguments in the place of `${params.…}`; the node itself
 * where there is none. Reports arguments that do not fit where they are used (E0902, E0501).
 */
const struct node *scope_substitute(struct expansion *expansion, const struct scope *scope,
                                    const struct node *node);

/* Reports arguments of the template that are the bare name of an entity (W0229). */
void expansion_check_arguments(struct expansion *e, const struct scope *scope);

#endif
