/*
 * One walk over the tree. A mapping is one of locales when it is under a key that holds text and
 * looks like one: the schema, which knows, has let nothing else pass.
 */
#include <stdint.h>

#include "base/ascii.h"
#include "base/suggestion.h"
#include "base/builder.h"
#include "document/tree/build.h"
#include "language/model/locales.h"

/* The texts that a locale lacks. */
struct gap {
    size_t count;
    const struct node *first;
};

struct fitting {
    struct arena *arena;
    struct diagnostics *diagnostics;
    const struct built_locales *locales;
    const struct source *source; /* of the template: other nodes are from fragments */
    struct gap *gaps;            /* for each locale */
};

/* A mapping without members, where `like` is. */
static struct node *new_mapping(struct arena *arena, const struct node *like)
{
    struct node *mapping = node_new_mapping(arena);
    mapping->source = like->source;
    mapping->range = like->range;
    return mapping;
}

/* True when the template itself lists the locale. */
static bool is_own(const struct built_locales *locales, struct slice locale)
{
    for (size_t i = 0; i < node_length(locales->own); i++) {
        if (slice_equal(locales->own->items[i]->text, locale)) {
            return true;
        }
    }
    return false;
}

/* As is_own, for a locale or another form of its language. */
static bool is_own_language(const struct built_locales *locales, struct slice locale)
{
    for (size_t i = 0; i < node_length(locales->own); i++) {
        if (slice_equal(locale_language(locales->own->items[i]->text), locale_language(locale))) {
            return true;
        }
    }
    return locales->own == NULL;
}

static void note_gap(struct fitting *f, size_t locale, const struct node *place)
{
    struct gap *gap = &f->gaps[locale];
    if (gap->count++ == 0) {
        gap->first = place;
    }
}

/* The text in the template's own default locale, else in that of the project, else in any. */
static const struct member *own_text(const struct fitting *f, const struct node *map)
{
    const struct node *own = f->locales->own;
    const struct member *member = own != NULL ? locales_text_in(map, own->items[0]->text) : NULL;
    member = member != NULL ? member : locales_text_in(map, f->locales->names[0]);
    return member != NULL ? member : locales_text_of_language(map, SLICE(""));
}

/* What is said in a locale without a text: that of the default locale, if there is one. */
static const struct member *fallback(const struct fitting *f, const struct node *map)
{
    const struct member *member = locales_text_in(map, f->locales->names[0]);
    return member != NULL ? member : own_text(f, map);
}

static void report_foreign(struct fitting *f, const struct node *key)
{
    struct diagnostic *d =
        diag_report(f->diagnostics, E0502, key->source, key->range,
                    "`%.*s` is not a locale of this template", SLICE_ARG(key->text));
    struct suggestion meant = suggestion_new(key->text);
    for (size_t i = 0; i < f->locales->count; i++) {
        suggestion_offer(&meant, f->locales->names[i]);
    }
    diag_suggest(f->diagnostics, d, meant.best);
    diag_note(f->diagnostics, d, NULL, key->range,
              "add it to `locales`, here or in the project file");
}

/* A locale that is in the way only when the template says that it has others. */
static void check_keys(struct fitting *f, const struct node *map)
{
    for (size_t i = 0; i < map->count; i++) {
        const struct node *key = map->members[i].key;
        bool known = locales_have(f->locales, key->text) ||
                     (f->locales->of_project && is_own(f->locales, key->text));
        if (!known && key->source == f->source) {
            report_foreign(f, key);
        }
    }
}

static const struct member *find_text(struct fitting *f, const struct node *what,
                                      const struct node *map, size_t locale)
{
    struct slice name = f->locales->names[locale];
    bool must = !f->locales->of_project && map->source == f->source;
    const struct member *member = must ? node_member(map, name) : locales_text_in(map, name);
    if (member != NULL) {
        return member;
    }
    if (must) {
        diag_report(f->diagnostics, E0501, map->source, what->range,
                    "`%.*s` has no text for the locale `%.*s`", SLICE_ARG(what->text),
                    SLICE_ARG(name));
    } else {
        note_gap(f, locale, what);
    }
    return fallback(f, map);
}

static bool is_fitted(const struct fitting *f, const struct node *map)
{
    bool fitted = map->count == f->locales->count;
    for (size_t i = 0; fitted && i < map->count; i++) {
        fitted = slice_equal(map->members[i].key->text, f->locales->names[i]);
    }
    return fitted;
}

