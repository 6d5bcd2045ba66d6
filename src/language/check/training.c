/* Training sentences: none, empty or repeated ones. */
#include "language/check/families.h"

#include "base/map.h"

void check_training(struct check *check)
{
    const struct template *template = check->template;
    const struct sentences *utterances = &template->intent.utterances;
    if (utterances->count == 0) {
        struct member *member = node_member(template->intent.node, SLICE("utterances"));
        diag_report(check->diagnostics, E0503, template->source, member->key->range,
                    "the intent has no utterances, so nothing would start this dialog");
    }
    struct map seen = map_new(check->arena);
    const struct node **nodes =
        arena_alloc_array(check->arena, utterances->count, sizeof(const struct node *));
    for (size_t i = 0; i < utterances->count; i++) {
        const struct sentence *sentence = &utterances->items[i];
        if (sentence->borrowed) {
            continue;
        }
        if (sentence->text.length == 0) {
            diag_report(check->diagnostics, E0503, sentence->node->source, sentence->node->range,
                        "this utterance is empty");
            continue;
        }
        struct slice key = template_sentence_key(check->arena, sentence->locale, sentence->text);
        nodes[i] = sentence->node;
        const struct node **older = map_add(&seen, key, &nodes[i]);
        if (older != NULL) {
            struct diagnostic *d = diag_report(
                check->diagnostics, E0504, sentence->node->source, sentence->node->range,
                "the utterance `%.*s` appears twice", SLICE_ARG(sentence->text));
            diag_note(check->diagnostics, d, (*older)->source, (*older)->range,
                      "it appears here first");
        }
    }
}
