/* Words for what differs in training sentences and patterns. */
#include "platform/bot/comparison.h"

/* The component that an element is about, by the id under `key`; NULL when there is none. */
struct index {
    struct map a; /* components by that id */
    struct map b;
};

static struct map index_components(struct comparison *c, const struct node *array, const char *key)
{
    struct map map = map_new(c->arena);
    for (size_t i = 0; i < node_length(array); i++) {
        struct slice id = node_text(array->items[i], key);
        if (id.length > 0) {
            map_add(&map, id, array->items[i]);
        }
    }
    return map;
}

/* What came or went together with its component is no change of its own. */
static bool is_of_unpaired(const struct node *component, const struct map *partners)
{
    return component != NULL && map_get_address(partners, component) == NULL;
}

static void go_to_place(struct comparison *c, const struct node *a, const struct node *b)
{
    c->place = component_place(c, a, b);
}

/* A section must not come or go unseen when it has no elements. */
static void compare_presence(struct comparison *c, const char *key, const struct node *a,
                             const struct node *b)
{
    if ((a == NULL) != (b == NULL) && node_length(a) + node_length(b) == 0) {
        struct key_list keys = {0};
        struct diff_subject subject = {SLICE("bot"), bot_name(c->b)};
        struct step way = {slice_of(key), 0};
        key_list_add_way(c, &keys, &way, 1);
        c->place = &c->result.places[c->result.count - 1];
        tell_keys(c, &subject, false, &keys);
    }
}

/* ---- training sentences ---- */

static struct slice sentence_key(const struct comparison *c, const struct node *element, bool is_a,
                                 size_t index, const char *name)
{
    struct slice intent = pair_by_id(c, element, is_a, index, name);
    return arena_printf(c->arena, "%.*s\n%.*s\n%.*s", SLICE_ARG(intent),
                        SLICE_ARG(node_text(element, "language")),
                        SLICE_ARG(node_text(element, "sentence")));
}

static struct diff_subject utterance(struct comparison *c, const struct node *sentence)
{
    struct slice text = quote_text(c, node_text(sentence, "sentence"));
    return (struct diff_subject){SLICE("utterance"),
                                 arena_printf(c->arena, "%.*s (%.*s)", SLICE_ARG(text),
                                              SLICE_ARG(node_text(sentence, "language")))};
}

static const char *const told_of_sentence[] = {"taskId", "sentence", "language", NULL};

static void compare_sentence(struct comparison *c, const struct index *intents,
                             const struct node *a, const struct node *b)
{
    const struct node *old = map_get(&intents->a, node_text(a, "taskId"));
    const struct node *new = map_get(&intents->b, node_text(b, "taskId"));
    struct diff_subject before = utterance(c, a);
    struct diff_subject after = utterance(c, b);
    struct key_list keys = {0};
    struct key_list intent = {0};
    go_to_place(c, old, new);
    c->old_name = node_text(old, "name");
    c->new_name = node_text(new, "name");
    if (!slice_equal(before.name, after.name)) {
        tell(c, &after, DIFF_CHANGED, true, "was %.*s", SLICE_ARG(before.name));
    } else {
        compare_trees(c, "sentence", "sentence", node_get(a, "sentence"), node_get(b, "sentence"),
                      &keys);
        compare_trees(c, "sentence", "language", node_get(a, "language"), node_get(b, "language"),
                      &keys);
    }
    compare_trees(c, "sentence", "taskId", node_get(a, "taskId"), node_get(b, "taskId"), &intent);
    if (intent.count > 0) {
        struct slice from = old != NULL ? node_text(old, "name") : node_text(a, "taskId");
        struct slice to = new != NULL ? node_text(new, "name") : node_text(b, "taskId");
        tell(c, &after, DIFF_CHANGED, true, "the intent was `%.*s`, now `%.*s`", SLICE_ARG(from),
             SLICE_ARG(to));
    }
    compare_members(c, "sentence", a, b, told_of_sentence, &keys);
    tell_keys(c, &after, false, &keys);
    c->old_name = c->new_name = (struct slice){0};
}

static void tell_sentence(struct comparison *c, const struct node *sentence,
                          const struct node *intent, enum diff_kind kind)
{
    struct diff_subject subject = utterance(c, sentence);
    go_to_place(c, kind == DIFF_REMOVED ? intent : NULL, kind == DIFF_ADDED ? intent : NULL);
    tell(c, &subject, kind, kind == DIFF_REMOVED, "%s", diff_kind_name(kind));
}

