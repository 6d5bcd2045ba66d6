#include "cli/preview_subject.h"

#include "base/file.h"
#include "build/inputs/content.h"
#include "cli/preview_coverage.h"
#include "document/yaml/reader.h"
#include "platform/bot/verify.h"

/* ---- what is shown ---- */

static bool is_export(struct arena *arena, const char *path)
{
    enum content_kind kind = content_of_file(arena, path);
    return kind == CONTENT_ARTIFACT || kind == CONTENT_BOT ||
           slice_ends_with(slice_of(path), ".zip");
}

/* How many of the operands are exports; SIZE_MAX, after a message, when only some are. */
static size_t count_exports(struct preview *p)
{
    const struct file_list *operands = &p->options->operands;
    size_t count = 0;
    for (size_t i = 0; i < operands->count; i++) {
        count += is_export(p->arena, operands->paths[i]);
    }
    if (count > 0 && count < operands->count) {
        cli_message("a page shows either templates or exports: name one kind of them");
        return SIZE_MAX;
    }
    return count;
}

static void add_dialogs(struct preview *p, const struct program *program, const char *file)
{
    for (size_t i = 0; i < program->count; i++) {
        p->page.dialogs =
            arena_append(p->arena, p->page.dialogs, p->page.count, sizeof *p->page.dialogs);
        p->page.dialogs[p->page.count++] =
            (struct page_dialog){.dialog = &program->dialogs[i],
                                 .file = file,
                                 .called = program->dialogs[i].name,
                                 .world = {.program = program, .dialog = &program->dialogs[i]}};
    }
}

/* An export is looked at as it is, and verified, for its findings; an artifact is none to verify.
 */
static bool add_export(struct preview *p, struct compiler *compiler, const char *path)
{
    struct findings *findings = &p->stage.run.findings;
    struct bot *bot = arena_alloc(p->arena, sizeof *bot);
    struct program *program = arena_alloc(p->arena, sizeof *program);
    if (!cli_read_bot(p->arena, findings, path, &findings->diagnostics, bot)) {
        return false;
    }
    if (!bot_is_artifact(bot)) {
        struct diagnostics own = diagnostics_new(p->arena);
        bot_verify(bot, compiler_bot_schema(compiler), &own);
        diagnostics_apply(&own, &p->options->policy, NULL);
        diagnostics_append(&p->findings, &own);
        p->page.title = p->page.count == 0 ? bot_name(bot) : p->page.title;
    }
    size_t first = p->page.count;
    program_add(p->arena, program, bot);
    add_dialogs(p, program, input_shown_path(path));
    for (size_t i = first; i < p->page.count; i++) {
        p->page.dialogs[i].world.catalog = compiler->project->catalog;
    }
    return true;
}

static int show_exports(struct preview *p)
{
    struct run *run = &p->stage.run;
    const struct file_list *operands = &p->options->operands;
    run->findings = findings_new(p->arena, -1);
    struct compiler *compiler = compiler_new(p->arena, &artifact_backend);
    bool read = true;
    for (size_t i = 0; i < operands->count; i++) {
        read = add_export(p, compiler, operands->paths[i]) && read;
    }
    return read ? STATUS_OK : cli_report(p->arena, p->options, &run->findings);
}

/* ---- templates ---- */

/* The template as it is loaded, for where its parts are. */
static const struct template *load_template(struct preview *p, const char *path)
{
    struct run *run = &p->stage.run;
    struct slice bytes;
    return strcmp(path, "-") != 0 &&
                   input_read(p->arena, &run->findings, path, YAML_BYTES_LIMIT, &bytes)
               ? compiler_load_template(run->compiler, path, bytes, p->arena, NULL)
               : NULL;
}

static int show_templates(struct preview *p)
{
    struct stage *stage = &p->stage;
    int status = stage_set(p->arena, p->options, stage, &p->options->operands);
    if (status != STATUS_OK) {
        return status;
    }
    p->findings = stage->warnings;
    p->page.title = stage->run.compiler->project->name;
    add_dialogs(p, &stage->program, NULL);
    for (size_t i = 0; i < p->page.count; i++) {
        const char *path = stage->run.inputs.paths[i];
        p->page.dialogs[i].file = input_shown_path(path);
        p->page.dialogs[i].template = load_template(p, path);
        p->page.dialogs[i].called = stage->run.ids[i];
        p->page.dialogs[i].world = stage_world(stage, p->page.dialogs[i].dialog);
    }
    bool covered =
        !p->options->preview.coverage ||
        coverage_measure(stage, p->options, p->page.dialogs, p->page.count, stage->wanted);
    return covered && !findings_failed(&stage->run.findings)
               ? STATUS_OK
               : cli_report(p->arena, p->options, &stage->run.findings);
}

/* ---- the dialogs that are asked for ---- */

static bool is_named(const struct page_dialog *dialog, const char *name)
{
    struct slice id = dialog->template != NULL ? dialog->template->id : dialog->dialog->id;
    return slice_equal_ignoring_case(dialog->dialog->name, slice_of(name)) || slice_is(id, name);
}

/* The number of the dialog with this name; SIZE_MAX, after a message, when there is none. */
static size_t find_dialog(const struct preview *p, const char *name)
{
    struct suggestion meant = suggestion_new(slice_of(name));
    for (size_t i = 0; i < p->page.count; i++) {
        if (is_named(&p->page.dialogs[i], name)) {
            return i;
        }
        suggestion_offer(&meant, p->page.dialogs[i].dialog->name);
    }
    cli_message_unknown("dialog", &meant, "`dialogc list BOT.json` lists the dialogs of an export");
    return SIZE_MAX;
}

/* Leaves the dialogs of --dialog; false after a message. */
static bool choose_dialogs(struct preview *p)
{
    const struct file_list *names = &p->options->change.dialogs;
    struct page_dialog *chosen = arena_alloc_array(p->arena, names->count + 1, sizeof *chosen);
    for (size_t i = 0; i < names->count; i++) {
        size_t number = find_dialog(p, names->paths[i]);
        if (number == SIZE_MAX) {
            return false;
        }
        chosen[i] = p->page.dialogs[number];
    }
    if (names->count > 0) {
        p->page.dialogs = chosen;
        p->page.count = names->count;
    }
    return true;
}

int preview_prepare(struct preview *p)
{
    p->findings = diagnostics_new(p->arena);
    size_t exports = count_exports(p);
    if (exports == SIZE_MAX) {
        return STATUS_USAGE;
    }
    int status = exports > 0 ? show_exports(p) : show_templates(p);
    if (status == STATUS_OK && !choose_dialogs(p)) {
        return STATUS_USAGE;
    }
    if (p->page.count == 1) {
        p->page.title = p->page.dialogs[0].dialog->name;
    }
    p->page.findings = &p->findings;
    return status;
}
