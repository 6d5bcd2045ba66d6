/* dialogc new-test: first conversations with a dialog. */
#include <stdio.h>

#include "cli/output.h"
#include "cli/rehearsal.h"
#include "cli/templates.h"

/* The template that the operand is or names; NULL after a message. */
static const char *find_template(struct arena *arena, const struct options *options,
                                 struct findings *findings)
{
    const char *operand = options->operands.paths[0];
    if (content_is_conversation(operand)) {
        cli_message("%s has conversations: `dialogc new-test` needs the template", operand);
        return NULL;
    }
    if (input_is_folder(findings, operand)) {
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
    const char *path =
        options->output != NULL ? options->output : cli_conversation_path(arena, template);
    bool printed = strcmp(path, "-") == 0;
    if (!printed && input_exists(findings, path)) {
        return exists(path);
    }
    if (findings_failed(findings)) {
        return cli_report(arena, options, findings);
    }
    int status = stage_set(arena, options, &stage, &templates);
    if (status != STATUS_OK) {
        return status;
    }
    struct slice bytes;
    status = rehearsal_record(arena, &stage, options->test.coverage, &bytes);
    if (status != STATUS_OK) {
        return status;
    }
    if (printed) {
        return cli_print(bytes) ? STATUS_OK : STATUS_SYSTEM;
    }
    struct output output = output_new(arena, options, findings);
    struct file_content file = {.path = path, .bytes = bytes, .expects = REPLACE_NOTHING};
    if (output_write(&output, &file, 1, &path) == REPLACEMENT_CONFLICT) {
        return exists(path);
    }
    return cli_report(arena, options, findings);
}
