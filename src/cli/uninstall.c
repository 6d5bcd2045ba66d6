/* dialogc uninstall. */
#include "cli/bot_change.h"

int command_uninstall(struct arena *arena, struct options *options)
{
    struct findings findings = findings_new(arena, options->max_warnings);
    struct bot_change change = {0};
    struct slice *ids = arena_alloc_array(arena, options->operands.count, sizeof *ids);
    for (size_t i = 0; i < options->operands.count; i++) {
        ids[i] = slice_of(options->operands.paths[i]);
    }
    bool planned = bot_change_read(arena, options, &findings, &change) &&
                   bot_uninstall(&change.bot, ids, options->operands.count, &findings.diagnostics,
                                 &change.plan);
    return bot_change_finish(arena, options, &findings, &change, planned);
}
