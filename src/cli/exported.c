#include "cli/exported.h"

#include "document/json/reader.h"
#include "platform/bot/diff.h"

/* The largest export seen has 3.6 MB as JSON. */
#define DOWNLOAD_LIMIT ((size_t)256 << 20)

/* Asks until the export has ended. */
static bool wait_for_export(struct online *online, struct api_job *job)
{
    struct api_client *client = &online->client;
    struct wait wait = wait_new(&online->pauses);
    while (job->state == API_RUNNING) {
        online_progress(online, "exporting %.*s: %.*s", SLICE_ARG(online->bot),
                        SLICE_ARG(job->word));
        if (!wait_once(&wait, &online->pauses)) {
            findings_fail(online->findings,
                          online->pauses.interrupted
                              ? "interrupted"
                              : "the export has not ended in %ld seconds; its state is `%.*s`",
                          online->pauses.limit, SLICE_ARG(job->word));
            return false;
        }
        if (!api_export_state(client, online->bot, job)) {
            return online_fail(online);
        }
    }
    online_progress(online, "%s", "");
    if (job->state == API_FAILED) {
        findings_fail(online->findings, "the platform could not export %.*s: %.*s",
                      SLICE_ARG(online->bot),
                      SLICE_ARG(job->reason.length > 0 ? job->reason : job->word));
    }
    return job->state == API_DONE;
}

bool exported_read(struct arena *arena, struct findings *findings, const char *name,
                   struct slice zip, struct exported *exported)
{
    const char *reason = "it is not a zip";
    exported->zip = zip;
    if (!archive_is(zip) ||
        !archive_read_bot(arena, zip, archive_limit(zip), &exported->files, &reason)) {
        diag_report(&findings->diagnostics, E1001, source_new(arena, name, SLICE("")),
                    (struct range){0, 0}, "there is no bot to read in this archive: %s", reason);
        return false;
    }
    const char *path = arena_printf(arena, "%s/%s", name, exported->files.bot.name).data;
    file_list_add(arena, &findings->looked_at, path);
    return bot_read(arena, path, exported->files.bot.bytes, &findings->diagnostics, &exported->bot);
}

bool exported_pull(struct online *online, bool published, struct exported *exported)
{
    struct api_client *client = &online->client;
    struct api_job job;
    struct slice zip;
    if (!api_export(client, online->bot, published, &job)) {
        return online_fail(online);
    }
    if (!wait_for_export(online, &job)) {
        return false;
    }
    /* An export that is done at once names no place yet. */
    if (job.url.length == 0 && !api_export_state(client, online->bot, &job)) {
        return online_fail(online);
    }
    if (job.url.length == 0) {
        findings_fail(online->findings, "the platform does not say where the export of %.*s is",
                      SLICE_ARG(online->bot));
        return false;
    }
    online_progress(online, "downloading %.*s", SLICE_ARG(online->bot));
    bool downloaded = api_download(client, job.url, DOWNLOAD_LIMIT, &zip);
    online_progress(online, "%s", "");
    return (downloaded || online_fail(online)) &&
           exported_read(online->arena, online->findings, arena_copy(online->arena, online->bot),
                         zip, exported);
}

bool exported_have_same_config(struct arena *arena, const struct exported *a,
                               const struct exported *b)
{
    return a->files.has_config == b->files.has_config &&
           (!a->files.has_config || node_equal(json_read_quietly(arena, a->files.config.bytes),
                                               json_read_quietly(arena, b->files.config.bytes)));
}

bool exported_are_same(struct arena *arena, const struct exported *a, const struct exported *b)
{
    return bot_compare(arena, &a->bot, &b->bot).changes == 0 &&
           exported_have_same_config(arena, a, b);
}
