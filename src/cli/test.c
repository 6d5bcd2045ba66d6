/* dialogc test: conversations, run and compared. */
#include <stdio.h>

#include "cli/kind.h"
#include "cli/output.h"
#include "cli/pool.h"
#include "cli/stage.h"
#include "cli/templates.h"
#include "report/cjson.h"
#include "trial/conversation/export.h"
#include "trial/conversation/report.h"
#include "document/json/reader.h"
#include "document/tree/build.h"
#include "document/yaml/reader.h"
#include "document/yaml/writer.h"
#include "base/suggestion.h"

/* One file, ready to be run. */
struct subject {
    struct slice bytes; /* of the file */
    struct conversation_file file;
    struct conversation_world world;
    struct report_coverage *coverage;
    size_t first_case; /* among all of the run */
};

struct testing {
    struct arena *arena;
    struct options *options;
    struct stage stage;
    struct file_list files;
    struct subject *subjects;
    size_t subject_count;
    struct report report;
    struct node **recorded; /* of each case; NULL: it could not be run */
};

/* ---- files ---- */

/* The identifier that a file of conversations names; empty when it cannot be read. */
static struct slice named_template(struct testing *t, const char *path)
{
    struct findings ignored = findings_new(t->arena, -1);
    struct slice bytes;
    struct source *source;
    const struct node *root = input_read(t->arena, &ignored, path, YAML_BYTES_LIMIT, &bytes)
                                  ? yaml_read(t->arena, path, bytes, &ignored.diagnostics, &source)
                                  : NULL;
    return node_text(root, "conversation");
}

/*
 * The template that a file of conversations is about: the one beside it, else the one in its folder
 * that has the identifier; else the folder, for findings about what there is.
 */
static const char *template_of(struct testing *t, const char *path)
{
    struct arena *arena = t->arena;
    struct findings *findings = &t->stage.run.findings;
    struct slice stem = slice_of(path);
    struct slice id = named_template(t, path);
    struct file_list files = {0};
    const char *folder = file_folder(arena, path);
    stem.length -= strlen(CONVERSATION_SUFFIX);
    const char *beside = arena_printf(arena, "%.*s.yaml", SLICE_ARG(stem)).data;
    if (input_exists(findings, beside)) {
        file_list_add(arena, &files, beside);
    }
    const char *found = cli_template_with_id(arena, &files, id);
    if (found == NULL && t->options->bot == NULL && id.length > 0) {
        templates_add(arena, &files, findings, folder);
        found = cli_template_with_id(arena, &files, id);
    }
    return found != NULL ? found : files.count == 1 ? beside : folder;
}

static void add_once(struct arena *arena, struct file_list *list, const char *path)
{
    for (size_t i = 0; i < list->count; i++) {
        if (strcmp(list->paths[i], path) == 0) {
            return;
        }
    }
    file_list_add(arena, list, path);
}

/* X.yaml to X.test.yaml; NULL, after a message, when there is no such file. */
static const char *conversations_of(struct testing *t, const char *path)
{
    struct slice stem = slice_of(path);
    stem.length -= slice_ends_with(stem, ".yaml") ? 5 : slice_ends_with(stem, ".yml") ? 4 : 0;
    const char *beside =
        arena_printf(t->arena, "%.*s%s", SLICE_ARG(stem), CONVERSATION_SUFFIX).data;
    if (input_exists(&t->stage.run.findings, beside)) {
        return beside;
    }
    enum content_kind kind = content_of_file(t->arena, path);
    if (kind != CONTENT_TEMPLATE) {
        cli_message_content(path, kind);
        return NULL;
    }
    cli_message("there is no %s with conversations; `dialogc new-test %s` writes a first one",
                beside, path);
    return NULL;
}

/* True for a template, which conversations may lie beside. */
static bool is_template(const char *path)
{
    struct slice name = slice_of(path);
    return !content_is_conversation(path) &&
           (slice_ends_with(name, ".yaml") || slice_ends_with(name, ".yml"));
}

