/*
 * ZIP archives: the one of a new bot is made, and those of the platform are read and changed. Only
 * dialogc-full and dialogc-online have libzip behind these functions; in dialogc they always fail.
 */
#ifndef DIALOGC_PLATFORM_BOT_ARCHIVE_H
#define DIALOGC_PLATFORM_BOT_ARCHIVE_H

#include "platform/bot/bot.h"

/* A file of an archive. */
struct archive_entry {
    const char *name;
    struct slice bytes;
    bool removes; /* archive_change: the file goes */
};

/*
 * The bytes of a ZIP archive of the entries, in their order. The same entries give the same bytes:
 * nothing is compressed, and all are dated 1 January 1980. False with `*reason` when it fails.
 */
bool archive_make(struct arena *arena, const struct archive_entry *entries, size_t count,
                  struct slice *bytes, const char **reason);

/* What an archive may unpack to: JSON is never compressed further than this. */
static inline size_t archive_limit(struct slice archive)
{
    enum { RATIO = 200, LEAST = 1 << 26 };
    size_t limit =
        archive.length < BOT_BYTES_LIMIT / RATIO ? archive.length * RATIO : BOT_BYTES_LIMIT;
    return limit > LEAST ? limit : LEAST;
}

/* True for bytes that begin as an archive does. */
static inline bool archive_is(struct slice bytes)
{
    return bytes.length > 4 && memcmp(bytes.data, "PK\003\004", 4) == 0;
}

/* The bot in an archive. */
struct archived_bot {
    struct archive_entry bot;
    struct archive_entry config; /* the config.json beside it: without bytes when there is none */
    bool has_config;
};

/*
 * Finds the one bot (botDefinition.json or appDefinition.json) in an archive, and the config.json
 * beside it. False with `*reason`: the archive is damaged, a file in it is encrypted or larger than
 * `limit`, a name leads out of it, or it has no bot, or several.
 */
bool archive_read_bot(struct arena *arena, struct slice bytes, size_t limit,
                      struct archived_bot *bot, const char **reason);

/*
 * Reads all files of an archive, in its order. False with `*reason`: the archive is damaged, a file
 * in it is encrypted, all of them together are larger than `limit`, or a name leads out of it, is
 * there twice, or is a hidden one: the platform writes none, and `.git/config` would do harm.
 */
bool archive_read_all(struct arena *arena, struct slice bytes, size_t limit,
                      struct archive_entry **entries, size_t *count, const char **reason);

/*
 * The archive with the files of `entries` replaced, added or removed. All others stay as they are,
 * compressed as they were. False with `*reason` when it fails.
 */
bool archive_change(struct arena *arena, struct slice archive, const struct archive_entry *entries,
                    size_t count, struct slice *bytes, const char **reason);

#endif
