/*
 * HTTP, by libcurl: one request and its response. TLS is always verified, no redirect is followed,
 * and responses have a limit.
 */
#ifndef DIALOGC_PLATFORM_API_TRANSPORT_H
#define DIALOGC_PLATFORM_API_TRANSPORT_H

#include "base/arena.h"
#include "platform/api/pauses.h"

struct transport;

/* A file that is sent as a form (multipart/form-data), with other fields of the form. */
struct transport_form {
    const char *file_name;
    struct slice bytes;
    const char *context;   /* the field `fileContext` */
    const char *extension; /* the field `fileExtension` */
};

struct transport_request {
    bool is_post;
    const char *url;
    const char *token;    /* of the header `auth`; NULL: none */
    const char *language; /* of the header `bot-language`; NULL: none */
    struct slice json;    /* the body of a POST; without data: none */
    const struct transport_form *form;
    size_t limit; /* bytes of the response */
    bool is_once; /* nothing may make libcurl send it again */
};

enum transport_result {
    TRANSPORT_ANSWERED,
    TRANSPORT_UNSENT,    /* the request has not reached the server */
    TRANSPORT_UNTRUSTED, /* nor has this one: the certificate is not right */
    TRANSPORT_BROKEN,    /* it may have */
    TRANSPORT_TOO_LARGE,
    TRANSPORT_INTERRUPTED, /* by a signal; the request may have reached the server */
};

struct transport_response {
    long status;
    struct slice body;
    long retry_after;     /* seconds; 0: the header was not there */
    const char *redirect; /* where a response of 3xx leads; else NULL */
    const char *reason;   /* in words of libcurl, unless there was an answer */
};

/*
 * What sends requests; the arena ends it. `authorities` is a file with the certificates of
 * authorities to trust (NULL: those of the system); `is_plain` allows http, and takes no proxy.
 */
struct transport *transport_new(struct arena *arena, const char *authorities, bool is_plain,
                                struct pauses *pauses);

/* Sends a request, and waits for the whole response, which lives in `arena`. */
enum transport_result transport_send(struct transport *transport, struct arena *arena,
                                     const struct transport_request *request,
                                     struct transport_response *response);

#endif