static void compare_sentences(struct comparison *c)
{
    const struct node *a = bot_section(c->a, "sentences");
    const struct node *b = bot_section(c->b, "sentences");
    struct index intents = {index_components(c, c->components.a, "_id"),
                            index_components(c, c->components.b, "_id")};
    struct pairing sentences = pairing_new(c, a, b);
    pairing_match(c, &sentences, pair_by_text, "_id");
    pairing_match(c, &sentences, sentence_key, "taskId");
    compare_presence(c, "sentences", a, b);
    pairing_note_order(c, &sentences, "sentences");
    for (size_t i = 0; i < node_length(a); i++) {
        const struct node *intent = map_get(&intents.a, node_text(a->items[i], "taskId"));
        if (sentences.of_a[i] != UNPAIRED) {
            const struct node *other = b->items[sentences.of_a[i]];
            if (!node_equal(a->items[i], other)) {
                compare_sentence(c, &intents, a->items[i], other);
            }
        } else if (!is_of_unpaired(intent, &c->partners)) {
            tell_sentence(c, a->items[i], intent, DIFF_REMOVED);
        }
    }
    for (size_t i = 0; i < node_length(b); i++) {
        const struct node *intent = map_get(&intents.b, node_text(b->items[i], "taskId"));
        if (sentences.of_b[i] == UNPAIRED && !is_of_unpaired(intent, &c->partners_b)) {
            tell_sentence(c, b->items[i], intent, DIFF_ADDED);
        }
    }
}

/* ---- patterns ---- */

/* The patterns of one component in one language. */
struct pattern_list {
    struct diff_subject subject;
    struct slice locale;
    struct step way[4];
};

static void tell_pattern(struct comparison *c, const struct pattern_list *list,
                         const struct node *pattern, enum diff_kind kind)
{
    tell(c, &list->subject, kind, kind == DIFF_REMOVED, "the pattern %.*s (%.*s) was %s",
         SLICE_ARG(quote_text(c, node_text(pattern, "value"))), SLICE_ARG(list->locale),
         diff_kind_name(kind));
}

static void compare_pattern(struct comparison *c, const struct pattern_list *list,
                            const struct node *a, const struct node *b, struct key_list *keys)
{
    static const char *const told[] = {"value", "original", NULL};
    struct slice before = node_text(a, "value");
    struct slice after = node_text(b, "value");
    bool differs = !slice_equal(before, after);
    if (differs) {
        tell(c, &list->subject, DIFF_CHANGED, true, "the pattern %.*s (%.*s) is now %.*s",
             SLICE_ARG(quote_text(c, before)), SLICE_ARG(list->locale),
             SLICE_ARG(quote_text(c, after)));
    }
    compare_members_at(c, "pattern", list->way, 4, a, b, differs ? told : NULL, keys);
}

/* Lists of patterns; false when they are not lists of mappings: those have no words. */
static bool compare_pattern_lists(struct comparison *c, struct pattern_list *list,
                                  const struct node *a, const struct node *b, struct key_list *keys)
{
    if (!node_is(a, NODE_SEQUENCE) || !node_is(b, NODE_SEQUENCE)) {
        return false;
    }
    struct pairing patterns = pairing_new(c, a, b);
    pairing_match(c, &patterns, pair_by_text, "value");
    pairing_match(c, &patterns, pair_by_position, NULL);
    if (pairing_is_reordered(&patterns)) {
        key_list_add_way(c, keys, list->way, 3);
    }
    for (size_t i = 0; i < a->count; i++) {
        if (patterns.of_a[i] == UNPAIRED) {
            tell_pattern(c, list, a->items[i], DIFF_REMOVED);
        } else {
            list->way[3].index = patterns.of_a[i];
            compare_pattern(c, list, a->items[i], b->items[patterns.of_a[i]], keys);
        }
    }
    for (size_t i = 0; i < b->count; i++) {
        if (patterns.of_b[i] == UNPAIRED) {
            tell_pattern(c, list, b->items[i], DIFF_ADDED);
        }
    }
    return true;
}

static void compare_pattern_locale(struct comparison *c, struct pattern_list *list,
                                   const struct node *a, const struct node *b,
                                   struct key_list *keys)
{
    static const char *const told[] = {"patterns", NULL};
    list->way[0].key = SLICE("localeData");
    list->way[1].key = list->locale;
    list->way[2].key = SLICE("patterns");
    bool words =
        compare_pattern_lists(c, list, node_get(a, "patterns"), node_get(b, "patterns"), keys);
    compare_members_at(c, "pattern", list->way, 2, a, b, words ? told : NULL, keys);
}