/* Adds the conversations of a file or folder, and the templates that they may be with. */
static bool collect(struct testing *t, const char *path, struct file_list *templates)
{
    if (cli_is_name(&t->stage.run.findings, path) && !is_template(path) &&
        !content_is_conversation(path)) {
        path = cli_find_template(t->arena, t->options, &t->stage.run.findings, path);
    }
    if (path != NULL && is_template(path) && input_exists(&t->stage.run.findings, path)) {
        path = conversations_of(t, path);
    }
    if (path == NULL) {
        return false;
    }
    if (!input_is_folder(&t->stage.run.findings, path)) {
        if (findings_failed(&t->stage.run.findings)) {
            return false;
        }
        if (!content_is_conversation(path)) {
            cli_message("%s is not a conversation file: its name must end in %s", path,
                        CONVERSATION_SUFFIX);
            return false;
        }
        if (input_type_of(&t->stage.run.findings, path) == FILE_TYPE_ABSENT) {
            struct slice failure = input_failure(t->arena, path, "No such file or directory");
            findings_fail(&t->stage.run.findings, "%.*s", SLICE_ARG(failure));
            return false;
        }
        file_list_add(t->arena, &t->files, path);
        add_once(t->arena, templates, template_of(t, path));
        return true;
    }
    struct file_list found = {0};
    const char *reason;
    size_t before = t->files.count;
    if (!file_find(t->arena, path, FILE_YAML, &found, &reason)) {
        findings_fail(&t->stage.run.findings, "cannot read %s: %s", path, reason);
        return false;
    }
    templates_leave_out_inner_projects(t->arena, &found, file_without_slash(t->arena, path));
    for (size_t i = 0; i < found.count; i++) {
        if (content_is_conversation(found.paths[i])) {
            file_list_add(t->arena, &t->files, found.paths[i]);
        }
    }
    if (t->files.count > before) {
        add_once(t->arena, templates, path);
    }
    return true;
}

static bool collect_all(struct testing *t, struct file_list *templates)
{
    const struct options *options = t->options;
    const char *folder = options->directory != NULL ? options->directory : ".";
    for (size_t i = 0; i < options->operands.count; i++) {
        if (!collect(t, options->operands.paths[i], templates)) {
            return false;
        }
    }
    if (options->operands.count == 0) {
        const char *usual = arena_printf(t->arena, "%s/templates", folder).data;
        if (!collect(t, input_is_folder(&t->stage.run.findings, usual) ? usual : folder,
                     templates)) {
            return false;
        }
    }
    size_t kept = 0;
    for (size_t i = 0; i < t->files.count; i++) {
        if (options->shards == 0 || i % options->shards == options->shard) {
            t->files.paths[kept++] = t->files.paths[i];
        }
    }
    if (t->files.count > 0 && kept == 0) {
        cli_message("there are fewer files than parts, so this part is empty");
        return false;
    }
    t->files.count = kept;
    if (t->files.count == 0) {
        cli_message("found no conversations (*%s); `dialogc new-test NAME` writes a first one",
                    CONVERSATION_SUFFIX);
    }
    return t->files.count > 0;
}

/* ---- loading ---- */

static struct report_coverage *coverage_of(struct testing *t, const struct program_dialog *dialog,
                                           struct slice name)
{
    struct report *report = &t->report;
    for (size_t i = 0; i < report->coverage_count; i++) {
        if (report->coverage[i].dialog == dialog) {
            return &report->coverage[i];
        }
    }
    struct report_coverage *coverage = &report->coverage[report->coverage_count++];
    coverage->dialog = dialog;
    coverage->name = name;
    coverage->nodes = arena_alloc_array(t->arena, dialog->node_count, sizeof(bool));
    coverage->transitions = arena_alloc_array(t->arena, dialog->transition_count, sizeof(bool));
    coverage->statuses = node_new_mapping(t->arena);
    return coverage;
}

static void unknown_dialog(struct testing *t, const struct conversation_file *file,
                           struct diagnostics *diagnostics)
{
    enum { MOST_NAMES = 8 };
    const struct node *place = node_get(file->root, "conversation");
    const char *what = t->options->bot != NULL ? "dialog" : "template";
    struct suggestion meant = suggestion_new(file->dialog);
    struct builder list = builder_new(t->arena);
    for (size_t i = 0; i < t->stage.program.count; i++) {
        struct slice name =
            t->options->bot != NULL ? t->stage.program.dialogs[i].name : t->stage.run.ids[i];
        suggestion_offer(&meant, name);
        if (i < MOST_NAMES) {
            builder_printf(&list, "%s`%.*s`", i > 0 ? ", " : "", SLICE_ARG(name));
        }
    }
    struct diagnostic *finding = diag_report(diagnostics, E1201, place->source, place->range,
                                             "unknown %s `%.*s`", what, SLICE_ARG(file->dialog));
    if (meant.best.length > 0) {
        diag_suggest(diagnostics, finding, meant.best);
    } else if (list.length > 0) {
        diag_note(diagnostics, finding, NULL, place->range, "the %ss here are %.*s%s", what,
                  SLICE_ARG(builder_slice(&list)),
                  t->stage.program.count > MOST_NAMES ? ", …" : "");
    }
}

