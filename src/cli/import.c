/* dialogc import: from a bot export to a project. */
#include "cli/cli.h"

#include <stdio.h>

#include "platform/import/import.h"

/* True when nothing is at `path`: existing files are never overwritten. */
static bool is_free(struct arena *arena, const char *folder, const struct import *import)
{
    for (size_t i = 0; i < import->file_count; i++) {
        const char *path =
            arena_printf(arena, "%s/%.*s", folder, SLICE_ARG(import->files[i].path)).data;
        if (file_exists(path)) {
            cli_message("%s already exists; import into another folder", path);
            return false;
        }
    }
    return true;
}

static void write_files(struct arena *arena, struct findings *findings, const char *folder,
                        const struct import *import)
{
    static const char *const folders[] = {"", "/auth", "/templates"};
    const char *reason;
    for (size_t i = 0; i < sizeof folders / sizeof folders[0]; i++) {
        const char *path = arena_printf(arena, "%s%s", folder, folders[i]).data;
        if (!file_make_directory(arena, path, &reason)) {
            findings_fail(findings, "cannot create the folder %s: %s", path, reason);
            return;
        }
    }
    struct file_content *files = arena_alloc_array(arena, import->file_count + 1, sizeof *files);
    for (size_t i = 0; i < import->file_count; i++) {
        files[i].path =
            arena_printf(arena, "%s/%.*s", folder, SLICE_ARG(import->files[i].path)).data;
        files[i].bytes = import->files[i].bytes;
    }
    cli_replace_files(arena, findings, files, import->file_count);
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
        import_bot(arena, &bot, names, options->change.dialogs.count, &findings.diagnostics,
                   &import);
    if (read && !is_free(arena, options->output, &import)) {
        return STATUS_USAGE;
    }
    if (read) {
        write_files(arena, &findings, options->output, &import);
    }
    int status = cli_report(arena, options, &findings);
    if (status == STATUS_OK && !options->quiet && options->format == FORMAT_HUMAN) {
        tell(options->output, &import);
    }
    return status;
}
