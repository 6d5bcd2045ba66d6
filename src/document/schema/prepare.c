/*
 * Writes compiled schemas as C: arrays and structures that refer to one another. The order is that
 * of a walk from the roots, so the same schemas give the same text.
 */
#include <stdint.h>

#include "document/schema/prepared.h"
#include "document/tree/pointer.h"

struct writer {
    struct arena *arena;
    struct builder out;
    struct map numbers; /* subschema to its number, as index into `list` + 1 */
    const struct subschema **list;
    size_t count;
    struct map pointers; /* node of a document to its JSON Pointer */
    struct map patterns; /* text to struct pattern, numbered anew */
    const struct prepared_document *documents;
    const struct resource **resources;
    size_t resource_count;
    size_t node_count;
    bool failed;
};

/* ---- the walk ---- */

static void collect(struct writer *w, const struct subschema *schema);

static void collect_list(struct writer *w, const struct schema_list *list)
{
    for (size_t i = 0; i < list->count; i++) {
        collect(w, list->items[i]);
    }
}

static void collect_keyed(struct writer *w, const struct keyed_schema *keyed, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        collect(w, keyed[i].schema);
    }
}

static void collect_objects(struct writer *w, const struct object_keywords *objects)
{
    collect_keyed(w, objects->properties, objects->property_count);
    for (size_t i = 0; i < objects->pattern_property_count; i++) {
        collect(w, objects->pattern_properties[i].schema);
    }
    collect(w, objects->additional_properties);
    collect(w, objects->property_names);
    collect(w, objects->unevaluated_properties);
}

static void collect_in_place(struct writer *w, const struct in_place_keywords *in_place)
{
    collect_list(w, &in_place->all_of);
    collect_list(w, &in_place->any_of);
    collect_list(w, &in_place->one_of);
    collect(w, in_place->not );
    collect(w, in_place->condition);
    collect(w, in_place->consequence);
    collect(w, in_place->alternative);
    collect_keyed(w, in_place->dependent_schemas, in_place->dependent_schema_count);
    w->failed = w->failed || in_place->dynamic_reference != NULL;
}

static void collect_resource(struct writer *w, const struct resource *resource)
{
    for (size_t i = 0; i < w->resource_count; i++) {
        if (w->resources[i] == resource) {
            return;
        }
    }
    w->resources = arena_append(w->arena, w->resources, w->resource_count, sizeof *w->resources);
    w->resources[w->resource_count++] = resource;
}

/* Gives the schema, and what it refers to, a number. */
static void collect(struct writer *w, const struct subschema *schema)
{
    if (schema == NULL || map_get_address(&w->numbers, schema) != NULL) {
        return;
    }
    w->list = arena_append(w->arena, w->list, w->count, sizeof *w->list);
    w->list[w->count++] = schema;
    size_t *number = arena_alloc(w->arena, sizeof *number);
    *number = w->count - 1;
    map_add_address(&w->numbers, schema, number);
    collect_resource(w, schema->resource);
    collect(w, schema->reference);
    if (schema->strings != NULL) {
        w->failed = w->failed || schema->strings->format != NULL;
    }
    if (schema->arrays != NULL) {
        collect_list(w, &schema->arrays->prefix_items);
        collect(w, schema->arrays->items);
        collect(w, schema->arrays->contains);
        collect(w, schema->arrays->unevaluated_items);
    }
    if (schema->objects != NULL) {
        collect_objects(w, schema->objects);
    }
    if (schema->in_place != NULL) {
        collect_in_place(w, schema->in_place);
    }
}

/* Notes the pointer of every value of a document. */
static void note_pointers(struct writer *w, const struct node *node, struct slice pointer)
{
    map_add_address(&w->pointers, node, arena_copy(w->arena, pointer));
    bool mapping = node->kind == NODE_MAPPING;
    size_t count = mapping || node->kind == NODE_SEQUENCE ? node->count : 0;
    for (size_t i = 0; i < count; i++) {
        struct builder inner = builder_new(w->arena);
        builder_add(&inner, pointer);
        pointer_add(&inner,
                    mapping ? node->members[i].key->text : arena_printf(w->arena, "%zu", i));
        note_pointers(w, mapping ? node->members[i].value : node->items[i], builder_slice(&inner));
    }
}