static bool load_one(struct testing *t, const char *path, struct diagnostics *diagnostics)
{
    struct subject *subject = &t->subjects[t->subject_count];
    const struct schema *schema = compiler_conversation_schema(t->stage.run.compiler);
    if (!input_read(t->arena, &t->stage.run.findings, path, YAML_BYTES_LIMIT, &subject->bytes) ||
        !conversation_load(t->arena, schema, path, subject->bytes, diagnostics, &subject->file)) {
        return false;
    }
    const struct program_dialog *dialog = stage_dialog(&t->stage, subject->file.dialog);
    if (dialog == NULL) {
        unknown_dialog(t, &subject->file, diagnostics);
        return false;
    }
    subject->world = stage_world(&t->stage, dialog);
    conversation_check(t->arena, &subject->file, &subject->world, diagnostics);
    subject->coverage = coverage_of(t, dialog, subject->file.dialog);
    subject->first_case = t->report.case_count;
    t->report.case_count += subject->file.cases->count;
    t->subject_count++;
    return true;
}

/* All files; false, with findings in the run, when one of them is not valid. */
static bool load_all(struct testing *t)
{
    struct findings *findings = &t->stage.run.findings;
    t->subjects = arena_alloc_array(t->arena, t->files.count, sizeof *t->subjects);
    t->report.coverage = arena_alloc_array(t->arena, t->files.count, sizeof *t->report.coverage);
    findings->looked_at.count = 0;
    for (size_t i = 0; i < t->files.count; i++) {
        struct diagnostics own = diagnostics_new(t->arena);
        bool loaded = load_one(t, t->files.paths[i], &own);
        const struct source *source = loaded ? t->subjects[t->subject_count - 1].file.source : NULL;
        diagnostics_apply(&own, &t->options->policy, source);
        diagnostics_append(&findings->diagnostics, &own);
    }
    return findings->diagnostics.error_count == 0 && findings->failure_count == 0;
}

/* ---- running ---- */

static const struct subject *subject_of(const struct testing *t, size_t index)
{
    size_t i = t->subject_count - 1;
    while (t->subjects[i].first_case > index) {
        i--;
    }
    return &t->subjects[i];
}

/* True for the case `index` of the run when it is in a language that the project does not have. */
static bool is_skipped(const struct subject *subject, size_t index)
{
    return conversation_is_left_out(&subject->file, index - subject->first_case, &subject->world);
}

/* The indexes of those that are set. */
static void list_flags(struct cjson json, const char *key, const bool *flags, size_t count)
{
    struct cjson list = cjson_add_array(json, key);
    for (size_t i = 0; i < count; i++) {
        if (flags[i]) {
            cjson_add_count(list, NULL, i);
        }
    }
}

static void list_failures(struct cjson json, const struct subject *subject,
                          const struct conversation_result *result)
{
    struct cjson list = cjson_add_array(json, "failures");
    for (size_t i = 0; i < result->failure_count; i++) {
        const struct conversation_failure *failure = &result->failures[i];
        struct position position =
            source_position(subject->file.source, failure->place->range.start);
        struct cjson item = cjson_add_object(list, NULL);
        cjson_add_count(item, "line", position.line);
        cjson_add_count(item, "column", position.column);
        cjson_add_text(item, "what", failure->what);
        cjson_add_text(item, "expected", failure->expected);
        cjson_add_text(item, "actual", failure->actual);
        cjson_add_text(item, "help", failure->help);
    }
}

/* [["createLeadService", 201], …] */
static void list_statuses(struct cjson json, const struct node *recorded)
{
    const struct node *turns = node_get(recorded, "turns");
    struct cjson list = cjson_add_array(json, "statuses");
    for (size_t i = 0; i < node_length(turns); i++) {
        const struct node *requests = node_get(turns->items[i], "requests");
        for (size_t j = 0; j < node_length(requests); j++) {
            struct cjson pair = cjson_add_array(list, NULL);
            cjson_add_node(pair, NULL, node_get(requests->items[j], "service"));
            cjson_add_node(pair, NULL, node_get(requests->items[j], "status"));
        }
    }
}

