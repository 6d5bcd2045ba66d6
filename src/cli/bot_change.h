/* What `dialogc install` and `dialogc uninstall` have in common: changes of a bot export. */
#ifndef DIALOGC_CLI_BOT_CHANGE_H
#define DIALOGC_CLI_BOT_CHANGE_H

#include "cli/cli.h"
#include "platform/bot/install.h"

struct bot_change {
    struct bot bot;
    struct artifact *artifacts; /* to install */
    size_t count;
    struct slice config_bytes; /* of config.json; empty when there is none */
    struct install_plan plan;
    struct install_plan config;
};

/* Reads the export of the options and the config.json beside it; false, with findings or failures
 * */
bool bot_change_read(struct arena *arena, const struct options *options, struct findings *findings,
                     struct bot_change *change);

/*
 * Plans the change of config.json, writes both files, and reports; returns the exit status.
 * `planned`: the change of the export is in `change->plan`.
 */
int bot_change_finish(struct arena *arena, const struct options *options, struct findings *findings,
                      struct bot_change *change, bool planned);

#endif
