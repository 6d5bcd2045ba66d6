/* Which templates a command is about, and compiling them for commands that need the artifacts. */
#include "cli/templates.h"

#include "cli/kind.h"

#include "base/ascii.h"
#include "base/map.h"

#include <stdint.h>

#include "document/json/reader.h"
#include "document/yaml/reader.h"

bool cli_add_project_inputs(struct arena *arena, const struct options *options,
                            const struct project *project, const char *folder,
                            struct file_list *inputs, struct findings *findings)
{
    if (project->root == NULL && options->directory == NULL) {
        cli_message("`dialogc %s` needs files, folders or a project (%s)", options->command->name,
                    PROJECT_FILE);
        return false;
    }
    templates_add_project(arena, inputs, findings, project, folder);
    return true;
}

/* The name of a template's file without its folder and extension. */
static struct slice stem_of(const char *path)
{
    struct slice name = slice_of(file_name(path));
    name.length -= slice_ends_with(name, ".yaml") ? 5 : slice_ends_with(name, ".yml") ? 4 : 0;
    return name;
}

/* Adds the template that an operand names; false, after a message, when there is none. */
static bool add_named(struct arena *arena, struct file_list *inputs, struct findings *findings,
                      const struct file_list *templates, const char *name)
{
    struct suggestion meant = suggestion_new(slice_of(name));
    for (size_t i = 0; i < templates->count; i++) {
        struct slice stem = stem_of(templates->paths[i]);
        if (slice_is(stem, name)) {
            file_list_add(arena, inputs, templates->paths[i]);
            return true;
        }
        suggestion_offer(&meant, stem);
    }
    const char *file = arena_printf(arena, "%s.yaml", name).data;
    if (input_exists(findings, file)) {
        file_list_add(arena, inputs, file);
        return true;
    }
    const char *near = file_meant(arena, name);
    suggestion_offer(&meant, slice_of(near != NULL ? near : ""));
    cli_message_unknown("file or template", &meant,
                        "name a file, a folder, or a template of the project");
    return false;
}

bool cli_is_name(struct findings *findings, const char *operand)
{
    struct slice text = slice_of(operand);
    bool is_path = slice_ends_with(text, ".yaml") || slice_ends_with(text, ".yml") ||
                   strchr(operand, '/') != NULL || strcmp(operand, "-") == 0;
    return !is_path && !input_exists(findings, operand);
}

/* True for a folder, and for a file that may be a template; false after a message. */
static bool is_for_templates(struct arena *arena, const char *path)
{
    enum content_kind kind = content_of_file(arena, path);
    if (kind == CONTENT_TEMPLATE || kind == CONTENT_CONVERSATION) {
        return true; /* conversations lie beside templates: templates_add passes over them */
    }
    cli_message_content(path, kind);
    return false;
}

/* `check templates templates/order.yaml`: each file once. */
static void leave_out_repeated(struct arena *arena, struct file_list *inputs)
{
    struct map seen = map_new(arena);
    size_t kept = 0;
    for (size_t i = 0; i < inputs->count; i++) {
        const char *path = inputs->paths[i];
        if (map_add(&seen, slice_of(path), inputs) == NULL) {
            inputs->paths[kept++] = path;
        }
    }
    inputs->count = kept;
}

bool cli_add_operands(struct arena *arena, const struct options *options,
                      const struct project *project, const char *folder,
                      const struct file_list *operands, struct file_list *inputs,
                      struct findings *findings)
{
    struct file_list templates = {0}; /* of the project */
    bool has_project = project->root != NULL || options->directory != NULL;
    bool listed = false;
    if (operands->count == 0) {
        return cli_add_project_inputs(arena, options, project, folder, inputs, findings);
    }
    for (size_t i = 0; i < operands->count; i++) {
        const char *operand = operands->paths[i];
        if (!cli_is_name(findings, operand)) {
            if (!is_for_templates(arena, operand)) {
                return false;
            }
            templates_add(arena, inputs, findings, operand);
            continue;
        }
        if (!listed && has_project &&
            !cli_add_project_inputs(arena, options, project, folder, &templates, findings)) {
            return false;
        }
        listed = true;
        if (!add_named(arena, inputs, findings, &templates, operand)) {
            return false;
        }
    }
    if (operands->count > 1) {
        leave_out_repeated(arena, inputs);
    }
    return true;
}

const char *cli_find_template(struct arena *arena, const struct options *options,
                              struct findings *findings, const char *name)
{
    struct compiler *compiler = compiler_new(arena, &artifact_backend);
    struct file_list names = {0}, inputs = {0};
    struct shared_files shared = {0};
    const char *folder = cli_open_project(arena, options, compiler, findings, &shared);
    file_list_add(arena, &names, name);
    bool found = folder != NULL && cli_add_operands(arena, options, compiler->project, folder,
                                                    &names, &inputs, findings);
    return found ? inputs.paths[0] : NULL;
}

const char *cli_template_with_id(struct arena *arena, const struct file_list *files,
                                 struct slice id)
{
    for (size_t i = 0; i < files->count; i++) {
        struct findings ignored = findings_new(arena, -1);
        struct slice bytes;
        struct source *source;
        const struct node *root =
            input_read(arena, &ignored, files->paths[i], YAML_BYTES_LIMIT, &bytes)
                ? yaml_read(arena, files->paths[i], bytes, &ignored.diagnostics, &source)
                : NULL;
        if (slice_equal(node_text(root, "template"), id)) {
            return files->paths[i];
        }
    }
    return NULL;
}

