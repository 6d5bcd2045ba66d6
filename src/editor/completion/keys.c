/* Keys, as the schemas have them at the cursor. */
#include "build/inputs/content.h"
#include "editor/completion/offers.h"

static bool has_type(const struct node *type, const char *word)
{
    for (size_t i = 0; i < node_length(type); i++) {
        if (node_is(type->items[i], NODE_STRING) && slice_is(type->items[i]->text, word)) {
            return true;
        }
    }
    return node_is(type, NODE_STRING) && slice_is(type->text, word);
}

/* The kind of value that a key mostly has. */
enum value_shape {
    SHAPE_SCALAR,
    SHAPE_LIST,
    SHAPE_MAPPING,
};

static enum value_shape shape_of(const struct schema_places *places)
{
    bool is_list = false, is_mapping = false;
    for (size_t i = 0; i < places->count; i++) {
        const struct node *schema = places->items[i].schema;
        const struct node *type = node_get(schema, "type");
        if (has_type(type, "string") || has_type(type, "boolean") || has_type(type, "integer") ||
            has_type(type, "number") || node_get(schema, "enum") != NULL ||
            node_get(schema, "const") != NULL) {
            return SHAPE_SCALAR;
        }
        is_list = is_list || has_type(type, "array");
        is_mapping = is_mapping || has_type(type, "object");
    }
    return is_list ? SHAPE_LIST : is_mapping ? SHAPE_MAPPING : SHAPE_SCALAR;
}

/* "title: ", or with a snippet what begins the value, too. */
static struct slice text_of(struct offers *offers, struct slice key,
                            const struct schema_places *places)
{
    static const char *const blocks[] = {": $0", ":\n  - $0", ":\n  $0"};
    static const char *const flows[] = {": $0", ": [$0]", ": {$0}"};
    const struct cursor *cursor = offers->cursor;
    if (cursor->has_colon) {
        return key;
    }
    if (!offers->takes_snippets) {
        return arena_printf(offers->arena, "%.*s: ", SLICE_ARG(key));
    }
    const char *const *after = cursor_is_in_flow(cursor) ? flows : blocks;
    return arena_printf(offers->arena, "%.*s%s", SLICE_ARG(key), after[shape_of(places)]);
}

static bool is_required(const struct node *schema, struct slice key)
{
    const struct node *required = node_get(schema, "required");
    for (size_t i = 0; i < node_length(required); i++) {
        if (slice_equal(required->items[i]->text, key)) {
            return true;
        }
    }
    return false;
}

static void add_key(struct offers *offers, const struct schema_place *place,
                    const struct member *property)
{
    struct schema_places below = schema_places_new(offers->arena, offers->cursor->places.documents);
    struct slice key = property->key->text;
    schema_places_add(&below, (struct schema_place){property->value, place->document});
    offers_add(offers, (struct offer){
                           .kind = OFFER_KEY,
                           .rank = is_required(place->schema, key) ? OFFER_REQUIRED : OFFER_USUAL,
                           .label = key,
                           .detail = schema_places_text(&below, "title"),
                           .documentation = schema_places_text(&below, "description"),
                           .text = text_of(offers, key, &below),
                           .is_snippet = offers->takes_snippets && !offers->cursor->has_colon,
                       });
}

/* `"not": {}` is for a word of other languages, which is only there to be told. */
static bool is_offered(const struct node *property)
{
    const struct node *not = node_get(property, "not");
    return property->kind == NODE_MAPPING && !(node_is(not, NODE_MAPPING) && not ->count == 0);
}

/* The keys of a schema that the mapping does not have yet. */
static void add_keys(struct offers *offers, const struct schema_place *place,
                     const struct node *mapping)
{
    const struct node *properties = node_get(place->schema, "properties");
    for (size_t i = 0; node_is(properties, NODE_MAPPING) && i < properties->count; i++) {
        const struct member *property = &properties->members[i];
        if (node_member(mapping, property->key->text) == NULL && is_offered(property->value)) {
            add_key(offers, place, property);
        }
    }
}

/* A new file: what it can be. */
static void add_heads(struct offers *offers)
{
    const struct node *root = offers->cursor->root;
    if (node_get(root, "dialogc") == NULL) {
        offers_add(offers, (struct offer){.kind = OFFER_KEY,
                                          .rank = OFFER_REQUIRED,
                                          .label = SLICE("dialogc"),
                                          .detail = SLICE("Language version"),
                                          .text = SLICE("dialogc: 1")});
    }
    for (size_t i = 0; i < CONTENT_COUNT; i++) {
        const struct content_info *info = content_info((enum content_kind)i);
        if (info->key != NULL && info->schema != NULL) {
            struct slice key = slice_of(info->key);
            offers_add(offers,
                       (struct offer){.kind = OFFER_KEY,
                                      .rank = OFFER_REQUIRED,
                                      .label = key,
                                      .detail = slice_of(info->what),
                                      .text = arena_printf(offers->arena, "%s: ", info->key)});
        }
    }
}

/* Of several schemas for a mapping those are meant that know most of its keys. */
void offer_keys(struct offers *offers)
{
    const struct cursor *cursor = offers->cursor;
    if (!cursor->is_key) {
        return;
    }
    const struct cursor_step *last = cursor_last(cursor);
    size_t most = 0;
    if (last->places.count == 0 && cursor->count == 1 && offers->project != NULL) {
        add_heads(offers);
    }
    for (size_t i = 0; i < last->places.count; i++) {
        size_t known = schema_place_known(&last->places.items[i], last->node);
        most = known > most ? known : most;
    }
    for (size_t i = 0; i < last->places.count; i++) {
        const struct schema_place *place = &last->places.items[i];
        if (schema_place_known(place, last->node) == most) {
            add_keys(offers, place, last->node);
        }
    }
}
