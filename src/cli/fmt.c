/* dialogc fmt. */
#include "base/line_diff.h"
#include "cli/output.h"
#include "document/json/reader.h"
#include "document/schema/key_order.h"
#include "document/yaml/formatter.h"
#include "document/yaml/reader.h"

/* The files that are formatted, and what comes of it. */
struct formatting {
    struct arena *arena;
    const struct options *options;
    struct findings findings;
    struct file_list paths;
    struct file_content *changed;
    size_t changed_count;
    struct builder differences;
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
    if (strcmp(path, "-") == 0 || !cli_is_folder(&f->findings, path)) {
        file_list_add(f->arena, &f->paths, path);
    } else if (!file_find(f->arena, path, FILE_YAML, found, &reason)) {
        findings_fail(&f->findings, "cannot read %s: %s", path, reason);
    }
}

/* ---- the order of keys ---- */

static const struct node *read_schema(struct arena *arena, struct slice name)
{
    struct slice text;
    if (!compiler_schema_text(arena, name, &text)) {
        return NULL;
    }
    return json_read_quietly(arena, text);
}

/* "fragment.schema.json", as schemas refer to each other. */
static const struct node *find_schema(void *context, struct slice name)
{
    static const char suffix[] = ".schema.json";
    if (!slice_ends_with(name, suffix)) {
        return NULL;
    }
    return read_schema(context, slice_part(name, 0, name.length - (sizeof suffix - 1)));
}

/* The schema of a file, by the key that says what it is. */
static const struct node *schema_of(struct arena *arena, const struct node *root, const char *path)
{
    static const struct {
        const char *key;
        const char *schema;
    } kinds[] = {
        {"template", "action-template"},  {"fragment", "fragment"}, {"profile", "auth-profile"},
        {"conversation", "conversation"}, {"sobject", "sobject"},
    };
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        if (node_get(root, kinds[i].key) != NULL) {
            return read_schema(arena, slice_of(kinds[i].schema));
        }
    }
    return strcmp(file_name(path), PROJECT_FILE) == 0 ? read_schema(arena, SLICE("project")) : NULL;
}

/* ---- one file ---- */

/* True when `text` says what the file said, and with as many comments. */
static bool says_the_same(struct formatting *f, const struct node *root,
                          const struct concrete_document *document, struct slice text)
{
    struct diagnostics ignored = diagnostics_new(f->arena);
    struct source *source;
    const struct node *again = yaml_read(f->arena, "", text, &ignored, &source);
    const struct concrete_document *written = concrete_read(f->arena, text);
    return again != NULL && node_equal(root, again) && written != NULL &&
           written->comment_count == document->comment_count;
}

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
    if (!cli_read_file(f->arena, &f->findings, path, YAML_BYTES_LIMIT, &bytes)) {
        return;
    }
    struct diagnostics found = diagnostics_new(f->arena);
    const char *shown = cli_shown_path(path);
    const struct node *root = yaml_read(f->arena, shown, bytes, &found, &source);
    if (!is_named && root != NULL && !is_ours(root)) {
        return;
    }
    if (root == NULL) {
        diagnostics_append(&f->findings.diagnostics, &found);
        return;
    }
    const struct concrete_document *document = concrete_read(f->arena, bytes);
    const struct node *schema = schema_of(f->arena, root, path);
    if (document != NULL && schema != NULL) {
        struct schema_documents documents = {find_schema, f->arena};
        key_order_apply(f->arena, document, schema, &documents);
    }
    struct slice text = document != NULL ? yaml_format(f->arena, document) : SLICE("");
    if (document == NULL || !says_the_same(f, root, document, text)) {
        report_impossible(f, source);
        return;
    }
    if (strcmp(path, "-") == 0 && !f->options->fmt.check && !f->options->fmt.diff) {
        builder_add(&f->differences, text);
        return;
    }
    if (slice_equal(text, bytes)) {
        return;
    }
    f->changed = arena_append(f->arena, f->changed, f->changed_count, sizeof *f->changed);
    f->changed[f->changed_count++] = (struct file_content){
        .path = path, .bytes = text, .expects = REPLACE_BYTES, .before = bytes};
    if (f->options->fmt.diff) {
        line_diff(&f->differences, shown, bytes, arena_printf(f->arena, "%s", shown).data, text);
    }
}

/* ---- the command ---- */

/* What is to be seen of the changes: names on standard error, differences on standard output. */
static bool show(const struct formatting *f)
{
    const char *verb =
        f->options->fmt.check || f->options->fmt.diff ? "is not formatted" : "formatted";
    for (size_t i = 0; i < f->changed_count && !f->options->quiet; i++) {
        if (!f->options->fmt.diff) {
            cli_note("%s: %s", cli_shown_path(f->changed[i].path), verb);
        }
    }
    return f->differences.length == 0 ||
           cli_print((struct slice){f->differences.data, f->differences.length});
}

int command_fmt(struct arena *arena, struct options *options)
{
    struct formatting f = {.arena = arena,
                           .options = options,
                           .findings = findings_new(arena, -1),
                           .differences = builder_new(arena)};
    struct output output = output_new(arena, options, &f.findings);
    struct file_list found = {0};
    const char *folder = options->directory != NULL ? options->directory : ".";
    for (size_t i = 0; i < options->operands.count; i++) {
        add_operand(&f, options->operands.paths[i], &found);
    }
    if (options->operands.count == 0) {
        add_operand(&f, folder, &found);
    }
    bool writes = !options->fmt.check && !options->fmt.diff;
    bool is_stream = f.paths.count == 1 && strcmp(f.paths.paths[0], "-") == 0;
    bool is_locked = is_stream || !writes ||
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
    if (writes && !output_write_or_fail(&output, f.changed, f.changed_count)) {
        return cli_report(arena, options, &written);
    }
    if (!show(&f)) {
        return STATUS_SYSTEM;
    }
    return status != STATUS_OK              ? status
           : !writes && f.changed_count > 0 ? STATUS_FINDINGS
                                            : STATUS_OK;
}
