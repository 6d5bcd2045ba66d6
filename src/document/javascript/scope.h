/* Which names a script declares, and where it uses names. */
#ifndef DIALOGC_DOCUMENT_JAVASCRIPT_SCOPE_H
#define DIALOGC_DOCUMENT_JAVASCRIPT_SCOPE_H

#include "document/javascript/syntax.h"

/* What a script declares. */
struct javascript_declaration {
    const struct javascript_node *value; /* of `var a = value`; NULL: another, or none */
    bool is_element;  /* it is each element of the value: `for (const a of value)`, `value.map(a =>
                         …)` */
    bool is_constant; /* `const` */
    bool is_changed;  /* it is set again somewhere */
};

/* A name in an expression. */
struct javascript_use {
    const struct javascript_node *name;
    const struct javascript_declaration *declaration; /* NULL: nothing in the script declares it */
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
