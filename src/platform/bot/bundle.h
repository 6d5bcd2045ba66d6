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

/* A file of an archive. */
struct archive_entry {
    const char *name;
    struct slice bytes;
};

/*
 * The bytes of a ZIP archive of the entries, in their order. The same entries give the same bytes:
 * nothing is compressed, and all are dated 1 January 1980. False with `*reason` when it fails.
 */
bool archive_make(struct arena *arena, const struct archive_entry *entries, size_t count,
                  struct slice *bytes, const char **reason);

#endif
