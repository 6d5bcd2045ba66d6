/* From templates or an export to dialogs that can be run. */
#include "cli/stage.h"

#include <string.h>

#include "cli/templates.h"

static bool read_export(struct arena *arena, const struct options *options, struct stage *stage)
{
    struct bot *bot = arena_alloc(arena, sizeof *bot);
    struct findings *findings = &stage->run.findings;
    if (!cli_read_bot(arena, findings, options->bot, &findings->diagnostics, bot)) {
        return false;
    }
    program_add(arena, &stage->program, bot);
    stage->wanted = stage->program.count;
    return true;
}

/* ---- dialogs that templates call ---- */

static bool has_input(const struct file_list *inputs, const char *path)
{
    for (size_t i = 0; i < inputs->count; i++) {
        if (strcmp(inputs->paths[i], path) == 0) {
            return true;
        }
    }
    return false;
}

/*
 * Adds the templates of the dialogs that a run has missed (E0213), from the project and the folders
 * of its inputs; false when there are none to add.
 */
static bool add_called(struct arena *arena, const struct options *options, struct run *run,
                       const char *folder)
{
    const struct project *project = run->compiler->project;
    struct file_list files = {0};
    bool added = false;
    for (const struct diagnostic *d = run->findings.diagnostics.first; d != NULL; d = d->next) {
        if (d->code != E0213) {
            continue;
        }
        if (files.count == 0 && project->root != NULL) {
            cli_add_project_inputs(arena, options, project, folder, &files, &run->findings);
        }
        const char *near = file_folder(arena, d->source->path);
        templates_add(arena, &files, &run->findings, near);
        struct slice id = slice_part(d->source->bytes, d->range.start, d->range.end);
        const char *path = cli_template_with_id(arena, &files, id);
        if (path != NULL && !has_input(&run->inputs, path)) {
            file_list_add(arena, &run->inputs, path);
            added = true;
        }
    }
    return added;
}

/* ---- programs ---- */

/* Makes a program of the artifacts of the run; false, with findings, when one is broken. */
static bool add_dialogs(struct arena *arena, struct stage *stage)
{
    struct run *run = &stage->run;
    struct bot *bots = arena_alloc_array(arena, run->inputs.count, sizeof *bots);
    for (size_t i = 0; i < run->inputs.count; i++) {
        if (!bot_read(arena, run->inputs.paths[i], run->artifacts[i], &run->findings.diagnostics,
                      &bots[i])) {
            return false;
        }
        program_add(arena, &stage->program, &bots[i]);
    }
    for (size_t i = 0; i < stage->program.count; i++) { /* one dialog for each artifact */
        map_add(&stage->by_name, run->ids[i], &stage->program.dialogs[i]);
    }
    return true;
}

static bool compile(struct arena *arena, const struct options *options, struct stage *stage,
                    const struct file_list *paths, const char *folder)
{
    struct run *run = &stage->run;
    run->output = RUN_KEEP_BYTES;
    if (!cli_add_operands(arena, options, run->compiler->project, folder, paths, &run->inputs,
                          &run->findings)) {
        stage->is_misused = true;
        return false;
    }
    stage->wanted = run->inputs.count;
    run_compile(run);
    while (add_called(arena, options, run, folder)) {
        run->findings.diagnostics = diagnostics_new(arena);
        run->findings.looked_at.count = 0;
        run_compile(run);
    }
    if (run->findings.diagnostics.error_count > 0 || findings_failed(&run->findings)) {
        return false;
    }
    return add_dialogs(arena, stage);
}

bool stage_set_drafts(struct arena *arena, struct compiler *compiler, const struct draft *drafts,
                      size_t count, struct stage *stage)
{
    struct run *run = &stage->run;
    *stage = (struct stage){.wanted = count, .by_name = map_new(arena)};
    *run = (struct run){.arena = arena, .compiler = compiler, .jobs = 1, .output = RUN_KEEP_BYTES};
    run->findings = findings_new(arena, -1);
    run->drafts = drafts;
    run->draft_count = count;
    for (size_t i = 0; i < count; i++) {
        file_list_add(arena, &run->inputs, drafts[i].path);
    }
    run_compile(run);
    return run->findings.diagnostics.error_count == 0 && !findings_failed(&run->findings) &&
           add_dialogs(arena, stage);
}

int stage_set(struct arena *arena, const struct options *options, struct stage *stage,
              const struct file_list *paths)
{
    if (!script_is_available()) {
        cli_message("this dialogc was built without what runs scripts: build it with "
                    "`-DDIALOGC_SCRIPTS=ON`");
        return STATUS_SYSTEM;
    }
    struct run *run = &stage->run;
    *run = (struct run){.arena = arena, .jobs = options->jobs};
    run->findings = findings_new(arena, -1);
    run->compiler = compiler_new(arena, &artifact_backend);
    stage->by_name = map_new(arena);
    const char *folder = cli_load_project(arena, options, run->compiler, &run->findings);
    bool set =
        folder != NULL && (options->bot != NULL ? read_export(arena, options, stage)
                                                : compile(arena, options, stage, paths, folder));
    if (stage->is_misused && !findings_failed(&run->findings)) {
        return STATUS_USAGE; /* a message has said so */
    }
    if (set &&
        !findings_failed(
            &run->findings)) { /* what is not wrong with templates is for `dialogc check` to say */
        stage->warnings = run->findings.diagnostics;
        run->findings.diagnostics = diagnostics_new(arena);
        return STATUS_OK;
    }
    struct options quiet = *options;
    quiet.quiet = true;
    int status = cli_report(arena, &quiet, &run->findings);
    return status != STATUS_OK ? status : STATUS_FINDINGS;
}

const struct program_dialog *stage_dialog(const struct stage *stage, struct slice name)
{
    const struct program_dialog *dialog = map_get(&stage->by_name, name);
    return dialog != NULL ? dialog : program_find(&stage->program, name);
}

struct conversation_world stage_world(const struct stage *stage,
                                      const struct program_dialog *dialog)
{
    const struct run *run = &stage->run;
    const struct summary *summary = /* of exports there are none */
        run->summaries != NULL ? &run->summaries[dialog - stage->program.dialogs] : NULL;
    return (struct conversation_world){
        .program = &stage->program,
        .dialog = dialog,
        .catalog = stage->run.compiler->project->catalog,
        .channels = stage->run.compiler->project->channels,
        .own_locales = summary != NULL ? summary->own_locales : NULL,
        .own_locale_count = summary != NULL ? summary->own_locale_count : 0,
        .has_template = summary != NULL,
    };
}
