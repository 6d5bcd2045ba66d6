/* The comparison of two exports as Markdown. */
#include "base/markdown.h"
#include "base/printable.h"
#include "platform/bot/diff.h"

/* Of a line in a block of the language `diff`. */
static const char *mark_of(const struct diff_change *change)
{
    switch (change->kind) {
    case DIFF_ADDED:
        return change->breaks ? "! " : "+ ";
    case DIFF_REMOVED:
        return change->breaks ? "! " : "- ";
    case DIFF_CHANGED:
    case DIFF_KIND_COUNT:
        break;
    }
    return change->breaks ? "! " : "  ";
}

static void add_place(struct builder *out, const struct diff_place *place)
{
    struct builder lines = builder_new(out->arena);
    for (int breaks = 1; breaks >= 0; breaks--) {
        for (size_t i = 0; i < place->count; i++) {
            const struct diff_change *change = &place->changes[i];
            if (change->breaks == (breaks == 1)) {
                builder_add_text(&lines, mark_of(change));
                printable_add(&lines, bot_diff_line(out->arena, change), PRINTABLE_LINE);
                builder_add_char(&lines, '\n');
            }
        }
    }
    builder_add_text(out, "\n### ");
    markdown_add_text(out, place->is_bot ? SLICE("The bot") : place->name);
    builder_add_text(out, "\n\n");
    markdown_add_block(out, "diff", builder_slice(&lines));
}

void bot_diff_markdown(struct builder *out, const struct bot_diff *diff)
{
    if (diff->changes == 0) {
        builder_add_text(out, "Nothing has changed.\n");
        return;
    }
    builder_printf(out, "%zu change%s", diff->changes, plural(diff->changes));
    if (diff->breaking > 0) {
        builder_printf(out, ", of which %zu can break conversations or integrations (`!`)",
                       diff->breaking);
    }
    builder_add_text(out, "\n");
    for (size_t i = 0; i < diff->count; i++) {
        if (diff->places[i].count > 0) {
            add_place(out, &diff->places[i]);
        }
    }
}
