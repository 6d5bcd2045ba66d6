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
    if (import->left_out_count > 0) {
        cli_note("left out %zu dialog%s that cannot be imported", import->left_out_count,
                 plural(import->left_out_count));
    }
    if (secrets > 0) {
        cli_note("imported %zu literal credential%s: `dialogc check -C %s` shows where; replace "
                 "them before you share the files",
                 secrets, plural(secrets), folder);
    }
}

/* What a program gets to know of the import; docs/bots.md describes it. */
struct told {
    const char *folder;
    const struct import *import;
};

static void add_result(struct cjson report, const void *context)
{
    const struct told *told = context;
    const struct import *import = told->import;
    struct cjson result = cjson_add_object(report, "result");
    cjson_add_text(result, "project", slice_of(told->folder));
    struct cjson dialogs = cjson_add_array(result, "dialogs");
    for (size_t i = 0; i < import->dialog_count; i++) {
        const struct imported_dialog *dialog = &import->dialogs[i];
        struct cjson item = cjson_add_object(dialogs, NULL);
        cjson_add_text(item, "name", dialog->name);
        cjson_add_text(item, "template", dialog->id);
        cjson_add_boolean(item, "needsXo", dialog->needs_xo);
        cjson_add_boolean(item, "isWholeXo", dialog->is_whole_xo);
        cjson_add_count(item, "credentials", dialog->secrets);
    }
    struct cjson left_out = cjson_add_array(result, "leftOut");
    for (size_t i = 0; i < import->left_out_count; i++) {
        cjson_add_text(left_out, NULL, import->left_out[i]);
    }
    struct cjson files = cjson_add_array(result, "files");
    for (size_t i = 0; i < import->file_count; i++) {
        cjson_add_text(files, NULL, import->files[i].path);
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
    const struct import_choice choice = {names, options->change.dialogs.count,
                                         options->change.keep_going, options->jobs};
    bool written =
        cli_read_bot(arena, &findings, options->operands.paths[0], &findings.diagnostics, &bot) &&
        check_whole(&findings, &bot) &&
        import_bot(arena, &bot, &choice, &findings.diagnostics, &import);
    if (written && !write_files(arena, options, &findings, &import)) {
        return STATUS_USAGE;
    }
    const struct told told = {options->output, &import};
    const struct render_result result = {add_result, &told};
    written = written && !findings_failed(&findings);
    int status = cli_report_result(arena, options, &findings, written ? &result : NULL);
    if (written && !options->quiet && options->format == FORMAT_HUMAN) {
        tell(options->output, &import);
    }
    return status;
}
