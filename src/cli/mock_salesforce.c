/* dialogc mock-salesforce: the simulated organisation as a server, for other clients. */
#define _DEFAULT_SOURCE
#define _POSIX_C_SOURCE 200809L

#include <arpa/inet.h>
#include <errno.h>
#include <microhttpd.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "cli/cli.h"
#include "trial/organisation/organisation.h"
#include "document/tree/build.h"
#include "document/yaml/reader.h"

#define BODY_LIMIT       ((size_t)16 * 1024 * 1024)
#define CONNECTION_LIMIT 64
#define IDLE_SECONDS     30
#define ACCESS_TOKEN     "simulated"

/* One thread of libmicrohttpd answers all requests, so that nothing needs a lock. */
struct server {
    struct organisation *organisation;
    struct arena work; /* of one request */
    jmp_buf recovery;
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
    (void)context;
    (void)connection;
    (void)code;
    struct arriving *arriving = *state;
    if (arriving != NULL) {
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

static enum MHD_Result refuse_large(struct MHD_Connection *connection)
{
    return send_response(
        connection, MHD_HTTP_CONTENT_TOO_LARGE,
        SLICE("[{\"message\":\"The request is too large.\",\"errorCode\":\"REQUEST_TOO_LARGE\"}]"));
}

/* Another part of the body; false when there is no memory for it. */
static bool take_part(struct arriving *arriving, const char *part, size_t size)
{
    if (size > BODY_LIMIT - arriving->length) {
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
    arena_reset(arena);
    if (setjmp(server->recovery) != 0) {
        return MHD_NO; /* no memory: the connection is closed */
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

static enum MHD_Result handle(void *context, struct MHD_Connection *connection, const char *url,
                              const char *method, const char *version, const char *part,
                              size_t *part_size, void **state)
{
    (void)url;
    (void)version;
    struct arriving *arriving = *state;
    if (arriving == NULL || arriving->uri == NULL) {
        return MHD_NO;
    }
    if (!arriving->began) {
        arriving->began = true;
        return MHD_YES;
    }
    if (*part_size > 0) {
        bool taken = take_part(arriving, part, *part_size);
        *part_size = 0;
        return taken ? MHD_YES : MHD_NO;
    }
    return arriving->too_large ? refuse_large(connection)
                               : answer(context, connection, method, arriving);
}

/* ---- the command ---- */

/* The records of --org; STATUS_OK or a status after a report. */
static int seed(struct arena *arena, const struct options *options, struct findings *findings,
                struct organisation *organisation)
{
    struct slice bytes;
    struct source *source;
    if (options->mock.records == NULL) {
        return STATUS_OK;
    }
    if (cli_read_file(arena, findings, options->mock.records, YAML_BYTES_LIMIT, &bytes)) {
        const struct node *root =
            yaml_read(arena, options->mock.records, bytes, &findings->diagnostics, &source);
        if (root != NULL && root->kind != NODE_MAPPING) {
            diag_report(&findings->diagnostics, E1203, source, root->range,
                        "records must be a mapping from objects to lists of records");
        } else if (root != NULL) {
            organisation_seed(organisation, root, &findings->diagnostics);
        }
    }
    return cli_report(arena, options, findings);
}

static void wait_for_signal(void)
{
    sigset_t signals;
    int got;
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    sigwait(&signals, &got);
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

static int serve(struct arena *arena, const struct options *options,
                 struct sobject_catalog *catalog, struct findings *findings, uint16_t wanted)
{
    struct server server = {.quiet = options->quiet};
    const char *address = options->mock.address != NULL ? options->mock.address : "127.0.0.1";
    struct sockaddr_in place = {.sin_family = AF_INET, .sin_port = htons(wanted)};
    if (inet_pton(AF_INET, address, &place.sin_addr) != 1) {
        cli_message("`--address` takes an IPv4 address such as 127.0.0.1, not `%s`", address);
        return STATUS_USAGE;
    }
    arena_init(&server.work);
    server.work.recovery = &server.recovery;
    block_signals();
    struct MHD_Daemon *daemon =
        MHD_start_daemon(MHD_USE_INTERNAL_POLLING_THREAD, 0, NULL, NULL, handle, &server,
                         MHD_OPTION_SOCK_ADDR, (struct sockaddr *)&place,
                         MHD_OPTION_URI_LOG_CALLBACK, take_uri, NULL, MHD_OPTION_NOTIFY_COMPLETED,
                         forget, NULL, MHD_OPTION_CONNECTION_LIMIT, (unsigned)CONNECTION_LIMIT,
                         MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)IDLE_SECONDS, MHD_OPTION_END);
    if (daemon == NULL) {
        cli_message("cannot listen on %s:%u: %s", address, wanted, strerror(errno));
        arena_free(&server.work);
        return STATUS_SYSTEM;
    }
    const union MHD_DaemonInfo *info = MHD_get_daemon_info(daemon, MHD_DAEMON_INFO_BIND_PORT);
    struct slice url = arena_printf(arena, "http://%s:%u", address,
                                    info != NULL ? (unsigned)info->port : (unsigned)wanted);
    struct organisation_options organisation = {
        .url = url, .now = (long long)time(NULL) * 1000, .token = SLICE(ACCESS_TOKEN)};
    server.organisation = organisation_new(arena, catalog, &organisation);
    int status = seed(arena, options, findings, server.organisation);
    if (status == STATUS_OK) {
        printf("listening on %.*s\n", SLICE_ARG(url));
        fflush(stdout);
        wait_for_signal();
    }
    MHD_stop_daemon(daemon);
    arena_free(&server.work);
    return status;
}

int command_mock_salesforce(struct arena *arena, struct options *options)
{
    struct findings findings = findings_new(arena, -1);
    struct compiler *compiler = compiler_new(arena, &artifact_backend);
    if (cli_load_project(arena, options, compiler, &findings) == NULL) {
        return cli_report(arena, options, &findings);
    }
    return serve(arena, options, compiler->project->catalog, &findings,
                 (uint16_t)options->mock.port);
}
