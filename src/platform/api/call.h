/* Sending one request of the table, with a token, as often as needed. */
#ifndef DIALOGC_PLATFORM_API_CALL_H
#define DIALOGC_PLATFORM_API_CALL_H

#include "platform/api/client.h"

/* One enumerator for each row of request.def. */
enum api_request {
#define REQUEST(id, ...) API_REQUEST_##id,
#include "platform/api/request.def"
#undef REQUEST
    API_REQUEST_COUNT,
};

struct api_call {
    enum api_request request;
    struct slice url;  /* whole, or a path of the platform's origin: "/api/…" */
    struct slice json; /* the body; without data: none */
    const struct transport_form *form;
    const char *language; /* NULL: none */
    size_t limit;         /* bytes of the response; 0: the usual one */
};

/* Sends the request, and gives the body of a response of 2xx; false with a failure. */
bool api_send(struct api_client *client, const struct api_call *call, struct slice *body);

/* The same for a response that is JSON: an object or an array. NULL with a failure. */
const struct node *api_ask(struct api_client *client, const struct api_call *call);

/* Sets the failure; false. */
PRINTF_LIKE(3, 4)
bool api_fail(struct api_client *client, enum api_failure failure, const char *format, ...);

/* A failure of a response that dialogc does not understand: "…, but answers without WHAT"; false.
 */
bool api_fail_without(struct api_client *client, const struct api_call *call, const char *what);

#endif
