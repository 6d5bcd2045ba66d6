/* Values of data: bodies of requests, variables that are set. */
#include "dialog/value.h"

bool value_has_references(const struct body *value)
{
    if (value->text.has_references) {
        return true;
    }
    for (size_t i = 0; i < value->count; i++) {
        if (value_has_references(&value->items[i])) {
            return true;
        }
    }
    return false;
}

/* One reference gets the type of `field`; the members of a mapping those of the fields of `object`.
 */
static void write_value(struct script_writer *w, const struct body *body,
                        const struct sobject *object, const struct sobject_field *field,
                        size_t depth)
{
    struct builder *out = &w->body;
    const struct node *node = body->node;
    if (node->kind == NODE_STRING) {
        const struct reference *single = text_single(&body->text);
        if (single != NULL) {
            script_for_field(w, single, field);
        } else {
            script_text(w, &body->text);
        }
        return;
    }
    bool is_list = node->kind == NODE_SEQUENCE;
    if (!is_list && node->kind != NODE_MAPPING) {
        struct json_writer json = json_writer_new(out, true);
        json_node(&json, node);
        return;
    }
    builder_add_char(out, is_list ? '[' : '{');
    for (size_t i = 0; i < body->count; i++) {
        builder_add_text(out, i > 0 ? ",\n" : "\n");
        builder_add_repeated(out, ' ', 4 * (depth + 1));
        const struct sobject_field *member = NULL;
        if (!is_list) {
            script_string(out, body->keys[i]);
            builder_add_text(out, ": ");
            member = object != NULL ? sobject_field(object, body->keys[i]) : NULL;
        }
        write_value(w, &body->items[i], NULL, member, depth + 1);
    }
    if (body->count > 0) {
        builder_add_char(out, '\n');
        builder_add_repeated(out, ' ', 4 * depth);
    }
    builder_add_char(out, is_list ? ']' : '}');
}

void value_write(struct script_writer *w, const struct body *value, const struct sobject *object)
{
    write_value(w, value, object, NULL, 0);
}

void value_write_fixed(struct json_writer *json, const struct analysis *analysis,
                       const struct body *body)
{
    switch (body->node->kind) {
    case NODE_STRING:
        json_string(json, body->text.has_references
                              ? script_platform_text(json->out->arena, analysis, &body->text)
                              : text_fixed(&body->text));
        break;
    case NODE_SEQUENCE:
        json_begin_array(json);
        for (size_t i = 0; i < body->count; i++) {
            value_write_fixed(json, analysis, &body->items[i]);
        }
        json_end_array(json);
        break;
    case NODE_MAPPING:
        json_begin_object(json);
        for (size_t i = 0; i < body->count; i++) {
            json_key_slice(json, body->keys[i]);
            value_write_fixed(json, analysis, &body->items[i]);
        }
        json_end_object(json);
        break;
    case NODE_NULL:
    case NODE_BOOLEAN:
    case NODE_INTEGER:
    case NODE_FLOAT:
        json_node(json, body->node);
        break;
    }
}