static void compare_pattern_entry(struct comparison *c, const struct diff_subject *subject,
                                  const struct node *a, const struct node *b)
{
    static const char *const told[] = {"localeData", NULL};
    const struct node *old = node_get(a, "localeData");
    const struct node *new = node_get(b, "localeData");
    struct pattern_list list = {.subject = *subject};
    struct key_list keys = {0};
    bool locales = node_is(old, NODE_MAPPING) && node_is(new, NODE_MAPPING);
    for (size_t i = 0; locales && i < old->count; i++) {
        list.locale = old->members[i].key->text;
        const struct member *other = node_member(new, list.locale);
        if (other != NULL) {
            compare_pattern_locale(c, &list, old->members[i].value, other->value, &keys);
        }
    }
    if (locales) {
        struct diff_subject language = {
            arena_printf(c->arena, "patterns of %.*s", SLICE_ARG(subject->type)), subject->name};
        compare_languages(c, &language, old, new);
    }
    compare_members(c, "pattern", a, b, locales ? told : NULL, &keys);
    struct diff_subject entry = {
        arena_printf(c->arena, "patterns of %.*s", SLICE_ARG(subject->type)), subject->name};
    tell_keys(c, &entry, false, &keys);
}

/* True when an entry has any pattern. */
static bool has_patterns(const struct node *entry)
{
    const struct node *locales = node_get(entry, "localeData");
    for (size_t i = 0; node_is(locales, NODE_MAPPING) && i < locales->count; i++) {
        if (node_length(node_get(locales->members[i].value, "patterns")) > 0) {
            return true;
        }
    }
    return false;
}

/* What the patterns of an entry are for: the component, or what the entry itself says. */
static struct diff_subject pattern_subject(const struct node *entry, const struct node *component)
{
    return component != NULL
               ? (struct diff_subject){node_text(component, "type"), node_text(component, "name")}
               : (struct diff_subject){node_text(entry, "taskType"), node_text(entry, "taskName")};
}

static void tell_pattern_entry(struct comparison *c, const struct node *entry,
                               const struct node *component, enum diff_kind kind)
{
    struct diff_subject subject = pattern_subject(entry, component);
    go_to_place(c, kind == DIFF_REMOVED ? component : NULL, kind == DIFF_ADDED ? component : NULL);
    tell(c, &subject, kind, kind == DIFF_REMOVED && has_patterns(entry),
         "its entry in `patterns` was %s", diff_kind_name(kind));
}

static void compare_patterns(struct comparison *c)
{
    const struct node *a = bot_section(c->a, "patterns");
    const struct node *b = bot_section(c->b, "patterns");
    struct index components = {index_components(c, c->components.a, "refId"),
                               index_components(c, c->components.b, "refId")};
    struct pairing entries = pairing_new(c, a, b);
    pairing_match(c, &entries, pair_by_id, "refId");
    pairing_match(c, &entries, pair_nameless, NULL);
    compare_presence(c, "patterns", a, b);
    pairing_note_order(c, &entries, "patterns");
    for (size_t i = 0; i < node_length(a); i++) {
        const struct node *old = map_get(&components.a, node_text(a->items[i], "refId"));
        if (entries.of_a[i] == UNPAIRED) {
            if (!is_of_unpaired(old, &c->partners)) {
                tell_pattern_entry(c, a->items[i], old, DIFF_REMOVED);
            }
            continue;
        }
        const struct node *other = b->items[entries.of_a[i]];
        const struct node *new = map_get(&components.b, node_text(other, "refId"));
        if (!node_equal(a->items[i], other)) {
            struct diff_subject subject = pattern_subject(other, new);
            c->old_name = node_text(old, "name");
            c->new_name = node_text(new, "name");
            go_to_place(c, old, new);
            compare_pattern_entry(c, &subject, a->items[i], other);
            c->old_name = c->new_name = (struct slice){0};
        }
    }
    for (size_t i = 0; i < node_length(b); i++) {
        const struct node *new = map_get(&components.b, node_text(b->items[i], "refId"));
        if (entries.of_b[i] == UNPAIRED && !is_of_unpaired(new, &c->partners_b)) {
            tell_pattern_entry(c, b->items[i], new, DIFF_ADDED);
        }
    }
}

void compare_training(struct comparison *c)
{
    compare_sentences(c);
    compare_patterns(c);
}
