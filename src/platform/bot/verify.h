/*
 * Looking for what is wrong in a bot export: its form, its references, and what real bots get
 * wrong. Every finding has a note that names dialog, node and JSON pointer.
 */
#ifndef DIALOGC_PLATFORM_BOT_VERIFY_H
#define DIALOGC_PLATFORM_BOT_VERIFY_H

#include "platform/bot/bot.h"
#include "document/schema/schema.h"

/*
 * Reports everything that is wrong with the export: what the schema says (E0101 to E0107), dangling
 * references (E11xx), and what is suspicious (W11xx). `schema` is the one of xo-bot.schema.json.
 * Credentials that are found are masked in the bot's source: no output shows them.
 */
void bot_verify(const struct bot *bot, const struct schema *schema,
                struct diagnostics *diagnostics);

#endif
