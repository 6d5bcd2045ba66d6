/* Checking files of conversations without running them. */
#include "cli/conversations.h"

#include "base/suggestion.h"
#include "cli/output.h"
#include "cli/templates.h"
#include "document/yaml/reader.h"
#include "trial/conversation/records.h"

struct checking {
    struct arena *arena;
    const struct options *options;
    struct run *run;
    const char *folder;          /* of the project */
    struct file_list of_project; /* templates, when they have been asked for */
    bool is_listed;
};

/* True for a template among the inputs of the run; also when one of them has no identifier. */
static bool is_input(const struct run *run, struct slice id)
{
    bool found = false;
    for (size_t i = 0; i < run->inputs.count; i++) {
        found = found || run->ids[i].length == 0 || slice_equal(run->ids[i], id);
    }
    return found;
}

/* True when a template that is not among the inputs has the identifier. */
static bool is_elsewhere(struct checking *c, const char *path, struct slice id)
{
    struct file_list beside = {0};
    struct findings ignored = findings_new(c->arena, -1);
    if (!c->is_listed && c->run->compiler->project->root != NULL) {
        cli_add_project_inputs(c->arena, c->options, c->run->compiler->project, c->folder,
                               &c->of_project, &ignored);
    }
    c->is_listed = true;
    templates_add(c->arena, &beside, &ignored, file_folder(c->arena, path));
    return cli_template_with_id(c->arena, &beside, id) != NULL ||
           cli_template_with_id(c->arena, &c->of_project, id) != NULL;
}

static void check_template_name(struct checking *c, const char *path, const struct node *name,
                                struct diagnostics *diagnostics)
{
    if (is_input(c->run, name->text) || is_elsewhere(c, path, name->text)) {
        return;
    }
    struct suggestion meant = suggestion_new(name->text);
    for (size_t i = 0; i < c->run->inputs.count; i++) {
        suggestion_offer(&meant, c->run->ids[i]);
    }
    struct diagnostic *finding = diag_report(diagnostics, E1201, name->source, name->range,
                                             "unknown template `%.*s`", SLICE_ARG(name->text));
    if (meant.best.length > 0) {
        diag_suggest(diagnostics, finding, meant.best);
    } else {
        diag_note(diagnostics, finding, NULL, name->range,
                  "write what the template has under `template`; delete this file if the template "
                  "is gone");
    }
}

static void check_file(struct checking *c, const char *path, struct slice bytes)
{
    struct run *run = c->run;
    struct diagnostics own = diagnostics_new(c->arena);
    const struct node *root = compiler_check_conversations(run->compiler, path, bytes, &own);
    if (root != NULL) {
        check_template_name(c, path, node_get(root, "conversation"), &own);
        conversation_check_records(c->arena, run->compiler->project->catalog, root, &own);
    }
    diagnostics_sort(&own);
    diagnostics_apply(&own, &run->findings.policy, root != NULL ? root->source : NULL);
    diagnostics_append(&run->findings.diagnostics, &own);
}

void cli_check_conversations(struct arena *arena, const struct options *options, struct run *run,
                             const char *folder, const struct file_list *files)
{
    struct checking checking = {.arena = arena, .options = options, .run = run, .folder = folder};
    for (size_t i = 0; i < files->count; i++) {
        struct slice bytes;
        if (input_read(arena, &run->findings, files->paths[i], YAML_BYTES_LIMIT, &bytes)) {
            check_file(&checking, files->paths[i], bytes);
        }
    }
}
