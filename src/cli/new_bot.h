/* A new bot of compiled templates. */
#ifndef DIALOGC_CLI_NEW_BOT_H
#define DIALOGC_CLI_NEW_BOT_H

#include "cli/cli.h"

/*
 * Makes the botDefinition.json and the config.json of a bot with all templates of a run, which has
 * kept their artifacts; false with findings.
 */
bool new_bot_make(struct arena *arena, struct run *run, struct slice name, struct slice bytes[2]);

#endif
