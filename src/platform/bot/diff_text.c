/* The comparison of two exports as text for people. */
#include "platform/bot/diff.h"

#include <assert.h>

#include "base/printable.h"

static const char *const kind_names[] = {
    [DIFF_ADDED] = "added",
    [DIFF_REMOVED] = "removed",
    [DIFF_CHANGED] = "changed",
};
static_assert(sizeof kind_names / sizeof kind_names[0] == DIFF_KIND_COUNT, "a word for each kind");

const char *diff_kind_name(enum diff_kind kind)
{
    return kind_names[kind];
}

struct slice bot_diff_line(struct arena *arena, const struct diff_change *change)
{
    const struct diff_subject *subject = &change->subject;
    if (subject->type.length == 0) {
        return change->text;
    }
    const char *quote = slice_is(subject->type, "utterance") ? "" : "`";
    return arena_printf(arena, "%.*s %s%.*s%s: %.*s", SLICE_ARG(subject->type), quote,
                        SLICE_ARG(subject->name), quote, SLICE_ARG(change->text));
}

/* What is counted, around its number. */
static const struct noise_noun {
    const char *before;
    const char *noun;
    const char *after;
} noise_nouns[] = {
    [DIFF_ENCODING] = {"the encoding of ", "text", ""},
    [DIFF_POSITION] = {"", "place", " on the canvas"},
    [DIFF_ID] = {"", "id", ""},
};
static_assert(sizeof noise_nouns / sizeof noise_nouns[0] == DIFF_NOISE_COUNT, "a noun for each");

static void add_heading(struct builder *out, struct arena *arena, const struct diff_place *place)
{
    struct slice heading = place->is_bot
                               ? SLICE("the bot")
                               : arena_printf(arena, "dialog `%.*s`", SLICE_ARG(place->name));
    printable_add(out, heading, PRINTABLE_LINE);
    builder_add_char(out, '\n');
}

/* "without effect: the encoding of 8 texts, 2 ids, the order of `sentences`" */
static void add_noise(struct builder *out, struct arena *arena, const struct bot_diff *diff)
{
    struct builder list = builder_new(arena);
    for (size_t i = 0; i < DIFF_NOISE_COUNT; i++) {
        if (diff->noise[i] > 0) {
            const struct noise_noun *noun = &noise_nouns[i];
            builder_printf(&list, "%s%s%zu %s%s%s", list.length > 0 ? ", " : "", noun->before,
                           diff->noise[i], noun->noun, plural(diff->noise[i]), noun->after);
        }
    }
    for (size_t i = 0; i < diff->reordered_count; i++) {
        builder_printf(&list, "%sthe order of `%.*s`", list.length > 0 ? ", " : "",
                       SLICE_ARG(diff->reordered[i]));
    }
    if (list.length > 0) {
        builder_printf(out, "without effect: %.*s\n", SLICE_ARG(builder_slice(&list)));
    }
}

struct slice bot_diff_text(struct arena *arena, const struct bot_diff *diff, bool marks, bool noise)
{
    struct builder out = builder_new(arena);
    for (size_t i = 0; i < diff->count; i++) {
        const struct diff_place *place = &diff->places[i];
        if (place->count > 0) {
            add_heading(&out, arena, place);
        }
        for (size_t j = 0; j < place->count; j++) {
            const struct diff_change *change = &place->changes[j];
            builder_add_text(&out, marks && change->breaks ? "! " : "  ");
            printable_add(&out, bot_diff_line(arena, change), PRINTABLE_LINE);
            builder_add_char(&out, '\n');
        }
    }
    if (noise) {
        add_noise(&out, arena, diff);
    }
    return builder_slice(&out);
}
