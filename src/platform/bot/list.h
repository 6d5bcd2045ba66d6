/* What is in a bot export, for people and for programs. */
#ifndef DIALOGC_PLATFORM_BOT_LIST_H
#define DIALOGC_PLATFORM_BOT_LIST_H

#include "platform/bot/bot.h"

/*
 * Appends a line for the bot, one for each dialog, and below it one for each node: its type, its
 * name, what it asks for or calls. `path` is the export's, as the user gave it.
 */
void bot_list(struct builder *out, const struct bot *bot, const char *path);

/*
 * Appends the same as one JSON object:
 * {file, name, languages, dialogs: [{id, name, trainingSentences, nodes: [{id, type, name,
 * entityType?, request?: {method, url, profile}, calls?, nodes?}]}], profiles: [{name, type}]}.
 * Queries of URLs are left out: they may hold credentials.
 */
void bot_list_json(struct builder *out, const struct bot *bot, const char *path);

#endif
