/* What is asked of compiled schemas again and again. */
#include "document/schema/compiled.h"

int subschema_compare_keys(struct slice a, struct slice b)
{
    if (a.length != b.length) {
        return a.length < b.length ? -1 : 1;
    }
    return a.length == 0 ? 0 : memcmp(a.data, b.data, a.length);
}

const struct subschema *subschema_property(const struct subschema *schema, struct slice name)
{
    const struct object_keywords *objects = schema->objects;
    size_t from = 0;
    size_t to = objects != NULL ? objects->property_count : 0;
    while (from < to) {
        size_t middle = from + (to - from) / 2;
        int order = subschema_compare_keys(objects->properties[middle].key, name);
        if (order == 0) {
            return objects->properties[middle].schema;
        }
        from = order < 0 ? middle + 1 : from;
        to = order < 0 ? to : middle;
    }
    return NULL;
}

struct slice subschema_own_key(const struct subschema *schema)
{
    const struct node *required = schema->objects != NULL ? schema->objects->required : NULL;
    return node_length(required) > 0 ? required->items[0]->text : SLICE("");
}
