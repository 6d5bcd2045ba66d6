/* Fixed values: what the schemas list, and their examples. */
#include "editor/completion/offers.h"

static void add(struct offers *offers, const struct schema_place *place, const struct node *value,
                const char *detail)
{
    struct slice label = value->text;
    if (value->kind == NODE_BOOLEAN) {
        label = value->boolean ? SLICE("true") : SLICE("false");
    }
    struct offer offer = {
        .kind = OFFER_VALUE,
        .rank = OFFER_USUAL,
        .label = label,
        .detail = slice_of(detail),
        .documentation = node_text(place->schema, "description"),
    };
    if (value->kind == NODE_STRING) {
        offers_add_value(offers, offer);
    } else if (value->kind == NODE_BOOLEAN || value->kind == NODE_INTEGER) {
        offers_add(offers, offer);
    }
}

static void add_booleans(struct offers *offers, const struct schema_place *place)
{
    static const struct node values[] = {{.kind = NODE_BOOLEAN, .boolean = true},
                                         {.kind = NODE_BOOLEAN, .boolean = false}};
    const struct node *type = node_get(place->schema, "type");
    if (node_is(type, NODE_STRING) && slice_is(type->text, "boolean")) {
        add(offers, place, &values[0], "");
        add(offers, place, &values[1], "");
    }
}

/* Examples of words; names and sentences are the author's own. */
static void add_examples(struct offers *offers, const struct schema_place *place)
{
    const struct node *examples = node_get(place->schema, "examples");
    for (size_t i = 0; i < node_length(examples); i++) {
        const struct node *example = examples->items[i];
        bool is_word =
            example->kind == NODE_INTEGER ||
            (example->kind == NODE_STRING && slice_find(example->text, " ", 0) == SIZE_MAX &&
             slice_find(example->text, "${", 0) == SIZE_MAX);
        if (is_word) {
            add(offers, place, example, "example");
        }
    }
}

void offer_values(struct offers *offers)
{
    const struct schema_places *places = &offers->cursor->places;
    enum name_kind kind;
    struct slice reference;
    if (!offers->cursor->is_value || cursor_in_reference(offers->cursor, &reference)) {
        return;
    }
    bool is_name = name_kind_used(places, &kind) || name_kind_defined(places, &kind);
    for (size_t i = 0; i < places->count; i++) {
        const struct schema_place *place = &places->items[i];
        const struct node *list = node_get(place->schema, "enum");
        const struct node *only = node_get(place->schema, "const");
        for (size_t j = 0; j < node_length(list); j++) {
            add(offers, place, list->items[j], "");
        }
        if (only != NULL) {
            add(offers, place, only, "");
        }
        add_booleans(offers, place);
        if (!is_name) {
            add_examples(offers, place);
        }
    }
}
