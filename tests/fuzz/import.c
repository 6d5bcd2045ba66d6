/*
 * Fuzz target: a bot export is imported. What comes of it must be what the importer has promised:
 * templates that compile, and that give the dialogs of the export back. (The importer itself
 * compares; here the files are compiled once more, without what it knows of the export.)
 */
#include "target.h"

#include "build/compiler/compiler.h"
#include "platform/import/import.h"
#include "platform/artifact/backend.h"

static const struct template *find_template(void *context, struct slice id)
{
    (void)context;
    (void)id;
    return NULL;
}

static void compile(struct arena *arena, struct compiler *compiler,
                    const struct imported_file *file)
{
    struct diagnostics list = diagnostics_new(arena);
    struct dialog_directory directory = {.find = find_template};
    struct source *source;
    struct slice artifact;
    const char *path = arena_copy(arena, file->path);
    if (slice_is(file->path, "dialogc.yaml")) {
        compiler_load_project(compiler, path, file->bytes, &list);
        return;
    }
    if (slice_starts_with(file->path, "auth/")) {
        if (!compiler_load_profile(compiler, path, file->bytes, &list)) {
            abort();
        }
        return;
    }
    struct unit unit = compiler_check(compiler, path, file->bytes, &list, &source);
    if (unit.template == NULL || list.error_count > 0) {
        abort();
    }
    if (!unit.calls_dialogs &&
        !compiler_emit(compiler, &unit, &directory, arena, &list, &artifact)) {
        abort();
    }
}

static void check(struct arena *arena, struct slice bytes)
{
    struct diagnostics list = diagnostics_new(arena);
    struct import import;
    struct bot bot;
    if (!bot_read(arena, "bot.json", bytes, &list, &bot) ||
        !import_bot(arena, &bot, &(struct import_choice){0}, &list, &import)) {
        return;
    }
    struct compiler *compiler = compiler_new(arena, &artifact_backend);
    for (size_t i = 0; i < import.file_count; i++) {
        compile(arena, compiler, &import.files[i]);
    }
}

FUZZ_TARGET(check)
