#include "document/schema/places.h"

/* References that lead nowhere but to each other end here. */
#define DEPTH_LIMIT 32

static void collect(struct schema_places *places, struct schema_place place, size_t depth);

/* What `"$ref": "fragment.schema.json#/$defs/parts"` stands for. */
static struct schema_place follow(const struct schema_places *places, struct slice reference,
                                  const struct node *document)
{
    size_t hash = slice_find(reference, "#", 0);
    struct slice name = slice_part(reference, 0, hash == SIZE_MAX ? reference.length : hash);
    struct slice path =
        hash == SIZE_MAX ? SLICE("") : slice_part(reference, hash + 1, reference.length);
    if (name.length > 0) {
        document = places->documents->find(places->documents->context, name);
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

static void collect_list(struct schema_places *places, const struct node *list,
                         const struct node *document, size_t depth)
{
    for (size_t i = 0; i < node_length(list); i++) {
        collect(places, (struct schema_place){list->items[i], document}, depth);
    }
}

/* Adds a schema and all that it may stand for. */
static void collect(struct schema_places *places, struct schema_place place, size_t depth)
{
    static const char *const lists[] = {"anyOf", "oneOf", "allOf"};
    static const char *const singles[] = {"then", "else"};
    if (!node_is(place.schema, NODE_MAPPING) || depth == DEPTH_LIMIT) {
        return;
    }
    places->items =
        arena_append(places->arena, places->items, places->count, sizeof *places->items);
    places->items[places->count++] = place;
    struct slice reference = node_text(place.schema, "$ref");
    if (reference.length > 0) {
        collect(places, follow(places, reference, place.document), depth + 1);
    }
    for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++) {
        collect_list(places, node_get(place.schema, lists[i]), place.document, depth + 1);
    }
    for (size_t i = 0; i < sizeof singles / sizeof singles[0]; i++) {
        collect(places, (struct schema_place){node_get(place.schema, singles[i]), place.document},
                depth + 1);
    }
}

void schema_places_add(struct schema_places *places, struct schema_place place)
{
    collect(places, place, 0);
}

/* What is under a keyword of the schemas. */
static struct schema_places below_keyword(const struct schema_places *places, const char *keyword)
{
    struct schema_places below = schema_places_new(places->arena, places->documents);
    for (size_t i = 0; i < places->count; i++) {
        const struct node *schema = node_get(places->items[i].schema, keyword);
        schema_places_add(&below, (struct schema_place){schema, places->items[i].document});
    }
    return below;
}

struct schema_places schema_places_items(const struct schema_places *places)
{
    return below_keyword(places, "items");
}

struct schema_places schema_places_keys(const struct schema_places *places)
{
    return below_keyword(places, "propertyNames");
}

size_t schema_place_known(const struct schema_place *place, const struct node *mapping)
{
    const struct node *properties = node_get(place->schema, "properties");
    size_t known = 0;
    for (size_t i = 0; node_is(properties, NODE_MAPPING) && i < mapping->count; i++) {
        known += node_member(properties, mapping->members[i].key->text) != NULL;
    }
    return known;
}

/* The values of a mapping with names for keys. */
static void add_named(struct schema_places *below, const struct schema_places *places)
{
    for (size_t i = 0; i < places->count; i++) {
        const struct node *values = node_get(places->items[i].schema, "additionalProperties");
        schema_places_add(below, (struct schema_place){values, places->items[i].document});
    }
}

struct schema_places schema_places_member(const struct schema_places *places,
                                          const struct node *mapping, struct slice key)
{
    struct schema_places below = schema_places_new(places->arena, places->documents);
    size_t most = 1;
    for (size_t i = 0; i < places->count; i++) {
        size_t known = schema_place_known(&places->items[i], mapping);
        most = known > most ? known : most;
    }
    for (size_t i = 0; i < places->count; i++) {
        const struct schema_place *place = &places->items[i];
        const struct node *properties = node_get(place->schema, "properties");
        const struct member *member =
            node_is(properties, NODE_MAPPING) ? node_member(properties, key) : NULL;
        if (member != NULL && schema_place_known(place, mapping) == most) {
            schema_places_add(&below, (struct schema_place){member->value, place->document});
        }
    }
    if (below.count == 0) {
        add_named(&below, places);
    }
    return below;
}

struct slice schema_places_text(const struct schema_places *places, const char *keyword)
{
    struct slice text = SLICE("");
    for (size_t i = 0; text.length == 0 && i < places->count; i++) {
        text = node_text(places->items[i].schema, keyword);
    }
    return text;
}
