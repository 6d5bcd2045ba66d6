/* dialogc new: the first version of a template. */
#include <stdint.h>

#include "base/ascii.h"
#include "base/suggestion.h"
#include "build/inputs/form.h"
#include "cli/ask.h"
#include "cli/option_value.h"
#include "cli/output.h"
#include "cli/templates.h"
#include "language/scaffold/scaffold.h"

/* ---- questions ---- */

static struct slice default_id(struct arena *arena, const struct options *options)
{
    struct builder out = builder_new(arena);
    builder_printf(&out, "%s-", options->scaffold.operation);
    for (const char *c = options->scaffold.object; *c != '\0'; c++) {
        if (ascii_is_upper(*c) && c > options->scaffold.object && ascii_is_lower(c[-1])) {
            builder_add_char(&out, '-');
        }
        builder_add_char(&out, *c == '_' ? '-' : ascii_to_lower(*c));
    }
    return builder_slice(&out);
}

/* ---- the parts ---- */

static void offer(void *context, struct slice name)
{
    suggestion_offer(context, name);
}

static const struct sobject *find_object(struct arena *arena, struct sobject_catalog *catalog,
                                         const char *name)
{
    const struct sobject *object = sobject_find(catalog, slice_of(name), arena);
    if (object == NULL) {
        struct suggestion s = suggestion_new(slice_of(name));
        sobject_catalog_offer(catalog, offer, &s);
        cli_message("unknown object `%s`%s%.*s%s", name,
                    s.best.length > 0 ? "; did you mean `" : "; see `dialogc sobject list`",
                    SLICE_ARG(s.best), s.best.length > 0 ? "`?" : "");
    }
    return object;
}

static void split_fields(struct arena *arena, const char *list, struct scaffold *scaffold)
{
    struct slice rest = slice_of(list);
    struct slice part;
    for (size_t at = 0; slice_next_part(rest, ',', &at, &part);) {
        struct slice name = slice_trim(part);
        if (name.length > 0) {
            scaffold->fields = arena_append(arena, scaffold->fields, scaffold->field_count,
                                            sizeof *scaffold->fields);
            scaffold->fields[scaffold->field_count++] = name;
        }
    }
}

static int write_template(struct arena *arena, const struct options *options,
                          struct findings *findings, const char *path, struct slice text)
{
    struct output output = output_new(arena, options, findings);
    struct file_content file = {.path = path, .bytes = text, .expects = REPLACE_NOTHING};
    const char *conflict;
    if (strcmp(path, "-") == 0) {
        return cli_print(text) ? STATUS_OK : STATUS_SYSTEM;
    }
    output.makes_folders = true;
    if (!findings_failed(findings) &&
        output_write(&output, &file, 1, &conflict) == REPLACEMENT_CONFLICT) {
        cli_message("%s already exists; dialogc does not overwrite it", path);
        return STATUS_USAGE;
    }
    int status = cli_report(arena, options, findings);
    if (status == STATUS_OK && !options->quiet) {
        cli_note("wrote %s; `dialogc check %s` checks it", path, path);
    }
    return status;
}

/* Asks until the answer names an object that is known; false at the end of the input. */
static bool ask_object(struct arena *arena, struct options *options,
                       struct sobject_catalog *catalog)
{
    struct slice answer;
    do {
        if (!ask(arena, "Salesforce object", SLICE("Lead"), &answer)) {
            return false;
        }
        options->scaffold.object = arena_copy(arena, answer);
    } while (find_object(arena, catalog, options->scaffold.object) == NULL);
    return true;
}

static bool ask_operation(struct arena *arena, struct options *options)
{
    const char *const *names = scaffold_operation_names;
    struct slice words = option_word_list(arena, names);
    struct slice question = arena_printf(arena, "Operation (%.*s)", SLICE_ARG(words));
    struct slice answer;
    do {
        if (!ask(arena, question.data, SLICE("create"), &answer)) {
            return false;
        }
        options->scaffold.operation = arena_copy(arena, answer);
    } while (
        !option_check_word(arena, SLICE("the operation is"), names, options->scaffold.operation));
    return true;
}

/* Asks for what the command line does not say; false when standard input is not a terminal. */
static bool complete(struct arena *arena, struct options *options, struct sobject_catalog *catalog)
{
    static const char required[] = "the required ones";
    struct slice answer;
    if (options->operands.count > 0) {
        if (options->scaffold.object == NULL || options->scaffold.operation == NULL) {
            cli_message("`dialogc new NAME` needs `--object` and `--operation`");
            return false;
        }
        return true;
    }
    if (!ask_is_possible()) {
        cli_message("`dialogc new` asks questions only on a terminal; otherwise give NAME --object "
                    "OBJECT --operation OPERATION");
        return false;
    }
    if ((options->scaffold.object == NULL && !ask_object(arena, options, catalog)) ||
        (options->scaffold.operation == NULL && !ask_operation(arena, options))) {
        return false;
    }
    if (options->scaffold.fields == NULL &&
        ask(arena, "Fields, separated by commas", SLICE(required), &answer) &&
        !slice_is(answer, required)) {
        options->scaffold.fields = arena_copy(arena, answer);
    }
    if (!ask(arena, "Name of the template", default_id(arena, options), &answer)) {
        return false;
    }
    file_list_add(arena, &options->operands, arena_copy(arena, answer));
    return true;
}

int command_new(struct arena *arena, struct options *options)
{
    struct findings findings = findings_new(arena, -1);
    struct compiler *compiler = compiler_new(arena, &artifact_backend);
    struct scaffold scaffold = {0};
    const char *folder = cli_load_project(arena, options, compiler, &findings);
    int status = cli_report(arena, options, &findings);
    if (status != STATUS_OK || folder == NULL) {
        return status;
    }
    if (!complete(arena, options, compiler->project->catalog)) {
        return STATUS_USAGE;
    }
    struct slice id = slice_of(options->operands.paths[0]);
    if (!cli_check_template_name(id)) {
        return STATUS_USAGE;
    }
    scaffold.id = id;
    scaffold.object = find_object(arena, compiler->project->catalog, options->scaffold.object);
    if (scaffold.object == NULL ||
        !scaffold_operation_find(slice_of(options->scaffold.operation), &scaffold.operation)) {
        return STATUS_USAGE;
    }
    if (options->scaffold.fields != NULL) {
        split_fields(arena, options->scaffold.fields, &scaffold);
    }
    struct builder out = builder_new(arena);
    struct slice mistake = scaffold_write(arena, &scaffold, &out);
    if (mistake.length > 0) {
        cli_message("%.*s", SLICE_ARG(mistake));
        return STATUS_USAGE;
    }
    findings = findings_new(arena, -1); /* what was found has been reported */
    const char *path =
        cli_new_template_path(arena, options, compiler->project, folder, id, &findings);
    return write_template(arena, options, &findings, path,
                          form_of(arena, path, builder_slice(&out)));
}
