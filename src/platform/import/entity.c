/* Entities, their choices and synonyms. */
#include "base/percent.h"
#include "language/model/entity_type.h"
#include "platform/import/importer.h"

static bool is_true(const struct node *object, const char *key)
{
    const struct node *value = node_get(object, key);
    return node_is(value, NODE_BOOLEAN) && value->boolean;
}

/* A list of texts in each locale; NULL when there is none, or one that the language cannot say. */
static struct node *localized_list(struct import_dialog *d, const struct node **lists)
{
    struct arena *arena = d->importer->arena;
    struct node *map = node_new_mapping(arena);
    for (size_t i = 0; i < d->locale_count; i++) {
        for (size_t j = 0; j < node_length(lists[i]); j++) {
            const struct node *item = lists[i]->items[j];
            if (!node_is(item, NODE_STRING) || item->text.length == 0 ||
                !slice_equal(slice_trim(item->text), item->text)) {
                return NULL;
            }
        }
        if (node_length(lists[i]) > 0) {
            node_set(arena, map, d->locales[i], lists[i]);
        }
    }
    if (map->count == 0) {
        return NULL;
    }
    return d->locale_count == 1 ? map->members[0].value : map;
}

/* The lists under `outer` and then `inner` (NULL: `outer` is the list) of each locale. */
static struct node *list_under(struct import_dialog *d, const struct node *component,
                               const char *outer, const char *inner)
{
    const struct node *data = node_get(component, "localeData");
    const struct node **lists =
        arena_alloc_array(d->importer->arena, d->locale_count + 1, sizeof(struct node *));
    for (size_t i = 0; i < d->locale_count; i++) {
        struct member *own = node_member(data, d->locales[i]);
        lists[i] = own != NULL ? node_get(own->value, outer) : NULL;
        lists[i] = inner != NULL ? node_get(lists[i], inner) : lists[i];
    }
    return localized_list(d, lists);
}

/* `"Hot"` is the exact phrase of Hot. */
static bool is_phrase_of(struct slice phrase, struct slice text)
{
    return phrase.length == text.length + 2 && phrase.data[0] == '"' &&
           phrase.data[phrase.length - 1] == '"' &&
           slice_equal(slice_part(phrase, 1, phrase.length - 1), text);
}

/* `synonyms`, where the words are the title and exact phrases; else `words`, as they are. */
static void add_words(struct import_dialog *d, struct node *choice, const struct node **values)
{
    struct arena *arena = d->importer->arena;
    const struct node **words = arena_alloc_array(arena, d->locale_count + 1, sizeof *words);
    const struct node **phrases = arena_alloc_array(arena, d->locale_count + 1, sizeof *phrases);
    bool usual = true;
    for (size_t i = 0; i < d->locale_count; i++) {
        words[i] = node_get(values[i], "synonyms");
        struct node *rest = node_new_sequence(arena);
        for (size_t j = 0; usual && j < node_length(words[i]); j++) {
            struct slice text = words[i]->items[j]->text;
            bool quoted =
                text.length > 2 && text.data[0] == '"' && text.data[text.length - 1] == '"';
            bool title = j == 0 && is_phrase_of(text, node_text(values[i], "title"));
            usual = j == 0 ? title : quoted;
            if (j > 0 && quoted) {
                node_append(arena, rest,
                            node_new_text(arena, slice_part(text, 1, text.length - 1)));
            }
        }
        usual = usual && node_length(words[i]) > 0;
        phrases[i] = rest;
    }
    if (usual) {
        import_set(d, choice, "synonyms", localized_list(d, phrases));
        return;
    }
    struct node *list = localized_list(d, words);
    bool none = true;
    for (size_t i = 0; i < d->locale_count; i++) {
        none = none && node_is(words[i], NODE_SEQUENCE) && words[i]->count == 0;
    }
    import_set(d, choice, "words", none ? node_new_sequence(arena) : list);
}

