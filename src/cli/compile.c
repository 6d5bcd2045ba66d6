/* What `dialogc build` and `dialogc check` do: compiling, by the state of the last build or anew.
 */
#define _POSIX_C_SOURCE 200809L

#include "cli/compile.h"
#include "cli/conversations.h"
#include "cli/fix.h"
#include "cli/output.h"

#include <stdint.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

#include "base/map.h"
#include "build/inputs/content.h"
#include "cli/templates.h"

struct build {
    struct arena *arena;
    struct options *options;
    struct run run;
    struct shared_files files;
    struct file_list conversations; /* to be checked */
    const char *folder;             /* of the project */
    struct output output;
    struct file_list made; /* folders */
    bool only_checks;      /* nothing is written */
    bool is_empty;         /* the project, which has no templates yet */
    struct plan *plan; /* NULL: nothing is known of an earlier build, or wanted for a later one */
    struct timespec started, shown;
};

/*
 * A project may come from anybody, and may not make dialogc write elsewhere; only the command line
 * may.
 */
static bool stays_inside(struct build *b)
{
    struct findings *findings = &b->run.findings;
    const struct node *named = node_get(b->run.compiler->project->root, "output");
    const char *output = b->run.output_directory;
    const char *reason;
    if (file_is_inside(b->arena, b->folder, output, &reason)) {
        return true;
    }
    if (reason != NULL) {
        findings_fail(findings, "cannot access %s: %s", output, reason);
    } else if (named != NULL) {
        diag_report(&findings->diagnostics, E0019, named->source, named->range,
                    "the output folder is outside of the project's folder; `dialogc build -o` can "
                    "write there");
    } else {
        findings_fail(findings,
                      "%s leads out of the project's folder; `dialogc build -o` can write there",
                      output);
    }
    return false;
}

/* Where `check` writes nothing, only what the project says is looked at. */
static void check_output(struct build *b)
{
    const struct project *project = b->run.compiler->project;
    if (node_get(project->root, "output") != NULL) {
        b->run.output_directory = file_join(b->arena, b->folder, project->output);
        stays_inside(b);
    }
}

static bool prepare_output(struct build *b)
{
    struct run *run = &b->run;
    const char *reason;
    if (cli_prints_artifact(b->options)) {
        run->output = RUN_KEEP_BYTES;
        return true;
    }
    run->output = b->options->build.check ? RUN_COMPARE : RUN_WRITE_FILES;
    run->output_directory = b->options->output != NULL
                                ? file_without_slash(b->arena, b->options->output)
                                : file_join(b->arena, b->folder, run->compiler->project->output);
    if (b->options->output == NULL && !stays_inside(b)) {
        return false;
    }
    if (b->options->build.check) {
        return true;
    }
    if (!file_make_directory(b->arena, run->output_directory, &b->made, &reason)) {
        findings_fail(&run->findings, "cannot create the folder %s: %s", run->output_directory,
                      reason);
        return false;
    }
    return true;
}

/* ---- progress ---- */

#define PROGRESS_AFTER 0.5 /* seconds */
#define PROGRESS_EVERY 0.1

static double seconds_since(const struct timespec *then)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)(now.tv_sec - then->tv_sec) + (double)(now.tv_nsec - then->tv_nsec) / 1e9;
}

/* One line on a terminal, written over and in the end wiped out. */
static void show_progress(void *context, size_t done, size_t count)
{
    struct build *b = context;
    if (seconds_since(&b->started) < PROGRESS_AFTER || seconds_since(&b->shown) < PROGRESS_EVERY) {
        return;
    }
    clock_gettime(CLOCK_MONOTONIC, &b->shown);
    fprintf(stderr, "\r\x1b[K%zu of %zu templates", done, count);
}

static void begin_progress(struct build *b)
{
    bool wanted =
        cli_is_terminal(STDERR_FILENO) && !b->options->quiet && b->options->format == FORMAT_HUMAN;
    clock_gettime(CLOCK_MONOTONIC, &b->started);
    b->run.progress = wanted ? show_progress : NULL;
    b->run.progress_context = b;
}

