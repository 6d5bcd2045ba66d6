/* The languages of artifacts, and those of the bot that they are put into. */
#ifndef DIALOGC_PLATFORM_BOT_LOCALES_H
#define DIALOGC_PLATFORM_BOT_LOCALES_H

#include "platform/bot/install.h"

/*
 * The artifact without texts and utterances in languages that are not wanted: those of `wanted`, a
 * list with commas, or when that is NULL those of the bot. `*left_out` gets the languages without
 * which it is, each once. False, with E1012, when no language of its dialog would be left. The
 * result is the artifact itself when nothing is to be left out.
 */
bool artifact_fit_locales(const struct bot *bot, const struct artifact *artifact,
                          const char *wanted, struct diagnostics *diagnostics,
                          struct artifact *fitted, struct map *left_out);

#endif
