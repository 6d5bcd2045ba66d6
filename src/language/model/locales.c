#include "language/model/locales.h"
#include "base/ascii.h"

#include <stdlib.h>

/* ---- which locales ---- */

static int compare_locales(const void *a, const void *b)
{
    return slice_compare(*(const struct slice *)a, *(const struct slice *)b);
}

/* Takes the texts of a list, in the order of struct built_locales. */
static void take_list(struct arena *arena, struct built_locales *locales, const struct node *list)
{
    struct slice *names = arena_alloc_array(arena, list->count, sizeof *names);
    for (size_t i = 0; i < list->count; i++) {
        if (list->items[i]->kind == NODE_STRING) {
            names[locales->count++] = list->items[i]->text;
        }
    }
    if (locales->count > 2 && !locales->as_imported) {
        qsort(names + 1, locales->count - 1, sizeof *names, compare_locales);
    }
    locales->names = names;
}

struct built_locales locales_of_template(struct arena *arena, const struct node *root,
                                         const struct project *project)
{
    bool as_imported = node_get(root, "imported") != NULL;
    struct built_locales locales = {.of_project = project->has_locales && !as_imported,
                                    .as_imported = as_imported};
    const struct node *own = node_get(root, "locales");
    locales.own = node_length(own) > 0 ? own : NULL;
    if (locales.of_project) {
        take_list(arena, &locales, node_get(project->root, "locales"));
    } else if (locales.own != NULL) {
        take_list(arena, &locales, locales.own);
    }
    if (locales.count == 0) { /* nobody names any, or not as the schema wants them */
        locales.names = project->locales;
        locales.count = project->locale_count;
    }
    return locales;
}

bool locales_have(const struct built_locales *locales, struct slice locale)
{
    for (size_t i = 0; i < locales->count; i++) {
        if (slice_equal(locales->names[i], locale)) {
            return true;
        }
    }
    return false;
}

struct slice locale_language(struct slice locale)
{
    size_t length = 0;
    while (length < locale.length && locale.data[length] != '_' && locale.data[length] != '-') {
        length++;
    }
    return slice_part(locale, 0, length);
}

/* ---- mappings of locales ---- */

/* True for "de", "fil" and "pt_BR"; "no" is Norwegian elsewhere, here it is the branch. */
static bool looks_like_locale(struct slice key)
{
    static const char *const words[] = {"no", "yes", "end", "ask", "say", "run", "use", NULL};
    if (key.length < 2 || !ascii_is_lower(key.data[0]) || !ascii_is_lower(key.data[1])) {
        return false;
    }
    size_t length = key.length > 2 && ascii_is_lower(key.data[2]) ? 3 : 2;
    return key.length > length ? key.data[length] == '_' || key.data[length] == '-'
                               : !slice_is_any(key, words);
}

static bool holds_words(const struct node *node)
{
    return node->kind == NODE_STRING || (node->kind == NODE_SEQUENCE &&
                                         (node->count == 0 || node->items[0]->kind == NODE_STRING));
}

bool locales_is_map(const struct node *node)
{
    if (node->kind != NODE_MAPPING || node->count == 0) {
        return false;
    }
    for (size_t i = 0; i < node->count; i++) {
        const struct member *member = &node->members[i];
        if (!looks_like_locale(member->key->text) || !holds_words(member->value)) {
            return false;
        }
    }
    return true;
}

const struct member *locales_text_of_language(const struct node *map, struct slice language)
{
    const struct member *best = NULL;
    for (size_t i = 0; i < map->count; i++) {
        const struct member *member = &map->members[i];
        if ((language.length == 0 || slice_equal(locale_language(member->key->text), language)) &&
            (best == NULL || slice_compare(member->key->text, best->key->text) < 0)) {
            best = member;
        }
    }
    return best;
}

const struct member *locales_text_in(const struct node *map, struct slice locale)
{
    const struct member *member = node_member(map, locale);
    return member != NULL ? member : locales_text_of_language(map, locale_language(locale));
}
