#define _DEFAULT_SOURCE
#define _POSIX_C_SOURCE 200809L

#include "cli/server.h"

#include <arpa/inet.h>
#include <errno.h>
#include <microhttpd.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "cli/cli.h"
#include "base/local_host.h"
#include "base/system.h"
#include "document/tree/build.h"

#define TOKEN_BYTES 24

/* A request that arrives in parts. */
struct arriving {
    char *uri; /* as it was sent, query string included */
    char *body;
    size_t length;
    bool began;
    bool too_large;
};

/* ---- connections and parts of requests ---- */

/* The connection that a request came by; NULL when there were too many. */
static struct connection *connection_of(struct MHD_Connection *connection)
{
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    return info != NULL ? info->socket_context : NULL;
}

static void note_connection(void *context, struct MHD_Connection *connection, void **socket_context,
                            enum MHD_ConnectionNotificationCode code)
{
    struct server *server = context;
    if (code == MHD_CONNECTION_NOTIFY_STARTED) {
        const union MHD_ConnectionInfo *info =
            MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
        *socket_context =
            info != NULL ? connections_enter(&server->connections, info->connect_fd) : NULL;
    } else if (*socket_context != NULL) {
        connections_leave(&server->connections, *socket_context);
    }
}

static void *take_uri(void *context, const char *uri, struct MHD_Connection *connection)
{
    (void)context;
    (void)connection;
    struct arriving *arriving = calloc(1, sizeof *arriving);
    if (arriving != NULL) {
        arriving->uri = strdup(uri);
    }
    return arriving;
}

static void forget(void *context, struct MHD_Connection *connection, void **state,
                   enum MHD_RequestTerminationCode code)
{
    (void)code;
    struct server *server = context;
    struct arriving *arriving = *state;
    if (connection_of(connection) != NULL) {
        connections_renew(&server->connections, connection_of(connection));
    }
    if (arriving != NULL) {
        server->arriving -= arriving->length;
        free(arriving->uri);
        free(arriving->body);
        free(arriving);
    }
    *state = NULL;
}

/* Another part of the body; false when there is no memory for it. */
static bool take_part(struct server *server, struct arriving *arriving, const char *part,
                      size_t size)
{
    if (size > server->body_limit - arriving->length ||
        size > server->arriving_limit - server->arriving) {
        arriving->too_large = true;
        return true;
    }
    char *bigger = realloc(arriving->body, arriving->length + size);
    if (bigger == NULL) {
        return false;
    }
    memcpy(bigger + arriving->length, part, size);
    arriving->body = bigger;
    arriving->length += size;
    server->arriving += size;
    return true;
}

/* ---- responses ---- */

static enum MHD_Result send_response(struct MHD_Connection *connection,
                                     const struct server_response *given)
{
    static const char *const private_headers[][2] = {
        {"Cache-Control", "no-store"},
        {"X-Content-Type-Options", "nosniff"},
        {"X-Frame-Options", "DENY"},
        {"Referrer-Policy", "no-referrer"},
        {"Cross-Origin-Resource-Policy", "same-origin"},
    };
    struct slice body = given->body;
    struct MHD_Response *response = MHD_create_response_from_buffer(
        body.length, body.length > 0 ? (void *)(uintptr_t)body.data : (void *)(uintptr_t) "",
        MHD_RESPMEM_MUST_COPY);
    if (response == NULL) {
        return MHD_NO;
    }
    if (body.length > 0) {
        MHD_add_response_header(response, "Content-Type", given->type);
    }
    for (size_t i = 0; given->private && i < sizeof private_headers / sizeof private_headers[0];
         i++) {
        MHD_add_response_header(response, private_headers[i][0], private_headers[i][1]);
    }
    enum MHD_Result result = MHD_queue_response(connection, given->status, response);
    MHD_destroy_response(response);
    return result;
}

static enum MHD_Result refuse(const struct server *server, struct MHD_Connection *connection,
                              unsigned status, struct slice body)
{
    struct server_response response = {status, server->refusals.type, body, false};
    return send_response(connection, &response);
}

static bool is_local(const struct server *server, struct MHD_Connection *connection)
{
    const char *host = MHD_lookup_connection_value(connection, MHD_HEADER_KIND, "Host");
    const char *origin = MHD_lookup_connection_value(connection, MHD_HEADER_KIND, "Origin");
    return host != NULL && local_host_is(slice_of(host), server->host) &&
           (origin == NULL || local_host_is_origin(slice_of(origin), server->host));
}

static enum MHD_Result answer(const struct server *server, struct MHD_Connection *connection,
                              const char *method, const struct arriving *arriving)
{
    struct slice uri = slice_of(arriving->uri);
    size_t query = slice_find(uri, "?", 0);
    struct server_request request = {
        .method = method,
        .path = slice_part(uri, 0, query < uri.length ? query : uri.length),
        .query = query < uri.length ? slice_part(uri, query + 1, uri.length) : SLICE(""),
        .body = {arriving->body, arriving->length},
        .connection = connection,
    };
    struct server_response response = server->respond(server->context, &request);
    return send_response(connection, &response);
}

