#include "cli/new_bot.h"

#include "cli/templates.h"
#include "platform/bot/bundle.h"
#include "platform/bot/install.h"

/* The languages of the bot: the project's, or those that any template has. */
static size_t find_locales(struct arena *arena, const struct project *project,
                           const struct artifact *artifacts, size_t count, struct slice **locales)
{
    size_t known = 0;
    *locales = arena_alloc_array(arena, project->locale_count, sizeof **locales);
    for (size_t i = 0; i < project->locale_count; i++) {
        (*locales)[known++] = project->locales[i];
    }
    for (size_t i = 0; !project->has_locales && i < count; i++) {
        const struct node *dialog = node_get(artifacts[i].root, "dialogs")->items[0];
        const struct node *names = node_get(dialog, "localeData");
        for (size_t l = 0; l < names->count; l++) {
            bool there = false;
            for (size_t k = 0; !there && k < known; k++) {
                there = slice_equal((*locales)[k], names->members[l].key->text);
            }
            if (!there) {
                *locales = arena_append(arena, *locales, known, sizeof **locales);
                (*locales)[known++] = names->members[l].key->text;
            }
        }
    }
    return known;
}

bool new_bot_make(struct arena *arena, struct run *run, struct slice name, struct slice bytes[2])
{
    struct artifact *artifacts;
    size_t count = run->inputs.count;
    if (!cli_read_artifacts(arena, run, &artifacts)) {
        return false;
    }
    struct builder empty = builder_new(arena);
    struct builder config = builder_new(arena);
    struct slice *locales;
    size_t locale_count = find_locales(arena, run->compiler->project, artifacts, count, &locales);
    struct bot bot;
    struct install_plan plan;
    struct install_plan config_plan;
    bot_write_new(&empty, name, locales, locale_count);
    config_write_new(&config, name);
    if (!bot_read(arena, "botDefinition.json", builder_slice(&empty), &run->findings.diagnostics,
                  &bot) ||
        !bot_install(&bot, artifacts, count, &run->findings.diagnostics, &plan) ||
        !install_plan_config("config.json", builder_slice(&config), &bot, artifacts, count,
                             plan.bytes, &run->findings.diagnostics, &config_plan)) {
        return false;
    }
    bytes[0] = plan.bytes;
    bytes[1] = config_plan.bytes;
    return true;
}
