/* What `dialogc install` and `dialogc uninstall` have in common: changes of a bot export. */
#ifndef DIALOGC_CLI_BOT_CHANGE_H
#define DIALOGC_CLI_BOT_CHANGE_H

#include "cli/cli.h"
#include "platform/bot/locales.h"

struct bot_change {
    struct artifact *compiled;  /* to install, in all languages */
    struct artifact *artifacts; /* the same in those that the bot gets */
    struct map left_out;        /* languages that it does not get */
    size_t count;
    struct slice *ids; /* to uninstall: of templates */
    size_t id_count;

    struct bot bot;
    struct bot_file file;
    struct slice config; /* of config.json; empty when there is none */
    bool has_config;
    struct install_plan bot_plan, config_plan;
};

/* Plans the change of `change->bot` in `change->bot_plan`; false with findings. */
typedef bool bot_change_plan(struct bot_change *change, const struct options *options,
                             struct diagnostics *diagnostics);

/* Plans to install the compiled templates, in the languages of the options or of the bot. */
bot_change_plan bot_change_install;

/*
 * Reads the export of the options and the config.json beside it, plans the changes of both, writes
 * them and reports; returns the exit status. When another program has changed one of the files
 * meanwhile, all of this is done again with the new ones, a few times.
 */
int bot_change_run(struct arena *arena, const struct options *options, struct findings *findings,
                   struct bot_change *change, bot_change_plan *plan);

#endif
