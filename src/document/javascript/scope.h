/* Which names of a script are declared in it, and where it uses those that are not. */
#ifndef DIALOGC_DOCUMENT_JAVASCRIPT_SCOPE_H
#define DIALOGC_DOCUMENT_JAVASCRIPT_SCOPE_H

#include "document/javascript/syntax.h"

/* A name that nothing in the script declares. */
struct javascript_use {
    const struct javascript_node *name;
    /* The outermost MEMBER or INDEX that begins with the name: of `age` in `age.a[b].c`, all of it;
     * otherwise the name itself. */
    const struct javascript_node *whole;
    bool is_written; /* `whole` is set: `=`, `+=`, `++`, a loop's variable */
    bool is_read;    /* `whole` is read: not so when it is only set */
    bool is_called;  /* `whole` is called */
    bool is_typeof;  /* `typeof whole`: to ask for what is not there is no mistake */
};

struct javascript_names {
    struct javascript_use *uses; /* in the order of the script */
    size_t count;
    struct javascript_mistake mistake; /* a name that is declared twice */
};

struct javascript_names javascript_names_of(struct arena *arena,
                                            const struct javascript_node *root);

#endif