/* The mapping of locales under the key `what`. */
static const struct node *fit_map(struct fitting *f, const struct node *what,
                                  const struct node *map)
{
    if (is_fitted(f, map)) {
        return map;
    }
    check_keys(f, map);
    struct node *copy = new_mapping(f->arena, map);
    for (size_t i = 0; i < f->locales->count; i++) {
        struct slice name = f->locales->names[i];
        struct member member = *find_text(f, what, map, i);
        if (!slice_equal(member.key->text, name)) {
            struct node *key = arena_alloc(f->arena, sizeof *key);
            *key = *member.key;
            key->text = name;
            member.key = key;
        }
        node_add_member(f->arena, copy, member);
    }
    return copy;
}

/* ---- text without locales ---- */

/* True when there is more in a text than references. */
static bool has_words(struct slice text)
{
    size_t depth = 0;
    for (size_t i = 0; i < text.length; i++) {
        char c = text.data[i];
        depth += c == '{';
        depth -= c == '}' && depth > 0;
        bool letter = ascii_is_letter(c) || (unsigned char)c >= 0x80;
        if (depth == 0 && letter) {
            return true;
        }
    }
    return false;
}

/* Text without locales is for every locale, unless the template says which ones it has. */
static void note_plain(struct fitting *f, const struct node *what, const struct node *text)
{
    for (size_t i = 0; text->source == f->source && i < f->locales->count; i++) {
        if (!is_own_language(f->locales, f->locales->names[i]) && has_words(text->text)) {
            note_gap(f, i, what);
        }
    }
}

/* Utterances without locales train the default one, and no other: they become a mapping. */
static const struct node *fit_utterances(struct fitting *f, const struct node *what,
                                         const struct node *list)
{
    struct slice first = f->locales->names[0];
    if (!f->locales->of_project) {
        struct diagnostic *d =
            diag_report(f->diagnostics, E0501, list->source, what->range,
                        "the utterances are given only for `%.*s`", SLICE_ARG(first));
        diag_note(f->diagnostics, d, NULL, what->range,
                  "give a list for each locale: `utterances: {en: […], de: […]}`");
        return list;
    }
    struct node *map = new_mapping(f->arena, list);
    node_add(f->arena, map, first, list);
    map->members[0].key->source = what->source;
    map->members[0].key->range = what->range;
    return fit_map(f, what, map);
}

/* ---- the walk ---- */

static const struct node *fit(struct fitting *f, const struct node *node);

/* Replaces the value of a member; `*copy` is the mapping that is written, once there is one. */
static void set_value(struct fitting *f, const struct node *node, struct node **copy, size_t i,
                      const struct node *value)
{
    if (value != node->members[i].value && *copy == NULL) {
        *copy = node_copy(f->arena, node);
    }
    if (*copy != NULL) {
        (*copy)->members[i].value = (struct node *)(uintptr_t)value;
    }
}

/* A mapping whose keys are names: of parts, of values of choices, of content variables. */
static const struct node *fit_each(struct fitting *f, const struct node *node, bool has_texts)
{
    struct node *copy = NULL;
    for (size_t i = 0; i < node->count; i++) {
        const struct member *member = &node->members[i];
        const struct node *value = member->value;
        if (value->kind != NODE_STRING) {
            value = locales_is_map(value) ? fit_map(f, member->key, value) : fit(f, value);
        } else if (has_texts) {
            note_plain(f, member->key, value);
        }
        set_value(f, node, &copy, i, value);
    }
    return copy != NULL ? copy : node;
}

/*
 * A choice without a value has that of its title in the template's own language: what goes to the
 * service is the same in every project.
 */
static const struct node *fit_choice(struct fitting *f, const struct node *choice)
{
    const struct node *title = node_get(choice, "title");
    const struct node *fitted = fit(f, choice);
    if (title == NULL || !locales_is_map(title) || node_get(choice, "value") != NULL) {
        return fitted;
    }
    const struct node *value = own_text(f, title)->value;
    if (value == node_get(fitted, "title")->members[0].value) {
        return fitted;
    }
    struct node *copy = node_copy(f->arena, fitted);
    node_set(f->arena, copy, SLICE("value"), value);
    return copy;
}

