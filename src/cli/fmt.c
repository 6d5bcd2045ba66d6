/* dialogc fmt. */
#include "base/line_diff.h"
#include "build/inputs/form.h"
#include "cli/output.h"
#include "document/yaml/reader.h"

/* The files that are formatted, and what comes of it. */
struct formatting {
    struct arena *arena;
    const struct options *options;
    struct findings findings;
    struct file_list paths;
    struct file_content *changed;
    size_t changed_count;
    struct builder printed; /* differences, or standard input in its form */
    struct schema_texts schemas;
    bool writes;
};

/* ---- which files ---- */

static bool is_ours(const struct node *root)
{
    return node_get(root, "dialogc") != NULL;
}

/* Adds a file, or those of a folder; a folder may hold other YAML, which is_ours leaves out. */
static void add_operand(struct formatting *f, const char *path, struct file_list *found)
{
    const char *reason;
    if (strcmp(path, "-") == 0 || !input_is_folder(&f->findings, path)) {
        file_list_add(f->arena, &f->paths, path);
    } else if (!file_find(f->arena, path, FILE_YAML, found, &reason)) {
        findings_fail(&f->findings, "cannot read %s: %s", path, reason);
    }
}

/* ---- one file ---- */

static void report_impossible(struct formatting *f, struct source *source)
{
    struct range start = {0, 0};
    struct diagnostic *d = diag_report(&f->findings.diagnostics, E0020, source, start,
                                       "this file cannot be formatted");
    diag_note(&f->findings.diagnostics, d, NULL, start,
              "it is left as it is; directives (`%%YAML`) and keys with anchors or tags have no "
              "place in the form that dialogc writes");
}

static void format_file(struct formatting *f, const char *path, bool is_named)
{
    struct slice bytes;
    struct source *source;
    if (!input_read(f->arena, &f->findings, path, YAML_BYTES_LIMIT, &bytes)) {
        return;
    }
    struct diagnostics found = diagnostics_new(f->arena);
    const char *shown = input_shown_path(path);
    const struct node *root = yaml_read(f->arena, shown, bytes, &found, &source);
    if (!is_named && root != NULL && !is_ours(root)) {
        return;
    }
    if (root == NULL) {
        diagnostics_append(&f->findings.diagnostics, &found);
        return;
    }
    struct slice text;
    if (!form_write(&f->schemas, f->arena, path, root, bytes, &text)) {
        report_impossible(f, source);
        return;
    }
    if (f->writes && strcmp(path, "-") == 0) {
        builder_add(&f->printed, text);
        return;
    }
    if (slice_equal(text, bytes)) {
        return;
    }
    f->changed = arena_append(f->arena, f->changed, f->changed_count, sizeof *f->changed);
    f->changed[f->changed_count++] = (struct file_content){
        .path = path, .bytes = text, .expects = REPLACE_BYTES, .before = bytes};
    if (f->options->fmt.diff) {
        line_diff(&f->printed, shown, bytes, shown, text);
    }
}

/* ---- the command ---- */

/* What is to be seen of the changes: names on standard error, differences on standard output. */
static bool show(const struct formatting *f)
{
    bool names = !f->options->fmt.diff && !f->options->quiet;
    for (size_t i = 0; names && i < f->changed_count; i++) {
        cli_note("%s: %s", input_shown_path(f->changed[i].path),
                 f->writes ? "formatted" : "is not formatted");
    }
    return f->printed.length == 0 || cli_print((struct slice){f->printed.data, f->printed.length});
}

int command_fmt(struct arena *arena, struct options *options)
{
    struct formatting f = {.arena = arena,
                           .options = options,
                           .findings = findings_new(arena, -1),
                           .printed = builder_new(arena),
                           .writes = !options->fmt.check && !options->fmt.diff};
    struct output output = output_new(arena, options, &f.findings);
    struct file_list found = {0};
    schema_texts_init(&f.schemas, arena);
    const char *folder = options->directory != NULL ? options->directory : ".";
    for (size_t i = 0; i < options->operands.count; i++) {
        add_operand(&f, options->operands.paths[i], &found);
    }
    if (options->operands.count == 0) {
        add_operand(&f, folder, &found);
    }
    bool is_stream = f.paths.count == 1 && strcmp(f.paths.paths[0], "-") == 0;
    bool is_locked = is_stream || !f.writes ||
                     (output_lock(&output, f.paths.paths, f.paths.count) &&
                      output_lock(&output, found.paths, found.count));
    if (!is_locked) {
        return cli_report(arena, options, &f.findings);
    }
    for (size_t i = 0; i < f.paths.count; i++) {
        format_file(&f, f.paths.paths[i], true);
    }
    for (size_t i = 0; i < found.count; i++) {
        format_file(&f, found.paths[i], false);
    }
    int status = cli_report(arena, options, &f.findings);
    if (status == STATUS_SYSTEM) {
        return status;
    }
    struct findings written = findings_new(arena, -1);
    output.findings = &written;
    if (f.writes && !output_write_or_fail(&output, f.changed, f.changed_count)) {
        return cli_report(arena, options, &written);
    }
    if (!show(&f)) {
        return STATUS_SYSTEM;
    }
    return status != STATUS_OK                ? status
           : !f.writes && f.changed_count > 0 ? STATUS_FINDINGS
                                              : STATUS_OK;
}
