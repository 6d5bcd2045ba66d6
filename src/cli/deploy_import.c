#include "cli/deploy_record.h"
#include "cli/deployment.h"

/* ---- following a job ---- */

static size_t count_ended(const struct api_job *job)
{
    size_t ended = 0;
    for (size_t i = 0; i < job->task_count; i++) {
        ended += job->tasks[i].state != API_RUNNING;
    }
    return ended;
}

/* Notes the tasks that have ended since the last look; `seen` knows those before. */
static void note_tasks(const struct online *online, const struct api_job *job, struct map *seen)
{
    for (size_t i = 0; i < job->task_count; i++) {
        const struct api_task *task = &job->tasks[i];
        struct slice key =
            arena_printf(online->arena, "%.*s\n%.*s", SLICE_ARG(task->type), SLICE_ARG(task->name));
        if (task->state != API_RUNNING && map_get(seen, key) == NULL) {
            map_add(seen, key, (void *)(uintptr_t)task);
            online_note(online, "  %-8s %.*s `%.*s`",
                        task->state == API_DONE ? "imported" : "failed", SLICE_ARG(task->type),
                        SLICE_ARG(task->name));
        }
    }
}

/* Why nobody knows how the import ended; false. */
static bool stop_following(struct online *online, struct slice id)
{
    findings_fail(online->findings,
                  online->pauses.interrupted
                      ? "interrupted; the platform goes on with the import %.*s"
                      : "the import %.*s has not ended in the time of `--timeout`; it goes on",
                  SLICE_ARG(id));
    return false;
}

bool deploy_follow(struct online *online, struct api_job *job)
{
    struct wait wait = wait_new(&online->pauses);
    struct map seen = map_new(online->arena);
    const struct slice id = job->id;
    note_tasks(online, job, &seen);
    while (job->state == API_RUNNING) {
        online_progress(online, "importing: %zu of %zu tasks have ended", count_ended(job),
                        job->task_count);
        if (!wait_once(&wait, &online->pauses)) {
            return stop_following(online, id);
        }
        if (!api_import_state(&online->client, id, job)) {
            return online->pauses.interrupted ? stop_following(online, id) : online_fail(online);
        }
        note_tasks(online, job, &seen);
    }
    return true;
}

void deploy_note_failures(const struct online *online, const struct api_job *job)
{
    for (size_t i = 0; i < job->task_count; i++) {
        const struct api_task *task = &job->tasks[i];
        if (task->state == API_FAILED) {
            findings_fail(online->findings, "%.*s `%.*s` was not imported: %.*s",
                          SLICE_ARG(task->type), SLICE_ARG(task->name),
                          SLICE_ARG(task->reason.length > 0 ? task->reason : task->word));
        }
    }
    if (job->state == API_FAILED && job->reason.length > 0) {
        findings_fail(online->findings, "the import has failed: %.*s", SLICE_ARG(job->reason));
    }
}

/* ---- what has become of it ---- */

/* Exports the bot, and compares it with what it was and with what it is to be. */
static enum deploy_outcome look(struct deployment *d)
{
    struct exported now;
    if (!exported_pull(&d->online, false, &now)) {
        return DEPLOY_UNKNOWN;
    }
    struct bot_diff missing = bot_compare(d->arena, &now.bot, &d->meant);
    struct exported meant = {.bot = d->meant};
    meant.files.has_config = d->config.length > 0;
    meant.files.config.bytes = d->config;
    if (missing.changes == 0 &&
        (d->config.length == 0 || exported_have_same_config(d->arena, &now, &meant))) {
        return DEPLOY_AS_MEANT;
    }
    if (exported_are_same(d->arena, &now, &d->before)) {
        return DEPLOY_AS_BEFORE;
    }
    struct slice text = bot_diff_text(d->arena, &missing, false, false);
    online_note(&d->online, "still to be changed in the bot:");
    online_show(&d->online, text);
    return DEPLOY_BETWEEN;
}

/* ---- the import ---- */

struct uploaded {
    struct slice definition, config;
};

static bool upload(struct deployment *d, struct uploaded *files)
{
    struct api_client *client = &d->online.client;
    *files = (struct uploaded){0};
    online_progress(&d->online, "uploading");
    return (api_upload(client, d->before.files.bot.name, "json", d->definition,
                       &files->definition) &&
            (d->config.length == 0 ||
             api_upload(client, "config.json", "json", d->config, &files->config))) ||
           online_fail(&d->online);
}

/* The plan was made for the bot as it was: if it is another one now, nothing is imported. */
static bool is_unchanged(struct deployment *d)
{
    struct exported now;
    if (!exported_pull(&d->online, false, &now)) {
        return false;
    }
    if (!exported_are_same(d->arena, &d->before, &now)) {
        struct bot_diff diff = bot_compare(d->arena, &d->before.bot, &now.bot);
        findings_fail(d->findings,
                      "somebody has changed the bot since the plan was made (%zu change%s); look "
                      "at it, and deploy again",
                      diff.changes, plural(diff.changes));
        return false;
    }
    return true;
}

/* Sends the request, and again when its response was lost and the bot is not as planned. */
static enum deploy_outcome start(struct deployment *d, const struct uploaded *files,
                                 struct api_job *job)
{
    enum { ATTEMPT_LIMIT = 3 };
    struct api_client *client = &d->online.client;
    enum deploy_outcome outcome = DEPLOY_UNKNOWN;
    for (unsigned attempt = 1; attempt <= ATTEMPT_LIMIT; attempt++) {
        if (api_import(client, d->online.bot, files->definition, files->config, d->is_whole, job)) {
            return DEPLOY_UNKNOWN;
        }
        *job = (struct api_job){0};
        struct slice message = client->message;
        enum api_failure failure = client->failure;
        if (failure != API_UNCERTAIN) {
            online_fail(&d->online);
            return failure == API_REJECTED ? DEPLOY_AS_BEFORE : DEPLOY_UNKNOWN;
        }
        d->has_lost = true;
        online_note(&d->online, "%.*s; looking at what has become of it", SLICE_ARG(message));
        outcome = look(d);
        if (outcome == DEPLOY_AS_MEANT || outcome == DEPLOY_UNKNOWN) {
            return outcome;
        }
        client->message = message;
    }
    online_fail(&d->online);
    return outcome;
}

/* Sends the import, and follows it to its end. */
static enum deploy_outcome import(struct deployment *d, const struct uploaded *files)
{
    struct api_job job = {0};
    enum deploy_outcome outcome = start(d, files, &job);
    if (job.id.length == 0) {
        return outcome;
    }
    if (!api_id_is_valid(job.id, "bir-")) {
        findings_fail(d->findings,
                      "the platform gives its import the id `%.*s`, which dialogc does "
                      "not know",
                      SLICE_ARG(job.id));
        return look(d);
    }
    if (!deploy_record_write(&d->online, d->backup, job.id) || !deploy_follow(&d->online, &job)) {
        return DEPLOY_UNKNOWN;
    }
    deploy_note_failures(&d->online, &job);
    return look(d);
}

enum deploy_outcome deploy_import(struct deployment *d)
{
    struct uploaded files;
    if (!upload(d, &files) || !is_unchanged(d) ||
        !deploy_record_write(&d->online, d->backup, SLICE(""))) {
        return DEPLOY_AS_BEFORE;
    }
    online_note(&d->online, "importing into %.*s", SLICE_ARG(d->online.bot));
    enum deploy_outcome outcome = import(d, &files);
    /* After a lost import, a bot that is as it was need not stay so. */
    return outcome == DEPLOY_AS_BEFORE && d->has_lost ? DEPLOY_UNKNOWN : outcome;
}