static void end_progress(const struct build *b)
{
    if (b->shown.tv_sec != 0) {
        fputs("\r\x1b[K", stderr);
    }
}

/* ---- compiling ---- */

static bool is_project_file(const struct build *b, const char *path)
{
    const char *reason;
    return file_is_same(b->files.project_path, path, &reason);
}

/* A file that is no template and can be checked: it is one of those that templates share. */
static bool add_other(struct build *b, const char *path)
{
    static const enum input_kind kinds[] = {[CONTENT_FRAGMENT] = INPUT_FRAGMENT,
                                            [CONTENT_PROFILE] = INPUT_PROFILE,
                                            [CONTENT_SOBJECT] = INPUT_SOBJECT};
    enum content_kind kind = content_of_file(b->arena, path);
    if (!b->only_checks) {
        return false;
    }
    switch (kind) {
    case CONTENT_FRAGMENT:
    case CONTENT_PROFILE:
    case CONTENT_SOBJECT:
        shared_add(b->arena, &b->files, &b->run.findings, kinds[kind], path);
        return true;
    case CONTENT_CONVERSATION:
        file_list_add(b->arena, &b->conversations, path);
        return true;
    case CONTENT_PROJECT:
        return b->files.project_path != NULL && is_project_file(b, path);
    case CONTENT_TEMPLATE:
    case CONTENT_DESCRIBE:
    case CONTENT_ARTIFACT:
    case CONTENT_BOT:
    case CONTENT_COUNT:
        break;
    }
    return false;
}

/* The operands that are templates, or name some. */
static struct file_list template_operands(struct build *b)
{
    struct file_list kept = {0};
    for (size_t i = 0; i < b->options->operands.count; i++) {
        const char *path = b->options->operands.paths[i];
        if (!add_other(b, path)) {
            file_list_add(b->arena, &kept, path);
        }
    }
    return kept;
}

/* True when all that was searched for templates are the folders of a project. */
static bool is_project_searched(const struct build *b)
{
    const struct project *project = b->run.compiler->project;
    const struct node *named = project->templates;
    size_t found = 0;
    for (size_t i = 0; i < b->options->operands.count; i++) {
        const char *reason;
        const char *usual = file_join(b->arena, b->folder, SLICE("templates"));
        bool is_there =
            named == NULL && file_is_same(b->options->operands.paths[i], usual, &reason);
        for (size_t j = 0; !is_there && j < node_length(named); j++) {
            is_there = file_is_same(b->options->operands.paths[i],
                                    file_join(b->arena, b->folder, named->items[j]->text), &reason);
        }
        found += is_there;
    }
    return project->root != NULL && found == b->options->operands.count;
}

/* The operands, or without any the project's templates; and what else is known. */
static bool collect_inputs(struct build *b)
{
    const struct options *options = b->options;
    struct run *run = &b->run;
    struct file_list operands = template_operands(b);
    bool only_others = options->operands.count > 0 && operands.count == 0;
    if (!only_others && !cli_add_operands(b->arena, options, run->compiler->project, b->folder,
                                          &operands, &run->inputs, &run->findings)) {
        return false;
    }
    cli_know_project(b->arena, options, &options->build.known, b->folder, run);
    if (only_others) {
        return true;
    }
    if (b->only_checks && options->operands.count == 0 && options->shards == 0) {
        conversations_add_project(b->arena, &b->conversations, run->compiler->project, b->folder);
    }
    b->is_empty = run->inputs.count == 0 && run->findings.failure_count == 0;
    if (b->is_empty && !(b->only_checks && is_project_searched(b))) {
        cli_message("found no templates (*.yaml, *.yml); `dialogc add` copies one, `dialogc new` "
                    "writes one");
        return false;
    }
    if (cli_prints_artifact(b->options) && run->inputs.count != 1) {
        cli_message("`-o -` writes one artifact, and there are %zu templates; name one of them",
                    run->inputs.count);
        return false;
    }
    return true;
}

