/*
 * Reading a request back that dialogc has written: what the platform puts in, and what comes from
 * the script that prepares the request (dialog/request.c).
 */
#ifndef DIALOGC_PLATFORM_IMPORT_PREPARED_H
#define DIALOGC_PLATFORM_IMPORT_PREPARED_H

#include "platform/import/importer.h"

struct prepared {
    struct import_dialog *d;
    struct arena *arena;
    struct slice variable; /* "createLeadRequest": what the script prepares */
    struct slice script;   /* the script; empty: the platform puts the values in */
};

/* True for a name as the language's references have them. */
bool prepared_is_name(struct slice text);

/* Text with `{{context.…}}` as text with references; NULL when it holds other braces. */
struct node *prepared_text(const struct prepared *p, struct slice text);

/* True when `text` is what the script prepares under `name`: "{{context.createLeadRequest.body}}".
 */
bool prepared_is(const struct prepared *p, struct slice text, const char *name);

/* These read the script; NULL when it does not hold what dialogc writes there. */
struct node *prepared_id(const struct prepared *p);
struct node *prepared_query(const struct prepared *p);
struct node *prepared_term(const struct prepared *p);
struct node *prepared_fields(const struct prepared *p);

#endif
