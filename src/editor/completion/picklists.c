/* Picklists of Salesforce objects: `choices: {from: Lead.Rating}`. */
#include "editor/completion/offers.h"

static void add_object(void *context, struct slice name)
{
    struct offers *offers = context;
    offers_add(offers,
               (struct offer){.kind = OFFER_OBJECT,
                              .rank = OFFER_USUAL,
                              .label = name,
                              .text = arena_printf(offers->arena, "%.*s.", SLICE_ARG(name))});
}

static const struct sobject *find_object(struct offers *offers, struct slice name)
{
    return offers->compiler != NULL
               ? sobject_find(offers->compiler->project->catalog, name, offers->arena)
               : NULL;
}

void offer_picklists(struct offers *offers)
{
    struct slice before = offers->cursor->before;
    size_t dot = slice_find(before, ".", 0);
    if (dot == SIZE_MAX && offers->compiler != NULL) {
        sobject_catalog_offer(offers->compiler->project->catalog, add_object, offers);
        return;
    }
    const struct sobject *object =
        dot != SIZE_MAX ? find_object(offers, slice_part(before, 0, dot)) : NULL;
    for (size_t i = 0; object != NULL && i < object->field_count; i++) {
        const struct sobject_field *field = &object->fields[i];
        struct offer offer = {.kind = OFFER_FIELD, .rank = OFFER_USUAL, .label = field->name};
        offer_describe_field(offers->arena, &offer, field);
        if (field->value_count > 0) {
            offers_add(offers, offer);
        }
    }
}

void offer_values_of_picklist(struct offers *offers)
{
    struct slice path = offers_name_around(offers, NAME_PICKLIST);
    size_t dot = slice_find(path, ".", 0);
    const struct sobject *object =
        dot != SIZE_MAX ? find_object(offers, slice_part(path, 0, dot)) : NULL;
    const struct sobject_field *field =
        object != NULL ? sobject_field(object, slice_part(path, dot + 1, path.length)) : NULL;
    for (size_t i = 0; field != NULL && i < field->value_count; i++) {
        offers_add_value(offers, (struct offer){.kind = OFFER_VALUE,
                                                .rank = OFFER_USUAL,
                                                .label = field->values[i].value,
                                                .detail = field->values[i].label});
    }
}
