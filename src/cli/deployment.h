/*
 * A deploy, in its steps:
 *
 *     deploy_plan.c     what the bot is to be, and what of that is new
 *     deploy_record.c   what is kept on the disk: a backup, and that an import is under way
 *     deploy_import.c   the import, and what has become of it
 *     deploy_after.c    tests and publication
 */
#ifndef DIALOGC_CLI_DEPLOYMENT_H
#define DIALOGC_CLI_DEPLOYMENT_H

#include "cli/exported.h"
#include "platform/bot/diff.h"

struct deployment {
    struct arena *arena;
    const struct options *options;
    struct findings *findings;
    const struct project *project;
    const struct schema *schema; /* of bots */
    struct online online;

    struct exported before;       /* the bot as it is */
    struct slice definition;      /* what its export is to be */
    struct slice config;          /* and its config.json; empty: it has none */
    struct bot meant;             /* the same, read */
    struct slice *variable_lines; /* what changes in config.json */
    size_t variable_count;
    bool config_changes;
    bool is_whole;        /* all of the bot is replaced: a backup comes back */
    struct bot_diff diff; /* from `before` to `meant` */

    const char *backup; /* of `before`; NULL: not written yet */
    bool has_lost;      /* the response to an import was lost, which may still be going on */
};

/* True when the bot is not as it is to be. */
static inline bool deployment_changes(const struct deployment *d)
{
    return d->diff.changes > 0 || d->config_changes;
}

/* Plans to install the templates of a run, whose artifacts have been kept; false with findings. */
bool deploy_plan_templates(struct deployment *d, struct run *run);

/* Plans to bring back a backup, a zip that deploy has written; false with findings. */
bool deploy_plan_backup(struct deployment *d, const char *path);

/* The plan for people: changes that can break something come first. */
struct slice deploy_plan_text(const struct deployment *d);

/* What is still to be done, or has been done, when the import ended. */
enum deploy_outcome {
    DEPLOY_AS_BEFORE, /* nothing has changed */
    DEPLOY_AS_MEANT,
    DEPLOY_BETWEEN, /* some of it has */
    DEPLOY_UNKNOWN, /* the platform does not say */
};

/*
 * Uploads the files, looks whether the bot is still as it was, imports, follows the import, and
 * looks at the bot again. Reports on the way; what went wrong is among the findings.
 */
enum deploy_outcome deploy_import(struct deployment *d);

/*
 * Waits for a job of the platform, and notes each task that ends. False when it is not known how
 * the job ended: a signal, the time limit, or the client's failure; then a failure says which.
 */
bool deploy_follow(struct online *online, struct api_job *job);

/* Notes the tasks of a job that have failed, and what to do. */
void deploy_note_failures(const struct online *online, const struct api_job *job);

/* What follows an import: tests and publication, as the options ask. False with failures. */
bool deploy_after(struct deployment *d);

#endif
