/* dialogc deploy. */
#define _POSIX_C_SOURCE 200809L

#include <poll.h>
#include <unistd.h>

#include "base/printable.h"
#include "cli/ask.h"
#include "cli/deploy_record.h"
#include "cli/deployment.h"
#include "cli/new_bot.h"
#include "cli/templates.h"

/* How a deploy ends that did not get as far as an import. */
static const char UNTOUCHED[] = "this deploy has changed nothing on the platform";

/* ---- asking ---- */

/* Waits for a line on the terminal; false when a signal has come. */
static bool wait_for_line(struct online *online)
{
    enum { STEP = 100 }; /* milliseconds */
    struct pollfd input = {STDIN_FILENO, POLLIN, 0};
    while (poll(&input, 1, STEP) <= 0) {
        if (pauses_interrupted(&online->pauses)) {
            return false;
        }
    }
    return true;
}

/* True when the import may begin. */
static bool is_wanted(struct deployment *d)
{
    struct slice answer = {0};
    if (d->options->online.yes) {
        return true;
    }
    (void)cli_print(SLICE("\nimport this? yes or no [no]: "));
    bool wanted = wait_for_line(&d->online) && ask_line(d->arena, SLICE("no"), &answer) &&
                  (slice_equal_ignoring_case(answer, SLICE("yes")) ||
                   slice_equal_ignoring_case(answer, SLICE("y")));
    if (!wanted) {
        online_note(&d->online, "%s", UNTOUCHED);
    }
    return wanted;
}

/* ---- an earlier deploy ---- */

/* Sees an import to its end that an earlier deploy has left; false when that is not possible. */
static bool take_up(struct deployment *d)
{
    struct deploy_record record;
    if (!deploy_record_read(&d->online, &record)) {
        return !findings_failed(d->findings);
    }
    online_note(&d->online,
                "an earlier deploy has not ended; its backup is %.*s, which `--rollback` brings "
                "back",
                SLICE_ARG(record.backup));
    struct api_job job = {0};
    if (record.import.length == 0) {
        return true;
    }
    if (!api_import_state(&d->online.client, record.import, &job)) {
        /* An import that the platform has forgotten has ended. */
        return d->online.client.failure == API_REJECTED || online_fail(&d->online);
    }
    job.id = record.import;
    return deploy_follow(&d->online, &job);
}

/* ---- what has become of it ---- */

/* " --env test" for an option that this command line has; empty for one that it does not have. */
static struct slice repeated(const struct deployment *d, const char *option, const char *value)
{
    return value != NULL ? arena_printf(d->arena, " %s %s", option, cli_quoted(d->arena, value))
                         : SLICE("");
}

static void note_way_back(struct deployment *d)
{
    const struct options *options = d->options;
    struct slice places[] = {
        repeated(d, "-C", options->directory), repeated(d, "--env", options->online.environment),
        repeated(d, "--bot", options->online.bot), repeated(d, "--host", options->online.host)};
    findings_remark(d->findings,
                    "deploy again to complete it, or bring back what was there: `dialogc "
                    "deploy%.*s%.*s%.*s%.*s --rollback %s`",
                    SLICE_ARG(places[0]), SLICE_ARG(places[1]), SLICE_ARG(places[2]),
                    SLICE_ARG(places[3]), cli_quoted(d->arena, d->backup));
}

/* Says how the import ended; true when the bot is as planned. */
static bool conclude(struct deployment *d, enum deploy_outcome outcome)
{
    const struct slice bot = d->online.bot;
    switch (outcome) {
    case DEPLOY_AS_MEANT:
        deploy_record_remove(&d->online);
        online_note(&d->online, "%.*s is as planned", SLICE_ARG(bot));
        return !findings_failed(d->findings);
    case DEPLOY_AS_BEFORE:
        deploy_record_remove(&d->online);
        findings_fail(d->findings, "%.*s is as it was before", SLICE_ARG(bot));
        return false;
    case DEPLOY_BETWEEN:
        findings_fail(d->findings, "%.*s is neither as it was nor as planned", SLICE_ARG(bot));
        note_way_back(d);
        return false;
    case DEPLOY_UNKNOWN:
        break;
    }
    findings_fail(d->findings, "whether %.*s has changed is not known yet", SLICE_ARG(bot));
    note_way_back(d);
    return false;
}

/* ---- a bot that there is ---- */

static bool plan(struct deployment *d, struct run *run)
{
    return d->options->online.rollback != NULL ? deploy_plan_backup(d, d->options->online.rollback)
                                               : deploy_plan_templates(d, run);
}

/* Shows the plan; true when something is to be done about it. */
static bool show_plan(struct deployment *d)
{
    if (!deployment_changes(d)) {
        online_note(&d->online, "nothing to change in `%.*s` (%.*s)",
                    SLICE_ARG(bot_name(&d->before.bot)), SLICE_ARG(d->online.bot));
        return false;
    }
    return cli_print(deploy_plan_text(d));
}

static void deploy(struct deployment *d, struct run *run)
{
    if (!take_up(d) || !exported_pull(&d->online, false, &d->before) || !plan(d, run)) {
        findings_remark(d->findings, "%s", UNTOUCHED);
        return;
    }
    bool changes = show_plan(d);
    if (d->options->online.plan || (changes && !is_wanted(d))) {
        return;
    }
    deploy_record_remove(&d->online); /* of an earlier deploy, which has ended */
    if (changes) {
        d->backup = deploy_record_backup(&d->online, d->before.zip);
        if (d->backup == NULL) {
            return;
        }
        online_note(&d->online, "backup: %s", d->backup);
        if (!conclude(d, deploy_import(d))) {
            return;
        }
    }
    (void)deploy_after(d);
}

/* ---- a new bot ---- */