/* ---- writing ---- */

/* A string literal. */
static void write_string(struct writer *w, struct slice text)
{
    builder_add_char(&w->out, '"');
    for (size_t i = 0; i < text.length; i++) {
        unsigned char c = (unsigned char)text.data[i];
        if (c < ' ' || c > '~' || c == '"' || c == '\\' || c == '?') {
            builder_printf(&w->out, "\\%03o", c);
        } else {
            builder_add_char(&w->out, (char)c);
        }
    }
    builder_add_char(&w->out, '"');
}

/* A slice, `{"text", 4}`. */
static void write_text(struct writer *w, struct slice text)
{
    builder_add_char(&w->out, '{');
    write_string(w, text);
    builder_printf(&w->out, ", %zu}", text.length);
}

static void write_size(struct writer *w, const char *field, size_t size, size_t usual)
{
    if (size != usual && size == SIZE_MAX) {
        builder_printf(&w->out, " .%s = SIZE_MAX,", field);
    } else if (size != usual) {
        builder_printf(&w->out, " .%s = %zu,", field, size);
    }
}

static size_t number_of(const struct writer *w, const struct subschema *schema)
{
    return *(const size_t *)map_get_address(&w->numbers, schema);
}

static void write_reference(struct writer *w, const char *field, const struct subschema *schema)
{
    if (schema != NULL) {
        builder_printf(&w->out, " .%s = &schemas[%zu],", field, number_of(w, schema));
    }
}

/* Writes the value as `node_N`, after what is in it; returns N. */
static size_t write_node(struct writer *w, const struct node *node)
{
    bool mapping = node->kind == NODE_MAPPING;
    size_t count = mapping || node->kind == NODE_SEQUENCE ? node->count : 0;
    size_t *inner = arena_alloc_array(w->arena, count * 2, sizeof *inner);
    for (size_t i = 0; i < count; i++) {
        inner[i * 2] = mapping ? write_node(w, node->members[i].key) : 0;
        inner[i * 2 + 1] = write_node(w, mapping ? node->members[i].value : node->items[i]);
    }
    size_t number = w->node_count++;
    if (count > 0) {
        builder_printf(&w->out, "static %s inner_%zu[] = {",
                       mapping ? "struct member" : "struct node *", number);
        for (size_t i = 0; i < count; i++) {
            if (mapping) {
                builder_printf(&w->out, "{(struct node *)&node_%zu, (struct node *)&node_%zu}, ",
                               inner[i * 2], inner[i * 2 + 1]);
            } else {
                builder_printf(&w->out, "(struct node *)&node_%zu, ", inner[i * 2 + 1]);
            }
        }
        builder_add_text(&w->out, "};\n");
    }
    builder_printf(&w->out, "static const struct node node_%zu = {.kind = %d, .boolean = %d",
                   number, (int)node->kind, node->boolean);
    if (count > 0) {
        builder_printf(&w->out, ", .count = %zu", count);
    } else if (!mapping && node->kind != NODE_SEQUENCE) {
        builder_add_text(&w->out, ", .text = ");
        write_text(w, node->text);
    }
    if (count > 0) {
        builder_printf(&w->out, ", .%s = inner_%zu", mapping ? "members" : "items", number);
    }
    builder_add_text(&w->out, "};\n");
    return number;
}

/* A value that a group refers to: written before the group, named in it. */
struct value {
    const char *field;
    const struct node *node;
    size_t number;
};

static void write_values(struct writer *w, struct value *values, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        values[i].number = values[i].node != NULL ? write_node(w, values[i].node) : 0;
    }
}

static void name_values(struct writer *w, const struct value *values, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (values[i].node != NULL) {
            builder_printf(&w->out, " .%s = &node_%zu,", values[i].field, values[i].number);
        }
    }
}