static enum MHD_Result handle(void *context, struct MHD_Connection *connection, const char *url,
                              const char *method, const char *version, const char *part,
                              size_t *part_size, void **state)
{
    (void)url;
    (void)version;
    struct server *server = context;
    struct arriving *arriving = *state;
    if (arriving == NULL || arriving->uri == NULL || connection_of(connection) == NULL) {
        return MHD_NO;
    }
    if (!arriving->began) {
        arriving->began = true;
        return is_local(server, connection)
                   ? MHD_YES
                   : refuse(server, connection, MHD_HTTP_FORBIDDEN, server->refusals.stranger);
    }
    if (*part_size > 0) {
        bool taken = take_part(server, arriving, part, *part_size);
        *part_size = 0;
        return taken ? MHD_YES : MHD_NO;
    }
    return arriving->too_large
               ? refuse(server, connection, MHD_HTTP_CONTENT_TOO_LARGE, server->refusals.too_large)
               : answer(server, connection, method, arriving);
}

/* ---- headers ---- */

const char *server_header(const struct server_request *request, const char *name)
{
    return MHD_lookup_connection_value(request->connection, MHD_HEADER_KIND, name);
}

struct header_list {
    struct arena *arena;
    struct node *headers;
};

static enum MHD_Result add_header(void *context, enum MHD_ValueKind kind, const char *key,
                                  const char *value)
{
    (void)kind;
    struct header_list *list = context;
    node_set_text(list->arena, list->headers, key, slice_of(value != NULL ? value : ""));
    return MHD_YES;
}

struct node *server_headers(const struct server_request *request, struct arena *arena)
{
    struct header_list list = {arena, node_new_mapping(arena)};
    MHD_get_connection_values(request->connection, MHD_HEADER_KIND, add_header, &list);
    return list.headers;
}

/* ---- running ---- */

/* Until someone ends the server; lets clients go meanwhile that have waited for too long. */
static void wait_for_signal(struct server *server)
{
    static const struct timespec second = {1, 0};
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    while (sigtimedwait(&signals, NULL, &second) < 0) {
        connections_shut_old(&server->connections, server->timeout);
    }
}

/* Before the server's thread starts, which inherits it. */
static void block_signals(void)
{
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    sigprocmask(SIG_BLOCK, &signals, NULL);
    signal(SIGPIPE, SIG_IGN);
}

int server_listen(const char *address, long *port, int *status)
{
    struct sockaddr_in place = {.sin_family = AF_INET, .sin_port = htons((uint16_t)*port)};
    socklen_t size = sizeof place;
    int yes = 1;
    *status = STATUS_USAGE;
    if (inet_pton(AF_INET, address, &place.sin_addr) != 1) {
        cli_message("`--address` takes an IPv4 address such as 127.0.0.1, not `%s`", address);
        return -1;
    }
    *status = STATUS_SYSTEM;
    int listening = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (listening < 0 || setsockopt(listening, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes) != 0 ||
        bind(listening, (struct sockaddr *)&place, size) != 0 ||
        listen(listening, SOMAXCONN) != 0 ||
        getsockname(listening, (struct sockaddr *)&place, &size) != 0) {
        cli_message("cannot listen on %s:%ld: %s", address, *port, strerror(errno));
        if (listening >= 0) {
            close(listening);
        }
        return -1;
    }
    *port = ntohs(place.sin_port);
    *status = STATUS_OK;
    return listening;
}

int server_run(struct server *server, int listening, struct slice url)
{
    block_signals();
    struct MHD_Daemon *daemon = MHD_start_daemon(
        MHD_USE_INTERNAL_POLLING_THREAD, 0, NULL, NULL, handle, server, MHD_OPTION_LISTEN_SOCKET,
        (MHD_socket)listening, MHD_OPTION_URI_LOG_CALLBACK, take_uri, NULL,
        MHD_OPTION_NOTIFY_COMPLETED, forget, server, MHD_OPTION_NOTIFY_CONNECTION, note_connection,
        server, MHD_OPTION_CONNECTION_LIMIT, (unsigned)CONNECTION_LIMIT,
        MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)server->timeout, MHD_OPTION_END);
    if (daemon == NULL) {
        cli_message("cannot start the server: %s", strerror(errno));
        close(listening);
        return STATUS_SYSTEM;
    }
    printf("listening on %.*s\n", SLICE_ARG(url));
    fflush(stdout);
    wait_for_signal(server);
    MHD_stop_daemon(daemon);
    return STATUS_OK;
}

struct slice server_new_token(struct arena *arena)
{
    unsigned char bytes[TOKEN_BYTES];
    struct builder out = builder_new(arena);
    if (!system_random(bytes, sizeof bytes)) {
        return SLICE("");
    }
    for (size_t i = 0; i < sizeof bytes; i++) {
        builder_printf(&out, "%02x", bytes[i]);
    }
    return builder_slice(&out);
}