/* "a new bot `Sales` on bots.kore.ai: 2 dialogs", and these. */
static struct slice new_bot_text(const struct deployment *d)
{
    struct builder out = builder_new(d->arena);
    const struct map *dialogs = &d->meant.dialogs;
    builder_printf(&out, "a new bot `%s` on %.*s: %zu dialog%s", d->options->online.new_bot,
                   SLICE_ARG(d->online.client.address.host), dialogs->count,
                   plural(dialogs->count));
    printable_end_line(&out, 0);
    for (size_t i = 0; i < dialogs->count; i++) {
        size_t start = out.length;
        struct slice name = bot_dialog_name(dialogs->entries[i].value);
        builder_printf(&out, "  %.*s", SLICE_ARG(name));
        printable_end_line(&out, start);
    }
    return cli_printable(d->arena, builder_slice(&out));
}

/* Both files, and the zip with them. */
static bool make_new_bot(struct deployment *d, struct run *run, struct slice *zip)
{
    struct slice bytes[2];
    const char *reason;
    if (!new_bot_make(d->arena, run, slice_of(d->options->online.new_bot), bytes) ||
        !bot_read(d->arena, "botDefinition.json", bytes[0], &d->findings->diagnostics, &d->meant)) {
        return false;
    }
    const struct archive_entry entries[] = {{"botDefinition.json", bytes[0], false},
                                            {"config.json", bytes[1], false}};
    if (!archive_make(d->arena, entries, 2, zip, &reason)) {
        findings_fail(d->findings, "cannot create the zip: %s", reason);
        return false;
    }
    return true;
}

/* Starts the import; false with a failure, which says whether the bot may be there. */
static bool start_new_bot(struct deployment *d, struct slice zip, struct api_job *job)
{
    struct api_client *client = &d->online.client;
    struct slice file;
    if (!api_upload(client, "bot.zip", "zip", zip, &file)) {
        return online_fail(&d->online);
    }
    if (!api_import_new(client, file, slice_of(d->options->online.new_bot), job)) {
        bool rejected = client->failure == API_REJECTED;
        online_fail(&d->online);
        findings_fail(d->findings, rejected ? "no bot was made"
                                            : "the bot may have been made: `dialogc pull --list` "
                                              "shows whether it is there");
        return false;
    }
    if (!api_id_is_valid(job->id, "bir-")) {
        findings_fail(d->findings, "the platform does not name its import; `dialogc pull --list` "
                                   "shows whether the bot is there");
        return false;
    }
    return true;
}

static void deploy_new_bot(struct deployment *d, struct run *run)
{
    struct slice zip;
    struct api_job job;
    if (!make_new_bot(d, run, &zip) || !cli_print(new_bot_text(d)) || d->options->online.plan ||
        !is_wanted(d) || !start_new_bot(d, zip, &job) || !deploy_follow(&d->online, &job)) {
        return;
    }
    deploy_note_failures(&d->online, &job);
    d->online.bot = job.bot;
    if (!api_id_is_valid(job.bot, "st-")) {
        findings_fail(d->findings, "the platform does not name the new bot; `dialogc pull --list` "
                                   "lists the bots");
        return;
    }
    if (!exported_pull(&d->online, false, &d->before)) {
        return;
    }
    d->diff = bot_compare(d->arena, &d->before.bot, &d->meant);
    online_note(&d->online, "the new bot `%s` is %.*s", d->options->online.new_bot,
                SLICE_ARG(job.bot));
    if (d->diff.changes > 0) {
        findings_fail(d->findings, "the new bot is not as planned; what differs:");
        online_show(&d->online, bot_diff_text(d->arena, &d->diff, false, false));
        return;
    }
    (void)deploy_after(d);
}

/* ---- the command ---- */

static bool check_options(const struct options *options)
{
    if (!options->online.plan && !options->online.yes && !ask_is_possible()) {
        cli_message("`dialogc deploy` asks before it changes anything, which needs a terminal; use "
                    "`--yes`, or `--plan` to see what would change");
        return false;
    }
    if (options->online.rollback != NULL && options->operands.count > 0) {
        cli_message("`--rollback` brings back a backup, and takes no templates");
        return false;
    }
    return true;
}

/* Compiles the templates, unless a backup is to come back. `*folder` is the project's. */
static int prepare(struct deployment *d, struct run *run, const char **folder)
{
    if (d->options->online.rollback == NULL) {
        int status = cli_compile_templates(d->arena, d->options, run);
        *folder = cli_find_project(d->arena, d->options, &run->findings);
        return status;
    }
    struct shared_files shared;
    *folder = cli_open_project(d->arena, d->options, run->compiler, &run->findings, &shared);
    return STATUS_OK;
}

int command_deploy(struct arena *arena, struct options *options)
{
    struct run run = {.arena = arena, .jobs = options->jobs, .output = RUN_KEEP_BYTES};
    struct deployment d = {.arena = arena, .options = options, .findings = &run.findings};
    const char *folder;
    if (!check_options(options)) {
        return STATUS_USAGE;
    }
    run.findings = findings_new(arena, options->max_warnings);
    run.compiler = compiler_new(arena, &artifact_backend);
    int status = prepare(&d, &run, &folder);
    if (status != STATUS_OK) {
        return status;
    }
    d.project = run.compiler->project;
    d.schema = compiler_bot_schema(run.compiler);
    if (folder != NULL && findings_are_clean(&run.findings) &&
        online_open(&d.online, arena, options, &run.findings, folder, d.project,
                    options->online.new_bot == NULL)) {
        if (options->online.new_bot != NULL) {
            deploy_new_bot(&d, &run);
        } else {
            deploy(&d, &run);
        }
    }
    return cli_report(arena, options, &run.findings);
}
