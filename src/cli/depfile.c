/*
 * Depfiles: which files every artifact was made of, as rules for Make. Ninja reads the same, and so
 * does CMake.
 */
#include "base/map.h"
#include "cli/output.h"

struct depfile {
    struct arena *arena;
    const struct run *run;
    const struct shared_files *files;
    struct builder out;
    struct map inputs;   /* that have been named */
    struct builder bare; /* a rule without prerequisites for each: Make goes on when one is gone */
};

/* A file name as Make and Ninja read it in a rule. */
static void add_path(struct builder *out, const char *path)
{
    for (const char *at = path; *at != '\0'; at++) {
        if (*at == ' ' || *at == '\t' || *at == '#' || *at == '\\') {
            builder_add_char(out, '\\');
        } else if (*at == '$') {
            builder_add_char(out, '$');
        }
        builder_add_char(out, *at);
    }
}

static void add_input(struct depfile *d, const char *path)
{
    if (strcmp(path, "-") == 0) {
        return;
    }
    builder_add_text(&d->out, " \\\n  ");
    add_path(&d->out, path);
    if (map_add(&d->inputs, slice_of(path), d) == NULL) {
        add_path(&d->bare, path);
        builder_add_text(&d->bare, ":\n");
    }
}

static void add_rule(struct depfile *d, size_t index)
{
    const struct run *run = d->run;
    const struct input_uses *uses = &run->records[index].uses;
    add_path(&d->out, run_artifact_path(d->arena, run, run->ids[index]));
    builder_add_char(&d->out, ':');
    add_input(d, run->inputs.paths[index]);
    if (d->files->project_path != NULL) {
        add_input(d, d->files->project_path);
    }
    for (size_t i = 0; i < uses->count; i++) {
        const struct input_use *use = &uses->items[i];
        const struct shared_input *input = compiler_input(run->compiler, use->kind, use->name);
        if (use->path != NULL || input != NULL) {
            add_input(d, use->path != NULL ? use->path : input->path);
        }
    }
    builder_add_char(&d->out, '\n');
}

bool cli_write_depfile(struct output *output, struct run *run, const struct shared_files *files)
{
    struct arena *arena = output->arena;
    struct depfile d = {arena, run, files, builder_new(arena), map_new(arena), builder_new(arena)};
    for (size_t i = 0; i < run->inputs.count; i++) {
        if (run_has_input(run, i)) {
            add_rule(&d, i);
        }
    }
    builder_add(&d.out, builder_slice(&d.bare));
    struct file_content file = {.path = output->options->build.depfile,
                                .bytes = builder_slice(&d.out)};
    return output_write_or_fail(output, &file, 1);
}
