/* Reading input files; what goes wrong is among the findings. */
#include "base/table.h"
#include "cli/cli.h"

bool cli_is_conversation(const char *path)
{
    return slice_ends_with(slice_of(path), CONVERSATION_SUFFIX);
}

const char *cli_shown_path(const char *path)
{
    return strcmp(path, "-") == 0 ? "<stdin>" : path;
}

enum file_type cli_type_of(struct findings *findings, const char *path)
{
    const char *reason;
    enum file_type type = file_type_of(path, &reason);
    if (type == FILE_TYPE_UNKNOWN) {
        findings_fail(findings, "cannot access %s: %s", path, reason);
    }
    return type;
}

bool cli_read_file(struct arena *arena, struct findings *findings, const char *path, size_t limit,
                   struct slice *bytes)
{
    const char *shown = cli_shown_path(path);
    const char *reason;
    struct range nowhere = {0, 0};
    file_list_add(arena, &findings->looked_at, shown);
    switch (file_read(arena, path, limit, bytes, &reason)) {
    case FILE_OK:
        return true;
    case FILE_NO_FILE:
        diag_report(&findings->diagnostics, E0001, source_new(arena, shown, SLICE("")), nowhere,
                    "this is %s, not a file", reason);
        break;
    case FILE_TOO_LARGE:
        diag_report(&findings->diagnostics, E0002, source_new(arena, shown, SLICE("")), nowhere,
                    "the file is larger than %zu bytes", limit);
        break;
    case FILE_FAILED:
        findings_fail(findings, "cannot read %s: %s", path, reason);
        break;
    }
    return false;
}

const char *cli_bot_path(struct arena *arena, struct findings *findings, const char *path)
{
    static const char *const names[] = {"botDefinition.json", "appDefinition.json"};
    const char *found = NULL;
    if (strcmp(path, "-") == 0 || cli_type_of(findings, path) != FILE_TYPE_FOLDER) {
        return path;
    }
    for (size_t i = 0; i < TABLE_LENGTH(names); i++) {
        const char *inside = arena_printf(arena, "%s/%s", path, names[i]).data;
        if (!cli_exists(findings, inside)) {
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

/* What an archive may unpack to: JSON is never compressed further than this. */
static size_t unpacked_limit(struct slice archive)
{
    enum { RATIO = 200, LEAST = 1 << 26 };
    size_t limit =
        archive.length < BOT_BYTES_LIMIT / RATIO ? archive.length * RATIO : BOT_BYTES_LIMIT;
    return limit > LEAST ? limit : LEAST;
}

static bool open_archive(struct arena *arena, struct findings *findings, struct bot_file *file)
{
    const char *reason;
    if (archive_read_bot(arena, file->whole, unpacked_limit(file->whole), &file->inside, &reason)) {
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
        !cli_read_file(arena, findings, file->path, BOT_BYTES_LIMIT, &file->whole)) {
        return false;
    }
    file->shown = cli_shown_path(file->path);
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
