/*
 * What a deploy leaves on the disk, in `.dialogc/` of the project: a backup of the bot for each,
 * and while an import is under way a record of it, for the next deploy to take up. Both are for
 * their owner alone, since an export may hold anything. There are no credentials of the platform in
 * them.
 */
#ifndef DIALOGC_CLI_DEPLOY_RECORD_H
#define DIALOGC_CLI_DEPLOY_RECORD_H

#include "cli/online.h"

struct deploy_record {
    struct slice host, bot;
    struct slice backup; /* a path from the project's folder */
    struct slice import; /* the id of the job; empty: it was not known yet */
};

/*
 * Writes a backup of a zip, and gives its path; NULL with a failure among the findings. No backup
 * is ever replaced.
 */
const char *deploy_record_backup(struct online *online, struct slice zip);

/* Reads the record of this bot; false when there is none, or with a failure. */
bool deploy_record_read(struct online *online, struct deploy_record *record);

/* Writes the record; false with a failure among the findings. */
bool deploy_record_write(struct online *online, const char *backup, struct slice import);

/* Removes it: the import has ended. */
void deploy_record_remove(struct online *online);

#endif
