#include "cli/diff_subject.h"

#include "cli/new_bot.h"
#include "cli/revision.h"
#include "cli/templates.h"
#include "document/yaml/reader.h"

/* The operands of a comparison of revisions, and what they are about. */
struct subject {
    struct arena *arena;
    const struct options *options;
    const char *old_name; /* a revision, and the next */
    const char *new_name; /* NULL: the files as they are now */
    bool from_base;       /* REVISION...REVISION: since both were the same */
    struct file_list paths;
    bool *found;         /* for each path: a version has it */
    const char *project; /* its folder */
    struct work_tree tree;
};

/* ---- two files ---- */

static bool read_file(struct arena *arena, struct findings *findings, const char *path,
                      struct version *version)
{
    version->name = input_shown_path(path);
    bool read = cli_read_bot(arena, findings, path, &findings->diagnostics, &version->bot);
    version->title = read ? bot_name(&version->bot) : version->title;
    return read;
}

static int report(struct arena *arena, const struct options *options, struct findings *findings)
{
    struct options plain = *options;
    plain.quiet = true; /* what is not wrong with templates is for `dialogc check` to say */
    plain.format = FORMAT_HUMAN; /* standard output is for the changes */
    return cli_report(arena, &plain, findings);
}

/* ---- operands ---- */

static bool is_path(struct findings *findings, const char *operand)
{
    static const char *const endings[] = {".json", ".zip", ".yaml", ".yml"};
    bool is = strcmp(operand, "-") == 0;
    for (size_t i = 0; !is && i < sizeof endings / sizeof endings[0]; i++) {
        is = slice_ends_with(slice_of(operand), endings[i]);
    }
    return is || input_exists(findings, operand);
}

/* The part of a range of revisions before or behind its dots; HEAD where there is nothing. */
static const char *end_of_range(struct arena *arena, struct slice part)
{
    return part.length > 0 ? arena_copy(arena, part) : "HEAD";
}

/* REVISION, A..B, A...B, or REVISION REVISION; the others are paths. */
static void split_operands(struct subject *s, struct findings *findings)
{
    const struct file_list *operands = &s->options->operands;
    struct slice first = slice_of(operands->paths[0]);
    size_t dots = slice_find(first, "..", 0);
    size_t next = 1;
    s->old_name = operands->paths[0];
    if (dots < first.length) {
        s->from_base = slice_find(first, "...", dots) == dots;
        s->old_name = end_of_range(s->arena, slice_part(first, 0, dots));
        s->new_name =
            end_of_range(s->arena, slice_part(first, dots + (s->from_base ? 3 : 2), first.length));
    } else if (operands->count > 1 && !is_path(findings, operands->paths[1])) {
        s->new_name = operands->paths[next++];
    }
    for (; next < operands->count; next++) {
        file_list_add(s->arena, &s->paths, operands->paths[next]);
    }
}

/* ---- one version of a project ---- */

/* Where a path is for a version: in the folder of its revision (NULL: where it is now). */
static const char *path_in(const struct subject *s, const struct revision *revision,
                           const char *path)
{
    const char *inside = NULL;
    if (revision == NULL || (inside = work_tree_path(s->arena, &s->tree, path)) == NULL) {
        return revision == NULL ? path : NULL;
    }
    return revision_path(s->arena, revision, inside);
}

/* The command line for a version: its project, and those of the paths that it has. */
static struct options options_of(const struct subject *s, struct findings *findings,
                                 const struct revision *revision)
{
    struct options options = *s->options;
    options.operands = (struct file_list){0};
    options.directory = revision != NULL ? path_in(s, revision, s->project) : s->options->directory;
    for (size_t i = 0; i < s->paths.count; i++) {
        const char *path = path_in(s, revision, s->paths.paths[i]);
        if (input_exists(findings, path)) {
            file_list_add(s->arena, &options.operands, path);
            s->found[i] = true;
        }
    }
    return options;
}

static const struct source *name_source(const struct subject *s, const struct revision *revision,
                                        const struct source *source)
{
    struct source *named = arena_alloc(s->arena, sizeof *named);
    *named = *source;
    named->path = revision_shown_path(s->arena, revision, source->path);
    return named;
}