/* A task of the pool: what the parent must know, as JSON. */
static void run_case(void *context, size_t index, struct script_machine *machine,
                     struct builder *out)
{
    const struct testing *t = context;
    const struct subject *subject = subject_of(t, index);
    struct conversation_world world = subject->world;
    if (is_skipped(subject, index)) {
        builder_add_text(out, "{}");
        return;
    }
    world.machine = machine;
    struct conversation_result result =
        conversation_run(out->arena, &subject->file, index - subject->first_case, &world);
    struct cjson json = cjson_new_object(out->arena);
    list_failures(json, subject, &result);
    list_flags(json, "nodes", result.nodes, world.dialog->node_count);
    list_flags(json, "transitions", result.transitions, world.dialog->transition_count);
    list_statuses(json, result.recorded);
    if (t->options->test.update || t->options->test.export != NULL) {
        cjson_add_node(json, "recorded", result.recorded);
    }
    cjson_print(out, json, CJSON_COMPACT);
}

/* ---- results ---- */

static void take_flags(const struct node *indexes, bool *flags, size_t *count)
{
    for (size_t i = 0; i < node_length(indexes); i++) {
        size_t index = (size_t)node_integer(indexes->items[i], 0);
        *count += !flags[index];
        flags[index] = true;
    }
}

/* Which answers the services have had. */
static void take_statuses(struct testing *t, struct report_coverage *coverage,
                          const struct node *pairs)
{
    struct node *statuses = coverage->statuses;
    for (size_t i = 0; i < node_length(pairs); i++) {
        struct slice service = pairs->items[i]->items[0]->text;
        const struct node *status = pairs->items[i]->items[1];
        struct member *known = node_member(statuses, service);
        struct node *list = known != NULL ? known->value : node_new_sequence(t->arena);
        bool there = false;
        for (size_t j = 0; j < list->count; j++) {
            there = there || node_equal(list->items[j], status);
        }
        if (!there) {
            node_append(t->arena, list, status);
        }
        if (known == NULL) {
            node_set(t->arena, statuses, service, list);
        }
    }
}

static void take_failures(struct testing *t, struct report_case *one, const struct node *failures)
{
    one->failure_count = node_length(failures);
    one->failures = arena_alloc_array(t->arena, one->failure_count, sizeof *one->failures);
    for (size_t i = 0; i < one->failure_count; i++) {
        const struct node *failure = failures->items[i];
        one->failures[i] = (struct report_failure){
            .position = {(size_t)node_integer(node_get(failure, "line"), 1),
                         (size_t)node_integer(node_get(failure, "column"), 1)},
            .what = node_text(failure, "what"),
            .expected = node_text(failure, "expected"),
            .actual = node_text(failure, "actual"),
            .help = node_text(failure, "help"),
        };
    }
}

static void take_result(struct testing *t, size_t index, const struct pool_result *result)
{
    const struct subject *subject = subject_of(t, index);
    struct report_case *one = &t->report.cases[index];
    const struct node *place =
        node_get(subject->file.cases->items[index - subject->first_case], "name");
    one->path = subject->file.path;
    one->name = place->text;
    one->skipped = is_skipped(subject, index);
    t->report.skipped_count += one->skipped;
    if (t->options->format == FORMAT_JSON) { /* costs a walk through the file */
        one->position = source_position(subject->file.source, place->range.start);
    }
    const struct node *root =
        result->failure.length == 0 ? json_read_quietly(t->arena, result->bytes) : NULL;
    if (root == NULL) {
        one->failures = arena_alloc(t->arena, sizeof *one->failures);
        one->failures[0] =
            (struct report_failure){.position = one->position, .what = result->failure};
        one->failure_count = 1;
    } else {
        struct report_coverage *coverage = subject->coverage;
        take_failures(t, one, node_get(root, "failures"));
        take_flags(node_get(root, "nodes"), coverage->nodes, &coverage->node_count);
        take_flags(node_get(root, "transitions"), coverage->transitions,
                   &coverage->transition_count);
        t->recorded[index] = node_get(root, "recorded");
        take_statuses(t, coverage, node_get(root, "statuses"));
    }
    t->report.failed_count += one->failure_count > 0;
}

/* ---- recording ---- */

