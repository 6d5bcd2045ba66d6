/* Lists of alternatives, and the first utterance. */
#include "trial/explore/alternatives.h"

void alternatives_add(struct arena *arena, struct alternatives *list, struct slice label,
                      struct slice text, const struct node *answer)
{
    list->items = arena_append(arena, list->items, list->count, sizeof *list->items);
    list->items[list->count++] = (struct alternative){label, text, answer};
}

struct alternatives alternatives_of_utterance(struct arena *arena,
                                              const struct program_dialog *dialog)
{
    struct alternatives list = {0};
    const struct node *sentences = bot_section(dialog->bot, "sentences");
    struct slice intent =
        dialog->count > 0 ? node_text(dialog->nodes[0].stub, "componentId") : SLICE("");
    bool plain = false;
    size_t marked = 0;
    for (size_t i = 0; i < node_length(sentences); i++) {
        const struct node *sentence = sentences->items[i];
        size_t marks = node_length(node_get(sentence, "entities"));
        if (!slice_equal(node_text(sentence, "taskId"), intent)) {
            continue;
        }
        if (marks == 0 && !plain) {
            plain = true;
            struct alternatives first = {0};
            alternatives_add(arena, &first, SLICE(""), node_text(sentence, "sentence"), NULL);
            for (size_t j = 0; j < list.count; j++) {
                alternatives_add(arena, &first, list.items[j].label, list.items[j].text, NULL);
            }
            list = first;
        } else if (marks > 0 && marked++ < 4) {
            alternatives_add(arena, &list, SLICE("everything is said at once"),
                             node_text(sentence, "sentence"), NULL);
        }
    }
    if (list.count == 0) {
        alternatives_add(arena, &list, SLICE(""), dialog->name, NULL);
    }
    return list;
}
