/* Reading input files; what goes wrong is among the findings. */
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

bool cli_read_bot_file(struct arena *arena, struct findings *findings, const char *path,
                       struct slice *bytes)
{
    enum file_type type = strcmp(path, "-") != 0 ? cli_type_of(findings, path) : FILE_TYPE_REGULAR;
    if (type == FILE_TYPE_FOLDER) {
        findings_fail(findings, "cannot read %s: it is a folder", path);
    }
    return type != FILE_TYPE_FOLDER && type != FILE_TYPE_UNKNOWN &&
           cli_read_file(arena, findings, path, BOT_BYTES_LIMIT, bytes);
}

bool cli_read_bot(struct arena *arena, struct findings *findings, const char *path,
                  struct diagnostics *diagnostics, struct bot *bot)
{
    struct slice bytes;
    return cli_read_bot_file(arena, findings, path, &bytes) &&
           bot_read(arena, cli_shown_path(path), bytes, diagnostics, bot);
}
