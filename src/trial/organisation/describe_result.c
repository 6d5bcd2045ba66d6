/* Describe results, made of what the catalog knows. */
#include "trial/organisation/parts.h"
#include "document/tree/build.h"

static void set_flag(struct arena *arena, struct node *object, const char *key, bool value)
{
    node_set(arena, object, slice_of(key), node_new_boolean(arena, value));
}

static struct node *picklist_of(struct arena *arena, const struct sobject_field *field)
{
    struct node *values = node_new_sequence(arena);
    for (size_t i = 0; i < field->value_count; i++) {
        struct node *value = node_new_mapping(arena);
        bool is_default = node_is(field->default_value, NODE_STRING) &&
                          slice_equal(field->default_value->text, field->values[i].value);
        set_flag(arena, value, "active", true);
        set_flag(arena, value, "defaultValue", is_default);
        node_set_text(arena, value, "label", field->values[i].label);
        node_set_text(arena, value, "value", field->values[i].value);
        node_append(arena, values, value);
    }
    return values;
}

static struct node *field_answer(struct arena *arena, const struct sobject_field *field)
{
    struct node *answer = node_new_mapping(arena);
    struct node *references = node_new_sequence(arena);
    for (size_t i = 0; i < field->reference_count; i++) {
        node_append(arena, references, node_new_text(arena, field->references[i]));
    }
    node_set_text(arena, answer, "name", field->name);
    node_set_text(arena, answer, "label", field->label);
    node_set_text(arena, answer, "type", slice_of(field_type_word(field->type)));
    node_set(arena, answer, SLICE("length"), node_new_integer(arena, field->length));
    set_flag(arena, answer, "createable", field->createable);
    set_flag(arena, answer, "updateable", field->updateable);
    set_flag(arena, answer, "nillable", field->nillable);
    set_flag(arena, answer, "defaultedOnCreate", !field->required && !field->nillable);
    set_flag(arena, answer, "restrictedPicklist", field->restricted);
    set_flag(arena, answer, "externalId", field->external_id);
    set_flag(arena, answer, "idLookup", field->id_lookup);
    set_flag(arena, answer, "nameField", field->name_field);
    set_flag(arena, answer, "filterable", field->filterable);
    node_set(arena, answer, SLICE("picklistValues"), picklist_of(arena, field));
    node_set(arena, answer, SLICE("referenceTo"), references);
    if (field->relationship.length > 0) {
        node_set_text(arena, answer, "relationshipName", field->relationship);
    }
    return answer;
}

struct node *describe_result(struct organisation *org, const struct sobject *object,
                             struct slice version, bool brief)
{
    struct arena *arena = org->work;
    struct node *answer = node_new_mapping(arena);
    struct node *urls = node_new_mapping(arena);
    struct slice base = arena_printf(arena, "/services/data/%.*s/sobjects/%.*s", SLICE_ARG(version),
                                     SLICE_ARG(object->name));
    node_set_text(arena, answer, "name", object->name);
    node_set_text(arena, answer, "label", object->label);
    node_set_text(arena, answer, "labelPlural", object->plural);
    node_set_text(arena, answer, "keyPrefix", object->key_prefix);
    set_flag(arena, answer, "createable", object->createable);
    set_flag(arena, answer, "updateable", object->updateable);
    set_flag(arena, answer, "deletable", object->deletable);
    set_flag(arena, answer, "queryable", object->queryable);
    set_flag(arena, answer, "searchable", object->searchable);
    set_flag(arena, answer, "custom", sobject_is_custom_name(object->name));
    node_set_text(arena, urls, "sobject", base);
    node_set_text(arena, urls, "describe", arena_printf(arena, "%.*s/describe", SLICE_ARG(base)));
    node_set_text(arena, urls, "rowTemplate", arena_printf(arena, "%.*s/{ID}", SLICE_ARG(base)));
    node_set(arena, answer, SLICE("urls"), urls);
    if (!brief) {
        struct node *fields = node_new_sequence(arena);
        for (size_t i = 0; i < object->field_count; i++) {
            node_append(arena, fields, field_answer(arena, &object->fields[i]));
        }
        node_set(arena, answer, SLICE("fields"), fields);
    }
    return answer;
}
