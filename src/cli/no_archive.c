/*
 * dialogc has no libzip: it passes a command on when it names an archive (run_or_delegate.c). What
 * is left is an archive on standard input, which cannot be read twice.
 */
#include "platform/bot/archive.h"

static const char REASON[] = "an archive cannot come from standard input; name its file";

bool archive_read_bot(struct arena *arena, struct slice bytes, size_t limit,
                      struct archived_bot *bot, const char **reason)
{
    (void)arena;
    (void)bytes;
    (void)limit;
    *bot = (struct archived_bot){0};
    *reason = REASON;
    return false;
}

bool archive_change(struct arena *arena, struct slice archive, const struct archive_entry *entries,
                    size_t count, struct slice *bytes, const char **reason)
{
    (void)arena;
    (void)entries;
    (void)count;
    *bytes = archive;
    *reason = REASON;
    return false;
}
