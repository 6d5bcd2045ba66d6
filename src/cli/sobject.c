/* dialogc sobject: what is known of Salesforce objects, and learning it from an organisation. */
#include <stdio.h>
#include <string.h>

#include "cli/output.h"
#include "cli/option_value.h"
#include "document/json/reader.h"
#include "document/yaml/reader.h"
#include "report/cjson.h"
#include "salesforce/describe.h"

/* Where a description goes: -o, else the project's folder `sobjects`. */
static const char *target_of(struct arena *arena, const struct options *options,
                             struct findings *findings, struct slice name)
{
    const char *folder = options->directory != NULL ? options->directory : ".";
    if (options->output != NULL && input_is_folder(findings, options->output)) {
        return arena_printf(arena, "%s/%.*s.json", options->output, SLICE_ARG(name)).data;
    }
    return options->output != NULL
               ? options->output
               : arena_printf(arena, "%s/sobjects/%.*s.json", folder, SLICE_ARG(name)).data;
}

/* What is made of the describe results that are imported, each a file. */
struct importing {
    struct arena *arena;
    struct options *options;
    struct compiler *compiler;
    struct findings *findings;
    struct file_content *files;
    size_t count;
};

static void import_one(struct importing *im, const char *path)
{
    struct slice bytes;
    struct slice name;
    struct source *source;
    struct diagnostics own = diagnostics_new(im->arena);
    struct builder out = builder_new(im->arena);
    if (!input_read(im->arena, im->findings, path, YAML_BYTES_LIMIT, &bytes)) {
        return;
    }
    const struct node *root = json_read(im->arena, input_shown_path(path), bytes, &own, &source);
    if (root != NULL &&
        describe_import(im->arena, root, im->compiler->project->catalog, &out, &name, &own)) {
        im->files[im->count++] =
            (struct file_content){target_of(im->arena, im->options, im->findings, name),
                                  builder_slice(&out), REPLACE_ANY, SLICE(""), false};
    }
    diagnostics_append(&im->findings->diagnostics, &own);
}

static void add_files(struct cjson report, const void *context)
{
    const struct importing *im = context;
    struct cjson files = cjson_add_array(cjson_add_object(report, "result"), "files");
    for (size_t i = 0; i < im->count; i++) {
        cjson_add_text(files, NULL, slice_of(im->files[i].path));
    }
}

static int import(struct arena *arena, struct options *options, struct compiler *compiler,
                  struct findings *findings)
{
    bool to_output = options->output != NULL && strcmp(options->output, "-") == 0;
    struct output output = output_new(arena, options, findings);
    struct importing im = {arena, options, compiler, findings, NULL, 0};
    im.files = arena_alloc_array(arena, options->operands.count, sizeof *im.files);
    output.makes_folders = true;
    for (size_t i = 1; i < options->operands.count; i++) {
        import_one(&im, options->operands.paths[i]);
    }
    bool writes = !to_output && findings_are_clean(findings);
    bool written = writes && output_write_or_fail(&output, im.files, im.count);
    const struct render_result result = {add_files, &im};
    int status = cli_report_result(arena, options, findings, written ? &result : NULL);
    for (size_t i = 0; written && i < im.count && !options->quiet; i++) {
        if (options->format == FORMAT_HUMAN) {
            cli_note("wrote %s", im.files[i].path);
        }
    }
    if (status == STATUS_OK && to_output && im.count > 0) {
        status = cli_print(im.files[im.count - 1].bytes) ? STATUS_OK : STATUS_SYSTEM;
    }
    return status;
}

/* ---- what is known of objects ---- */

static void add_field(struct builder *out, struct arena *arena, const struct sobject_field *field)
{
    struct slice type = slice_of(field_type_word(field->type));
    if (field->length > 0) {
        type = arena_printf(arena, "%.*s(%lld)", SLICE_ARG(type), field->length);
    }
    const char *writes = field->createable && field->updateable ? "create, update"
                         : field->createable                    ? "create"
                         : field->updateable                    ? "change"
                                                                : "read only";
    builder_printf(out, "  %-30.*s %-18.*s %s%s", SLICE_ARG(field->name), SLICE_ARG(type), writes,
                   field->required ? ", required" : "");
    if (field->reference_count > 0) {
        builder_printf(out, ", id of %.*s", SLICE_ARG(sobject_field_targets(arena, field)));
    }
    for (size_t i = 0; i < field->value_count; i++) {
        builder_printf(out, "%s%.*s", i == 0 ? field->restricted ? ", only: " : ": " : " | ",
                       SLICE_ARG(field->values[i].value));
    }
    builder_add_char(out, '\n');
}

static void add_object(struct builder *out, struct arena *arena, const struct sobject *object)
{
    builder_printf(out, "%.*s (%.*s), ids begin with %.*s\n", SLICE_ARG(object->name),
                   SLICE_ARG(object->label), SLICE_ARG(object->key_prefix));
    for (size_t i = 0; i < object->field_count; i++) {
        add_field(out, arena, &object->fields[i]);
    }
}

/* The same for programs. */
static void add_field_json(struct cjson fields, const struct sobject_field *field)
{
    struct cjson item = cjson_add_object(fields, NULL);
    cjson_add_text(item, "name", field->name);
    cjson_add_text(item, "label", field->label);
    cjson_add_text(item, "type", slice_of(field_type_word(field->type)));
    if (field->length > 0) {
        cjson_add_integer(item, "length", field->length);
    }
    cjson_add_boolean(item, "createable", field->createable);
    cjson_add_boolean(item, "updateable", field->updateable);
    cjson_add_boolean(item, "required", field->required);
    if (field->reference_count > 0) {
        struct cjson references = cjson_add_array(item, "references");
        for (size_t i = 0; i < field->reference_count; i++) {
            cjson_add_text(references, NULL, field->references[i]);
        }
    }
    if (field->value_count > 0) {
        cjson_add_boolean(item, "restricted", field->restricted);
        struct cjson values = cjson_add_array(item, "values");
        for (size_t i = 0; i < field->value_count; i++) {
            cjson_add_text(values, NULL, field->values[i].value);
        }
    }
}

