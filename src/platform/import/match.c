/* Whether a compiled template gives the dialog of the export again. */
#include "platform/import/importer.h"

/* The elements of a list by their ids; those with one id are told apart by a number. */
static struct map index_of(struct arena *arena, const struct node *list, const char *key)
{
    struct map map = map_new(arena);
    for (size_t i = 0; i < node_length(list); i++) {
        import_unique(arena, &map, node_text(list->items[i], key), "#", list->items[i]);
    }
    return map;
}

/* True when every element of `want` stands in `have`, and `have` has no others. */
static bool have_same_elements(struct arena *arena, const struct node *have,
                               const struct node *want, const char *key)
{
    struct map index = index_of(arena, have, key);
    struct map seen = map_new(arena);
    for (size_t i = 0; i < node_length(want); i++) {
        struct slice id =
            import_unique(arena, &seen, node_text(want->items[i], key), "#", want->items[i]);
        const struct node *own = map_get(&index, id);
        if (own == NULL || !node_equal(own, want->items[i])) {
            return false;
        }
    }
    return node_length(have) == node_length(want);
}

/* Adds the elements of a list of the export (NULL: none) to `all`. */
static void add_all(struct import_dialog *d, struct node *all, const struct node *list)
{
    for (size_t i = 0; i < node_length(list); i++) {
        node_append(d->importer->arena, all, list->items[i]);
    }
}

/* Notes a component of the dialog, and its patterns, when they are the dialog's. */
static void note_component(struct import_dialog *d, const struct node *stub, bool is_first,
                           struct node *components, struct map *ids, struct node *patterns)
{
    const struct node *component = bot_component(d->importer->bot, stub);
    if (component == NULL || map_add(ids, node_text(component, "_id"), d) != NULL) {
        return;
    }
    node_append(d->importer->arena, components, component);
    if (is_first || node_type_is(component, DIALOG_ENTITY)) {
        add_all(d, patterns, map_get(&d->importer->patterns, node_text(component, "refId")));
    }
}

bool import_matches(struct import_dialog *d, const struct node *artifact)
{
    struct arena *arena = d->importer->arena;
    const struct node *dialogs = node_get(artifact, "dialogs");
    struct node *components = node_new_sequence(arena);
    struct node *patterns = node_new_sequence(arena);
    struct node *sentences = node_new_sequence(arena);
    struct map ids = map_new(arena);
    for (size_t i = 0; i < d->node_count; i++) {
        const struct node *members = node_get(d->nodes[i].stub, "nodes");
        note_component(d, d->nodes[i].stub, i == 0, components, &ids, patterns);
        for (size_t j = 0; j < node_length(members); j++) {
            note_component(d, members->items[j], false, components, &ids, patterns);
        }
    }
    add_all(d, sentences, map_get(&d->importer->sentences, node_text(d->intent, "_id")));
    return node_length(dialogs) == 1 && node_equal(dialogs->items[0], d->dialog) &&
           have_same_elements(arena, node_get(artifact, "dialogComponents"), components, "_id") &&
           have_same_elements(arena, node_get(artifact, "sentences"), sentences, "_id") &&
           have_same_elements(arena, node_get(artifact, "patterns"), patterns, "refId");
}
