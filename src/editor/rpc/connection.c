#include "editor/rpc/connection.h"

#include <stdarg.h>
#include <stdlib.h>

#include "document/json/reader.h"

/* Messages that wait: more than these are not read. */
#define WAITING_LIMIT       1000
#define WAITING_BYTES_LIMIT (2 * FRAME_BYTES_LIMIT)

/* A message with its memory. */
struct message {
    struct arena arena;
    struct slice bytes;
    const struct node *root;
    const struct node *id; /* NULL: a notification */
    struct slice method;
    bool is_cancelled;
    struct message *next;
};

struct connection {
    struct rpc_server server;
    struct frame_reader reader;
    struct message *first, *last; /* that wait */
    size_t waiting, waiting_bytes;
    size_t request_count; /* to the client */
};

/* ---- messages ---- */

static void message_free(struct message *message)
{
    arena_free(&message->arena);
    free(message);
}

/* A message with a copy of the bytes, unread; its memory runs out as that of `arena` does. */
static struct message *message_new(struct arena *arena, struct slice bytes)
{
    struct message *message = arena_require(arena, calloc(1, sizeof *message));
    arena_init(&message->arena);
    message->bytes = bytes;
    return message;
}

static struct message *take_first(struct connection *connection)
{
    struct message *message = connection->first;
    connection->first = message->next;
    connection->last = connection->first == NULL ? NULL : connection->last;
    connection->waiting--;
    connection->waiting_bytes -= message->bytes.length;
    return message;
}

static void connection_close(void *resource)
{
    struct connection *connection = resource;
    while (connection->first != NULL) {
        message_free(take_first(connection));
    }
}

struct connection *connection_new(struct arena *arena, enum framing framing,
                                  const struct rpc_server *server)
{
    struct connection *connection = arena_alloc(arena, sizeof *connection);
    connection->server = *server;
    connection->reader = frame_reader_new(arena, framing);
    arena_defer(arena, connection_close, connection);
    return connection;
}

/* ---- sending ---- */

static struct cjson new_document(struct arena *arena)
{
    struct cjson document = cjson_new_object(arena);
    cjson_add_text(document, "jsonrpc", SLICE("2.0"));
    return document;
}

struct cjson connection_notification(struct arena *arena, const char *method)
{
    struct cjson document = new_document(arena);
    cjson_add_text(document, "method", slice_of(method));
    return document;
}

struct cjson connection_request(struct connection *connection, struct arena *arena,
                                const char *method)
{
    struct cjson document = new_document(arena);
    cjson_add_count(document, "id", ++connection->request_count);
    cjson_add_text(document, "method", slice_of(method));
    return document;
}

void connection_send(struct connection *connection, struct cjson document)
{
    struct builder body = builder_new(document.arena);
    struct builder out = builder_new(document.arena);
    cjson_print_whole(&body, document);
    frame_write(&out, connection->reader.framing, builder_slice(&body));
    connection->server.send(connection->server.context, builder_slice(&out));
}

/* An error about the message with this identifier; NULL: it has none that could be read. */
static void send_error(struct connection *connection, struct arena *arena, const struct node *id,
                       enum rpc_error code, struct slice message)
{
    struct cjson document = new_document(arena);
    if (id != NULL) {
        cjson_add_node(document, "id", id);
    } else {
        cjson_add_null(document, "id");
    }
    struct cjson error = cjson_add_object(document, "error");
    cjson_add_integer(error, "code", code);
    cjson_add_text(error, "message", message);
    connection_send(connection, document);
}

/* ---- receiving ---- */

static bool is_id(const struct node *node)
{
    return node_is(node, NODE_STRING) || node_is_number(node);
}

/* `$/cancelRequest`: the request that waits is answered when its turn comes. */
static void cancel(struct connection *connection, const struct node *id)
{
    for (struct message *m = connection->first; m != NULL; m = m->next) {
        m->is_cancelled = m->is_cancelled || (m->id != NULL && id != NULL && node_equal(m->id, id));
    }
}

/* Reads a message; false after an answer when it is none, or when it is a response. */
static bool read_message(struct connection *connection, struct message *message)
{
    struct arena *arena = &message->arena;
    message->bytes = arena_slice(arena, message->bytes);
    const struct node *root = json_read_quietly(arena, message->bytes);
    if (root == NULL) {
        send_error(connection, arena, NULL, RPC_PARSE_ERROR, SLICE("the message is not JSON"));
        return false;
    }
    const struct node *id = node_get(root, "id");
    const struct node *method = node_get(root, "method");
    if (method == NULL && (node_get(root, "result") != NULL || node_get(root, "error") != NULL)) {
        return false; /* a response; none is waited for */
    }
    if (!node_is(method, NODE_STRING) || (id != NULL && !is_id(id))) {
        send_error(connection, arena, is_id(id) ? id : NULL, RPC_INVALID_REQUEST,
                   SLICE("the message is neither a request nor a notification"));
        return false;
    }
    message->root = root;
    message->id = id;
    message->method = method->text;
    return true;
}

