/* What has changed between two exports, or artifacts, in words of dialogs. */
#ifndef DIALOGC_PLATFORM_BOT_DIFF_H
#define DIALOGC_PLATFORM_BOT_DIFF_H

#include "platform/bot/bot.h"

struct bot_diff {
    struct slice text; /* a line for each change, below the dialog that it is in */
    size_t changes;    /* lines */
    size_t breaking;   /* of them: what can break conversations or integrations */
};

/*
 * Compares `a`, the older one, with `b`. Dialogs are the same by `_id`, or else by name; nodes by
 * `nodeId`, or else by type and name. When one of the two is an artifact of a single dialog, only
 * its dialogs are compared. With `marks`, lines of breaking changes begin with "!". Values of
 * headers, bodies and profiles are not shown: they may hold credentials.
 */
struct bot_diff bot_compare(struct arena *arena, const struct bot *a, const struct bot *b,
                            bool marks);

#endif
