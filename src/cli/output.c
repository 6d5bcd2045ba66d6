/* Writing files, all of them or none. */
#include "cli/cli.h"

void cli_replace_files(struct arena *arena, struct findings *findings,
                       const struct file_content *files, size_t count)
{
    struct file_replacement *replacements =
        arena_alloc_array(arena, count + 1, sizeof *replacements);
    const char *reason;
    size_t prepared = 0;
    while (prepared < count &&
           file_replacement_prepare(arena, files[prepared].path, files[prepared].bytes,
                                    &replacements[prepared], &reason)) {
        prepared++;
    }
    bool ready = prepared == count;
    if (!ready) {
        findings_fail(findings, "cannot write %s: %s", files[prepared].path, reason);
    }
    for (size_t i = 0; i < prepared; i++) {
        if (!ready) {
            file_replacement_discard(&replacements[i]);
        } else if (!file_replacement_commit(&replacements[i], &reason)) {
            findings_fail(findings, "cannot write %s: %s", replacements[i].path, reason);
            ready = false;
        }
    }
}
