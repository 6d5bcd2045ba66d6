/*
 * What the checks of one hand-written script share; private to src/language/check/.
 */
#ifndef DIALOGC_LANGUAGE_CHECK_SCRIPT_H
#define DIALOGC_LANGUAGE_CHECK_SCRIPT_H

#include "document/javascript/javascript.h"
#include "language/check/families.h"

struct checked_script {
    struct check *check;
    const struct node *node; /* the text of the template that it is in */
    struct javascript_script script;
    struct map uses;                     /* from the address of a NAME to its javascript_use */
    const struct context_writes *writes; /* of the template */
    bool is_message;                     /* it prints a message */
};

/* The script `node` of the template, ready to be looked into. */
struct checked_script script_checked(struct check *check, const struct node *node, bool is_message);

/* A finding of the bytes from `start` to `end` of the script. */
PRINTF_LIKE(5, 6)
struct diagnostic *script_report(const struct checked_script *checked, enum code code, size_t start,
                                 size_t end, const char *format, ...);

/* Of the name of a MEMBER or PROPERTY. */
PRINTF_LIKE(4, 5)
struct diagnostic *script_report_name(const struct checked_script *checked, enum code code,
                                      const struct javascript_node *node, const char *format, ...);

/* The use that a NAME is; NULL for other nodes. */
const struct javascript_use *script_use(const struct checked_script *checked,
                                        const struct javascript_node *name);

/* ---- families ---- */

void check_script_names(const struct checked_script *checked);   /* what nothing declares */
void check_script_members(const struct checked_script *checked); /* what objects do not have */
void check_script_meaning(
    const struct checked_script *checked); /* what does nothing, or another thing */
void check_script_values(const struct checked_script *checked); /* comparisons with entities */

/* The path of names of an expression that begins in the platform's context. */
struct script_path {
    struct slice names[10]; /* behind `context`; an index that is computed is "0" */
    const struct javascript_node *nodes[10]; /* the MEMBER or INDEX that each of them is of */
    size_t count;
    size_t own; /* the first one that is written here, and not where a variable gets its value */
};

/*
 * `context.a.b`, and `r.b` of `var r = context.a` or `context.a || []`. False when the expression
 * does not begin in the context, or is longer.
 */
bool script_context_path(const struct checked_script *checked, const struct javascript_node *node,
                         struct script_path *path);

#endif
