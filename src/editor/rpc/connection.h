/*
 * A connection: JSON-RPC 2.0 over frames, as the Language Server Protocol and the Model Context
 * Protocol use it.
 *
 *     connection_receive(connection, bytes);        what has come; cancels what is to be cancelled
 *     while (connection_has_message(connection)) {
 *         connection_handle(connection);            one message
 *     }
 *
 * Whatever comes, the connection goes on: what is not JSON, no message or no method of the server
 * is answered with an error. A server has one connection, and a table of its methods.
 *
 * Messages are read with dialogc's own reader, which keeps NUL characters in texts and every digit
 * of an identifier, and are written with cJSON.
 */
#ifndef DIALOGC_EDITOR_RPC_CONNECTION_H
#define DIALOGC_EDITOR_RPC_CONNECTION_H

#include "document/tree/node.h"
#include "editor/rpc/framing.h"
#include "report/cjson.h"

/* Of JSON-RPC, and of the Language Server Protocol. */
enum rpc_error {
    RPC_OK = 0,
    RPC_PARSE_ERROR = -32700,
    RPC_INVALID_REQUEST = -32600,
    RPC_METHOD_NOT_FOUND = -32601,
    RPC_INVALID_PARAMS = -32602,
    RPC_INTERNAL_ERROR = -32603,
    RPC_NOT_INITIALIZED = -32002,
    RPC_CANCELLED = -32800,
    RPC_REQUEST_FAILED = -32803,
};

/*
 * A message that is being handled. What the function adds to `response` under the key "result" is
 * the result; it is null when nothing is added. Of a notification no response is sent.
 */
struct rpc_call {
    struct arena *arena; /* of the message: all memory of the call is from here */
    struct slice method;
    const struct node *params; /* an object, a list or NULL */
    bool is_notification;
    struct cjson response;
    enum rpc_error error; /* set by rpc_fail */
    struct slice error_message;
};

/* The call is answered with an error: a sentence without a full stop. */
PRINTF_LIKE(3, 4)
void rpc_fail(struct rpc_call *call, enum rpc_error error, const char *format, ...);

/* What a connection needs of a server. */
struct rpc_server {
    void *context; /* the first argument of all functions */
    /* Handles a call; false when the server has no such method. */
    bool (*handle)(void *context, struct rpc_call *call);
    /* Memory ran out in the middle of a call: what the server holds may be half done. */
    void (*recover)(void *context);
    /* Sends bytes to the client. */
    void (*send)(void *context, struct slice bytes);
};

struct connection;

/* The connection lives in `arena`, and calls connection_close when that is freed. */
struct connection *connection_new(struct arena *arena, enum framing framing,
                                  const struct rpc_server *server);

/* Adds bytes that the client has sent; answers those messages that are none. */
void connection_receive(struct connection *connection, struct slice bytes);

/* True while messages are waiting to be handled. */
bool connection_has_message(const struct connection *connection);

/* True when so much is waiting that nothing more should be read. */
bool connection_is_full(const struct connection *connection);

/* Handles the next message: sends the response. */
void connection_handle(struct connection *connection);

/*
 * A notification to the client, or a request, whose response is not waited for: the document, to
 * which the caller adds "params". connection_send sends it.
 */
struct cjson connection_notification(struct arena *arena, const char *method);
struct cjson connection_request(struct connection *connection, struct arena *arena,
                                const char *method);
void connection_send(struct connection *connection, struct cjson document);

#endif
