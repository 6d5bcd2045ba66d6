/*
 * A server on this machine: one thread of libmicrohttpd answers all requests, one after the other,
 * so that nothing but the connections needs a lock. Bodies, connections and times are bounded;
 * requests by a name that is not of this machine, or of a page from elsewhere, are rejected.
 */
#ifndef DIALOGC_CLI_SERVER_H
#define DIALOGC_CLI_SERVER_H

#include "base/arena.h"
#include "cli/connections.h"
#include "document/tree/node.h"

struct MHD_Connection;

struct server_request {
    const char *method;
    struct slice path;  /* as it was sent, without the query string */
    struct slice query; /* without its question mark */
    struct slice body;
    struct MHD_Connection *connection;
};

struct server_response {
    unsigned status;
    const char *type;  /* "application/json;charset=UTF-8" */
    struct slice body; /* copied; empty: neither body nor type */
    bool private;      /* it is kept nowhere, and shown in no other page */
};

/* What is answered to requests that do not reach `respond`, as bodies. */
struct server_refusals {
    const char *type;
    struct slice too_large, stranger;
};

struct server {
    /* Answers a request; runs in the server's thread, and must not unwind out of it. */
    struct server_response (*respond)(void *context, const struct server_request *request);
    void *context;
    struct server_refusals refusals;
    const char *host;      /* that requests may also name; NULL: only those of this machine */
    size_t body_limit;     /* of a request, in bytes */
    size_t arriving_limit; /* of all requests that have begun */
    time_t timeout;        /* in seconds: what a client has for a request */

    /* the server's own */
    struct connections connections;
    size_t arriving;
};

/*
 * A socket that listens at an IPv4 address, and the port that it has (0 chooses one). -1 after a
 * message; `*status` is STATUS_USAGE for an address that is none, else STATUS_SYSTEM.
 */
int server_listen(const char *address, long *port, int *status);

/*
 * Answers requests on the socket until SIGINT or SIGTERM comes, and closes it. Prints "listening on
 * URL" once it is ready. STATUS_OK, or STATUS_SYSTEM after a message.
 */
int server_run(struct server *server, int listening, struct slice url);

/* The value of a header of the request; NULL: it has none. */
const char *server_header(const struct server_request *request, const char *name);

/* All headers, as a mapping of names to texts. */
struct node *server_headers(const struct server_request *request, struct arena *arena);

/* What nobody can guess: chance, as hexadecimal digits. Empty when there is none. */
struct slice server_new_token(struct arena *arena);

#endif
