/* dialogc mock-salesforce: the simulated organisation as a server, for other clients. */
#define _DEFAULT_SOURCE
#define _POSIX_C_SOURCE 200809L

#include <arpa/inet.h>
#include <errno.h>
#include <microhttpd.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/random.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "base/date.h"
#include "cli/cli.h"
#include "cli/connections.h"
#include "base/local_host.h"
#include "trial/organisation/organisation.h"
#include "document/tree/build.h"
#include "cli/records.h"

#define BODY_LIMIT      ((size_t)4 * 1024 * 1024)
#define ARRIVING_LIMIT  ((size_t)32 * 1024 * 1024) /* of all requests that have begun */
#define RECORDS_LIMIT   ((size_t)256 * 1024 * 1024)
#define TIMEOUT_SECONDS 30
#define TOKEN_BYTES     24

/*
 * One thread of libmicrohttpd answers all requests, so that nothing but the connections needs a
 * lock. When memory runs out in it, it unwinds to the request, never to the main thread.
 */
struct server {
    struct organisation *organisation;
    struct arena records;
    struct arena work; /* of one request */
    jmp_buf recovery;
    struct connections connections;
    size_t arriving;  /* bytes of the requests that have begun */
    const char *host; /* that requests may also name; NULL: only those of this machine */
    bool broken;      /* memory ran out while the records changed */
    bool quiet;
};

/* A request that arrives in parts. */
struct arriving {
    char *uri; /* as it was sent, query string included */
    char *body;
    size_t length;
    bool began;
    bool too_large;
};

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

static enum MHD_Result send_response(struct MHD_Connection *connection, unsigned status,
                                     struct slice body)
{
    struct MHD_Response *response = MHD_create_response_from_buffer(
        body.length, body.length > 0 ? (void *)(uintptr_t)body.data : (void *)(uintptr_t) "",
        MHD_RESPMEM_MUST_COPY);
    if (response == NULL) {
        return MHD_NO;
    }
    if (body.length > 0) {
        MHD_add_response_header(response, "Content-Type", "application/json;charset=UTF-8");
    }
    enum MHD_Result result = MHD_queue_response(connection, status, response);
    MHD_destroy_response(response);
    return result;
}

/* What the server itself refuses, in the form of Salesforce's errors. */
#define REFUSAL(code, message) SLICE("[{\"message\":\"" message "\",\"errorCode\":\"" code "\"}]")

static enum MHD_Result refuse_large(struct MHD_Connection *connection)
{
    return send_response(connection, MHD_HTTP_CONTENT_TOO_LARGE,
                         REFUSAL("REQUEST_TOO_LARGE", "The request is too large."));
}

/* A name or a page that is not of this machine. */
static enum MHD_Result refuse_stranger(struct MHD_Connection *connection)
{
    return send_response(connection, MHD_HTTP_FORBIDDEN,
                         REFUSAL("INSUFFICIENT_ACCESS",
                                 "This server only answers requests of this machine; `--host NAME` "
                                 "adds a name."));
}

static enum MHD_Result refuse_for_memory(struct MHD_Connection *connection)
{
    return send_response(connection, MHD_HTTP_SERVICE_UNAVAILABLE,
                         REFUSAL("SERVER_UNAVAILABLE", "The server has run out of memory."));
}

