/* dialogc bundle. */
#include "platform/bot/archive.h"
#include "platform/bot/bundle.h"

#include <stdio.h>

#include "platform/bot/install.h"
#include "cli/output.h"
#include "cli/templates.h"

/* The languages of the bot: the project's, or those that any template has. */
static size_t find_locales(struct arena *arena, const struct project *project,
                           const struct artifact *artifacts, size_t count, struct slice **locales)
{
    size_t known = 0;
    *locales = arena_alloc_array(arena, project->locale_count, sizeof **locales);
    for (size_t i = 0; i < project->locale_count; i++) {
        (*locales)[known++] = project->locales[i];
    }
    for (size_t i = 0; !project->has_locales && i < count; i++) {
        const struct node *dialog = node_get(artifacts[i].root, "dialogs")->items[0];
        const struct node *names = node_get(dialog, "localeData");
        for (size_t l = 0; l < names->count; l++) {
            bool there = false;
            for (size_t k = 0; !there && k < known; k++) {
                there = slice_equal((*locales)[k], names->members[l].key->text);
            }
            if (!there) {
                *locales = arena_append(arena, *locales, known, sizeof **locales);
                (*locales)[known++] = names->members[l].key->text;
            }
        }
    }
    return known;
}

/* Both files of the bot; false with findings. */
static bool make_bot(struct arena *arena, struct run *run, struct slice name, struct slice bytes[2])
{
    struct artifact *artifacts;
    size_t count = run->inputs.count;
    if (!cli_read_artifacts(arena, run, &artifacts)) {
        return false;
    }
    struct builder empty = builder_new(arena);
    struct builder config = builder_new(arena);
    struct slice *locales;
    size_t locale_count = find_locales(arena, run->compiler->project, artifacts, count, &locales);
    struct bot bot;
    struct install_plan plan;
    struct install_plan config_plan;
    bot_write_new(&empty, name, locales, locale_count);
    config_write_new(&config, name);
    if (!bot_read(arena, "botDefinition.json", builder_slice(&empty), &run->findings.diagnostics,
                  &bot) ||
        !bot_install(&bot, artifacts, count, &run->findings.diagnostics, &plan) ||
        !install_plan_config("config.json", builder_slice(&config), &bot, artifacts, count,
                             plan.bytes, &run->findings.diagnostics, &config_plan)) {
        return false;
    }
    bytes[0] = plan.bytes;
    bytes[1] = config_plan.bytes;
    return true;
}

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
        make_bot(arena, &run, name.length > 0 ? name : SLICE("Bot"), bytes)) {
        write_bundle(arena, options, &run.findings, bytes);
    }
    status = cli_report(arena, options, &run.findings);
    if (status == STATUS_OK && !options->quiet && options->format == FORMAT_HUMAN) {
        cli_note("%zu dialog%s in %s/bot.zip", run.inputs.count, plural(run.inputs.count),
                 options->output);
    }
    return status;
}
