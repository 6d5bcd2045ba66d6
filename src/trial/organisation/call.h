/*
 * A request on its way through the organisation: rest.c finds the route of its path, and what that
 * leads to responds. Everything lives in the arena of the request.
 */
#ifndef DIALOGC_TRIAL_ORGANISATION_CALL_H
#define DIALOGC_TRIAL_ORGANISATION_CALL_H

#include "salesforce/route.h"
#include "trial/organisation/parts.h"

enum { SEGMENT_LIMIT = 8 };

struct call {
    struct organisation *org;
    const struct http_request *request;
    struct slice
        segments[SEGMENT_LIMIT]; /* of the path, decoded, without `services/data/VERSION` */
    size_t count;
    struct slice version;           /* "v62.0"; empty for other paths */
    struct slice parts[PART_COUNT]; /* of the path, as its route names them */
    const struct sobject *object;   /* that the path names, or NULL */
};

/* ---- what a request says, and the usual responses (call.c) ---- */

/* A parameter of the query string; false when it is not there, or not UTF-8. */
bool call_parameter(const struct call *c, const char *name, struct slice *value);

/* A parameter of a body that is a form. */
bool call_form_parameter(const struct call *c, const char *name, struct slice *value);

/* The body, which must be an object; NULL, with a refusal, when it is not. */
const struct node *call_body(struct call *c, struct refusal *refusal);

/* The names in a list, "Id, Name". */
struct slice *call_names(const struct call *c, struct slice list, size_t *count);

/* The response to a request that is refused. */
struct http_response call_refuse(struct call *c, struct refusal refusal);

/* The response to a path that leads nowhere, and to a path with a method that it does not have. */
struct http_response call_refuse_path(struct call *c);
struct http_response call_refuse_method(struct call *c);

/* The response with a result, unless that is refused. */
struct http_response call_respond(struct call *c, struct refusal refusal,
                                  const struct node *result);

/* ---- what routes lead to (record_calls.c, reading_calls.c, login_calls.c) ---- */

/* The operations that templates name. */
#define OPERATION(name, key, ...) struct http_response call_##key(struct call *c);
#include "salesforce/operation.def"
#undef OPERATION

/* A record by the value of an external id. */
struct http_response call_retrieve_external(struct call *c);
struct http_response call_delete_external(struct call *c);

/* All objects, the rest of a long query. */
struct http_response call_describe_all(struct call *c);
struct http_response call_next_batch(struct call *c);

/* The OAuth API. */
struct http_response call_token(struct call *c);
struct http_response call_revoke(struct call *c);

/* True when the request has the token that is asked for. */
bool call_is_authorized(const struct call *c);

#endif
