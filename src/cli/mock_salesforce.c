/* dialogc mock-salesforce: the simulated organisation as a server, for other clients. */
#include <stdio.h>
#include <time.h>
#include <unistd.h>

#include "base/date.h"
#include "cli/cli.h"
#include "cli/records.h"
#include "cli/server.h"
#include "trial/organisation/organisation.h"

#define BODY_LIMIT      ((size_t)4 * 1024 * 1024)
#define ARRIVING_LIMIT  ((size_t)32 * 1024 * 1024)
#define RECORDS_LIMIT   ((size_t)256 * 1024 * 1024)
#define TIMEOUT_SECONDS 30

#define JSON_TYPE "application/json;charset=UTF-8"

/* When memory runs out in the server's thread, it unwinds to the request, never to the main one. */
struct mock {
    struct server server;
    struct organisation *organisation;
    struct arena records;
    struct arena work; /* of one request */
    jmp_buf recovery;
    bool broken; /* memory ran out while the records changed */
    bool quiet;
};

/* What the server itself refuses, in the form of Salesforce's errors. */
#define REFUSAL(code, message) SLICE("[{\"message\":\"" message "\",\"errorCode\":\"" code "\"}]")

static struct server_response refuse_for_memory(void)
{
    return (struct server_response){
        503, JSON_TYPE, REFUSAL("SERVER_UNAVAILABLE", "The server has run out of memory."), false};
}

static struct server_response respond(void *context, const struct server_request *asked)
{
    struct mock *mock = context;
    struct arena *arena = &mock->work;
    if (mock->broken) {
        return refuse_for_memory();
    }
    arena_reset(arena);
    if (setjmp(mock->recovery) != 0) {
        mock->broken = strcmp(asked->method, "GET") != 0; /* a record may be half there */
        return refuse_for_memory();
    }
    struct http_request request = {
        .method = slice_of(asked->method),
        .path = asked->path,
        .query = asked->query,
        .headers = server_headers(asked, arena),
        .body = asked->body,
    };
    struct http_response response = organisation_respond(mock->organisation, arena, &request);
    if (!mock->quiet) {
        cli_note("%s %.*s %ld", asked->method, SLICE_ARG(request.path), response.status);
    }
    return (struct server_response){(unsigned)response.status, JSON_TYPE, response.body, false};
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

/* The organisation with its first records; STATUS_OK, or a status after a message. */
static int make_organisation(struct arena *arena, const struct options *options, struct mock *mock,
                             struct sobject_catalog *catalog, struct findings *findings,
                             const struct organisation_options *organisation)
{
    if (organisation->token.length == 0) {
        cli_message("there is no randomness for an access token; `--token` gives one");
        return STATUS_SYSTEM;
    }
    mock->organisation = organisation_new(&mock->records, catalog, organisation);
    return seed(arena, options, findings, mock->organisation, catalog);
}

/* Makes the organisation with its first records, and serves it. */
static int serve_organisation(struct arena *arena, const struct options *options, struct mock *mock,
                              struct sobject_catalog *catalog, struct findings *findings)
{
    long long now = (long long)time(NULL) * 1000;
    bool has_time;
    if (options->mock.now != NULL && !date_read(slice_of(options->mock.now), &now, &has_time)) {
        cli_message("`--now` takes a date and time such as 2026-01-15T09:00:00Z, not `%s`",
                    options->mock.now);
        return STATUS_USAGE;
    }
    const char *address = options->mock.address != NULL ? options->mock.address : "127.0.0.1";
    long port = options->mock.port;
    int status;
    int listening = server_listen(address, &port, &status);
    if (listening < 0) {
        return status;
    }
    struct organisation_options organisation = {
        .url = arena_printf(arena, "http://%s:%ld", address, port),
        .now = now,
        .token =
            options->mock.token != NULL ? slice_of(options->mock.token) : server_new_token(arena),
        .memory = RECORDS_LIMIT};
    status = make_organisation(arena, options, mock, catalog, findings, &organisation);
    if (status != STATUS_OK) {
        close(listening);
        return status;
    }
    mock->records.recovery = mock->work.recovery = &mock->recovery;
    mock->server.host = options->mock.host != NULL ? options->mock.host : address;
    mock->server.timeout = options->mock.timeout > 0 ? options->mock.timeout : TIMEOUT_SECONDS;
    return server_run(&mock->server, listening, organisation.url);
}

int command_mock_salesforce(struct arena *arena, struct options *options)
{
    struct findings findings = findings_new(arena, -1);
    struct compiler *compiler = compiler_new(arena, &artifact_backend);
    if (cli_load_project(arena, options, compiler, &findings) == NULL) {
        return cli_report(arena, options, &findings);
    }
    struct mock *mock = arena_alloc(arena, sizeof *mock);
    mock->quiet = options->quiet;
    mock->server = (struct server){
        .respond = respond,
        .context = mock,
        .refusals = {JSON_TYPE, REFUSAL("REQUEST_TOO_LARGE", "The request is too large."),
                     REFUSAL("INSUFFICIENT_ACCESS",
                             "This server only answers requests of this machine; `--host NAME` "
                             "adds a name.")},
        .body_limit = BODY_LIMIT,
        .arriving_limit = ARRIVING_LIMIT,
    };
    arena_init(&mock->records);
    arena_init(&mock->work);
    mock->records.recovery = arena->recovery; /* as long as this thread uses it */
    if (!connections_init(&mock->server.connections)) {
        arena_fail(arena);
    }
    int status = serve_organisation(arena, options, mock, compiler->project->catalog, &findings);
    connections_free(&mock->server.connections);
    arena_free(&mock->work);
    arena_free(&mock->records);
    return status;
}
