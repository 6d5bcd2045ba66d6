/* The script that prepares a request, while it is written (request.c, query.c, body.c). */
#ifndef DIALOGC_DIALOG_PREPARATION_H
#define DIALOGC_DIALOG_PREPARATION_H

#include "dialog/script.h"

struct preparation {
    struct arena *arena;
    const struct analysis *analysis;
    const struct service *service;
    const struct auth_profile *profile; /* NULL: none */
    struct slice variable;              /* "updateLeadRequest" */
    struct script_writer script;
    bool needed; /* the request uses something that the script prepares */
    size_t part_count;
};

/* Where the request finds a prepared value: "{{context.updateLeadRequest.NAME}}". */
struct slice preparation_path(const struct preparation *p, struct slice name);

/* Around the expression of a prepared value: "request.NAME = " and ";". */
void preparation_begin(struct preparation *p, struct slice name);
void preparation_end(struct preparation *p);

/*
 * Appends the `q` of the service's query to a path: percent-encoded SOQL, or the reference to what
 * the script prepares.
 */
void preparation_add_query(struct preparation *p, struct builder *out);

/* The payload: fixed, or the reference to what the script prepares; empty without a body. */
struct slice preparation_body(struct preparation *p, const struct body *body, enum body_form form);

#endif
