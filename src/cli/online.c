#define _POSIX_C_SOURCE 200809L

#include "cli/online.h"

#include <stdio.h>
#include <sys/resource.h>
#include <unistd.h>

#include "cli/credentials.h"

enum {
    USUAL_INTERVAL = 1000, /* milliseconds */
    USUAL_TIMEOUT = 900,   /* seconds */
};

static void release_credentials(void *resource)
{
    credentials_wipe(resource);
}

static bool read_address(struct online *online, const struct project *project,
                         struct api_address *address)
{
    const char *given = online->options->online.host;
    struct slice host = given != NULL ? slice_of(given) : project->environment.host;
    const char *reason;
    host = host.length > 0 ? host : SLICE(API_USUAL_HOST);
    if (api_address_read(online->arena, host, address, &reason)) {
        return true;
    }
    findings_fail(online->findings, "`%.*s` is not a host of the platform: %s", SLICE_ARG(host),
                  reason);
    return false;
}

static bool find_bot(struct online *online, const struct project *project, bool needs_bot)
{
    const char *given = online->options->online.bot;
    online->bot = given != NULL ? slice_of(given) : project->environment.bot;
    if (!needs_bot) {
        online->bot = SLICE("");
    } else if (online->bot.length == 0) {
        findings_fail(online->findings,
                      "which bot? name it with `--bot ID`, or with `--env NAME` an environment of "
                      "the project file; `dialogc pull --list` lists the bots");
    } else if (!api_id_is_valid(online->bot, "st-")) {
        findings_fail(
            online->findings,
            "`%.*s` is not the id of a bot, such as "
            "st-1e845b00-81ad-5757-a1e7-d0f6fea227e9; `dialogc pull --list` lists the bots",
            SLICE_ARG(online->bot));
    }
    return !findings_failed(online->findings);
}

/* libcurl does not name a file that it cannot read. */
static bool check_authorities(struct online *online)
{
    const char *path = online->options->online.authorities;
    if (path != NULL && input_type_of(online->findings, path) != FILE_TYPE_REGULAR &&
        !findings_failed(online->findings)) {
        findings_fail(online->findings, "%s is not a file with certificates of authorities", path);
    }
    return !findings_failed(online->findings);
}

/* A core file would hold the secret. Where the limit cannot be set, there is no such file either.
 */
static void switch_core_files_off(void)
{
    const struct rlimit none = {0, 0};
    (void)setrlimit(RLIMIT_CORE, &none);
}

bool online_open(struct online *online, struct arena *arena, const struct options *options,
                 struct findings *findings, const char *folder, const struct project *project,
                 bool needs_bot)
{
    struct api_address address;
    *online =
        (struct online){.arena = arena, .options = options, .findings = findings, .folder = folder};
    online->pauses.first =
        options->online.interval > 0 ? (long)options->online.interval : USUAL_INTERVAL;
    online->pauses.limit =
        options->online.timeout > 0 ? (long)options->online.timeout : USUAL_TIMEOUT;
    if (!find_bot(online, project, needs_bot) || !read_address(online, project, &address) ||
        !check_authorities(online)) {
        return false;
    }
    struct api_credentials *credentials = arena_alloc(arena, sizeof *credentials);
    arena_defer(arena, release_credentials, credentials);
    switch_core_files_off();
    if (!credentials_find(options, findings, credentials)) {
        return false;
    }
    pauses_hold_signals(&online->pauses);
    online->client =
        api_client_new(arena, address, credentials, options->online.authorities, &online->pauses);
    return true;
}

bool online_fail(struct online *online)
{
    findings_fail(online->findings, "%.*s", SLICE_ARG(online->client.message));
    return false;
}

static bool shows_progress(const struct online *online)
{
    return !online->options->quiet && cli_is_terminal(STDERR_FILENO);
}

void online_progress(const struct online *online, const char *format, ...)
{
    if (!shows_progress(online)) {
        return;
    }
    va_list arguments;
    va_start(arguments, format);
    struct slice line = arena_vprintf(online->arena, format, arguments);
    va_end(arguments);
    line = cli_printable(online->arena, line);
    fprintf(stderr, "\r\x1b[K%.*s", SLICE_ARG(line));
    fflush(stderr);
}

static void clear_progress(const struct online *online)
{
    if (shows_progress(online)) {
        fputs("\r\x1b[K", stderr);
    }
}

void online_show(const struct online *online, struct slice lines)
{
    if (!online->options->quiet) {
        clear_progress(online);
        lines = cli_printable(online->arena, lines);
        fwrite(lines.data, 1, lines.length, stderr);
    }
}

void online_note(const struct online *online, const char *format, ...)
{
    if (online->options->quiet) {
        return;
    }
    va_list arguments;
    va_start(arguments, format);
    struct slice line = arena_vprintf(online->arena, format, arguments);
    va_end(arguments);
    clear_progress(online);
    cli_note("%.*s", SLICE_ARG(line));
}