static void write_list(struct writer *w, const char *name, size_t number,
                       const struct schema_list *list)
{
    if (list->count == 0) {
        return;
    }
    builder_printf(&w->out, "static const struct subschema *const %s_%zu[] = {", name, number);
    for (size_t i = 0; i < list->count; i++) {
        builder_printf(&w->out, "&schemas[%zu], ", number_of(w, list->items[i]));
    }
    builder_add_text(&w->out, "};\n");
}

static void name_list(struct writer *w, const char *name, size_t number,
                      const struct schema_list *list)
{
    if (list->count > 0) {
        builder_printf(&w->out, " .%s = {%s_%zu, %zu},", name, name, number, list->count);
    }
}

static void write_keyed(struct writer *w, const char *name, size_t number,
                        const struct keyed_schema *keyed, size_t count)
{
    if (count == 0) {
        return;
    }
    builder_printf(&w->out, "static const struct keyed_schema %s_%zu[] = {\n", name, number);
    for (size_t i = 0; i < count; i++) {
        builder_add_text(&w->out, "    {");
        write_text(w, keyed[i].key);
        builder_printf(&w->out, ", &schemas[%zu]},\n", number_of(w, keyed[i].schema));
    }
    builder_add_text(&w->out, "};\n");
}

static void write_pattern(struct writer *w, struct slice text)
{
    struct pattern *pattern = map_get(&w->patterns, text);
    if (pattern == NULL) {
        pattern = arena_alloc(w->arena, sizeof *pattern);
        *pattern = (struct pattern){text, w->patterns.count};
        map_add(&w->patterns, text, pattern);
    }
    builder_add_char(&w->out, '{');
    write_text(w, text);
    builder_printf(&w->out, ", %zu}", pattern->index);
}

static void write_numbers(struct writer *w, const struct number_keywords *numbers, size_t number)
{
    struct value values[] = {
        {"maximum", numbers->maximum, 0},
        {"exclusive_maximum", numbers->exclusive_maximum, 0},
        {"minimum", numbers->minimum, 0},
        {"exclusive_minimum", numbers->exclusive_minimum, 0},
        {"multiple_of", numbers->multiple_of, 0},
    };
    size_t count = sizeof values / sizeof values[0];
    write_values(w, values, count);
    builder_printf(&w->out, "static const struct number_keywords numbers_%zu = {", number);
    name_values(w, values, count);
    builder_add_text(&w->out, "};\n");
}

static void write_strings(struct writer *w, const struct string_keywords *strings, size_t number)
{
    if (strings->pattern != NULL) {
        builder_printf(&w->out, "static const struct pattern pattern_%zu = ", number);
        write_pattern(w, strings->pattern->text);
        builder_add_text(&w->out, ";\n");
    }
    builder_printf(&w->out, "static const struct string_keywords strings_%zu = {", number);
    write_size(w, "min_length", strings->min_length, 0);
    write_size(w, "max_length", strings->max_length, 0);
    if (strings->pattern != NULL) {
        builder_printf(&w->out, " .pattern = &pattern_%zu,", number);
    }
    builder_add_text(&w->out, "};\n");
}

static void write_arrays(struct writer *w, const struct array_keywords *arrays, size_t number)
{
    write_list(w, "prefix_items", number, &arrays->prefix_items);
    builder_printf(&w->out, "static const struct array_keywords arrays_%zu = {", number);
    name_list(w, "prefix_items", number, &arrays->prefix_items);
    write_reference(w, "items", arrays->items);
    write_reference(w, "contains", arrays->contains);
    write_reference(w, "unevaluated_items", arrays->unevaluated_items);
    write_size(w, "min_items", arrays->min_items, 0);
    write_size(w, "max_items", arrays->max_items, 0);
    write_size(w, "min_contains", arrays->min_contains, 0);
    write_size(w, "max_contains", arrays->max_contains, 0);
    builder_printf(&w->out, " .unique_items = %d};\n", arrays->unique_items);
}

static void write_pattern_properties(struct writer *w, const struct object_keywords *objects,
                                     size_t number)
{
    if (objects->pattern_property_count == 0) {
        return;
    }
    builder_printf(&w->out, "static const struct pattern_schema pattern_properties_%zu[] = {\n",
                   number);
    for (size_t i = 0; i < objects->pattern_property_count; i++) {
        builder_add_text(&w->out, "    {");
        write_pattern(w, objects->pattern_properties[i].pattern.text);
        builder_printf(&w->out, ", &schemas[%zu]},\n",
                       number_of(w, objects->pattern_properties[i].schema));
    }
    builder_add_text(&w->out, "};\n");
}

