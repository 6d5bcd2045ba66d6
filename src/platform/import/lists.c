/* Lists by locale: of sentences, of patterns. */
#include "platform/import/importer.h"

struct node *import_list_by_locale(struct import_dialog *d, struct node **lists, bool needed)
{
    struct arena *arena = d->importer->arena;
    struct node *map = node_new_mapping(arena);
    bool any = false;
    for (size_t i = 0; i < d->locale_count; i++) {
        any = any || lists[i]->count > 0;
        if (lists[i]->count > 0) {
            node_set(arena, map, d->locales[i], lists[i]);
        }
    }
    if (!any) {
        return needed ? node_new_sequence(arena) : NULL;
    }
    return d->locale_count == 1 ? lists[0] : map;
}

struct node **import_empty_lists(struct import_dialog *d)
{
    struct arena *arena = d->importer->arena;
    struct node **lists = arena_alloc_array(arena, d->locale_count + 1, sizeof *lists);
    for (size_t i = 0; i < d->locale_count; i++) {
        lists[i] = node_new_sequence(arena);
    }
    return lists;
}

size_t import_locale_index(const struct import_dialog *d, struct slice locale)
{
    size_t i = 0;
    while (i < d->locale_count && !slice_equal(d->locales[i], locale)) {
        i++;
    }
    return i;
}

struct node *import_patterns_in(struct import_dialog *d, const struct node *object, const char *key)
{
    struct node **lists = import_empty_lists(d);
    const struct node *data = node_get(object, "localeData");
    for (size_t i = 0; node_is(data, NODE_MAPPING) && i < data->count; i++) {
        size_t locale = import_locale_index(d, data->members[i].key->text);
        const struct node *patterns = node_get(data->members[i].value, key);
        for (size_t j = 0; locale < d->locale_count && j < node_length(patterns); j++) {
            struct slice text = node_text(patterns->items[j], "value");
            if (text.length > 0) {
                node_append(d->importer->arena, lists[locale],
                            node_new_text(d->importer->arena, text));
            }
        }
    }
    return import_list_by_locale(d, lists, false);
}

struct node *import_patterns(struct import_dialog *d, const struct node *component, const char *key)
{
    const struct node *entries = map_get(&d->importer->patterns, node_text(component, "refId"));
    return entries != NULL ? import_patterns_in(d, entries->items[0], key) : NULL;
}
