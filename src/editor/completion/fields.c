/* What Salesforce has: the fields of objects, and the values of picklists. */
#include "editor/completion/offers.h"

const struct sobject *offers_object_around(struct offers *offers)
{
    struct slice name = offers_name_around(offers, NAME_SOBJECT);
    return offers->compiler != NULL && name.length > 0
               ? sobject_find(offers->compiler->project->catalog, name, offers->arena)
               : NULL;
}

const struct sobject *offers_follow(struct offers *offers, const struct sobject *object,
                                    struct slice path)
{
    for (size_t at = 0; object != NULL && at < path.length;) {
        size_t dot = slice_find(path, ".", at);
        if (dot == SIZE_MAX) {
            break;
        }
        const struct sobject_field *field =
            sobject_relationship_any_case(object, slice_part(path, at, dot));
        object = field != NULL && field->reference_count == 1
                     ? sobject_find(object->catalog, field->references[0], offers->arena)
                     : NULL;
        at = dot + 1;
    }
    return object;
}

/* ---- what a field is ---- */

/* Values of a picklist that are shown with their field. */
#define SHOWN_VALUES 12

/* "currency, required": in a few words. */
static struct slice detail_of(struct arena *arena, const struct sobject_field *field)
{
    struct builder out = builder_new(arena);
    builder_add_text(&out, field_type_word(field->type));
    if (field->length > 0 && field->value_count == 0) {
        builder_printf(&out, "(%lld)", field->length);
    }
    builder_add_text(&out, field->required ? ", required" : "");
    return builder_slice(&out);
}

/* Its label, with what can be in it, or where it leads. */
static struct slice documentation_of(struct arena *arena, const struct sobject_field *field)
{
    struct builder out = builder_new(arena);
    builder_add(&out, field->label);
    if (field->reference_count > 0) {
        struct slice targets = sobject_field_targets(arena, field);
        builder_printf(&out, "\n\nLeads to %.*s.", SLICE_ARG(targets));
    }
    for (size_t i = 0; i < field->value_count && i < SHOWN_VALUES; i++) {
        builder_printf(&out, "%s`%.*s`", i == 0 ? "\n\nOne of " : ", ",
                       SLICE_ARG(field->values[i].value));
    }
    builder_add_text(&out, field->value_count > SHOWN_VALUES ? ", …" : "");
    return builder_slice(&out);
}

void offer_describe_field(struct arena *arena, struct offer *offer,
                          const struct sobject_field *field)
{
    offer->detail = detail_of(arena, field);
    offer->documentation = documentation_of(arena, field);
}

/* ---- names of fields ---- */

static void add_field(struct offers *offers, const struct sobject_field *field, bool is_key,
                      bool is_written)
{
    bool is_late = is_written && !field->createable && !field->updateable;
    struct slice text = is_key && !offers->cursor->has_colon
                            ? arena_printf(offers->arena, "%.*s: ", SLICE_ARG(field->name))
                            : SLICE("");
    struct offer offer = {
        .kind = OFFER_FIELD, .rank = OFFER_USUAL, .label = field->name, .text = text};
    if (is_written && (is_late || field->required)) {
        offer.rank = is_late ? OFFER_LATER : OFFER_REQUIRED;
    }
    offer_describe_field(offers->arena, &offer, field);
    offers_add(offers, offer);
}

/* Fields of the object, and the relationships that lead on. */
static void add_fields(struct offers *offers, const struct sobject *object, bool is_key,
                       bool is_written)
{
    const struct cursor *cursor = offers->cursor;
    for (size_t i = 0; object != NULL && i < object->field_count; i++) {
        const struct sobject_field *field = &object->fields[i];
        bool is_there = is_key && node_member(cursor_last(cursor)->node, field->name) != NULL;
        if (!is_there) {
            add_field(offers, field, is_key, is_written);
        }
        if (!is_written && field->relationship.length > 0) {
            offers_add(offers, (struct offer){.kind = OFFER_OBJECT,
                                              .rank = OFFER_LATER,
                                              .label = field->relationship,
                                              .detail = sobject_field_targets(offers->arena, field),
                                              .documentation = field->label});
        }
    }
}

void offer_fields_of(struct offers *offers, const struct sobject *object)
{
    add_fields(offers, object, false, false);
}

/* True for a mapping whose keys are fields. */
static bool has_fields_for_keys(const struct schema_places *places)
{
    enum name_kind kind;
    struct schema_places keys = schema_places_keys(places);
    return name_kind_used(&keys, &kind) && kind == NAME_FIELD;
}

/* True where an operation writes: its mapping of values is required. */
static bool is_written(const struct cursor *cursor)
{
    const struct node *operation = cursor->count > 1 ? cursor->steps[cursor->count - 2].node : NULL;
    return node_get(operation, "create") != NULL || node_get(operation, "update") != NULL ||
           node_get(operation, "upsert") != NULL;
}

/* ---- values of a field ---- */

static void add_values_of(struct offers *offers, const struct sobject_field *field)
{
    for (size_t i = 0; i < field->value_count; i++) {
        offers_add_value(offers, (struct offer){.kind = OFFER_VALUE,
                                                .rank = OFFER_USUAL,
                                                .label = field->values[i].value,
                                                .detail = field->values[i].label});
    }
    if (field->type == FIELD_BOOLEAN) {
        offers_add(offers, (struct offer){.kind = OFFER_VALUE, .label = SLICE("true")});
        offers_add(offers, (struct offer){.kind = OFFER_VALUE, .label = SLICE("false")});
    }
}

/* The nearest key around the cursor that is a field, and its values. */
static void offer_values_of_field(struct offers *offers)
{
    const struct cursor *cursor = offers->cursor;
    for (size_t i = cursor->count; i-- > 0;) {
        const struct cursor_step *step = &cursor->steps[i];
        if (step->member == NULL || !has_fields_for_keys(&step->places)) {
            continue;
        }
        const struct sobject *object = offers_object_around(offers);
        const struct sobject_field *field =
            object != NULL ? sobject_field(object, step->member->key->text) : NULL;
        if (field != NULL) {
            add_values_of(offers, field);
        }
        return;
    }
}

void offer_fields(struct offers *offers)
{
    const struct cursor *cursor = offers->cursor;
    enum name_kind kind;
    struct slice reference;
    if (cursor_in_reference(offers->cursor, &reference)) {
        return;
    }
    if (cursor->is_key && has_fields_for_keys(&cursor_last(cursor)->places)) {
        add_fields(offers, offers_follow(offers, offers_object_around(offers), cursor->before),
                   true, is_written(cursor));
    } else if (cursor->is_value && name_kind_used(&cursor->places, &kind) && kind == NAME_FIELD) {
        add_fields(offers, offers_follow(offers, offers_object_around(offers), cursor->before),
                   false, false);
    } else if (cursor->is_value && !cursor->is_key) {
        offer_values_of_field(offers);
    }
}
