/*
 * The rules for bot exports, one file for each family. Each adds its findings; none changes the
 * export, but for the masks over literal credentials.
 */
#ifndef DIALOGC_PLATFORM_BOT_VERIFY_RULES_H
#define DIALOGC_PLATFORM_BOT_VERIFY_RULES_H

#include "platform/bot/verify_finding.h"

/* What refers to something refers to something that is there (E11xx); ids are unique. */
void verify_references(struct verify *v);

/* Nodes that nothing leads to, confirmations, loops without a question. */
void verify_graphs(struct verify *v);

/* Service nodes: credentials, http, user text in URLs and bodies, bodies that are not JSON. */
void verify_requests(struct verify *v);

/* The scripts of script nodes and of messages: whether they parse, and credentials in them. */
void verify_scripts(struct verify *v);

/* Credentials anywhere else in the export: after the rules that say more of theirs. */
void verify_secrets(struct verify *v);

/* Training sentences, and texts that a language of the bot does not have. */
void verify_texts(struct verify *v);

#endif
