#include "cli/fix.h"

#include "base/map.h"
#include "cli/output.h"
#include "diag/fix.h"
#include "document/yaml/reader.h"

struct fixing {
    struct arena *arena;
    const struct diagnostics *list;
    struct file_list paths; /* that findings with suggestions are in */
    struct file_content *files;
    size_t file_count, fix_count;
};

/* Parts of dialogc itself and standard input are no files. */
static void list_paths(struct fixing *f)
{
    struct map known = map_new(f->arena);
    for (const struct diagnostic *d = f->list->first; d != NULL; d = d->next) {
        const char *path = d->source->path;
        const char *reason;
        if (d->suggestion.length > 0 && map_add(&known, slice_of(path), f) == NULL &&
            file_type_of(path, &reason) == FILE_TYPE_REGULAR) {
            file_list_add(f->arena, &f->paths, path);
        }
    }
}

/* What was read when the file was checked. */
static struct slice bytes_of(const struct fixing *f, const char *path)
{
    const struct diagnostic *d = f->list->first;
    while (strcmp(d->source->path, path) != 0) {
        d = d->next;
    }
    return d->source->bytes;
}

static bool is_readable(struct fixing *f, const char *path, struct slice bytes)
{
    struct diagnostics found = diagnostics_new(f->arena);
    struct source *source;
    return yaml_read(f->arena, path, bytes, &found, &source) != NULL;
}

static void fix_file(struct fixing *f, const char *path)
{
    struct slice before = bytes_of(f, path);
    struct edits edits = fixes_of(f->arena, f->list, path, CODE_COUNT);
    struct slice after = edits_apply(&edits, before);
    if (is_readable(f, path, before) && !is_readable(f, path, after)) {
        return;
    }
    f->files[f->file_count++] = (struct file_content){
        .path = path, .bytes = after, .expects = REPLACE_BYTES, .before = before};
    f->fix_count += edits.count;
}

size_t cli_fix(struct arena *arena, const struct options *options, struct findings *findings)
{
    struct fixing f = {.arena = arena, .list = &findings->diagnostics};
    struct output output = output_new(arena, options, findings);
    list_paths(&f);
    f.files = arena_alloc_array(arena, f.paths.count, sizeof *f.files);
    for (size_t i = 0; i < f.paths.count; i++) {
        fix_file(&f, f.paths.paths[i]);
    }
    bool written = f.file_count > 0 && output_lock(&output, f.paths.paths, f.paths.count) &&
                   output_write_or_fail(&output, f.files, f.file_count);
    output_unlock(&output);
    if (written && !options->quiet && options->format == FORMAT_HUMAN) {
        cli_note("changed %zu place%s in %zu file%s as suggested", f.fix_count, plural(f.fix_count),
                 f.file_count, plural(f.file_count));
    }
    return written ? f.fix_count : 0;
}
