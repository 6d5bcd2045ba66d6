/* Reading an export and its config.json, and showing and writing what is to change in them. */
#include "cli/bot_change.h"

#include <stdio.h>

#include "base/printable.h"

/* `name` in the folder of the file `path`. */
static const char *path_beside(struct arena *arena, const char *path, const char *name)
{
    const char *slash = strrchr(path, '/');
    if (slash == NULL) {
        return name;
    }
    return arena_printf(arena, "%.*s%s", (int)(slash + 1 - path), path, name).data;
}

/* ---- showing and writing a plan ---- */

static void add_plan(struct builder *out, const char *path, const struct install_plan *plan)
{
    static const char *const words[] = {"unchanged ", "add       ", "replace   ", "remove    "};
    size_t heading = out->length;
    builder_add_text(out, path);
    printable_end_line(out, heading);
    for (size_t i = 0; i < plan->line_count; i++) {
        size_t start = out->length;
        builder_printf(out, "  %s%.*s", words[plan->lines[i].change],
                       SLICE_ARG(plan->lines[i].text));
        printable_end_line(out, start);
    }
}

static struct slice tell(struct arena *arena, const char *bot_path, const struct install_plan *bot,
                         const char *config_path, const struct install_plan *config)
{
    struct builder out = builder_new(arena);
    add_plan(&out, bot_path, bot);
    if (bot->changes && bot->keeps_hash) {
        builder_add_text(
            &out,
            "  note: `encryptedHash` is unchanged, because only the platform can compute it\n");
    }
    if (config->line_count > 0) {
        add_plan(&out, config_path, config);
    }
    if (!bot->changes && !config->changes) {
        builder_add_text(&out, "nothing to change\n");
    }
    return cli_printable(arena, builder_slice(&out));
}

bool bot_change_read(struct arena *arena, const struct options *options, struct findings *findings,
                     struct bot_change *change)
{
    const char *config = path_beside(arena, options->bot, "config.json");
    return cli_read_bot(arena, findings, options->bot, &findings->diagnostics, &change->bot) &&
           (!file_exists(config) ||
            cli_read_bot_file(arena, findings, config, &change->config_bytes));
}

int bot_change_finish(struct arena *arena, const struct options *options, struct findings *findings,
                      struct bot_change *change, bool planned)
{
    const char *bot_path = options->output != NULL ? options->output : options->bot;
    bool to_output = strcmp(bot_path, "-") == 0;
    const char *config_path = path_beside(arena, bot_path, "config.json");
    planned =
        planned &&
        install_plan_config(path_beside(arena, options->bot, "config.json"), change->config_bytes,
                            &change->bot, change->artifacts, change->count, change->plan.bytes,
                            &findings->diagnostics, &change->config) &&
        findings->diagnostics.error_count == 0 && !findings_have_too_many_warnings(findings);
    if (planned && !options->change.dry_run && !to_output) {
        const struct file_content files[] = {{bot_path, change->plan.bytes},
                                             {config_path, change->config.bytes}};
        cli_replace_files(arena, findings, files, change->config.bytes.length > 0 ? 2 : 1);
    }
    int status = cli_report(arena, options, findings);
    if (status != STATUS_OK || !planned) {
        return status;
    }
    struct slice told = tell(arena, bot_path, &change->plan, config_path, &change->config);
    if (options->change.dry_run) {
        return cli_print(told) ? STATUS_OK : STATUS_SYSTEM;
    }
    if (!options->quiet && options->format == FORMAT_HUMAN) {
        fprintf(stderr, "%.*s", SLICE_ARG(told));
    }
    return !to_output || cli_print(change->plan.bytes) ? STATUS_OK : STATUS_SYSTEM;
}
