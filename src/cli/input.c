/* Reading bots; what goes wrong is among the findings. */
#include "base/table.h"
#include "cli/cli.h"

const char *cli_bot_path(struct arena *arena, struct findings *findings, const char *path)
{
    static const char *const names[] = {"botDefinition.json", "appDefinition.json"};
    const char *found = NULL;
    if (strcmp(path, "-") == 0 || input_type_of(findings, path) != FILE_TYPE_FOLDER) {
        return path;
    }
    for (size_t i = 0; i < TABLE_LENGTH(names); i++) {
        const char *inside = arena_printf(arena, "%s/%s", path, names[i]).data;
        if (!input_exists(findings, inside)) {
            continue;
        }
        if (found != NULL) {
            findings_fail(findings, "the folder %s holds two bots: name %s or %s", path, found,
                          inside);
        }
        found = inside;
    }
    if (found == NULL) {
        findings_fail(findings,
                      "the folder %s has neither botDefinition.json nor appDefinition.json", path);
    }
    return found;
}

static bool open_archive(struct arena *arena, struct findings *findings, struct bot_file *file)
{
    const char *reason;
    if (archive_read_bot(arena, file->whole, archive_limit(file->whole), &file->inside, &reason)) {
        file->bytes = file->inside.bot.bytes;
        file->shown = arena_printf(arena, "%s/%s", file->shown, file->inside.bot.name).data;
        return true;
    }
    diag_report(&findings->diagnostics, E1001, source_new(arena, file->shown, SLICE("")),
                (struct range){0, 0}, "there is no bot to read in this archive: %s", reason);
    return false;
}

bool cli_read_bot_file(struct arena *arena, struct findings *findings, const char *path,
                       struct bot_file *file)
{
    *file = (struct bot_file){.path = cli_bot_path(arena, findings, path)};
    if (file->path == NULL || findings_failed(findings) ||
        !input_read(arena, findings, file->path, BOT_BYTES_LIMIT, &file->whole)) {
        return false;
    }
    file->shown = input_shown_path(file->path);
    file->bytes = file->whole;
    file->is_archive = archive_is(file->whole);
    return !file->is_archive || open_archive(arena, findings, file);
}

bool cli_read_bot(struct arena *arena, struct findings *findings, const char *path,
                  struct diagnostics *diagnostics, struct bot *bot)
{
    struct bot_file file;
    return cli_read_bot_file(arena, findings, path, &file) &&
           bot_read(arena, file.shown, file.bytes, diagnostics, bot);
}
