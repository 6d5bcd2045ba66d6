/* dialogc import: from a bot export to a project. */
#include "cli/output.h"

#include <stdio.h>

#include "platform/import/import.h"

/* Existing files are never overwritten: false, after a message, when there is one. */
static bool write_files(struct arena *arena, const struct options *options,
                        struct findings *findings, const struct import *import)
{
    struct output output = output_new(arena, options, findings);
    const char *conflict;
    output.makes_folders = true;
    struct file_content *files = arena_alloc_array(arena, import->file_count + 1, sizeof *files);
    for (size_t i = 0; i < import->file_count; i++) {
        files[i].path =
            arena_printf(arena, "%s/%.*s", options->output, SLICE_ARG(import->files[i].path)).data;
        files[i].bytes = import->files[i].bytes;
        files[i].expects = REPLACE_NOTHING;
    }
    if (output_write(&output, files, import->file_count, &conflict) == REPLACEMENT_CONFLICT) {
        cli_message("%s already exists; import into another folder", conflict);
        return false;
    }
    return true;
}

/* What was imported, and what a person should look at. */
static void tell(const char *folder, const struct import *import)
{
    size_t with_xo = 0;
    size_t secrets = 0;
    for (size_t i = 0; i < import->dialog_count; i++) {
        const struct imported_dialog *dialog = &import->dialogs[i];
        with_xo += dialog->needs_xo;
        secrets += dialog->secrets;
        if (dialog->is_whole_xo) {
            cli_note("  `%.*s` is kept as it is under `xo`: the language cannot express it",
                     SLICE_ARG(dialog->name));
        }
    }
    cli_note("%zu dialog%s in %s, %zu of them with an `xo` section", import->dialog_count,
             plural(import->dialog_count), folder, with_xo);
    if (secrets > 0) {
        cli_note("imported %zu literal credential%s: `dialogc check -C %s` shows where; replace "
                 "them before you share the files",
                 secrets, plural(secrets), folder);
    }
}

/* False, with a finding, for an export of a part of a bot: there is nothing to make templates of.
 */
static bool check_whole(struct findings *findings, const struct bot *bot)
{
    if (bot_is_partial(bot)) {
        diag_report(&findings->diagnostics, E1010, bot->source, (struct range){0, 1},
                    "this is a part of a bot: its dialogs were exported without their nodes, so "
                    "there is nothing to import");
        return false;
    }
    return true;
}

int command_import(struct arena *arena, struct options *options)
{
    if (strcmp(options->output, "-") == 0) {
        cli_message("`dialogc import` writes several files: `-o` takes a folder, not `-`");
        return STATUS_USAGE;
    }
    struct findings findings = findings_new(arena, -1);
    struct bot bot;
    struct import import = {0};
    struct slice *names =
        arena_alloc_array(arena, options->change.dialogs.count + 1, sizeof *names);
    for (size_t i = 0; i < options->change.dialogs.count; i++) {
        names[i] = slice_of(options->change.dialogs.paths[i]);
    }
    bool read =
        cli_read_bot(arena, &findings, options->operands.paths[0], &findings.diagnostics, &bot) &&
        check_whole(&findings, &bot) &&
        import_bot(arena, &bot, names, options->change.dialogs.count, &findings.diagnostics,
                   &import);
    if (read && !write_files(arena, options, &findings, &import)) {
        return STATUS_USAGE;
    }
    int status = cli_report(arena, options, &findings);
    if (status == STATUS_OK && !options->quiet && options->format == FORMAT_HUMAN) {
        tell(options->output, &import);
    }
    return status;
}
