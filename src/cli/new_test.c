/* dialogc new-test: first conversations with a dialog. */
#include <stdio.h>

#include "cli/output.h"
#include "cli/pool.h"
#include "cli/stage.h"
#include "cli/templates.h"
#include "trial/explore/explore.h"
#include "document/yaml/writer.h"

struct making {
    const struct conversation_world *world;
    struct slice name;
    bool all;
};

static void make_file(void *context, size_t index, struct script_machine *machine,
                      struct builder *out)
{
    (void)index;
    const struct making *making = context;
    struct conversation_world world = *making->world;
    struct explore_options options = {.makes_cases = true, .only_happy = !making->all};
    world.machine = machine;
    struct exploration exploration = explore(out->arena, &world, making->name, &options);
    yaml_write_members(out, exploration.file, 0, NULL);
}

/* X.yaml to X.test.yaml */
static const char *path_beside(struct arena *arena, const char *path)
{
    struct slice stem = slice_of(path);
    size_t dot = stem.length;
    while (dot > 0 && stem.data[dot - 1] != '.' && stem.data[dot - 1] != '/') {
        dot--;
    }
    stem.length = dot > 0 && stem.data[dot - 1] == '.' ? dot - 1 : stem.length;
    return arena_printf(arena, "%.*s%s", SLICE_ARG(stem), CONVERSATION_SUFFIX).data;
}

/* The template that the operand is or names; NULL after a message. */
static const char *find_template(struct arena *arena, const struct options *options,
                                 struct findings *findings)
{
    const char *operand = options->operands.paths[0];
    if (cli_is_conversation(operand)) {
        cli_message("%s has conversations: `dialogc new-test` needs the template", operand);
        return NULL;
    }
    if (cli_is_folder(findings, operand)) {
        cli_message("`dialogc new-test` takes one template");
        return NULL;
    }
    return cli_is_name(findings, operand) ? cli_find_template(arena, options, findings, operand)
                                          : operand;
}

static int exists(const char *path)
{
    cli_message("%s already exists; choose another file with -o", path);
    return STATUS_USAGE;
}

int command_new_test(struct arena *arena, struct options *options)
{
    struct stage stage = {0};
    struct findings *findings = &stage.run.findings;
    *findings = findings_new(arena, -1);
    const char *template = find_template(arena, options, findings);
    struct file_list templates = {0};
    if (template == NULL) {
        return findings_failed(findings) ? cli_report(arena, options, findings) : STATUS_USAGE;
    }
    file_list_add(arena, &templates, template);
    const char *path = options->output != NULL ? options->output : path_beside(arena, template);
    bool printed = strcmp(path, "-") == 0;
    if (!printed && cli_exists(findings, path)) {
        return exists(path);
    }
    if (findings_failed(findings)) {
        return cli_report(arena, options, findings);
    }
    int status = stage_set(arena, options, &stage, &templates);
    if (status != STATUS_OK) {
        return status;
    }
    struct conversation_world world = stage_world(&stage, &stage.program.dialogs[0]);
    struct making making = {&world, stage.run.ids[0], options->test.coverage};
    struct pool_result result = {0};
    const char *reason;
    if (!pool_run(arena, 1, 1, make_file, &making, &result, &reason)) {
        cli_message("cannot run conversations in processes of their own: %s", reason);
        return STATUS_SYSTEM;
    }
    if (result.failure.length > 0) {
        cli_message("%.*s", SLICE_ARG(result.failure));
        return STATUS_FINDINGS;
    }
    if (printed) {
        return cli_print(result.bytes) ? STATUS_OK : STATUS_SYSTEM;
    }
    struct output output = output_new(arena, options, findings);
    struct file_content file = {.path = path, .bytes = result.bytes, .expects = REPLACE_NOTHING};
    if (output_write(&output, &file, 1, &path) == REPLACEMENT_CONFLICT) {
        return exists(path);
    }
    return cli_report(arena, options, findings);
}