/* Values of `choices` and `quickReplies`. */
static const struct node *fit_choices(struct fitting *f, const struct node *what,
                                      const struct node *list)
{
    struct node *copy = NULL;
    for (size_t i = 0; i < list->count; i++) {
        const struct node *item = list->items[i];
        if (item->kind == NODE_STRING) {
            note_plain(f, what, item);
            continue;
        }
        const struct node *fitted = fit_choice(f, item);
        if (fitted != item && copy == NULL) {
            copy = node_copy(f->arena, list);
        }
        if (copy != NULL) {
            copy->items[i] = (struct node *)(uintptr_t)fitted;
        }
    }
    return copy != NULL ? copy : list;
}

static const struct node *fit_list(struct fitting *f, const struct node *list)
{
    struct node *copy = NULL;
    for (size_t i = 0; i < list->count; i++) {
        const struct node *item = fit(f, list->items[i]);
        if (item != list->items[i] && copy == NULL) {
            copy = node_copy(f->arena, list);
        }
        if (copy != NULL) {
            copy->items[i] = (struct node *)(uintptr_t)item;
        }
    }
    return copy != NULL ? copy : list;
}

/* ---- entries for channels that name a locale ---- */

/* The locale whose entries are used where `locale` has none; empty: it has some, or all have. */
static struct slice entry_fallback(const struct fitting *f, const struct node *list,
                                   struct slice locale)
{
    struct node *found = new_mapping(f->arena, list);
    for (size_t i = 0; i < list->count; i++) {
        struct slice own = node_text(list->items[i], "locale");
        if (own.length == 0 || slice_equal(own, locale)) {
            return SLICE("");
        }
        node_set(f->arena, found, own, list);
    }
    return fallback(f, found)->key->text;
}

/* A list of overrides, each with its locale: those of other locales are left out. */
static const struct node *fit_entries(struct fitting *f, const struct node *what,
                                      const struct node *list)
{
    const struct built_locales *locales = f->locales;
    struct slice *borrowed = arena_alloc_array(f->arena, locales->count, sizeof *borrowed);
    for (size_t l = 0; l < locales->count; l++) {
        borrowed[l] = entry_fallback(f, list, locales->names[l]);
        if (borrowed[l].length > 0) {
            note_gap(f, l, what);
        }
    }
    struct node *copy = node_new_sequence(f->arena);
    copy->source = list->source;
    copy->range = list->range;
    for (size_t i = 0; i < list->count; i++) {
        const struct node *item = fit(f, list->items[i]);
        struct slice own = node_text(item, "locale");
        if (own.length == 0 || locales_have(locales, own)) {
            node_append(f->arena, copy, item);
        }
        for (size_t l = 0; own.length > 0 && l < locales->count; l++) {
            if (slice_equal(borrowed[l], own)) {
                struct node *other = node_copy(f->arena, item);
                node_set(f->arena, other, SLICE("locale"),
                         node_new_text(f->arena, locales->names[l]));
                node_append(f->arena, copy, other);
            }
        }
    }
    return copy;
}

static bool name_locales(const struct node *list)
{
    for (size_t i = 0; i < list->count; i++) {
        if (node_get(list->items[i], "locale") != NULL) {
            return true;
        }
    }
    return false;
}

/* ---- keys ---- */

static bool holds_text(struct slice key)
{
    static const char *const keys[] = {"title",
                                       "description",
                                       "label",
                                       "prompt",
                                       "error",
                                       "text",
                                       "confirm",
                                       "utterances",
                                       "patterns",
                                       "synonyms",
                                       "negativePatterns",
                                       "words",
                                       "yes",
                                       "no",
                                       "subtitle",
                                       "submitted",
                                       "display",
                                       NULL};
    return slice_is_any(key, keys);
}

/* Mappings with names for keys. */
static bool holds_names(struct slice key)
{
    static const char *const keys[] = {"entities", "services", "scripts",  "messages", "forms",
                                       "dialogs",  "titles",   "synonyms", "content",  NULL};
    return slice_is_any(key, keys);
}

/* Data, not language. */
static bool holds_data(struct slice key)
{
    static const char *const keys[] = {"salesforce", "request", "verbatim", "dataTable",
                                       "samples",    "options", "env",      "data",
                                       "imported",   "xo",      NULL};
    return slice_is_any(key, keys);
}

