#include "editor/completion/offers.h"

#include "document/yaml/writer.h"

void offers_add(struct offers *offers, struct offer offer)
{
    for (size_t i = 0; i < offers->count; i++) {
        if (slice_equal(offers->items[i].label, offer.label)) {
            return;
        }
    }
    offers->items =
        arena_append(offers->arena, offers->items, offers->count, sizeof *offers->items);
    offers->items[offers->count++] = offer;
}

void offers_add_value(struct offers *offers, struct offer offer)
{
    const struct cursor *cursor = offers->cursor;
    const struct node *scalar = cursor->scalar;
    char first = cursor->text.data[scalar->range.start];
    bool is_quoted = first == '"' || first == '\'';
    if (!is_quoted && cursor->before.length <= cursor->word.end - cursor->word.start) {
        offer.text = yaml_text_on_line(offers->arena, offer.label, cursor_is_in_flow(cursor));
    }
    offers_add(offers, offer);
}

struct slice offers_name_around(const struct offers *offers, enum name_kind kind)
{
    for (size_t i = offers->cursor->count; i-- > 0;) {
        const struct cursor_step *step = &offers->cursor->steps[i];
        for (size_t j = 0; step->node->kind == NODE_MAPPING && j < step->node->count; j++) {
            const struct member *member = &step->node->members[j];
            enum name_kind found;
            struct schema_places places =
                schema_places_member(&step->places, step->node, member->key->text);
            if (member != step->member && member->value->kind == NODE_STRING &&
                name_kind_used(&places, &found) && found == kind) {
                return member->value->text;
            }
        }
    }
    return SLICE("");
}

const struct node *offers_fragment(const struct offers *offers, struct slice id)
{
    const struct fragment *fragment =
        offers->compiler != NULL && id.length > 0
            ? fragment_find(offers->compiler->fragments, id, offers->arena)
            : NULL;
    return fragment != NULL ? fragment->root : NULL;
}
