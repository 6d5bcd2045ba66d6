/* dialogc bundle. */
#include "platform/bot/archive.h"

#include <stdio.h>

#include "cli/new_bot.h"
#include "cli/output.h"
#include "cli/templates.h"

static void write_bundle(struct arena *arena, const struct options *options,
                         struct findings *findings, const struct slice bytes[2])
{
    const struct archive_entry entries[] = {{"botDefinition.json", bytes[0], false},
                                            {"config.json", bytes[1], false}};
    const char *reason;
    struct slice archive;
    if (!archive_make(arena, entries, 2, &archive, &reason)) {
        findings_fail(findings, "cannot create bot.zip: %s", reason);
        return;
    }
    struct output output = output_new(arena, options, findings);
    output.makes_folders = true;
    const char *const names[] = {"botDefinition.json", "config.json", "bot.zip"};
    const struct slice contents[] = {bytes[0], bytes[1], archive};
    struct file_content files[3] = {0};
    for (size_t i = 0; i < 3; i++) {
        files[i].path = arena_printf(arena, "%s/%s", options->output, names[i]).data;
        files[i].bytes = contents[i];
    }
    output_write_or_fail(&output, files, 3);
}

int command_bundle(struct arena *arena, struct options *options)
{
    struct run run = {.arena = arena, .jobs = options->jobs, .output = RUN_KEEP_BYTES};
    run.findings = findings_new(arena, options->max_warnings);
    run.compiler = compiler_new(arena, &artifact_backend);
    if (strcmp(options->output, "-") == 0) {
        cli_message("`dialogc bundle` writes three files: `-o` takes a folder, not `-`");
        return STATUS_USAGE;
    }
    int status = cli_compile_templates(arena, options, &run);
    if (status != STATUS_OK) {
        return status;
    }
    struct slice name = run.compiler->project->name;
    struct slice bytes[2];
    if (findings_are_clean(&run.findings) &&
        new_bot_make(arena, &run, name.length > 0 ? name : SLICE("Bot"), bytes)) {
        write_bundle(arena, options, &run.findings, bytes);
    }
    status = cli_report(arena, options, &run.findings);
    if (status == STATUS_OK && !options->quiet && options->format == FORMAT_HUMAN) {
        cli_note("%zu dialog%s in %s/bot.zip", run.inputs.count, plural(run.inputs.count),
                 options->output);
    }
    return status;
}