static void write_objects(struct writer *w, const struct object_keywords *objects, size_t number)
{
    struct value values[] = {
        {"required", objects->required, 0},
        {"dependent_required", objects->dependent_required, 0},
    };
    size_t count = sizeof values / sizeof values[0];
    write_values(w, values, count);
    write_keyed(w, "properties", number, objects->properties, objects->property_count);
    write_pattern_properties(w, objects, number);
    builder_printf(&w->out, "static const struct object_keywords objects_%zu = {", number);
    if (objects->property_count > 0) {
        builder_printf(&w->out, " .properties = properties_%zu, .property_count = %zu,", number,
                       objects->property_count);
    }
    if (objects->pattern_property_count > 0) {
        builder_printf(&w->out,
                       " .pattern_properties = pattern_properties_%zu,"
                       " .pattern_property_count = %zu,",
                       number, objects->pattern_property_count);
    }
    write_reference(w, "additional_properties", objects->additional_properties);
    write_reference(w, "property_names", objects->property_names);
    write_reference(w, "unevaluated_properties", objects->unevaluated_properties);
    name_values(w, values, count);
    write_size(w, "min_properties", objects->min_properties, 0);
    write_size(w, "max_properties", objects->max_properties, 0);
    builder_add_text(&w->out, "};\n");
}

static void write_in_place(struct writer *w, const struct in_place_keywords *in_place,
                           size_t number)
{
    write_list(w, "all_of", number, &in_place->all_of);
    write_list(w, "any_of", number, &in_place->any_of);
    write_list(w, "one_of", number, &in_place->one_of);
    write_keyed(w, "dependent_schemas", number, in_place->dependent_schemas,
                in_place->dependent_schema_count);
    builder_printf(&w->out, "static const struct in_place_keywords in_place_%zu = {", number);
    name_list(w, "all_of", number, &in_place->all_of);
    name_list(w, "any_of", number, &in_place->any_of);
    name_list(w, "one_of", number, &in_place->one_of);
    write_reference(w, "not", in_place->not );
    write_reference(w, "condition", in_place->condition);
    write_reference(w, "consequence", in_place->consequence);
    write_reference(w, "alternative", in_place->alternative);
    if (in_place->dependent_schema_count > 0) {
        builder_printf(&w->out,
                       " .dependent_schemas = dependent_schemas_%zu,"
                       " .dependent_schema_count = %zu,",
                       number, in_place->dependent_schema_count);
    }
    builder_add_text(&w->out, "};\n");
}

static size_t resource_number(const struct writer *w, const struct resource *resource)
{
    size_t number = 0;
    while (w->resources[number] != resource) {
        number++;
    }
    return number;
}

/* The groups of a schema, and the values in them. */
static void write_groups(struct writer *w, const struct subschema *schema, size_t number)
{
    if (schema->numbers != NULL) {
        write_numbers(w, schema->numbers, number);
    }
    if (schema->strings != NULL) {
        write_strings(w, schema->strings, number);
    }
    if (schema->arrays != NULL) {
        write_arrays(w, schema->arrays, number);
    }
    if (schema->objects != NULL) {
        write_objects(w, schema->objects, number);
    }
    if (schema->in_place != NULL) {
        write_in_place(w, schema->in_place, number);
    }
}

static void name_group(struct writer *w, const char *group, const void *there, size_t number)
{
    if (there != NULL) {
        builder_printf(&w->out, " .%s = &%s_%zu,", group, group, number);
    }
}

