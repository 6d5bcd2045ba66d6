/* dialogc uninstall. */
#include "cli/bot_change.h"

static bool plan(struct bot_change *change, const struct options *options,
                 struct diagnostics *diagnostics)
{
    (void)options;
    return bot_uninstall(&change->bot, change->ids, change->id_count, diagnostics,
                         &change->bot_plan);
}

int command_uninstall(struct arena *arena, struct options *options)
{
    struct findings findings = findings_new(arena, options->max_warnings);
    struct bot_change change = {0};
    change.id_count = options->operands.count;
    change.ids = arena_alloc_array(arena, change.id_count, sizeof *change.ids);
    for (size_t i = 0; i < change.id_count; i++) {
        change.ids[i] = slice_of(options->operands.paths[i]);
    }
    return bot_change_run(arena, options, &findings, &change, plan);
}