/* Findings about files of a revision name them as git does. */
static void name_sources(const struct subject *s, const struct revision *revision,
                         struct findings *findings)
{
    for (struct diagnostic *d = findings->diagnostics.first; d != NULL; d = d->next) {
        d->source = name_source(s, revision, d->source);
        for (struct note *note = d->notes; note != NULL; note = note->next) {
            note->source = note->source != NULL ? name_source(s, revision, note->source) : NULL;
        }
    }
    for (size_t i = 0; i < findings->looked_at.count; i++) {
        findings->looked_at.paths[i] =
            revision_shown_path(s->arena, revision, findings->looked_at.paths[i]);
    }
}

/* Leaves the templates that compile. */
static void leave_out_broken(const struct subject *s, const struct revision *revision,
                             struct run *run)
{
    size_t kept = 0;
    for (size_t i = 0; i < run->inputs.count; i++) {
        if (run->artifacts[i].length == 0) {
            cli_note("%s has errors and is left out",
                     revision_shown_path(s->arena, revision, run->inputs.paths[i]));
            continue;
        }
        run->inputs.paths[kept] = run->inputs.paths[i];
        run->artifacts[kept] = run->artifacts[i];
        run->ids[kept++] = run->ids[i];
    }
    run->inputs.count = kept;
    run->findings.diagnostics = diagnostics_new(s->arena);
}

/* Compiles the templates of a version; a status, and findings in the run. */
static int compile(const struct subject *s, const struct options *options, bool is_older,
                   const struct revision *revision, struct run *run)
{
    struct arena *arena = s->arena;
    struct findings *findings = &run->findings;
    const char *folder = cli_load_project(arena, options, run->compiler, findings);
    bool is_there = options->operands.count > 0 || s->paths.count == 0;
    bool has_all = folder != NULL && findings->diagnostics.error_count == 0 && is_there;
    if (has_all && !cli_add_operands(arena, options, run->compiler->project, folder,
                                     &options->operands, &run->inputs, findings)) {
        return findings_failed(findings) ? STATUS_SYSTEM : STATUS_USAGE;
    }
    if (has_all) {
        cli_know_project(arena, options, NULL, folder, run);
        run_compile(run);
    }
    if (has_all && is_older && !findings_failed(findings)) {
        leave_out_broken(s, revision, run);
    }
    return findings_failed(findings)               ? STATUS_SYSTEM
           : findings->diagnostics.error_count > 0 ? STATUS_FINDINGS
                                                   : STATUS_OK;
}

/* The files and templates of the dialogs, which are in the order of the inputs. */
static void find_templates(const struct subject *s, const struct revision *revision,
                           const struct run *run, struct version *version)
{
    size_t count = run->inputs.count;
    version->files = arena_alloc_array(s->arena, count + 1, sizeof *version->files);
    version->templates = arena_alloc_array(s->arena, count + 1, sizeof *version->templates);
    for (size_t i = 0; i < count; i++) {
        const char *path = run->inputs.paths[i];
        struct findings ignored = findings_new(s->arena, -1);
        struct slice bytes;
        version->files[i] = revision != NULL ? revision_shown_path(s->arena, revision, path) : path;
        version->templates[i] =
            input_read(s->arena, &ignored, path, YAML_BYTES_LIMIT, &bytes)
                ? compiler_load_template(run->compiler, version->files[i], bytes, s->arena, NULL)
                : NULL;
    }
}

/* A bot of the templates, which is called as the project is. */
static bool make_bot(const struct subject *s, struct run *run, struct version *version)
{
    struct slice bytes[2];
    struct slice name = run->compiler->project->name;
    version->title = name.length > 0 ? name : version->title;
    name = version->title.length > 0 ? version->title : SLICE("Bot");
    return new_bot_make(s->arena, run, name, bytes) &&
           bot_read(s->arena, "botDefinition.json", bytes[0], &run->findings.diagnostics,
                    &version->bot);
}

static int read_templates(const struct subject *s, bool is_older, const struct revision *revision,
                          struct version *version)
{
    struct run run = {.arena = s->arena, .jobs = s->options->jobs, .output = RUN_KEEP_BYTES};
    run.findings = findings_new(s->arena, -1);
    run.compiler = compiler_new(s->arena, &artifact_backend);
    struct options options = options_of(s, &run.findings, revision);
    int status = STATUS_OK;
    if (revision == NULL || input_exists(&run.findings, options.directory)) {
        status = compile(s, &options, is_older, revision, &run);
    }
    if (status == STATUS_OK && !make_bot(s, &run, version)) {
        status = STATUS_FINDINGS;
    }
    if (status == STATUS_OK) {
        find_templates(s, revision, &run, version);
    } else if (status != STATUS_USAGE) {
        if (revision != NULL) {
            name_sources(s, revision, &run.findings);
        }
        status = report(s->arena, s->options, &run.findings);
    }
    return status;
}

