/*
 * Depfiles: which files every artifact was made of, as rules for Make. Ninja reads the same, and so
 * does CMake.
 */
#include "base/map.h"
#include "cli/output.h"

struct depfile {
    struct arena *arena;
    struct run *run;
    const char *name; /* of the depfile */
    const struct shared_files *files;
    struct builder out;
    struct map inputs;   /* that have been named */
    struct builder bare; /* a rule without prerequisites for each: Make goes on when one is gone */
};

/* ---- names ---- */

/* What neither Make nor Ninja can read in a name, in words; NULL when one of them can. */
static const char *unreadable_part(const char *path, bool is_target)
{
    for (const char *at = path; *at != '\0'; at++) {
        if (*at == '\n') {
            return "a line feed";
        }
        if ((unsigned char)*at < 0x20 || *at == 0x7F) {
            return "a control character";
        }
        if (*at == ';' || *at == '|') {
            return *at == ';' ? "`;`" : "`|`";
        }
        if (is_target && (*at == '%' || *at == '=')) { /* a pattern, a variable of Make's */
            return *at == '%' ? "`%` in the name of an artifact" : "`=` in the name of an artifact";
        }
    }
    return NULL;
}

/* True after a failure in the run when a rule cannot have this name. */
static bool is_unreadable(struct depfile *d, const char *path, bool is_target)
{
    const char *part = unreadable_part(path, is_target);
    if (part == NULL) {
        return false;
    }
    findings_fail(&d->run->findings, "cannot write %s: a depfile cannot name %s, because of %s",
                  d->name, path, part);
    return true;
}

static bool is_escaped(char c)
{
    return c == ' ' || c == '#' || c == ':';
}

/*
 * A file name as Make and Ninja read it in a rule. A backslash is one, but in front of what has to
 * be escaped and at the end.
 */
static void add_path(struct builder *out, const char *path)
{
    size_t backslashes = 0;
    for (const char *at = path; *at != '\0'; at++) {
        if (is_escaped(*at)) {
            builder_add_repeated(out, '\\', backslashes + 1);
        } else if (*at == '$') {
            builder_add_char(out, '$');
        }
        builder_add_char(out, *at);
        backslashes = *at == '\\' ? backslashes + 1 : 0;
    }
    builder_add_repeated(out, '\\', backslashes);
}

/* ---- rules ---- */

/* A rule without prerequisites; at the start of a line Make takes `=` for an assignment. */
static void add_bare(struct depfile *d, const char *path)
{
    if (strpbrk(path, "=%") == NULL) {
        add_path(&d->bare, path);
        builder_add_text(&d->bare, ":\n");
    }
}

static void list_input(struct file_list *inputs, struct depfile *d, const char *path)
{
    if (strcmp(path, "-") != 0) {
        file_list_add(d->arena, inputs, path);
    }
}

static struct file_list list_inputs(struct depfile *d, size_t index)
{
    const struct run *run = d->run;
    const struct input_uses *uses = &run->records[index].uses;
    struct file_list inputs = {0};
    list_input(&inputs, d, run->inputs.paths[index]);
    if (d->files->project_path != NULL) {
        list_input(&inputs, d, d->files->project_path);
    }
    for (size_t i = 0; i < uses->count; i++) {
        const struct input_use *use = &uses->items[i];
        const struct shared_input *input = compiler_input(run->compiler, use->kind, use->name);
        if (use->path != NULL || input != NULL) {
            list_input(&inputs, d, use->path != NULL ? use->path : input->path);
        }
    }
    return inputs;
}

/* Behind the colon, a first name with `=` sets a variable of the target: another name goes first.
 */
static bool order_inputs(struct depfile *d, struct file_list *inputs)
{
    size_t first = 0;
    while (first < inputs->count && strchr(inputs->paths[first], '=') != NULL) {
        first++;
    }
    if (first == inputs->count && first > 0) {
        findings_fail(&d->run->findings, "cannot write %s: a depfile cannot name %s, because of %s",
                      d->name, inputs->paths[0], "`=`");
        return false;
    }
    for (; first > 0; first--) {
        const char *path = inputs->paths[first];
        inputs->paths[first] = inputs->paths[first - 1];
        inputs->paths[first - 1] = path;
    }
    return true;
}

static bool add_rule(struct depfile *d, size_t index)
{
    const char *artifact = run_artifact_path(d->arena, d->run, d->run->ids[index]);
    struct file_list inputs = list_inputs(d, index);
    if (is_unreadable(d, artifact, true) || !order_inputs(d, &inputs)) {
        return false;
    }
    add_path(&d->out, artifact);
    builder_add_char(&d->out, ':');
    for (size_t i = 0; i < inputs.count; i++) {
        const char *path = inputs.paths[i];
        if (is_unreadable(d, path, false)) {
            return false;
        }
        builder_add_text(&d->out, " \\\n  ");
        add_path(&d->out, path);
        if (map_add(&d->inputs, slice_of(path), d) == NULL) {
            add_bare(d, path);
        }
    }
    builder_add_char(&d->out, '\n');
    return true;
}

void cli_prepare_depfile(struct output *output, struct run *run, const struct shared_files *files,
                         struct file_replacement *replacement)
{
    struct arena *arena = output->arena;
    const char *path = output->options->build.depfile;
    const char *reason;
    struct depfile d = {.arena = arena,
                        .run = run,
                        .name = path,
                        .files = files,
                        .out = builder_new(arena),
                        .inputs = map_new(arena),
                        .bare = builder_new(arena)};
    for (size_t i = 0; i < run->inputs.count; i++) {
        if (run_has_input(run, i) && !add_rule(&d, i)) {
            return;
        }
    }
    builder_add(&d.out, builder_slice(&d.bare));
    if (output_lock(output, &path, 1) &&
        !replacement_prepare(arena, path, builder_slice(&d.out), REPLACEMENT_LINK, replacement,
                             &reason)) {
        findings_fail(&run->findings, "cannot write %s: %s", path, reason);
    }
}