/* A message that has come, with a recovery point of its own. True when it is to be kept. */
static bool accept_message(struct connection *connection, struct message *message)
{
    jmp_buf recovery;
    message->arena.recovery = &recovery;
    if (setjmp(recovery) != 0) {
        return false;
    }
    if (!read_message(connection, message)) {
        return false;
    }
    if (slice_is(message->method, "$/cancelRequest")) {
        cancel(connection, node_get(node_get(message->root, "params"), "id"));
        return false;
    }
    return true;
}

static void add_message(struct connection *connection, struct message *message)
{
    if (connection->last != NULL) {
        connection->last->next = message;
    } else {
        connection->first = message;
    }
    connection->last = message;
    connection->waiting++;
    connection->waiting_bytes += message->bytes.length;
}

/* An answer for which there is no memory but its own. */
static void answer_alone(struct connection *connection, const struct node *id, enum rpc_error code,
                         struct slice message)
{
    struct arena arena;
    jmp_buf recovery;
    arena_init(&arena);
    arena.recovery = &recovery;
    if (setjmp(recovery) == 0) {
        send_error(connection, &arena, id, code, message);
    }
    arena_free(&arena);
}

void connection_receive(struct connection *connection, struct slice bytes)
{
    struct slice taken;
    frame_feed(&connection->reader, bytes);
    for (;;) {
        switch (frame_take(&connection->reader, &taken)) {
        case FRAME_INCOMPLETE:
            return;
        case FRAME_MALFORMED:
            answer_alone(connection, NULL, RPC_PARSE_ERROR,
                         SLICE("there is no Content-Length before the message"));
            break;
        case FRAME_TOO_LONG:
            answer_alone(connection, NULL, RPC_INVALID_REQUEST, SLICE("the message is too long"));
            break;
        case FRAME_WHOLE:
            if (taken.length > 0 || connection->reader.framing == FRAMING_HEADERS) {
                struct message *message = message_new(connection->reader.bytes.arena, taken);
                if (accept_message(connection, message)) {
                    add_message(connection, message);
                } else {
                    message_free(message);
                }
            }
            break;
        }
    }
}

bool connection_has_message(const struct connection *connection)
{
    return connection->first != NULL;
}

bool connection_is_full(const struct connection *connection)
{
    return connection->waiting >= WAITING_LIMIT || connection->waiting_bytes >= WAITING_BYTES_LIMIT;
}

/* ---- handling ---- */

void rpc_fail(struct rpc_call *call, enum rpc_error error, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    call->error = error;
    call->error_message = arena_vprintf(call->arena, format, arguments);
    va_end(arguments);
}

/* The call of a message, handled. */
static void perform(const struct connection *connection, const struct message *message,
                    struct rpc_call *call)
{
    const struct rpc_server *server = &connection->server;
    if (message->is_cancelled) {
        rpc_fail(call, RPC_CANCELLED, "the request was cancelled");
    } else if (!server->handle(server->context, call)) {
        rpc_fail(call, RPC_METHOD_NOT_FOUND, "there is no method `%.*s`",
                 SLICE_ARG(message->method));
    }
}

static void respond(struct connection *connection, struct message *message)
{
    struct rpc_call call = {.arena = &message->arena,
                            .method = message->method,
                            .params = node_get(message->root, "params"),
                            .is_notification = message->id == NULL,
                            .response = new_document(&message->arena)};
    if (message->id != NULL) {
        cjson_add_node(call.response, "id", message->id);
    }
    perform(connection, message, &call);
    if (call.is_notification) {
        return;
    }
    if (call.error != RPC_OK) {
        send_error(connection, &message->arena, message->id, call.error, call.error_message);
        return;
    }
    cjson_add_missing_null(call.response, "result");
    connection_send(connection, call.response);
}

void connection_handle(struct connection *connection)
{
    struct message *message = take_first(connection);
    jmp_buf recovery;
    message->arena.recovery = &recovery;
    if (setjmp(recovery) == 0) {
        respond(connection, message);
    } else {
        connection->server.recover(connection->server.context);
        if (message->id != NULL) {
            answer_alone(connection, message->id, RPC_INTERNAL_ERROR, SLICE("out of memory"));
        }
    }
    message_free(message);
}
