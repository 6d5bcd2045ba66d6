/* Training sentences, and texts that a language of the bot does not have. */
#include "platform/bot/verify_rules.h"
#include "language/model/template.h"

/* ---- the languages that texts have ---- */

/* What a language lacks in one dialog. */
struct gap {
    const struct node *dialog; /* NULL: of components that no dialog uses */
    struct slice locale;
    const struct node *first;
    size_t count;
    struct gap *next;
};

struct gaps {
    struct gap *first;
    struct gap *last;
};

static void add_gap(struct verify *v, struct gaps *gaps, const struct node *component,
                    struct slice locale, const struct node *at)
{
    const struct node *dialog = map_get(&v->used_by, node_text(component, "_id"));
    for (struct gap *gap = gaps->first; gap != NULL; gap = gap->next) {
        if (gap->dialog == dialog && slice_equal(gap->locale, locale)) {
            gap->count++;
            return;
        }
    }
    struct gap *gap = arena_alloc(v->arena, sizeof *gap);
    *gap = (struct gap){dialog, locale, at, 1, NULL};
    *(gaps->last != NULL ? &gaps->last->next : &gaps->first) = gap;
    gaps->last = gap;
}

/* The languages that are switched on in the bot. */
static size_t find_locales(struct verify *v, struct slice **locales)
{
    const struct node *names = node_get(v->bot->root, "localeData");
    const struct node *settings = node_get(v->bot->root, "languageConfigurations");
    size_t count = 0;
    size_t most = node_is(names, NODE_MAPPING) ? names->count : 0;
    *locales = arena_alloc_array(v->arena, most + 1, sizeof **locales);
    for (size_t i = 0; i < most; i++) {
        const struct member *setting = node_member(settings, names->members[i].key->text);
        const struct node *enabled = setting != NULL ? node_get(setting->value, "enabled") : NULL;
        if (!node_is(enabled, NODE_BOOLEAN) || enabled->boolean) {
            (*locales)[count++] = names->members[i].key->text;
        }
    }
    return count;
}

struct languages {
    struct slice *locales;
    size_t count;
    struct gaps gaps;
};

/* Every entry of a channel must speak every language, or another entry of the same channel must. */
static void check_entries(struct verify *v, struct languages *languages,
                          const struct node *component, const char *key)
{
    const struct node *entries = node_get(component, key);
    if (!node_is(entries, NODE_SEQUENCE) || entries->count == 0) {
        return;
    }
    for (size_t n = 0; languages->count > 1 && n < languages->count; n++) {
        bool spoken = false;
        for (size_t i = 0; !spoken && i < entries->count; i++) {
            spoken = node_member(node_get(entries->items[i], "localeData"),
                                 languages->locales[n]) != NULL;
        }
        if (!spoken) {
            add_gap(v, &languages->gaps, component, languages->locales[n], entries);
        }
    }
}

static void check_components(struct verify *v)
{
    const struct node *components = bot_section(v->bot, "dialogComponents");
    struct languages languages = {0};
    languages.count = find_locales(v, &languages.locales);
    for (size_t i = 0; i < components->count; i++) {
        const struct node *component = components->items[i];
        check_entries(v, &languages, component, "message");
        check_entries(v, &languages, component, "errorMessage");
    }
    for (const struct gap *gap = languages.gaps.first; gap != NULL; gap = gap->next) {
        verify_report(v, W1122, gap->first,
                      "%zu text%s of the dialog %s missing in `%.*s`, a language of the bot; this "
                      "is the first",
                      gap->count, plural(gap->count), gap->count == 1 ? "is" : "are",
                      SLICE_ARG(gap->locale));
    }
}

/* ---- training ---- */