/* Another part of the body; false when there is no memory for it. */
static bool take_part(struct server *server, struct arriving *arriving, const char *part,
                      size_t size)
{
    if (size > BODY_LIMIT - arriving->length || size > ARRIVING_LIMIT - server->arriving) {
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

static enum MHD_Result answer(struct server *server, struct MHD_Connection *connection,
                              const char *method, const struct arriving *arriving)
{
    struct arena *arena = &server->work;
    if (server->broken) {
        return refuse_for_memory(connection);
    }
    arena_reset(arena);
    if (setjmp(server->recovery) != 0) {
        server->broken = strcmp(method, "GET") != 0; /* a record may be half there */
        return refuse_for_memory(connection);
    }
    struct slice uri = slice_of(arriving->uri);
    size_t query = slice_find(uri, "?", 0);
    struct header_list list = {arena, node_new_mapping(arena)};
    MHD_get_connection_values(connection, MHD_HEADER_KIND, add_header, &list);
    struct http_request request = {
        .method = slice_of(method),
        .path = slice_part(uri, 0, query < uri.length ? query : uri.length),
        .query = query < uri.length ? slice_part(uri, query + 1, uri.length) : SLICE(""),
        .headers = list.headers,
        .body = {arriving->body, arriving->length},
    };
    struct http_response response = organisation_respond(server->organisation, arena, &request);
    if (!server->quiet) {
        cli_note("%s %.*s %ld", method, SLICE_ARG(request.path), response.status);
    }
    return send_response(connection, (unsigned)response.status, response.body);
}

static bool is_local(const struct server *server, struct MHD_Connection *connection)
{
    const char *host = MHD_lookup_connection_value(connection, MHD_HEADER_KIND, "Host");
    const char *origin = MHD_lookup_connection_value(connection, MHD_HEADER_KIND, "Origin");
    return host != NULL && local_host_is(slice_of(host), server->host) &&
           (origin == NULL || local_host_is_origin(slice_of(origin), server->host));
}

static enum MHD_Result handle(void *context, struct MHD_Connection *connection, const char *url,
                              const char *method, const char *version, const char *part,
                              size_t *part_size, void **state)
{
    (void)url;
    (void)version;
    struct arriving *arriving = *state;
    if (arriving == NULL || arriving->uri == NULL || connection_of(connection) == NULL) {
        return MHD_NO;
    }
    if (!arriving->began) {
        arriving->began = true;
        return is_local(context, connection) ? MHD_YES : refuse_stranger(connection);
    }
    if (*part_size > 0) {
        bool taken = take_part(context, arriving, part, *part_size);
        *part_size = 0;
        return taken ? MHD_YES : MHD_NO;
    }
    return arriving->too_large ? refuse_large(connection)
                               : answer(context, connection, method, arriving);
}

/* ---- the command ---- */

/* The records of --org; STATUS_OK or a status after a report. */
static int seed(struct arena *arena, const struct options *options, struct findings *findings,
                struct organisation *organisation, struct sobject_catalog *catalog)
{
    const struct node *records = options->records != NULL
                                     ? cli_read_records(arena, findings, catalog, options->records)
                                     : NULL;
    if (records != NULL) {
        organisation_seed(organisation, records, &findings->diagnostics);
    }
    return options->records != NULL ? cli_report(arena, options, findings) : STATUS_OK;
}

/* Until someone ends the server; lets clients go meanwhile that have waited for too long. */
static void wait_for_signal(struct server *server, time_t timeout)
{
    static const struct timespec second = {1, 0};
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    while (sigtimedwait(&signals, NULL, &second) < 0) {
        connections_shut_old(&server->connections, timeout);
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

/* A socket that listens at `place`, whose port it sets; -1, with errno, when there can be none. */
static int listen_at(struct sockaddr_in *place)
{
    socklen_t size = sizeof *place;
    int yes = 1;
    int listening = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (listening >= 0 && (setsockopt(listening, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes) != 0 ||
                           bind(listening, (struct sockaddr *)place, size) != 0 ||
                           listen(listening, SOMAXCONN) != 0 ||
                           getsockname(listening, (struct sockaddr *)place, &size) != 0)) {
        int reason = errno;
        close(listening);
        errno = reason;
        return -1;
    }
    return listening;
}

/* What only those know who were given it, or who sign in: chance, as hexadecimal digits. */
static struct slice new_token(struct arena *arena)
{
    unsigned char bytes[TOKEN_BYTES];
    struct builder out = builder_new(arena);
    if (getrandom(bytes, sizeof bytes, 0) != (ssize_t)sizeof bytes) {
        cli_message("there is no randomness for an access token; `--token` gives one");
        return SLICE("");
    }
    for (size_t i = 0; i < sizeof bytes; i++) {
        builder_printf(&out, "%02x", bytes[i]);
    }
    return builder_slice(&out);
}

/* Answers requests on the listening socket until a signal comes; STATUS_OK or STATUS_SYSTEM. */
static int serve(struct server *server, int listening, time_t timeout, struct slice url)
{
    struct MHD_Daemon *daemon = MHD_start_daemon(
        MHD_USE_INTERNAL_POLLING_THREAD, 0, NULL, NULL, handle, server, MHD_OPTION_LISTEN_SOCKET,
        (MHD_socket)listening, MHD_OPTION_URI_LOG_CALLBACK, take_uri, NULL,
        MHD_OPTION_NOTIFY_COMPLETED, forget, server, MHD_OPTION_NOTIFY_CONNECTION, note_connection,
        server, MHD_OPTION_CONNECTION_LIMIT, (unsigned)CONNECTION_LIMIT,
        MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)timeout, MHD_OPTION_END);
    if (daemon == NULL) {
        cli_message("cannot start the server: %s", strerror(errno));
        close(listening);
        return STATUS_SYSTEM;
    }
    printf("listening on %.*s\n", SLICE_ARG(url));
    fflush(stdout);
    wait_for_signal(server, timeout);
    MHD_stop_daemon(daemon);
    return STATUS_OK;
}

/* Makes the organisation with its first records, and serves it. */
static int serve_organisation(struct arena *arena, const struct options *options,
                              struct server *server, struct sobject_catalog *catalog,
                              struct findings *findings)
{
    long long now = (long long)time(NULL) * 1000;
    bool has_time;
    if (options->mock.now != NULL && !date_read(slice_of(options->mock.now), &now, &has_time)) {
        cli_message("`--now` takes a date and time such as 2026-01-15T09:00:00Z, not `%s`",
                    options->mock.now);
        return STATUS_USAGE;
    }
    const char *address = options->mock.address != NULL ? options->mock.address : "127.0.0.1";
    struct sockaddr_in place = {.sin_family = AF_INET,
                                .sin_port = htons((uint16_t)options->mock.port)};
    if (inet_pton(AF_INET, address, &place.sin_addr) != 1) {
        cli_message("`--address` takes an IPv4 address such as 127.0.0.1, not `%s`", address);
        return STATUS_USAGE;
    }
    int listening = listen_at(&place);
    if (listening < 0) {
        cli_message("cannot listen on %s:%ld: %s", address, options->mock.port, strerror(errno));
        return STATUS_SYSTEM;
    }
    struct organisation_options organisation = {
        .url = arena_printf(arena, "http://%s:%u", address, (unsigned)ntohs(place.sin_port)),
        .now = now,
        .token = options->mock.token != NULL ? slice_of(options->mock.token) : new_token(arena),
        .memory = RECORDS_LIMIT};
    server->organisation = organisation_new(&server->records, catalog, &organisation);
    int status = organisation.token.length > 0
                     ? seed(arena, options, findings, server->organisation, catalog)
                     : STATUS_SYSTEM;
    if (status != STATUS_OK) {
        close(listening);
        return status;
    }
    server->host = options->mock.host != NULL ? options->mock.host : address;
    server->records.recovery = server->work.recovery = &server->recovery;
    long timeout = options->mock.timeout > 0 ? options->mock.timeout : TIMEOUT_SECONDS;
    return serve(server, listening, (time_t)timeout, organisation.url);
}

int command_mock_salesforce(struct arena *arena, struct options *options)
{
    struct findings findings = findings_new(arena, -1);
    struct compiler *compiler = compiler_new(arena, &artifact_backend);
    if (cli_load_project(arena, options, compiler, &findings) == NULL) {
        return cli_report(arena, options, &findings);
    }
    struct server *server = arena_alloc(arena, sizeof *server);
    server->quiet = options->quiet;
    arena_init(&server->records);
    arena_init(&server->work);
    server->records.recovery = arena->recovery; /* as long as this thread uses it */
    if (!connections_init(&server->connections)) {
        arena_fail(arena);
    }
    block_signals();
    int status = serve_organisation(arena, options, server, compiler->project->catalog, &findings);
    connections_free(&server->connections);
    arena_free(&server->work);
    arena_free(&server->records);
    return status;
}
