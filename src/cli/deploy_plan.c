#include "base/printable.h"
#include "cli/bot_change.h"
#include "cli/deployment.h"
#include "cli/templates.h"
#include "platform/bot/verify.h"

/* Reads what is meant, and compares it; false with findings when it has mistakes. */
static bool look_at_meant(struct deployment *d)
{
    struct diagnostics own = diagnostics_new(d->arena);
    const char *path = d->before.bot.source->path;
    if (!bot_read(d->arena, path, d->definition, &own, &d->meant)) {
        diagnostics_append(&d->findings->diagnostics, &own);
        return false;
    }
    bot_verify(&d->meant, d->schema, &own);
    if (own.error_count > 0) {
        diagnostics_append(&d->findings->diagnostics, &own);
        return false;
    }
    d->diff = bot_compare(d->arena, &d->before.bot, &d->meant);
    return true;
}

/* ---- templates ---- */

static void add_variable_lines(struct deployment *d, const struct install_plan *plan)
{
    static const char *const words[] = {
        [CHANGE_NONE] = "unchanged",
        [CHANGE_ADD] = "added",
        [CHANGE_REPLACE] = "changed",
        [CHANGE_REMOVE] = "removed",
    };
    for (size_t i = 0; i < plan->line_count; i++) {
        d->variable_lines =
            arena_append(d->arena, d->variable_lines, d->variable_count, sizeof *d->variable_lines);
        d->variable_lines[d->variable_count++] = arena_printf(
            d->arena, "%.*s: %s", SLICE_ARG(plan->lines[i].text), words[plan->lines[i].change]);
    }
}

/* The config.json that belongs to the plan of the bot. */
static bool plan_config(struct deployment *d, const struct bot_change *change)
{
    const struct node *values = d->project->environment.variables;
    struct diagnostics *diagnostics = &d->findings->diagnostics;
    struct slice before = d->before.files.has_config ? d->before.files.config.bytes : SLICE("");
    struct install_plan plan;
    struct slice missing = SLICE("");
    if (!install_plan_config("config.json", before, &d->before.bot, change->artifacts,
                             change->count, change->bot_plan.bytes, diagnostics, &plan)) {
        return false;
    }
    if (values != NULL &&
        !install_set_values("config.json", values, diagnostics, &plan, &missing)) {
        if (missing.length > 0) {
            findings_fail(d->findings,
                          "the environment `%.*s` has a value for the variable `%.*s`, which "
                          "neither the bot has nor a template uses",
                          SLICE_ARG(d->project->environment.name), SLICE_ARG(missing));
        }
        return false;
    }
    d->config = plan.bytes;
    d->config_changes = plan.changes;
    add_variable_lines(d, &plan);
    return true;
}

bool deploy_plan_templates(struct deployment *d, struct run *run)
{
    struct bot_change change = {.count = run->inputs.count, .bot = d->before.bot};
    if (!cli_read_artifacts(d->arena, run, &change.compiled)) {
        return false;
    }
    change.artifacts = arena_alloc_array(d->arena, change.count + 1, sizeof *change.artifacts);
    if (!bot_change_install(&change, d->options, &d->findings->diagnostics) ||
        !plan_config(d, &change)) {
        return false;
    }
    d->definition = change.bot_plan.bytes;
    return look_at_meant(d);
}

/* ---- a backup ---- */

bool deploy_plan_backup(struct deployment *d, const char *path)
{
    struct exported backup;
    struct slice zip;
    if (!input_read(d->arena, d->findings, path, BOT_BYTES_LIMIT, &zip) ||
        !exported_read(d->arena, d->findings, path, zip, &backup)) {
        return false;
    }
    d->is_whole = true;
    d->definition = backup.files.bot.bytes;
    d->config = backup.files.has_config ? backup.files.config.bytes : SLICE("");
    d->config_changes =
        backup.files.has_config && !exported_have_same_config(d->arena, &backup, &d->before);
    if (d->config_changes) {
        d->variable_lines = arena_append(d->arena, NULL, 0, sizeof *d->variable_lines);
        d->variable_lines[d->variable_count++] = SLICE("config.json: as in the backup");
    }
    return look_at_meant(d);
}

/* ---- showing ---- */

/* The part of a comparison that breaks something, or the rest. */
static struct bot_diff part_of(struct arena *arena, const struct bot_diff *diff, bool breaking)
{
    struct bot_diff part = {.places =
                                arena_alloc_array(arena, diff->count, sizeof(struct diff_place)),
                            .count = diff->count};
    for (size_t i = 0; i < diff->count; i++) {
        struct diff_place *place = &part.places[i];
        *place = diff->places[i];
        place->changes = arena_alloc_array(arena, place->count, sizeof *place->changes);
        place->count = 0;
        for (size_t j = 0; j < diff->places[i].count; j++) {
            if (diff->places[i].changes[j].breaks == breaking) {
                place->changes[place->count++] = diff->places[i].changes[j];
                part.changes++;
            }
        }
    }
    return part;
}

static void add_part(struct builder *out, const struct deployment *d, bool breaking)
{
    struct bot_diff part = part_of(d->arena, &d->diff, breaking);
    if (part.changes > 0) {
        builder_add_text(out, breaking ? "\ncan break conversations or integrations:\n"
                                       : "\nother changes:\n");
        builder_add(out, bot_diff_text(d->arena, &part, true, false));
    }
}

struct slice deploy_plan_text(const struct deployment *d)
{
    struct builder out = builder_new(d->arena);
    struct slice name = bot_name(&d->before.bot);
    builder_printf(&out, "%s `%.*s` (%.*s) on %.*s", d->is_whole ? "bring back" : "change",
                   SLICE_ARG(name), SLICE_ARG(d->online.bot),
                   SLICE_ARG(d->online.client.address.host));
    printable_end_line(&out, 0);
    add_part(&out, d, true);
    add_part(&out, d, false);
    if (d->variable_count > 0) {
        builder_add_text(&out, "\nvariables:\n");
    }
    for (size_t i = 0; i < d->variable_count; i++) {
        size_t start = out.length;
        builder_printf(&out, "  %.*s", SLICE_ARG(d->variable_lines[i]));
        printable_end_line(&out, start);
    }
    if (d->is_whole && deployment_changes(d)) {
        builder_add_text(&out, "\na backup replaces the whole bot, whatever else has changed in it "
                               "since then\n");
    }
    return cli_printable(d->arena, builder_slice(&out));
}
