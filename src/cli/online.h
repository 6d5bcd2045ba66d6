/* What commands that talk to the platform have in common: which bot, where, and as whom. */
#ifndef DIALOGC_CLI_ONLINE_H
#define DIALOGC_CLI_ONLINE_H

#include "cli/cli.h"
#include "platform/api/client.h"

struct online {
    struct arena *arena;
    const struct options *options;
    struct findings *findings;
    const char *folder; /* of the project */
    struct slice bot;   /* its id; empty where none is needed */
    struct pauses pauses;
    struct api_client client;
};

/*
 * Finds the bot, the host and the credentials in the options, the environment and the project, and
 * prepares the client; `needs_bot`: a bot must be named. From here on signals do not end the
 * process, but the next request or pause. Core files are off, since they would hold the secret.
 * False with failures among the findings. `folder` and `project` are as loaded.
 */
bool online_open(struct online *online, struct arena *arena, const struct options *options,
                 struct findings *findings, const char *folder, const struct project *project,
                 bool needs_bot);

/* Makes the failure of the last request one of the findings; false. */
bool online_fail(struct online *online);

/* A line that the next one replaces, on a terminal; nothing elsewhere. */
PRINTF_LIKE(2, 3)
void online_progress(const struct online *online, const char *format, ...);

/* Lines that stay, which are fit to be shown, on standard error; not with --quiet. */
void online_show(const struct online *online, struct slice lines);

/* A line that stays, on standard error; not with --quiet. */
PRINTF_LIKE(2, 3)
void online_note(const struct online *online, const char *format, ...);

#endif