/*
 * A build of the whole project goes by the state of the one before. A build of single files does
 * not, nor one that writes a depfile: there another tool decides what is to be done.
 */
static bool is_incremental(const struct build *b)
{
    return b->run.output == RUN_WRITE_FILES && b->options->operands.count == 0 &&
           b->options->build.depfile == NULL && b->options->shards == 0;
}

static void prepare_depfile(void *context, struct run *run, struct file_replacement *replacement)
{
    struct build *b = context;
    cli_prepare_depfile(&b->output, run, &b->files, replacement);
}

/* The lock that all builds into the folder of the artifacts share. */
static bool lock_output(struct build *b)
{
    const char *path = run_artifact_path(b->arena, &b->run, SLICE("any"));
    return output_lock(&b->output, &path, 1);
}

/* Compiles what is to be compiled; the state is written when all is well. */
static void compile_inputs(struct build *b)
{
    struct run *run = &b->run;
    run->keeps_records = b->options->build.depfile != NULL;
    run->prepare_more = b->options->build.depfile != NULL ? prepare_depfile : NULL;
    run->more_context = b;
    run->touches = b->options->build.depfile != NULL; /* build tools compare times */
    run->shard = b->options->shard;
    run->shard_count = b->options->shards;
    if (is_incremental(b)) {
        b->plan = plan_new(run, b->folder, &b->files);
    }
    if (b->plan != NULL && run->findings.diagnostics.first == NULL && plan_is_current(b->plan)) {
        for (size_t i = 0; i < b->files.count; i++) {
            file_list_add(b->arena, &run->findings.looked_at, b->files.items[i].path);
        }
        for (size_t i = 0; i < run->inputs.count; i++) {
            file_list_add(b->arena, &run->findings.looked_at, run->inputs.paths[i]);
        }
        plan_show_findings(b->plan);
        plan_finish(b->plan, true);
        return;
    }
    if (run->output == RUN_WRITE_FILES && !lock_output(b)) {
        return;
    }
    if (b->plan != NULL) {
        plan_begin(b->plan);
    }
    cli_load_shared(b->arena, b->options, run->compiler, &run->findings, &b->files);
    bool nothing_to_say = run->findings.diagnostics.first == NULL;
    if (b->plan != NULL) {
        plan_decide(b->plan);
    }
    begin_progress(b);
    run_compile(run);
    end_progress(b);
    cli_check_conversations(b->arena, b->options, run, b->folder, &b->conversations);
    if (b->plan != NULL) {
        plan_finish(b->plan, nothing_to_say && findings_are_clean(&run->findings));
    }
}

/* ---- the end ---- */

/* Artifacts in the output folder that no template of the project makes. */
static bool list_strangers(struct build *b, struct file_list *strangers)
{
    struct file_list found = {0};
    const char *reason;
    struct map made = map_new(b->arena);
    const char *folder = b->run.output_directory;
    enum file_type type = file_type_of(folder, &reason);
    if (type == FILE_TYPE_ABSENT) {
        return true;
    }
    if (type == FILE_TYPE_UNKNOWN) {
        cli_message("cannot access %s: %s", folder, reason);
        return false;
    }
    if (!file_find(b->arena, folder, FILE_YAML_OR_JSON, &found, &reason)) {
        cli_message("cannot read %s: %s", folder, reason);
        return false;
    }
    for (size_t i = 0; i < b->run.inputs.count; i++) {
        map_add(&made, slice_of(run_artifact_path(b->arena, &b->run, b->run.ids[i])), b);
    }
    for (size_t i = 0; i < found.count; i++) {
        struct slice path = slice_of(found.paths[i]);
        if (slice_ends_with(path, RUN_ARTIFACT_SUFFIX) && map_get(&made, path) == NULL) {
            file_list_add(b->arena, strangers, found.paths[i]);
        }
    }
    return true;
}

