/* dialogc pull. */
#include "base/printable.h"
#include "cli/exported.h"
#include "cli/output.h"
#include "platform/bot/verify.h"

/* "st-…  Support Desk" for each bot. */
static int list_bots(struct online *online)
{
    struct api_bot *bots;
    size_t count;
    if (!api_list(&online->client, &bots, &count)) {
        online_fail(online);
        return cli_report(online->arena, online->options, online->findings);
    }
    struct builder out = builder_new(online->arena);
    for (size_t i = 0; i < count; i++) {
        size_t start = out.length;
        builder_printf(&out, "%.*s  %.*s", SLICE_ARG(bots[i].id), SLICE_ARG(bots[i].name));
        printable_end_line(&out, start);
    }
    if (count == 0) {
        online_note(online, "the app sees no bots on %.*s", SLICE_ARG(online->client.address.host));
    }
    return cli_print(cli_printable(online->arena, builder_slice(&out))) ? STATUS_OK : STATUS_SYSTEM;
}

static bool write_files(struct online *online, const struct exported *exported, size_t *count)
{
    struct arena *arena = online->arena;
    struct archive_entry *entries;
    const char *reason;
    if (!archive_read_all(arena, exported->zip, archive_limit(exported->zip), &entries, count,
                          &reason)) {
        diag_report(&online->findings->diagnostics, E1001,
                    source_new(arena, arena_copy(arena, online->bot), SLICE("")),
                    (struct range){0, 0}, "this archive cannot be unpacked: %s", reason);
        return false;
    }
    struct file_content *files = arena_alloc_array(arena, *count + 1, sizeof *files);
    for (size_t i = 0; i < *count; i++) {
        files[i].path = arena_printf(arena, "%s/%s", online->options->output, entries[i].name).data;
        files[i].bytes = entries[i].bytes;
    }
    struct output output = output_new(arena, online->options, online->findings);
    output.makes_folders = true;
    return output_write_or_fail(&output, files, *count);
}

static int pull(struct online *online, const struct schema *schema)
{
    struct exported exported;
    struct findings *findings = online->findings;
    size_t count = 0;
    bool pulled = exported_pull(online, online->options->online.published, &exported) &&
                  write_files(online, &exported, &count);
    if (pulled) {
        struct diagnostics own = diagnostics_new(online->arena);
        bot_verify(&exported.bot, schema, &own);
        diagnostics_apply(&own, &online->options->policy, NULL);
        diagnostics_append(&findings->diagnostics, &own);
    }
    int status = cli_report(online->arena, online->options, findings);
    if (pulled) {
        struct slice name = bot_name(&exported.bot);
        online_note(online, "`%.*s` (%.*s): %zu dialog%s, %zu file%s in %s", SLICE_ARG(name),
                    SLICE_ARG(online->bot), exported_dialogs(&exported),
                    plural(exported_dialogs(&exported)), count, plural(count),
                    online->options->output);
    }
    return status;
}

int command_pull(struct arena *arena, struct options *options)
{
    struct findings findings = findings_new(arena, options->max_warnings);
    struct compiler *compiler = compiler_new(arena, &artifact_backend);
    struct shared_files shared;
    struct online online;
    if (!options->online.list && options->output == NULL) {
        cli_message("`dialogc pull` needs `--output DIR`: the folder for the bot's files");
        return STATUS_USAGE;
    }
    const char *folder = cli_open_project(arena, options, compiler, &findings, &shared);
    if (folder == NULL || !findings_are_clean(&findings) ||
        !online_open(&online, arena, options, &findings, folder, compiler->project,
                     !options->online.list)) {
        return cli_report(arena, options, &findings);
    }
    return options->online.list ? list_bots(&online) : pull(&online, compiler_bot_schema(compiler));
}
