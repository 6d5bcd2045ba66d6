#include "trial/simulator/utterance.h"

#include "base/composed.h"

/* The byte at UTF-16 unit `unit` of `text`. */
static size_t byte_of_unit(struct slice text, long long unit)
{
    size_t at = 0;
    while (unit > 0 && at < text.length) {
        unsigned char c = (unsigned char)text.data[at];
        size_t length = c < 0x80 ? 1 : c < 0xe0 ? 2 : c < 0xf0 ? 3 : 4;
        unit -= length == 4 ? 2 : 1;
        at += length;
    }
    return at < text.length ? at : text.length;
}

/* The entity node whose component has this id, or NULL. */
static const struct program_node *entity_of(const struct program_dialog *dialog, struct slice id)
{
    for (size_t i = 0; i < dialog->count; i++) {
        const struct program_node *node = &dialog->nodes[i];
        if (node->kind == DIALOG_ENTITY && slice_equal(node_text(node->stub, "componentId"), id)) {
            return node;
        }
    }
    return NULL;
}

/*
 * Compares an utterance with a training sentence: the words beside the marked ones must be there,
 * the marked ones may be anything that their entity takes. Marks are in the order of the sentence.
 */
static bool matches_sentence(const struct answer_context *context,
                             const struct program_dialog *dialog, struct slice utterance,
                             const struct node *sentence, struct utterance_marks *marked)
{
    struct slice text = node_text(sentence, "sentence");
    const struct node *marks = node_get(sentence, "entities");
    size_t at = 0;
    size_t from = 0;
    marked->count = 0;
    for (size_t i = 0; i < node_length(marks) && i < UTTERANCE_MARK_LIMIT; i++) {
        size_t start = byte_of_unit(text, node_integer(node_get(marks->items[i], "startIndex"), 0));
        size_t end = byte_of_unit(text, node_integer(node_get(marks->items[i], "endIndex"), 0));
        const struct program_node *node = entity_of(dialog, node_text(marks->items[i], "entityId"));
        if (start < at || end < start || node == NULL) {
            return false;
        }
        struct slice before = composed_text(context->arena, slice_part(text, at, start));
        if (utterance.length - from < before.length ||
            !slice_equal_ignoring_case(slice_part(utterance, from, from + before.length), before)) {
            return false;
        }
        from += before.length;
        size_t next_start = text.length;
        if (i + 1 < node_length(marks)) {
            next_start =
                byte_of_unit(text, node_integer(node_get(marks->items[i + 1], "startIndex"), 0));
        }
        struct slice after = composed_text(
            context->arena, slice_part(text, end, next_start > end ? next_start : end));
        size_t stop = utterance.length;
        if (after.length > 0) {
            stop = from;
            while (stop + after.length <= utterance.length &&
                   !slice_equal_ignoring_case(slice_part(utterance, stop, stop + after.length),
                                              after)) {
                stop++;
            }
            if (stop + after.length > utterance.length) {
                return false;
            }
        }
        const struct node *value = answer_value(context, node, slice_part(utterance, from, stop));
        if (value == NULL) {
            return false;
        }
        marked->nodes[marked->count] = node;
        marked->values[marked->count++] = value;
        from = stop;
        at = end;
    }
    struct slice rest = composed_text(context->arena, slice_part(text, at, text.length));
    return slice_equal_ignoring_case(slice_part(utterance, from, utterance.length), rest);
}

struct utterance_marks utterance_match(const struct answer_context *context,
                                       const struct program_dialog *dialog, struct slice utterance)
{
    struct utterance_marks marked = {.count = 0};
    utterance = composed_text(context->arena, utterance);
    const struct node *sentences = bot_section(dialog->bot, "sentences");
    struct slice intent =
        dialog->count > 0 ? node_text(dialog->nodes[0].stub, "componentId") : SLICE("");
    for (size_t i = 0; i < node_length(sentences); i++) {
        const struct node *sentence = sentences->items[i];
        if (node_length(node_get(sentence, "entities")) > 0 &&
            slice_equal(node_text(sentence, "taskId"), intent) &&
            matches_sentence(context, dialog, utterance, sentence, &marked)) {
            return marked;
        }
    }
    return (struct utterance_marks){.count = 0};
}

static bool is_trained_for(struct arena *arena, const struct program_dialog *dialog,
                           struct slice utterance)
{
    const struct node *sentences = bot_section(dialog->bot, "sentences");
    struct slice intent = node_text(dialog->nodes[0].stub, "componentId");
    for (size_t i = 0; i < node_length(sentences); i++) {
        const struct node *sentence = sentences->items[i];
        if (slice_equal(node_text(sentence, "taskId"), intent) &&
            slice_equal_ignoring_case(composed_text(arena, node_text(sentence, "sentence")),
                                      utterance)) {
            return true;
        }
    }
    return slice_equal_ignoring_case(composed_text(arena, dialog->name), utterance);
}

const struct program_dialog *utterance_dialog(struct arena *arena, const struct program *program,
                                              struct slice utterance)
{
    utterance = composed_text(arena, utterance);
    for (size_t i = 0; i < program->count; i++) {
        const struct program_dialog *dialog = &program->dialogs[i];
        if (dialog->count > 0 && is_trained_for(arena, dialog, utterance)) {
            return dialog;
        }
    }
    return NULL;
}