/* One choice of the same place in all locales; NULL when the language cannot say it. */
static struct node *choice_of(struct import_dialog *d, const struct node **values)
{
    struct arena *arena = d->importer->arena;
    struct node *choice = node_new_mapping(arena);
    struct slice value = node_text(values[0], "value");
    struct slice title = node_text(values[0], "title");
    bool same = true;
    for (size_t i = 0; i < d->locale_count; i++) {
        same = same && slice_equal(node_text(values[i], "title"), title);
        if (node_text(values[i], "title").length == 0 ||
            !slice_equal(node_text(values[i], "value"), value) || value.length == 0) {
            return NULL;
        }
    }
    if (same) {
        node_set(arena, choice, SLICE("title"), import_text(arena, title));
    } else {
        struct node *titles = node_new_mapping(arena);
        for (size_t i = 0; i < d->locale_count; i++) {
            node_set(arena, titles, d->locales[i],
                     import_text(arena, node_text(values[i], "title")));
        }
        node_set(arena, choice, SLICE("title"), titles);
    }
    if (!same || !slice_equal(title, value)) {
        node_set_text(arena, choice, "value", value);
    }
    add_words(d, choice, values);
    return choice->count == 1 && same ? node_get(choice, "title") : choice;
}

static struct node *choices_of(struct import_dialog *d, const struct node *component)
{
    struct arena *arena = d->importer->arena;
    const struct node *data = node_get(component, "localeData");
    const struct node *lookup = node_get(component, "lookupValues");
    const struct node **lists = arena_alloc_array(arena, d->locale_count + 1, sizeof *lists);
    const struct node **values = arena_alloc_array(arena, d->locale_count + 1, sizeof *values);
    for (size_t i = 0; i < d->locale_count; i++) {
        struct member *own = node_member(data, d->locales[i]);
        const struct node *allowed = own != NULL ? node_get(own->value, "allowedValues") : NULL;
        lists[i] = lookup != NULL ? lookup : node_get(allowed, "values");
        if (node_length(lists[i]) == 0 || lists[i]->count != node_length(lists[0])) {
            return NULL;
        }
    }
    struct node *choices = node_new_sequence(arena);
    for (size_t j = 0; j < node_length(lists[0]); j++) {
        for (size_t i = 0; i < d->locale_count; i++) {
            values[i] = lists[i]->items[j];
        }
        struct node *choice = choice_of(d, values);
        if (choice == NULL) {
            return NULL;
        }
        node_append(arena, choices, choice);
    }
    return choices;
}

/* Choices that come from a list in the context; NULL when not all locales have the same. */
static struct node *variable_of(struct import_dialog *d, const struct node *component)
{
    static const struct {
        const char *key, *platform_key;
        bool required;
    } keys[] = {{"variable", "variable", true},
                {"title", "titleKey", true},
                {"value", "valueKey", true},
                {"synonyms", "synonymsKey", false},
                {"index", "indexKey", false}};
    struct arena *arena = d->importer->arena;
    const struct node *data = node_get(component, "localeData");
    const struct node *first = NULL;
    for (size_t i = 0; node_is(data, NODE_MAPPING) && i < data->count; i++) {
        const struct node *allowed = node_get(data->members[i].value, "allowedValues");
        first = i == 0 ? allowed : first;
        if (allowed == NULL || !node_equal(allowed, first)) {
            return NULL;
        }
    }
    struct node *out = node_new_mapping(arena);
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
        struct slice value = node_text(first, keys[i].platform_key);
        if (value.length == 0 && keys[i].required) {
            return NULL;
        }
        if (value.length > 0) {
            node_set_text(arena, out, keys[i].key, value);
        }
    }
    return out;
}