static void write_schema(struct writer *w, const struct subschema *schema, size_t number,
                         const struct value *values)
{
    const char *pointer =
        schema->node != NULL ? map_get_address(&w->pointers, schema->node) : schema->pointer;
    if (pointer == NULL) {
        w->failed = true;
        return;
    }
    builder_printf(&w->out, "    [%zu] = {.pointer = ", number);
    write_string(w, slice_of(pointer));
    builder_printf(&w->out, ", .resource = &resources[%zu],", resource_number(w, schema->resource));
    if (schema->is_boolean) {
        builder_printf(&w->out, " .is_boolean = true, .boolean = %d,", schema->boolean);
    }
    if (schema->tracks) {
        builder_add_text(&w->out, " .tracks = true,");
    }
    write_size(w, "types", schema->types, 0);
    name_values(w, values, 2);
    write_reference(w, "reference", schema->reference);
    name_group(w, "numbers", schema->numbers, number);
    name_group(w, "strings", schema->strings, number);
    name_group(w, "arrays", schema->arrays, number);
    name_group(w, "objects", schema->objects, number);
    name_group(w, "in_place", schema->in_place, number);
    builder_add_text(&w->out, "},\n");
}

static void write_schemas(struct writer *w)
{
    builder_printf(&w->out, "static const struct subschema schemas[%zu];\n\n", w->count);
    struct value(*values)[2] = arena_alloc_array(w->arena, w->count, sizeof *values);
    for (size_t i = 0; i < w->count; i++) {
        values[i][0] = (struct value){"constant", w->list[i]->constant, 0};
        values[i][1] = (struct value){"enumeration", w->list[i]->enumeration, 0};
        write_values(w, values[i], 2);
        write_groups(w, w->list[i], i);
    }
    builder_printf(&w->out, "\nstatic const struct subschema schemas[%zu] = {\n", w->count);
    for (size_t i = 0; i < w->count; i++) {
        write_schema(w, w->list[i], i, values[i]);
    }
    builder_add_text(&w->out, "};\n\n");
}

/* The file of a resource, or empty when it is in none. */
static struct slice document_of(const struct writer *w, const struct resource *resource)
{
    for (const struct prepared_document *d = w->documents; d->root != NULL; d++) {
        if (d->root == resource->root) {
            return d->name;
        }
    }
    return resource->document;
}

static void write_resources(struct writer *w)
{
    builder_printf(&w->out, "static const struct resource resources[%zu] = {\n", w->resource_count);
    for (size_t i = 0; i < w->resource_count; i++) {
        struct slice document = document_of(w, w->resources[i]);
        w->failed = w->failed || document.length == 0;
        builder_add_text(&w->out, "    {.uri = ");
        write_text(w, w->resources[i]->uri);
        builder_add_text(&w->out, ", .document = ");
        write_text(w, document);
        builder_printf(&w->out, ", .validation = %d},\n", w->resources[i]->validation);
    }
    builder_add_text(&w->out, "};\n\n");
}

bool prepared_write(struct builder *out, const struct prepared_schema *schemas,
                    const struct prepared_document *documents)
{
    struct arena *arena = out->arena;
    struct writer w = {.arena = arena,
                       .out = builder_new(arena),
                       .numbers = map_new(arena),
                       .pointers = map_new(arena),
                       .patterns = map_new(arena),
                       .documents = documents};
    for (const struct prepared_document *d = documents; d->root != NULL; d++) {
        note_pointers(&w, d->root, SLICE(""));
    }
    for (const struct prepared_schema *s = schemas; s->name != NULL; s++) {
        collect(&w, s->root);
    }
    builder_add_text(&w.out, "/* Made by dialogc-schemas: see schema/prepared.h. */\n"
                             "#include <stdint.h>\n\n#include \"document/schema/prepared.h\"\n\n");
    write_resources(&w);
    write_schemas(&w);
    builder_add_text(&w.out, "const struct prepared_schema prepared_schemas[] = {\n");
    for (const struct prepared_schema *s = schemas; s->name != NULL; s++) {
        builder_printf(&w.out, "    {\"%s\", &schemas[%zu]},\n", s->name, number_of(&w, s->root));
    }
    builder_printf(&w.out, "    {0},\n};\n\nconst size_t prepared_pattern_count = %zu;\n",
                   w.patterns.count);
    if (w.failed) {
        return false;
    }
    builder_add(out, builder_slice(&w.out));
    return true;
}
