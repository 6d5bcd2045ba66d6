/* What --help shows, made from the tables of commands and options. */
#ifndef DIALOGC_CLI_HELP_H
#define DIALOGC_CLI_HELP_H

#include "base/builder.h"
#include "cli/command.h"
#include "cli/option.h"

struct exit_meaning {
    int status;
    const char *meaning;
};

/* Every exit status; the last one has no meaning (NULL). */
extern const struct exit_meaning exit_meanings[];

/* "dialogc install --into BOT.json [OPTION]... [TEMPLATE|FILE|DIR]..." */
void help_add_synopsis(struct builder *out, const struct command *command);

/* "-o, --output DIR" */
void help_add_term(struct builder *out, const struct option *option);

/* All commands, with their summaries. */
void help_add_overview(struct builder *out);

/* One command. */
void help_add_command(struct builder *out, const struct command *command);

#endif
