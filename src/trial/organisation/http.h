/* An HTTP request and its response, as dialogs make them and the organisation answers them. */
#ifndef DIALOGC_TRIAL_ORGANISATION_HTTP_H
#define DIALOGC_TRIAL_ORGANISATION_HTTP_H

#include "base/arena.h"
#include "document/tree/node.h"

struct http_request {
    struct slice method;        /* in upper case */
    struct slice host;          /* without port */
    struct slice path;          /* begins with `/`; still percent-encoded */
    struct slice query;         /* what follows `?`, or empty */
    const struct node *headers; /* a mapping of texts, or NULL */
    struct slice body;          /* empty: none */
};

struct http_response {
    long status;       /* 0: there was none, the host could not be reached */
    bool timed_out;    /* with status 0 */
    struct slice body; /* mostly JSON */
};

#endif
