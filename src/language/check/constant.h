/* Values that an entity gets without being asked: its default, and what steps hand it. */
#ifndef DIALOGC_LANGUAGE_CHECK_CONSTANT_H
#define DIALOGC_LANGUAGE_CHECK_CONSTANT_H

#include "language/model/analysis.h"

/* A value that is known before the dialog runs. */
struct constant {
    const struct entity *entity;
    const struct node *node; /* a scalar */
    const char *what;        /* "default", "value" */
    bool is_imported;        /* a bot has it: dates are not checked */
};

/* Reports a value that the entity cannot have (E0409): another type, none of its choices. */
void constant_check(struct arena *arena, struct diagnostics *diagnostics,
                    const struct constant *constant);

/*
 * The same for a value that is one reference of the template: the answer to another entity, or the
 * present day. Nothing is said of what is known only when the dialog runs.
 */
void constant_check_reference(const struct analysis *analysis, struct diagnostics *diagnostics,
                              const struct entity *entity, const struct text *value);

#endif
