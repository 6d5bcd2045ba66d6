/* Training sentences with their marks, and patterns. */
#include "base/builder.h"
#include "base/utf8.h"
#include "platform/import/importer.h"

/* The byte that the UTF-16 unit `unit` begins at; SIZE_MAX inside or behind the text. */
static size_t byte_of_unit(struct slice text, long long unit)
{
    size_t at = 0;
    long long units = 0;
    while (units < unit && at < text.length) {
        size_t length;
        units += utf8_decode(slice_part(text, at, text.length), &length) >= 0x10000 ? 2 : 1;
        at += length;
    }
    return units == unit && unit >= 0 ? at : SIZE_MAX;
}

/* The name of the entity that a mark is of; empty when the dialog does not ask it. */
static struct slice marked_entity(struct import_dialog *d, const struct node *mark)
{
    struct slice id = node_text(mark, "entityId");
    for (size_t i = 0; i < d->node_count && !d->head_only; i++) {
        if (d->nodes[i].kind == DIALOG_ENTITY &&
            slice_equal(node_text(d->nodes[i].component, "_id"), id)) {
            return d->nodes[i].name;
        }
    }
    return SLICE("");
}

/* The marks that name an entity, from left to right. */
static const struct node *marks_in_order(struct arena *arena, const struct node *marks)
{
    struct node *sorted = node_new_sequence(arena);
    for (size_t i = 0; i < marks->count; i++) {
        if (node_text(marks->items[i], "entityId").length == 0) {
            continue;
        }
        node_append(arena, sorted, marks->items[i]);
        long long start = node_integer(node_get(marks->items[i], "startIndex"), -1);
        for (size_t j = sorted->count - 1; j > 0; j--) {
            struct node *before = sorted->items[j - 1];
            if (node_integer(node_get(before, "startIndex"), -1) <= start) {
                break;
            }
            sorted->items[j - 1] = sorted->items[j];
            sorted->items[j] = before;
        }
    }
    return sorted;
}

/* The sentence with its marks in the language's notation; NULL when that cannot say it. */
static struct node *utterance_of(struct import_dialog *d, const struct node *sentence)
{
    struct arena *arena = d->importer->arena;
    struct slice text = node_text(sentence, "sentence");
    const struct node *marks = node_get(sentence, "entities");
    if (slice_trim(text).length == 0 || slice_find(text, "](", 0) != SIZE_MAX) {
        return NULL;
    }
    if (node_length(marks) == 0) {
        return node_new_text(arena, text);
    }
    struct builder out = builder_new(arena);
    size_t at = 0;
    marks = marks_in_order(arena, marks);
    for (size_t i = 0; i < marks->count; i++) {
        size_t start =
            byte_of_unit(text, node_integer(node_get(marks->items[i], "startIndex"), -1));
        size_t end = byte_of_unit(text, node_integer(node_get(marks->items[i], "endIndex"), -1));
        struct slice name = marked_entity(d, marks->items[i]);
        if (start == SIZE_MAX || end == SIZE_MAX || start < at || end <= start ||
            name.length == 0) {
            return node_new_text(arena, text);
        }
        builder_add(&out, slice_part(text, at, start));
        builder_printf(&out, "[%.*s](%.*s)", SLICE_ARG(slice_part(text, start, end)),
                       SLICE_ARG(name));
        at = end;
    }
    builder_add(&out, slice_part(text, at, text.length));
    return node_new_text(arena, builder_slice(&out));
}

void import_training(struct import_dialog *d, struct node *intent)
{
    struct arena *arena = d->importer->arena;
    const struct node *sentences = map_get(&d->importer->sentences, node_text(d->intent, "_id"));
    struct node **lists = import_empty_lists(d);
    for (size_t i = 0; i < node_length(sentences); i++) {
        const struct node *sentence = sentences->items[i];
        size_t locale = import_locale_index(d, node_text(sentence, "language"));
        if (locale < d->locale_count && map_get(&d->opaque, SLICE("intent/utterances")) == NULL) {
            struct node *utterance = utterance_of(d, sentence);
            if (utterance != NULL) {
                node_append(arena, lists[locale], utterance);
            }
        }
    }
    node_set(arena, intent, SLICE("utterances"), import_list_by_locale(d, lists, true));
    import_set(d, intent, "patterns", import_patterns(d, d->intent, "patterns"));
    struct node *negative = import_patterns(d, d->intent, "negativePatterns");
    if (negative == NULL) {
        negative = import_patterns_in(d, d->intent, "negativePatterns");
        d->has_negative_component = negative != NULL;
    }
    import_set(d, intent, "negativePatterns", negative);
}
