#include "build/inputs/named.h"

#include <dirent.h>

#include "base/file.h"
#include "base/suggestion.h"

/* The name in the folder of `path` that is nearest to its own, in the author's words; or empty. */
static struct slice neighbour(struct arena *arena, const char *path, struct slice written)
{
    struct slice name = slice_of(file_name(path));
    struct suggestion s = suggestion_new(name);
    DIR *folder = opendir(file_folder(arena, path));
    const struct dirent *entry;
    while (folder != NULL && (entry = readdir(folder)) != NULL) {
        suggestion_offer(&s, arena_slice(arena, slice_of(entry->d_name)));
    }
    if (folder != NULL) {
        closedir(folder);
    }
    bool is_last = s.best.length > 0 && slice_ends_with(written, file_name(path));
    return is_last ? arena_printf(arena, "%.*s%.*s", (int)(written.length - name.length),
                                  written.data, SLICE_ARG(s.best))
                   : SLICE("");
}

bool named_exists(struct arena *arena, struct findings *findings, const struct node *node,
                  const char *path)
{
    if (input_exists(findings, path)) {
        return true;
    }
    struct diagnostic *d = diag_report(&findings->diagnostics, E0021, node->source, node->range,
                                       "there is no file or folder `%.*s`", SLICE_ARG(node->text));
    struct slice meant = neighbour(arena, path, node->text);
    if (slice_find(node->text, "*", 0) != SIZE_MAX) {
        diag_note(&findings->diagnostics, d, NULL, node->range,
                  "paths have no wildcards: name the folder, and all files in it are taken");
        return false;
    }
    diag_suggest(&findings->diagnostics, d, meant);
    if (meant.length == 0) {
        diag_note(&findings->diagnostics, d, NULL, node->range,
                  "paths begin at the folder of the project file; create it, or remove it here");
    }
    return false;
}
