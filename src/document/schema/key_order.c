/*
 * A walk over the document with the schemas that each of its values may be under: references and
 * alternatives are followed, and of several mappings the one is meant that knows most of the keys.
 */
#include "document/schema/key_order.h"

struct ordering {
    struct arena *arena;
    const struct schema_documents *documents;
};

/* The properties that know most of the keys of a mapping; NULL: none knows any. */
static const struct schema_place *best_of(const struct schema_places *places,
                                          const struct concrete *mapping)
{
    const struct schema_place *best = NULL;
    size_t most = 0;
    for (size_t i = 0; i < places->count; i++) {
        const struct node *properties = node_get(places->items[i].schema, "properties");
        size_t known = 0;
        for (size_t j = 0; properties != NULL && j < mapping->count; j++) {
            known += node_member(properties, mapping->entries[j].key->text) != NULL;
        }
        if (known > most) {
            most = known;
            best = &places->items[i];
        }
    }
    return best;
}

static size_t rank_of(const struct node *properties, struct slice key)
{
    size_t rank = 0;
    while (rank < properties->count && !slice_equal(properties->members[rank].key->text, key)) {
        rank++;
    }
    return rank;
}

/* By insertion: entries are few, mostly in order, and equal ones keep theirs. */
static void sort(struct concrete *mapping, const struct node *properties)
{
    for (size_t i = 1; i < mapping->count; i++) {
        struct concrete_entry entry = mapping->entries[i];
        size_t rank = rank_of(properties, entry.key->text);
        size_t at = i;
        while (at > 0 && rank_of(properties, mapping->entries[at - 1].key->text) > rank) {
            mapping->entries[at] = mapping->entries[at - 1];
            at--;
        }
        mapping->entries[at] = entry;
    }
}

static void order(struct ordering *o, struct concrete *value, struct schema_place place);

/* The items of a list, whatever the schemas say of them. */
static void order_items(struct ordering *o, struct concrete *list,
                        const struct schema_places *places)
{
    for (size_t i = 0; i < places->count; i++) {
        const struct node *items = node_get(places->items[i].schema, "items");
        for (size_t j = 0; items != NULL && j < list->count; j++) {
            order(o, list->entries[j].value,
                  (struct schema_place){items, places->items[i].document});
        }
    }
}

/* A mapping with names for keys: its values are all of one kind. */
static void order_named(struct ordering *o, struct concrete *mapping,
                        const struct schema_places *places)
{
    for (size_t i = 0; i < places->count; i++) {
        const struct node *values = node_get(places->items[i].schema, "additionalProperties");
        for (size_t j = 0; node_is(values, NODE_MAPPING) && j < mapping->count; j++) {
            order(o, mapping->entries[j].value,
                  (struct schema_place){values, places->items[i].document});
        }
    }
}

static void keep_lines(struct concrete *value)
{
    value->stays_flow = true;
    for (size_t i = 0; i < value->count; i++) {
        keep_lines(value->entries[i].value);
    }
}

static bool is_on_one_line(const struct schema_places *places)
{
    for (size_t i = 0; i < places->count; i++) {
        if (node_get(places->items[i].schema, "x-one-line") != NULL) {
            return true;
        }
    }
    return false;
}

static void order(struct ordering *o, struct concrete *value, struct schema_place place)
{
    if ((value->kind != CONCRETE_SEQUENCE && value->kind != CONCRETE_MAPPING) ||
        value->count == 0) {
        return;
    }
    struct schema_places places = schema_places_new(o->arena, o->documents);
    schema_places_add(&places, place);
    if (is_on_one_line(&places)) {
        keep_lines(value);
        return;
    }
    if (value->kind == CONCRETE_SEQUENCE) {
        order_items(o, value, &places);
        return;
    }
    const struct schema_place *best = best_of(&places, value);
    if (best == NULL) {
        order_named(o, value, &places);
        return;
    }
    const struct node *properties = node_get(best->schema, "properties");
    sort(value, properties);
    for (size_t i = 0; i < value->count; i++) {
        const struct member *member = node_member(properties, value->entries[i].key->text);
        if (member != NULL) {
            order(o, value->entries[i].value, (struct schema_place){member->value, best->document});
        }
    }
}

void key_order_apply(struct arena *arena, const struct concrete_document *document,
                     const struct node *schema, const struct schema_documents *documents)
{
    struct ordering ordering = {arena, documents};
    if (!document->has_anchors) {
        order(&ordering, document->root, (struct schema_place){schema, schema});
    }
}
