#include "diag/input.h"

const char *input_shown_path(const char *path)
{
    return strcmp(path, "-") == 0 ? "<stdin>" : path;
}

enum file_type input_type_of(struct findings *findings, const char *path)
{
    const char *reason;
    enum file_type type = file_type_of(path, &reason);
    if (type == FILE_TYPE_UNKNOWN) {
        findings_fail(findings, "cannot access %s: %s", path, reason);
    }
    return type;
}

struct slice input_failure(struct arena *arena, const char *path, const char *reason)
{
    const char *ignored;
    const char *meant =
        file_type_of(path, &ignored) == FILE_TYPE_ABSENT ? file_meant(arena, path) : NULL;
    return meant != NULL
               ? arena_printf(arena, "cannot read %s: %s; did you mean %s?", path, reason, meant)
               : arena_printf(arena, "cannot read %s: %s", path, reason);
}

bool input_read(struct arena *arena, struct findings *findings, const char *path, size_t limit,
                struct slice *bytes)
{
    const char *shown = input_shown_path(path);
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
        findings_fail(findings, "%.*s", SLICE_ARG(input_failure(arena, path, reason)));
        break;
    }
    return false;
}