/* The retry limit that all nodes of an entity have; 0 when it is none that the language has. */
static long long retries_of(const struct import_node *node)
{
    long long retries = 0;
    for (const struct import_node *use = node->first_use; use != NULL; use = use->next_use) {
        const struct node *options = node_get(use->stub, "nodeOptions");
        const struct node *events = node_get(options, "eventOptions");
        if (events != NULL) {
            const struct node *retry = node_get(events, "defaultMaxRetry");
            long long limit = node_integer(node_get(retry, "retry_limit"), 0);
            retries = retries == 0 || retries == limit ? limit : -1;
        }
    }
    return retries >= 1 && retries <= 10 ? retries : 0;
}

/* The default value that all nodes of an entity have, in all locales; empty: there is none. */
static struct slice default_of(const struct import_node *node)
{
    struct slice common = SLICE("");
    for (const struct import_node *use = node->first_use; use != NULL; use = use->next_use) {
        const struct node *value = node_get(node_get(use->stub, "nodeOptions"), "defaultValue");
        const struct node *data = node_get(value, "localeData");
        for (size_t i = 0; node_is(data, NODE_MAPPING) && i < data->count; i++) {
            struct slice text = node_text(data->members[i].value, "text");
            if (common.length > 0 && !slice_equal(common, text)) {
                return SLICE("");
            }
            common = text;
        }
    }
    return common;
}

static bool is_optional(const struct import_node *node)
{
    bool optional = true;
    for (const struct import_node *use = node->first_use; use != NULL; use = use->next_use) {
        const struct node *options = node_get(use->stub, "nodeOptions");
        optional = optional && slice_is(node_text(options, "promptOptions"), "optional");
    }
    return optional;
}

/* The error prompt, unless it is the platform's own for the type. */
static struct node *error_of(struct import_dialog *d, const struct node *component,
                             const struct entity_type *type)
{
    struct node *error = import_messages(d, component, "errorMessage");
    struct slice own = phrase_in(type->error, SLICE("en"));
    bool usual =
        node_is(error, NODE_STRING) && slice_equal(error->text, own) && d->locale_count == 1;
    return usual ? NULL : error;
}

struct node *import_entity(struct import_dialog *d, const struct import_node *node)
{
    struct arena *arena = d->importer->arena;
    const struct node *component = node->component;
    struct node *entity = node_new_mapping(arena);
    const struct entity_type *type = entity_type_find(node_text(component, "entityType"));
    if (type == NULL || import_is_opaque(d, "entities", node->name)) {
        node_set_text(arena, entity, "type", SLICE("string"));
        return entity;
    }
    node_set_text(arena, entity, "type", slice_of(type->name));
    import_set(d, entity, "label", import_localized(d, component, "label", node->name));
    import_set(d, entity, "prompt", import_messages(d, component, "message"));
    import_set(d, entity, "error", error_of(d, component, type));
    struct node *choices = choices_of(d, component);
    import_set(d, entity, "choices", choices != NULL ? choices : variable_of(d, component));
    struct slice pattern = node_text(component, "regexPattern");
    if (pattern.length > 0 && type->kind == ENTITY_PATTERN) {
        node_set_text(arena, entity, "pattern", pattern);
    }
    import_set(d, entity, "synonyms", list_under(d, component, "synonyms", NULL));
    import_set(d, entity, "patterns", import_patterns(d, component, "patterns"));
    struct slice fallback = percent_decode_text(arena, default_of(node));
    if (fallback.length > 0 && slice_find(fallback, "${", 0) == SIZE_MAX) {
        node_set_text(arena, entity, "default", fallback);
    }
    import_set_true(d, entity, "optional", is_optional(node));
    import_set_true(d, entity, "sensitive", is_true(component, "isSensitive"));
    import_set_true(d, entity, "multiple", is_true(component, "isArray"));
    bool shows_answers = is_true(component, "applyDefaultTemplate");
    if (shows_answers != entity_type_shows_answers(type)) {
        node_set(arena, entity, SLICE("defaultTemplate"), node_new_boolean(arena, shows_answers));
    }
    long long retries = retries_of(node);
    if (retries != 0 && retries != 5) {
        node_set(arena, entity, SLICE("retries"), node_new_integer(arena, retries));
    }
    return entity;
}
