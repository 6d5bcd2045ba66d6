/* Training sentences: none, empty or repeated ones, and those that train nothing. */
#include "language/check/families.h"

#include "base/map.h"
#include "base/utf8.h"
#include "language/check/locale_name.h"

/* `utterances: {en: [], de: [hallo]}`: nothing starts the dialog in one of the languages. */
static void check_locales(struct check *check, const struct node *utterances)
{
    bool by_locale = node_is(utterances, NODE_MAPPING);
    for (size_t i = 0; by_locale && i < utterances->count; i++) {
        const struct member *member = &utterances->members[i];
        if (node_is(member->value, NODE_SEQUENCE) && member->value->count == 0) {
            diag_report(check->diagnostics, W0512, member->key->source, member->key->range,
                        "no utterances in `%.*s`: nothing starts this dialog in that language",
                        SLICE_ARG(member->key->text));
        }
    }
}

/* `[Ada] (lastName)`: with a space between, nothing is marked. */
static void check_gap(struct check *check, const struct sentence *sentence)
{
    const struct node *node = sentence->node;
    struct slice text = node->text;
    size_t middle = slice_find(text, "] (", 0);
    size_t close = middle != SIZE_MAX ? slice_find(text, ")", middle) : SIZE_MAX;
    size_t open = middle;
    while (close != SIZE_MAX && open > 0 && text.data[open] != '[') {
        open--;
    }
    struct slice name = close != SIZE_MAX ? slice_part(text, middle + 3, close) : SLICE("");
    if (close == SIZE_MAX || text.data[open] != '[' ||
        template_entity(check->template, name) == NULL) {
        return;
    }
    struct slice found = slice_part(text, open, close + 1);
    struct diagnostic *d =
        diag_report(check->diagnostics, W0509, node->source, passage_range(node, found),
                    "this marks no entity: there is a space between `]` and `(`");
    diag_suggest(check->diagnostics, d,
                 arena_printf(check->arena, "%.*s(%.*s)",
                              SLICE_ARG(slice_part(text, open, middle + 1)), SLICE_ARG(name)));
}

/* A single letter, which no user says. Scripts whose characters are words begin at U+1100. */
static void check_size(struct check *check, const struct sentence *sentence)
{
    struct slice text = slice_trim(sentence->text);
    size_t length;
    if (utf8_count(text) == 1 && utf8_decode(text, &length) < 0x1100) {
        struct diagnostic *d = diag_report(
            check->diagnostics, W0512, sentence->node->source, sentence->node->range,
            "the utterance `%.*s` is a single character, and trains nothing", SLICE_ARG(text));
        diag_note(check->diagnostics, d, NULL, sentence->node->range,
                  "write several sentences that users say, such as `create a lead`");
    }
}

/* `negativePatterns` with a sentence that is an utterance, too. */
static void check_negative(struct check *check, const struct map *utterances)
{
    const struct sentences *negative = &check->template->intent.negative_patterns;
    for (size_t i = 0; i < negative->count && check->template->imported == NULL; i++) {
        const struct sentence *sentence = &negative->items[i];
        const struct node **utterance = map_get(
            utterances, template_sentence_key(check->arena, sentence->locale, sentence->text));
        if (sentence->borrowed || utterance == NULL) {
            continue;
        }
        struct diagnostic *d = diag_report(
            check->diagnostics, W0512, sentence->node->source, sentence->node->range,
            "`%.*s` is an utterance, too, and cannot mean both", SLICE_ARG(sentence->text));
        diag_note(check->diagnostics, d, (*utterance)->source, (*utterance)->range,
                  "the utterance");
        diag_note(check->diagnostics, d, NULL, sentence->node->range, "remove one of the two");
    }
}

void check_training(struct check *check)
{
    const struct template *template = check->template;
    const struct sentences *utterances = &template->intent.utterances;
    if (utterances->count == 0) {
        struct member *member = node_member(template->intent.node, SLICE("utterances"));
        diag_report(check->diagnostics, E0503, template->source, member->key->range,
                    "the intent has no utterances, so nothing would start this dialog");
    }
    if (template->imported == NULL) {
        locale_names_check(node_get(template->root, "locales"), check->diagnostics);
    }
    if (template->intent.node != NULL) {
        check_locales(check, node_get(template->intent.node, "utterances"));
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
        check_gap(check, sentence);
        check_size(check, sentence);
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
    check_negative(check, &seen);
    check_marked_words(check);
}