/* The comments and blank lines in front of the first key. */
static struct slice head_of(const struct conversation_file *file)
{
    return slice_part(file->source->bytes, 0, file->root->members[0].key->range.start);
}

/* The file with what was, instead of what was expected, where that has failed. */
static struct slice recorded_file(struct testing *t, const struct subject *subject)
{
    struct builder out = builder_new(t->arena);
    struct node *root = node_copy(t->arena, subject->file.root);
    struct node *cases = node_new_sequence(t->arena);
    for (size_t i = 0; i < subject->file.cases->count; i++) {
        size_t index = subject->first_case + i;
        bool failed = t->report.cases[index].failure_count > 0 && t->recorded[index] != NULL;
        node_append(t->arena, cases, failed ? t->recorded[index] : subject->file.cases->items[i]);
    }
    node_set(t->arena, root, SLICE("cases"), cases);
    builder_add(&out, head_of(&subject->file));
    yaml_write_members(&out, root, 0, NULL);
    return builder_slice(&out);
}

/* Writes the files that have failed anew; false after a report. */
static bool update_files(struct testing *t)
{
    struct output output = output_new(t->arena, t->options, &t->stage.run.findings);
    struct file_content *files = arena_alloc_array(t->arena, t->subject_count, sizeof *files);
    size_t count = 0;
    for (size_t i = 0; i < t->subject_count; i++) {
        bool failed = false;
        for (size_t j = 0; j < t->subjects[i].file.cases->count; j++) {
            failed = failed || t->report.cases[t->subjects[i].first_case + j].failure_count > 0;
        }
        if (failed) {
            files[count++] =
                (struct file_content){t->subjects[i].file.path, recorded_file(t, &t->subjects[i]),
                                      REPLACE_BYTES, t->subjects[i].bytes, false};
        }
    }
    return output_write_or_fail(&output, files, count);
}

/* What has been recorded has not failed any more. The rest could not be run to its end. */
static size_t forget_recorded(struct testing *t)
{
    size_t count = 0;
    for (size_t i = 0; i < t->report.case_count; i++) {
        struct report_case *one = &t->report.cases[i];
        if (one->failure_count > 0 && t->recorded[i] != NULL) {
            one->failure_count = 0;
            count++;
        }
    }
    t->report.failed_count -= count;
    return count;
}

/* ---- for other tools ---- */

/* A path that none of the files before has. */
static const char *free_path(struct testing *t, struct slice name, const struct file_content *files,
                             size_t count)
{
    const char *path =
        arena_printf(t->arena, "%s/%.*s.convo.txt", t->options->output, SLICE_ARG(name)).data;
    for (size_t i = 0, number = 2; i < count; i++) {
        if (strcmp(files[i].path, path) == 0) {
            path = arena_printf(t->arena, "%s/%.*s-%zu.convo.txt", t->options->output,
                                SLICE_ARG(name), number++)
                       .data;
            i = (size_t)-1; /* from the first one again */
        }
    }
    return path;
}

/* A file for each case. */
static void export_cases(struct testing *t, const struct subject *subject,
                         const struct node *const *cases, size_t count, struct file_content *files)
{
    for (size_t i = 0; i < count; i++) {
        struct builder out = builder_new(t->arena);
        struct slice name =
            export_file_name(t->arena, subject->file.dialog, node_get(cases[i], "name")->text);
        export_botium(&out, cases[i]);
        files[i].path = free_path(t, name, files, i);
        files[i].bytes = builder_slice(&out);
    }
}

/* The cases of a file that other tools can lead. */
static size_t cases_to_export(const struct testing *t, const struct subject *subject,
                              const struct node **cases)
{
    size_t count = 0;
    for (size_t i = 0; i < subject->file.cases->count; i++) {
        const struct node *recorded = t->recorded[subject->first_case + i];
        if (recorded != NULL && export_is_possible(recorded)) {
            cases[count++] = recorded;
        }
    }
    return count;
}