static int read_export(const struct subject *s, const struct revision *revision,
                       struct version *version)
{
    struct findings findings = findings_new(s->arena, -1);
    const char *path = path_in(s, revision, s->paths.paths[0]);
    s->found[0] = true;
    if (revision != NULL && !input_exists(&findings, path)) {
        cli_message("%s is not in %s", s->paths.paths[0], revision->name);
        return STATUS_USAGE;
    }
    bool read = read_file(s->arena, &findings, path, version);
    if (revision != NULL) {
        name_sources(s, revision, &findings);
        version->name = revision_shown_path(s->arena, revision, version->name);
    }
    return read ? STATUS_OK : report(s->arena, s->options, &findings);
}

/* True for a bot export, an archive of one, a folder with one, and an artifact. */
static bool is_export(struct arena *arena, const char *path)
{
    struct findings ignored = findings_new(arena, -1);
    struct slice text = slice_of(path);
    return slice_ends_with(text, ".json") || slice_ends_with(text, ".zip") ||
           (input_is_folder(&ignored, path) && cli_bot_path(arena, &ignored, path) != NULL);
}

/* ---- both ---- */

/* A version as it is now (`name` is NULL), or in a revision. */
static int read_version(const struct subject *s, bool is_older, const char *name, const char *other,
                        struct version *version)
{
    struct findings findings = findings_new(s->arena, -1);
    struct revision *revision = arena_alloc(s->arena, sizeof *revision);
    struct file_list named = {0};
    for (size_t i = 0; i < s->paths.count; i++) {
        const char *inside = work_tree_path(s->arena, &s->tree, s->paths.paths[i]);
        if (inside == NULL) {
            return STATUS_USAGE;
        }
        file_list_add(s->arena, &named, inside);
    }
    if (name != NULL && !revision_find(s->arena, &s->tree, name, other, revision)) {
        return STATUS_USAGE;
    }
    if (name != NULL && !revision_open(s->arena, &findings, &s->tree, &named, revision)) {
        return report(s->arena, s->options, &findings);
    }
    version->name = name != NULL ? name : ".";
    const struct revision *opened = name != NULL ? revision : NULL;
    int status = s->paths.count == 1 && is_export(s->arena, s->paths.paths[0])
                     ? read_export(s, opened, version)
                     : read_templates(s, is_older, opened, version);
    revision_close(revision);
    return status;
}

static int read_revisions(struct subject *s, struct findings *findings, struct versions *versions)
{
    struct options about = *s->options;
    split_operands(s, findings);
    about.operands = s->paths;
    s->project = cli_find_project(s->arena, &about, findings);
    if (findings_failed(findings)) {
        return report(s->arena, s->options, findings);
    }
    if (!work_tree_find(s->arena, s->project, s->options->operands.paths[0], &s->tree) ||
        work_tree_path(s->arena, &s->tree, s->project) == NULL) {
        return STATUS_USAGE;
    }
    s->found = arena_alloc_array(s->arena, s->paths.count + 1, sizeof *s->found);
    int status = read_version(s, false, s->new_name, NULL, &versions->new);
    if (status == STATUS_OK) {
        versions->old.title = versions->new.title;
        status =
            read_version(s, true, s->old_name, s->from_base ? s->new_name : NULL, &versions->old);
    }
    for (size_t i = 0; status == STATUS_OK && i < s->paths.count; i++) {
        if (!s->found[i]) {
            cli_message("neither version has %s", s->paths.paths[i]);
            status = STATUS_USAGE;
        }
    }
    return status;
}

int versions_read(struct arena *arena, struct options *options, struct versions *versions)
{
    struct findings findings = findings_new(arena, options->max_warnings);
    const struct file_list *operands = &options->operands;
    struct subject subject = {.arena = arena, .options = options};
    if (!is_path(&findings, operands->paths[0])) {
        return read_revisions(&subject, &findings, versions);
    }
    if (operands->count != 2 && !findings_failed(&findings)) {
        cli_message("`dialogc diff` takes %s", options->command->takes);
        return STATUS_USAGE;
    }
    return !findings_failed(&findings) &&
                   read_file(arena, &findings, operands->paths[0], &versions->old) &&
                   read_file(arena, &findings, operands->paths[1], &versions->new)
               ? STATUS_OK
               : report(arena, options, &findings);
}
