/*
 * A walk over the document with the schemas that each of its values may be under: references and
 * alternatives are followed, and of several mappings the one is meant that knows most of the keys.
 */
#include "document/schema/key_order.h"

/* References that lead nowhere but to each other end here. */
#define DEPTH_LIMIT 32

/* A schema and the document that it is in. */
struct schema_place {
    const struct node *schema;
    const struct node *document;
};

struct places {
    struct schema_place *items;
    size_t count;
};

struct ordering {
    struct arena *arena;
    const struct schema_documents *documents;
};

static void collect(struct ordering *o, struct places *places, struct schema_place place,
                    size_t depth);

/* What `"$ref": "fragment.schema.json#/$defs/parts"` stands for. */
static struct schema_place follow(struct ordering *o, struct slice reference,
                                  const struct node *document)
{
    size_t hash = slice_find(reference, "#", 0);
    struct slice name = slice_part(reference, 0, hash == SIZE_MAX ? reference.length : hash);
    struct slice path =
        hash == SIZE_MAX ? SLICE("") : slice_part(reference, hash + 1, reference.length);
    if (name.length > 0) {
        document = o->documents->find(o->documents->context, name);
    }
    const struct node *schema = document;
    for (size_t at = 0; schema != NULL && at < path.length;) {
        size_t end = slice_find(path, "/", at + 1);
        end = end == SIZE_MAX ? path.length : end;
        const struct member *member = schema->kind == NODE_MAPPING
                                          ? node_member(schema, slice_part(path, at + 1, end))
                                          : NULL;
        schema = member != NULL ? member->value : NULL;
        at = end;
    }
    return (struct schema_place){schema, document};
}

static void collect_list(struct ordering *o, struct places *places, const struct node *list,
                         const struct node *document, size_t depth)
{
    for (size_t i = 0; i < node_length(list); i++) {
        collect(o, places, (struct schema_place){list->items[i], document}, depth);
    }
}

/* Adds a schema and all that it may stand for. */
static void collect(struct ordering *o, struct places *places, struct schema_place place,
                    size_t depth)
{
    static const char *const lists[] = {"anyOf", "oneOf", "allOf"};
    static const char *const singles[] = {"then", "else"};
    if (!node_is(place.schema, NODE_MAPPING) || depth == DEPTH_LIMIT) {
        return;
    }
    places->items = arena_append(o->arena, places->items, places->count, sizeof *places->items);
    places->items[places->count++] = place;
    struct slice reference = node_text(place.schema, "$ref");
    if (reference.length > 0) {
        collect(o, places, follow(o, reference, place.document), depth + 1);
    }
    for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++) {
        collect_list(o, places, node_get(place.schema, lists[i]), place.document, depth + 1);
    }
    for (size_t i = 0; i < sizeof singles / sizeof singles[0]; i++) {
        collect(o, places,
                (struct schema_place){node_get(place.schema, singles[i]), place.document},
                depth + 1);
    }
}

/* The properties that know most of the keys of a mapping; NULL: none knows any. */
static const struct schema_place *best_of(const struct places *places,
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
static void order_items(struct ordering *o, struct concrete *list, const struct places *places)
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
static void order_named(struct ordering *o, struct concrete *mapping, const struct places *places)
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

static bool is_on_one_line(const struct places *places)
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
    struct places places = {0};
    collect(o, &places, place, 0);
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
