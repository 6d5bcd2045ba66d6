/*
 * Locales and channels: a text that is given for some locales must be given for all of them; a
 * text without locales serves every locale.
 */
#include "language/check/families.h"
#include "base/suggestion.h"

static bool is_locale(const struct template *template, struct slice locale)
{
    for (size_t i = 0; i < template->locale_count; i++) {
        if (slice_equal(template->locales[i], locale)) {
            return true;
        }
    }
    return false;
}

static void report_foreign(struct check *check, const struct node *key)
{
    struct diagnostic *d =
        diag_report(check->diagnostics, E0502, key->source, key->range,
                    "`%.*s` is not a locale of this template", SLICE_ARG(key->text));
    diag_note(check->diagnostics, d, NULL, key->range,
              "add it to `locales`, here or in the project file");
}

/* `map` is a mapping of locales under `what`. */
static void check_map(struct check *check, const struct node *map, struct slice what,
                      struct range range)
{
    const struct template *template = check->template;
    for (size_t i = 0; i < map->count; i++) {
        if (!is_locale(template, map->members[i].key->text)) {
            report_foreign(check, map->members[i].key);
        }
    }
    for (size_t i = 0; i < template->locale_count; i++) {
        struct slice locale = template->locales[i];
        if (node_member(map, locale) == NULL) {
            diag_report(check->diagnostics, E0501, map->source, range,
                        "`%.*s` has no text for the locale `%.*s`", SLICE_ARG(what),
                        SLICE_ARG(locale));
        }
    }
}

static bool is_localized(struct slice key)
{
    static const char *const keys[] = {"title", "description", "label",      "prompt",   "error",
                                       "text",  "confirm",     "utterances", "patterns", "synonyms",
                                       "yes",   "no",          "subtitle",   NULL};
    for (const char *const *k = keys; *k != NULL; k++) {
        if (slice_is(key, *k)) {
            return true;
        }
    }
    return false;
}

/* True when the keys of a mapping look like locales: what tells a map from other mappings. */
static bool is_locale_map(const struct node *node)
{
    for (size_t i = 0; i < node->count; i++) {
        struct slice key = node->members[i].key->text;
        bool short_key =
            key.length == 2 || (key.length > 3 && (key.data[2] == '_' || key.data[2] == '-'));
        const struct node *value = node->members[i].value;
        bool sentences = value->kind == NODE_SEQUENCE &&
                         (value->count == 0 || value->items[0]->kind == NODE_STRING);
        if (!short_key || slice_is(key, "no") || (value->kind != NODE_STRING && !sentences)) {
            return false;
        }
    }
    return node->count > 0;
}

static void check_channel(struct check *check, const struct node *node)
{
    const struct node *channels = check->template->project->channels;
    if (channels == NULL || slice_is(node->text, "default")) {
        return;
    }
    struct suggestion s = suggestion_new(node->text);
    for (size_t i = 0; i < channels->count; i++) {
        if (slice_equal(channels->items[i]->text, node->text)) {
            return;
        }
        suggestion_offer(&s, channels->items[i]->text);
    }
    struct diagnostic *d =
        diag_report(check->diagnostics, E0506, node->source, node->range,
                    "`%.*s` is not a channel of the project", SLICE_ARG(node->text));
    diag_suggest(check->diagnostics, d, s.best);
}

static void walk(struct check *check, const struct node *node)
{
    for (size_t i = 0; node->kind == NODE_SEQUENCE && i < node->count; i++) {
        walk(check, node->items[i]);
    }
    for (size_t i = 0; node->kind == NODE_MAPPING && i < node->count; i++) {
        const struct member *member = &node->members[i];
        struct slice key = member->key->text;
        if (slice_is(key, "samples") || slice_is(key, "body") || slice_is(key, "fields")) {
            continue; /* data, not language */
        }
        if (slice_is(key, "channel") && member->value->kind == NODE_STRING) {
            check_channel(check, member->value);
        }
        if (is_localized(key) && member->value->kind == NODE_MAPPING &&
            is_locale_map(member->value)) {
            check_map(check, member->value, key, member->key->range);
        } else {
            walk(check, member->value);
        }
    }
}

/* Channel overrides need a default entry, for the channels that have none of their own. */
static void check_default_channel(struct check *check, const struct texts *texts)
{
    if (texts->node == NULL || texts->node->kind != NODE_SEQUENCE) {
        return;
    }
    for (size_t i = 0; i < texts->count; i++) {
        if (slice_is(texts->variants[i].channel, "default")) {
            return;
        }
    }
    struct range range = {texts->node->range.start, texts->node->range.start + 1};
    struct diagnostic *d = diag_report(check->diagnostics, E0506, texts->node->source, range,
                                       "these overrides have no entry for the default channel");
    diag_note(check->diagnostics, d, NULL, range,
              "add an entry without `channel`, for all other channels");
}

void check_locales(struct check *check)
{
    const struct template *template = check->template;
    const struct sentences *utterances = &template->intent.utterances;
    walk(check, template->root);
    if (template->locale_count > 1 && node_is(utterances->node, NODE_SEQUENCE)) {
        struct member *member = node_member(template->intent.node, SLICE("utterances"));
        struct diagnostic *d = diag_report(
            check->diagnostics, E0501, template->source, member->key->range,
            "the utterances are given only for `%.*s`", SLICE_ARG(template->locales[0]));
        diag_note(check->diagnostics, d, NULL, member->key->range,
                  "give a list for each locale: `utterances: {en: […], de: […]}`");
    }
    for (size_t i = 0; i < template->entity_count; i++) {
        check_default_channel(check, &template->entities[i].prompt);
        check_default_channel(check, &template->entities[i].error);
    }
    for (size_t i = 0; i < template->message_count; i++) {
        check_default_channel(check, &template->messages[i].text);
    }
}
