/* A bot as the platform exports it. */
#ifndef DIALOGC_CLI_EXPORTED_H
#define DIALOGC_CLI_EXPORTED_H

#include "cli/online.h"

struct exported {
    struct slice zip; /* as the platform wrote it */
    struct archived_bot files;
    struct bot bot;
};

/* The pulled bot's dialogs. */
static inline size_t exported_dialogs(const struct exported *exported)
{
    return exported->bot.dialogs.count;
}

/*
 * Starts an export, waits for it, downloads it and reads it; false with failures or findings. The
 * online's `client.failure` is set when it was the platform that failed.
 */
bool exported_pull(struct online *online, bool published, struct exported *exported);

/* Reads a zip of the platform, which findings call `name`; false with findings. */
bool exported_read(struct arena *arena, struct findings *findings, const char *name,
                   struct slice zip, struct exported *exported);

/* True when both have the same config.json, as JSON, or none. */
bool exported_have_same_config(struct arena *arena, const struct exported *a,
                               const struct exported *b);

/* True when two exports are the same but for what every export makes anew. */
bool exported_are_same(struct arena *arena, const struct exported *a, const struct exported *b);

#endif