bool cli_read_artifacts(struct arena *arena, struct run *run, struct artifact **artifacts)
{
    *artifacts = arena_alloc_array(arena, run->inputs.count + 1, sizeof **artifacts);
    for (size_t i = 0; i < run->inputs.count; i++) {
        struct source *source;
        (*artifacts)[i].id = run->ids[i];
        (*artifacts)[i].root = json_read(arena, run->inputs.paths[i], run->artifacts[i],
                                         &run->findings.diagnostics, &source);
        if ((*artifacts)[i].root == NULL) {
            return false;
        }
    }
    return true;
}

/* What a run knows beside its inputs. */
struct known {
    struct arena *arena;
    const struct options *options;
    const struct file_list *named; /* NULL: nothing */
    const char *folder;            /* of the project */
};

static void list_known(void *context, struct run *run)
{
    const struct known *known = context;
    struct findings ignored = findings_new(known->arena, -1);
    for (size_t i = 0; known->named != NULL && i < known->named->count; i++) {
        templates_add(known->arena, &run->known, &run->findings, known->named->paths[i]);
    }
    if (run->compiler->project->root != NULL && known->options->operands.count > 0) {
        cli_add_project_inputs(known->arena, known->options, run->compiler->project, known->folder,
                               &run->known, &ignored);
    }
}

void cli_know_project(struct arena *arena, const struct options *options,
                      const struct file_list *named, const char *folder, struct run *run)
{
    struct known *known = arena_alloc(arena, sizeof *known);
    *known = (struct known){arena, options, named, folder};
    run->list_known = list_known;
    run->known_context = known;
}

int cli_compile_templates(struct arena *arena, const struct options *options, struct run *run)
{
    const char *folder = cli_load_project(arena, options, run->compiler, &run->findings);
    if (folder == NULL) {
        return STATUS_OK;
    }
    if (!cli_add_operands(arena, options, run->compiler->project, folder, &options->operands,
                          &run->inputs, &run->findings)) {
        return findings_failed(&run->findings) ? cli_report(arena, options, &run->findings)
                                               : STATUS_USAGE;
    }
    if (run->inputs.count == 0 && run->findings.failure_count == 0) {
        cli_message("found no templates (*.yaml, *.yml); `dialogc add` copies one, `dialogc new` "
                    "writes one");
        return STATUS_USAGE;
    }
    cli_know_project(arena, options, NULL, folder, run);
    run_compile(run);
    return STATUS_OK;
}

/* ---- new templates ---- */

enum { LONGEST_TEMPLATE_NAME = 63 };

static bool is_template_name(struct slice id)
{
    bool fits = id.length > 0 && id.length <= LONGEST_TEMPLATE_NAME && ascii_is_lower(id.data[0]);
    for (size_t i = 0; fits && i < id.length; i++) {
        char c = id.data[i];
        fits = ascii_is_lower(c) || ascii_is_digit(c) || c == '-';
    }
    return fits;
}

bool cli_check_template_name(struct slice name)
{
    if (!is_template_name(name)) {
        cli_message("`%.*s` is not a valid template name: use up to 63 lower-case letters, digits "
                    "and hyphens, starting with a letter",
                    SLICE_ARG(name));
        return false;
    }
    return true;
}

const char *cli_project_folder(struct arena *arena, const char *folder, const struct node *named,
                               const char *usual, struct findings *findings)
{
    size_t count = named != NULL ? named->count : 1;
    for (size_t i = 0; i < count; i++) {
        const char *reason;
        struct slice name = named != NULL ? named->items[i]->text : slice_of(usual);
        const char *path = file_join(arena, folder, name);
        enum file_type type = input_type_of(findings, path);
        bool is_folder = type == FILE_TYPE_FOLDER || type == FILE_TYPE_ABSENT;
        if (is_folder && file_is_inside(arena, folder, path, &reason)) {
            return path;
        }
        if (is_folder && reason != NULL) {
            findings_fail(findings, "cannot access %s: %s", path, reason);
        }
    }
    return NULL;
}

const char *cli_new_template_path(struct arena *arena, const struct options *options,
                                  const struct project *project, const char *folder,
                                  struct slice id, struct findings *findings)
{
    bool has_project = project->root != NULL || options->directory != NULL;
    struct slice name = arena_printf(arena, "%.*s.yaml", SLICE_ARG(id));
    if (options->output != NULL) {
        return input_is_folder(findings, options->output)
                   ? arena_printf(arena, "%s/%s", options->output, name.data).data
                   : options->output;
    }
    const char *path =
        has_project ? cli_project_folder(arena, folder, project->templates, "templates", findings)
                    : NULL;
    return file_join(arena, path != NULL ? path : folder, name);
}

const char *cli_conversation_path(struct arena *arena, const char *path)
{
    struct slice stem = slice_of(path);
    size_t dot = stem.length;
    while (dot > 0 && stem.data[dot - 1] != '.' && stem.data[dot - 1] != '/') {
        dot--;
    }
    stem.length = dot > 0 && stem.data[dot - 1] == '.' ? dot - 1 : stem.length;
    return arena_printf(arena, "%.*s%s", SLICE_ARG(stem), CONVERSATION_SUFFIX).data;
}