/* For --check: what is not up to date. */
static int report_comparison(struct build *b)
{
    static const char *const words[] = {
        [FILE_DIFFERENT] = "is out of date", [FILE_MISSING] = "is missing"};
    const struct run *run = &b->run;
    struct file_list strangers = {0};
    struct builder out = builder_new(b->arena);
    size_t count = 0;
    for (size_t i = 0; i < run->inputs.count; i++) {
        if (run->comparisons[i] != FILE_SAME && run_has_input(run, i)) {
            builder_printf(&out, "%s %s\n", run_artifact_path(b->arena, run, run->ids[i]),
                           words[run->comparisons[i]]);
            count++;
        }
    }
    bool whole = b->options->operands.count == 0 && b->options->shards == 0;
    if (whole && !list_strangers(b, &strangers)) {
        return STATUS_SYSTEM;
    }
    for (size_t i = 0; i < strangers.count; i++, count++) {
        builder_printf(&out, "%s does not belong to any template\n", strangers.paths[i]);
    }
    if (b->options->format == FORMAT_HUMAN && !cli_print(builder_slice(&out))) {
        return STATUS_SYSTEM;
    }
    if (count > 0) {
        cli_message("%zu file%s in %s %s out of date; run `dialogc build` to update", count,
                    plural(count), run->output_directory, count == 1 ? "is" : "are");
    }
    return count > 0 ? STATUS_FINDINGS : STATUS_OK;
}

static size_t count_own_inputs(const struct run *run)
{
    size_t count = 0;
    for (size_t i = 0; i < run->inputs.count; i++) {
        count += run_has_input(run, i);
    }
    return count;
}

/*
 * Compiles once; with --fix again after changes, up to `rounds` times, since what was hidden by the
 * first mistakes shows only then.
 */
static int compile(struct arena *arena, struct options *options, bool writes, size_t rounds)
{
    struct build build = {.arena = arena, .options = options, .only_checks = !writes};
    struct build *b = &build;
    struct run *run = &b->run;
    run->arena = arena;
    run->jobs = options->jobs;
    run->findings = findings_new(arena, options->max_warnings);
    run->compiler = compiler_new(arena, &artifact_backend);
    b->output = output_new(arena, options, &run->findings);
    b->output.is_derived = true;
    b->folder = cli_open_project(arena, options, run->compiler, &run->findings, &b->files);
    if (b->folder != NULL) {
        if (!collect_inputs(b)) {
            return findings_failed(&run->findings) ? cli_report(arena, options, &run->findings)
                                                   : STATUS_USAGE;
        }
        if (!writes) {
            check_output(b);
        }
        if (run->findings.failure_count == 0 && (!writes || prepare_output(b))) {
            compile_inputs(b);
        }
    }
    if (options->build.fix && rounds > 0 && cli_fix(arena, options, &run->findings) > 0) {
        return compile(arena, options, writes, rounds - 1);
    }
    int status = cli_report(arena, options, &run->findings);
    if (status != STATUS_OK) {
        file_remove_directories(&b->made);
    }
    if (status != STATUS_OK) {
        return status;
    }
    if (b->is_empty && !options->quiet && options->format == FORMAT_HUMAN) {
        cli_note("the project has no templates yet: `dialogc add` copies one, `dialogc new` writes "
                 "one");
    }
    if (run->output == RUN_KEEP_BYTES) {
        return cli_print(run->artifacts[0]) ? STATUS_OK : STATUS_SYSTEM;
    }
    if (run->output == RUN_COMPARE) {
        return report_comparison(b);
    }
    if (run->output == RUN_WRITE_FILES && !options->quiet && options->format == FORMAT_HUMAN) {
        size_t count = count_own_inputs(run);
        cli_note("%zu dialog%s in %s, %zu changed", count, plural(count), run->output_directory,
                 run->written_count);
    }
    return STATUS_OK;
}

int cli_compile(struct arena *arena, struct options *options, bool writes)
{
    enum { FIX_ROUNDS = 8 };
    return compile(arena, options, writes, FIX_ROUNDS);
}
