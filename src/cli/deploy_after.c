/* What follows an import: conversations as tests, and the publication. */
#include "cli/deployment.h"

enum { LONGEST_SUITE = 1 << 24 }; /* bytes */

/* ---- tests ---- */

static bool import_tests(struct deployment *d)
{
    struct api_client *client = &d->online.client;
    const char *path = d->options->online.tests;
    struct slice bytes;
    struct slice file;
    struct slice *locales;
    size_t count = bot_locales(d->arena, &d->meant, &locales);
    if (!input_read(d->arena, d->findings, path, LONGEST_SUITE, &bytes)) {
        return false;
    }
    struct slice name = slice_of(file_name(path));
    name.length -= slice_ends_with(name, ".json") ? strlen(".json") : 0;
    if (!api_upload(client, file_name(path), "json", bytes, &file) ||
        !api_import_tests(client, d->online.bot, count > 0 ? locales[0] : SLICE("en"), file, name,
                          slice_of(d->options->online.tests_user))) {
        return online_fail(&d->online);
    }
    online_note(&d->online, "the platform imports the conversations of %s as the test suite `%.*s`",
                path, SLICE_ARG(name));
    return true;
}

/* ---- the publication ---- */

/* Exports the published version until it is as planned. */
static bool wait_for_publication(struct deployment *d)
{
    struct wait wait = wait_new(&d->online.pauses);
    for (;;) {
        struct exported published;
        if (!exported_pull(&d->online, true, &published)) {
            return false;
        }
        if (bot_compare(d->arena, &published.bot, &d->meant).changes == 0) {
            return true;
        }
        online_progress(&d->online, "publishing");
        if (!wait_once(&wait, &d->online.pauses)) {
            findings_fail(d->findings,
                          d->online.pauses.interrupted
                              ? "interrupted; the platform goes on with the publication"
                              : "the published version is not as planned in the time "
                                "of `--timeout`; look at it on the platform");
            return false;
        }
    }
}

static bool publish(struct deployment *d)
{
    struct api_job job;
    if (!api_publish(&d->online.client, d->online.bot, slice_of(d->options->online.publish),
                     &job)) {
        return online_fail(&d->online);
    }
    for (size_t i = 0; i < job.task_count; i++) {
        const struct api_task *task = &job.tasks[i];
        if (task->state == API_FAILED) {
            findings_fail(d->findings, "%.*s `%.*s` was not published: %.*s", SLICE_ARG(task->type),
                          SLICE_ARG(task->name),
                          SLICE_ARG(task->reason.length > 0 ? task->reason : task->word));
        }
    }
    if (job.state == API_FAILED || !wait_for_publication(d)) {
        return false;
    }
    online_note(&d->online, "published, with the comment `%s`", d->options->online.publish);
    return true;
}

bool deploy_after(struct deployment *d)
{
    return (d->options->online.tests == NULL || import_tests(d)) &&
           (d->options->online.publish == NULL || publish(d));
}
