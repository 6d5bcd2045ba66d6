/* A new bot: an export that was never on the platform. */
#ifndef DIALOGC_PLATFORM_BOT_BUNDLE_H
#define DIALOGC_PLATFORM_BOT_BUNDLE_H

#include "base/builder.h"

/*
 * Appends an export without dialogs: the keys that every measured export has, and those of the
 * newer ones, with the platform's defaults; its ids are made of `name`. `locales` (at least one,
 * the default one first) are switched on.
 */
void bot_write_new(struct builder *out, struct slice name, const struct slice *locales,
                   size_t count);

/* Appends a config.json without variables. */
void config_write_new(struct builder *out, struct slice name);

#endif