static int export_all(struct testing *t)
{
    struct findings *findings = &t->stage.run.findings;
    struct file_content *files =
        arena_alloc_array(t->arena, t->report.case_count + t->subject_count, sizeof *files);
    const struct node **cases =
        arena_alloc_array(t->arena, t->report.case_count, sizeof(struct node *));
    struct output output = output_new(t->arena, t->options, findings);
    size_t file_count = 0, exported = 0;
    output.makes_folders = true;
    for (size_t i = 0; i < t->subject_count; i++) {
        const struct subject *subject = &t->subjects[i];
        size_t count = cases_to_export(t, subject, cases);
        exported += count;
        if (strcmp(t->options->test.export, "botium") == 0) {
            export_cases(t, subject, cases, count, files + file_count);
            file_count += count;
        } else if (count > 0) {
            struct builder out = builder_new(t->arena);
            struct slice name = export_file_name(t->arena, subject->file.dialog, SLICE(""));
            export_xo(&out, cases, count);
            files[file_count].path =
                arena_printf(t->arena, "%s/%.*s.json", t->options->output, SLICE_ARG(name)).data;
            files[file_count++].bytes = builder_slice(&out);
        }
    }
    output_write_or_fail(&output, files, file_count);
    int status = cli_report(t->arena, t->options, findings);
    if (status == STATUS_OK && !t->options->quiet) {
        cli_note("%zu conversation%s in %s; skipped %zu that depend on service responses", exported,
                 plural(exported), t->options->output, t->report.case_count - exported);
    }
    return status;
}

/* ---- the command ---- */

static bool run_all(struct testing *t, const char **reason)
{
    size_t count = t->report.case_count;
    struct pool_result *results = arena_alloc_array(t->arena, count, sizeof *results);
    t->report.cases = arena_alloc_array(t->arena, count, sizeof *t->report.cases);
    t->recorded = arena_alloc_array(t->arena, count, sizeof *t->recorded);
    if (!pool_run(t->arena, count, t->options->jobs, run_case, t, results, reason)) {
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        take_result(t, i, &results[i]);
    }
    return true;
}

static bool show(struct testing *t)
{
    struct builder out = builder_new(t->arena);
    switch (t->options->format) {
    case FORMAT_JSON:
        report_json(&out, &t->report);
        break;
    case FORMAT_JUNIT:
        report_junit(&out, &t->report);
        break;
    case FORMAT_HUMAN:
    case FORMAT_SARIF:
    case FORMAT_GITHUB:
        report_human(&out, &t->report, t->options->test.coverage, t->options->quiet);
        break;
    }
    struct slice text = builder_slice(&out);
    return cli_print(t->options->format == FORMAT_HUMAN ? cli_printable(t->arena, text) : text);
}

/* Standard output has the results, and nothing else. */
static void show_warnings(struct testing *t)
{
    struct options for_people = *t->options;
    for_people.format = FORMAT_HUMAN;
    if (!t->options->quiet) {
        cli_report(t->arena, &for_people, &t->stage.run.findings);
    }
}

static int finish(struct testing *t)
{
    size_t failed = t->report.failed_count;
    show_warnings(t);
    if (t->options->test.update && failed > 0) {
        if (!update_files(t)) {
            return cli_report(t->arena, t->options, &t->stage.run.findings);
        }
        size_t recorded = forget_recorded(t);
        cli_note("recorded %zu conversation%s again", recorded, plural(recorded));
        if (recorded == failed) {
            return STATUS_OK;
        }
        failed -= recorded;
    }
    if (!show(t)) {
        return STATUS_SYSTEM;
    }
    size_t percent = report_percent(&t->report);
    if ((long)percent < t->options->test.min_coverage) {
        cli_message(
            "%zu %% of nodes and transitions are covered, but --min-coverage requires %ld %%",
            percent, t->options->test.min_coverage);
        return STATUS_FINDINGS;
    }
    return failed > 0 ? STATUS_FINDINGS : STATUS_OK;
}

int command_test(struct arena *arena, struct options *options)
{
    struct testing test = {.arena = arena, .options = options};
    struct file_list templates = {0};
    const char *reason;
    if (options->test.explore) {
        return cli_explore(arena, options);
    }
    test.stage.run.findings = findings_new(arena, -1);
    bool collected = collect_all(&test, &templates);
    if (findings_failed(&test.stage.run.findings)) {
        return cli_report(arena, options, &test.stage.run.findings);
    }
    if (!collected) {
        return STATUS_USAGE;
    }
    int status = stage_set(arena, options, &test.stage, &templates);
    if (status != STATUS_OK) {
        return status;
    }
    if (!load_all(&test)) {
        return cli_report(arena, options, &test.stage.run.findings);
    }
    if (!run_all(&test, &reason)) {
        cli_message("cannot run conversations in processes of their own: %s", reason);
        return STATUS_SYSTEM;
    }
    return options->test.export != NULL ? export_all(&test) : finish(&test);
}