static const struct node *fit_sequence(struct fitting *f, const struct node *what,
                                       const struct node *list)
{
    if (slice_is(what->text, "utterances") && f->locales->count > 1) {
        return fit_utterances(f, what, list);
    }
    if (slice_is(what->text, "choices") || slice_is(what->text, "quickReplies")) {
        return fit_choices(f, what, list);
    }
    bool fits = f->locales->of_project && holds_text(what->text) && name_locales(list);
    return fits ? fit_entries(f, what, list) : fit(f, list);
}

static const struct node *fit_member(struct fitting *f, const struct member *member)
{
    const struct node *key = member->key;
    const struct node *value = member->value;
    if (holds_data(key->text)) {
        return value;
    }
    switch (value->kind) {
    case NODE_STRING:
        if (holds_text(key->text)) {
            note_plain(f, key, value);
        }
        return value;
    case NODE_SEQUENCE:
        return fit_sequence(f, key, value);
    case NODE_MAPPING:
        if (holds_text(key->text) && locales_is_map(value)) {
            return fit_map(f, key, value);
        }
        return holds_names(key->text) ? fit_each(f, value, !slice_is(key->text, "scripts"))
                                      : fit(f, value);
    case NODE_NULL:
    case NODE_BOOLEAN:
    case NODE_INTEGER:
    case NODE_FLOAT:
        break;
    }
    return value;
}

static const struct node *fit(struct fitting *f, const struct node *node)
{
    if (node->kind == NODE_SEQUENCE) {
        return fit_list(f, node);
    }
    struct node *copy = NULL;
    for (size_t i = 0; node->kind == NODE_MAPPING && i < node->count; i++) {
        set_value(f, node, &copy, i, fit_member(f, &node->members[i]));
    }
    return copy != NULL ? copy : node;
}

/* ---- the whole ---- */

/* "14 texts in `fr` and 2 in `it`" */
static struct slice describe_gaps(const struct fitting *f)
{
    struct builder out = builder_new(f->arena);
    size_t last = SIZE_MAX;
    for (size_t i = 0; i < f->locales->count; i++) {
        last = f->gaps[i].count > 0 ? i : last;
    }
    for (size_t i = 0; i < f->locales->count; i++) {
        size_t count = f->gaps[i].count;
        if (count == 0) {
            continue;
        }
        if (out.length > 0) {
            builder_add_text(&out, i == last ? " and " : ", ");
            builder_printf(&out, "%zu", count);
        } else {
            builder_printf(&out, "%zu %s", count, count == 1 ? "text" : "texts");
        }
        builder_printf(&out, " in `%.*s`", SLICE_ARG(f->locales->names[i]));
    }
    return builder_slice(&out);
}

static const struct node *first_gap(const struct fitting *f)
{
    for (size_t i = 0; i < f->locales->count; i++) {
        if (f->gaps[i].count > 0) {
            return f->gaps[i].first;
        }
    }
    return NULL;
}

/* One warning for all that is missing. */
static void report_gaps(struct fitting *f, const struct node *root)
{
    const struct built_locales *locales = f->locales;
    const struct node *first = first_gap(f);
    if (first == NULL) {
        return;
    }
    const struct node *place = locales->own != NULL ? locales->own : node_get(root, "template");
    bool default_lacks = f->gaps[0].count > 0 && locales->own != NULL;
    struct slice used = default_lacks ? locales->own->items[0]->text : locales->names[0];
    struct diagnostic *d = diag_report(f->diagnostics, W0511, place->source, place->range,
                                       "the template lacks %s; the bot says them in `%.*s`",
                                       describe_gaps(f).data, SLICE_ARG(used));
    diag_note(f->diagnostics, d, first->source, first->range, "the first one is missing here");
}

const struct node *locales_fit(struct arena *arena, const struct node *root,
                               const struct built_locales *locales, struct diagnostics *diagnostics)
{
    struct fitting fitting = {
        .arena = arena,
        .diagnostics = diagnostics,
        .locales = locales,
        .source = root->source,
        .gaps = arena_alloc_array(arena, locales->count, sizeof(struct gap)),
    };
    const struct node *fitted = fit(&fitting, root);
    report_gaps(&fitting, root);
    return locales->as_imported ? root : fitted;
}