static void check_sentences(struct verify *v)
{
    const struct node *sentences = bot_section(v->bot, "sentences");
    struct map seen = map_new(v->arena);
    for (size_t i = 0; i < node_length(sentences); i++) {
        const struct node *sentence = sentences->items[i];
        struct slice text = node_text(sentence, "sentence");
        struct slice key = template_sentence_key(v->arena, node_text(sentence, "language"), text);
        const struct node *older =
            text.length > 0 ? map_add(&seen, key, sentences->items[i]) : NULL;
        if (older == NULL) {
            continue;
        }
        bool same = slice_equal(node_text(older, "taskId"), node_text(sentence, "taskId"));
        const struct node *at = bot_place(sentence, "sentence");
        struct diagnostic *d =
            same ? verify_report(v, W1120, at, "the utterance appears twice in `%.*s`",
                                 SLICE_ARG(node_text(sentence, "taskName")))
                 : verify_report(v, W1119, at, "the utterance trains both `%.*s` and `%.*s`",
                                 SLICE_ARG(node_text(older, "taskName")),
                                 SLICE_ARG(node_text(sentence, "taskName")));
        diag_note(v->diagnostics, d, v->bot->source, bot_place(older, "sentence")->range,
                  "it appears here first");
    }
}

/* True when something in the export outside dialogs starts the dialog: an event, a form, a default.
 */
static bool is_started_by_bot(const struct verify *v, const struct node *dialog)
{
    static const char *const starters[] = {
        "botEvents", "botSentimentEvents", "defaultDialogId", "ivrSettings", "smallTalk",
        "forms",     "knowledgeTasks",     "widgets",         "panels",      NULL};
    struct slice ref = node_text(dialog, "refId");
    struct slice id = node_text(dialog, "_id");
    struct slice bytes = v->bot->source->bytes;
    if (ref.length == 0 || id.length == 0) {
        return true;
    }
    for (const char *const *key = starters; *key != NULL; key++) {
        const struct node *value = node_get(v->bot->root, *key);
        if (value != NULL) {
            struct slice text = slice_part(bytes, value->range.start, value->range.end);
            if (slice_find(text, arena_copy(v->arena, ref), 0) < text.length ||
                slice_find(text, arena_copy(v->arena, id), 0) < text.length) {
                return true;
            }
        }
    }
    return false;
}

/* An intent may have patterns of its own, apart from the export's list. */
static bool has_own_patterns(const struct node *intent)
{
    const struct node *locales = node_get(intent, "localeData");
    bool found = node_length(node_get(intent, "patterns")) > 0;
    for (size_t i = 0; !found && node_is(locales, NODE_MAPPING) && i < locales->count; i++) {
        found = node_length(node_get(locales->members[i].value, "patterns")) > 0;
    }
    return found;
}

/* A message to the user's first words can only start a dialog that has been trained. */
static void check_untrained(struct verify *v)
{
    const struct node *sentences = bot_section(v->bot, "sentences");
    const struct node *patterns = bot_section(v->bot, "patterns");
    const struct node *dialogs = bot_section(v->bot, "dialogs");
    struct map trained = map_new(v->arena);
    if (sentences == NULL || sentences->count == 0) {
        return; /* exported without training */
    }
    for (size_t i = 0; i < sentences->count; i++) {
        map_add(&trained, node_text(sentences->items[i], "taskId"), sentences->items[i]);
    }
    for (size_t i = 0; i < node_length(patterns); i++) {
        const struct node *locales = node_get(patterns->items[i], "localeData");
        for (size_t l = 0; node_is(locales, NODE_MAPPING) && l < locales->count; l++) {
            const struct node *list = node_get(locales->members[l].value, "patterns");
            if (node_is(list, NODE_SEQUENCE) && list->count > 0) {
                map_add(&trained, node_text(patterns->items[i], "refId"), patterns->items[i]);
            }
        }
    }
    for (size_t i = 0; i < dialogs->count; i++) {
        const struct node *dialog = dialogs->items[i];
        const struct node *intent = bot_intent(v->bot, dialog);
        const struct node *hidden = node_get(dialog, "isHidden");
        if (intent == NULL || (node_is(hidden, NODE_BOOLEAN) && hidden->boolean) ||
            map_get(&v->called, node_text(dialog, "_id")) != NULL ||
            map_get(&trained, node_text(intent, "_id")) != NULL ||
            map_get(&trained, node_text(intent, "refId")) != NULL || has_own_patterns(intent) ||
            is_started_by_bot(v, dialog)) {
            continue;
        }
        verify_report(v, W1121, bot_place(intent, "name"),
                      "the intent `%.*s` has no utterances, and nothing else starts its dialog",
                      SLICE_ARG(node_text(intent, "name")));
    }
}

void verify_texts(struct verify *v)
{
    check_components(v);
    check_sentences(v);
    check_untrained(v);
}