static void add_object_json(struct cjson objects, const struct sobject *object)
{
    struct cjson item = cjson_add_object(objects, NULL);
    cjson_add_text(item, "name", object->name);
    cjson_add_text(item, "label", object->label);
    cjson_add_text(item, "keyPrefix", object->key_prefix);
    struct cjson fields = cjson_add_array(item, "fields");
    for (size_t i = 0; i < object->field_count; i++) {
        add_field_json(fields, &object->fields[i]);
    }
}

/* ---- show ---- */

struct shown_objects {
    const struct sobject **items;
    size_t count;
};

static void add_shown(struct cjson report, const void *context)
{
    const struct shown_objects *shown = context;
    struct cjson objects = cjson_add_array(cjson_add_object(report, "result"), "objects");
    for (size_t i = 0; i < shown->count; i++) {
        add_object_json(objects, shown->items[i]);
    }
}

static void offer_object(void *context, struct slice name)
{
    suggestion_offer(context, name);
}

/* The objects that the operands name; false after a message. */
static bool find_objects(struct arena *arena, const struct options *options,
                         struct sobject_catalog *catalog, struct shown_objects *shown)
{
    shown->items =
        arena_alloc_array(arena, options->operands.count, sizeof(const struct sobject *));
    for (size_t i = 1; i < options->operands.count; i++) {
        struct slice name = slice_of(options->operands.paths[i]);
        const struct sobject *object = sobject_find(catalog, name, arena);
        if (object == NULL) {
            struct suggestion meant = suggestion_new(name);
            sobject_catalog_offer(catalog, offer_object, &meant);
            cli_message_unknown("object", &meant, "`dialogc sobject list` lists all known objects");
            return false;
        }
        shown->items[shown->count++] = object;
    }
    return true;
}

static int show(struct arena *arena, struct options *options, struct compiler *compiler,
                struct findings *findings)
{
    const char *folder = cli_load_project(arena, options, compiler, findings);
    struct shown_objects shown = {0};
    if (folder == NULL || !findings_are_clean(findings)) {
        return cli_report(arena, options, findings);
    }
    if (!find_objects(arena, options, compiler->project->catalog, &shown)) {
        return STATUS_USAGE;
    }
    const struct render_result result = {add_shown, &shown};
    int status = cli_report_result(arena, options, findings, &result);
    struct builder out = builder_new(arena);
    for (size_t i = 0; i < shown.count; i++) {
        add_object(&out, arena, shown.items[i]);
    }
    return cli_print_for_people(arena, options, status, builder_slice(&out));
}

/* ---- list ---- */

static void add_name(void *context, struct slice name)
{
    builder_printf(context, "%.*s\n", SLICE_ARG(name));
}

static void add_name_json(void *context, struct slice name)
{
    cjson_add_text(*(struct cjson *)context, NULL, name);
}

static void add_names(struct cjson report, const void *context)
{
    struct cjson objects = cjson_add_array(cjson_add_object(report, "result"), "objects");
    sobject_catalog_offer(context, add_name_json, &objects);
}

static int list(struct arena *arena, struct options *options, struct compiler *compiler,
                struct findings *findings)
{
    const char *folder = cli_load_project(arena, options, compiler, findings);
    if (folder == NULL || !findings_are_clean(findings)) {
        return cli_report(arena, options, findings);
    }
    const struct render_result result = {add_names, compiler->project->catalog};
    int status = cli_report_result(arena, options, findings, &result);
    struct builder out = builder_new(arena);
    sobject_catalog_offer(compiler->project->catalog, add_name, &out);
    return cli_print_for_people(arena, options, status, builder_slice(&out));
}

int command_sobject(struct arena *arena, struct options *options)
{
    static const char *const actions[] = {"import", "show", "list", NULL};
    struct findings findings = findings_new(arena, -1);
    struct compiler *compiler = compiler_new(arena, &artifact_backend);
    size_t count = options->operands.count;
    const char *action = options->operands.paths[0];
    if (!option_check_word(arena, SLICE("`dialogc sobject` takes"), actions, action)) {
        return STATUS_USAGE;
    }
    bool is_import = strcmp(action, "import") == 0;
    if (options->output != NULL && !is_import) {
        cli_message("`dialogc sobject %s` does not have the option `--output`; it is an option of "
                    "`dialogc sobject import`",
                    action);
        return STATUS_USAGE;
    }
    if (strcmp(action, "list") == 0 && count == 1) {
        return list(arena, options, compiler, &findings);
    }
    if (strcmp(action, "show") == 0 && count > 1) {
        return show(arena, options, compiler, &findings);
    }
    if (is_import && count > 1) {
        if (options->output != NULL && count > 2 && !input_is_folder(&findings, options->output)) {
            if (findings_failed(&findings)) {
                return cli_report(arena, options, &findings);
            }
            cli_message("`--output` takes a folder when several describe results are imported");
            return STATUS_USAGE;
        }
        return import(arena, options, compiler, &findings);
    }
    cli_message("`dialogc sobject` takes %s", options->command->takes);
    return STATUS_USAGE;
}
