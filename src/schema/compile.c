/*
 * From schema documents to compiled schemas.
 *
 * Adding a document walks it once and notes its resources and anchors. Compiling follows the
 * keywords; a schema that is met again (a reference, recursion) is found by its node. Dynamic
 * anchors are compiled as well, since only validation knows which of them is meant.
 */
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>

#include "base/builder.h"
#include "schema/compiled.h"
#include "schema/uri.h"
#include "tree/decimal.h"

struct schema_set {
    struct arena *arena;
    struct map resources; /* absolute URI without fragment, to struct resource */
    struct map by_node;   /* node to its compiled schema */
    struct map bases;     /* node of a subschema to its resource */
    struct resource **list;
    size_t resource_count;
    struct diagnostics *diagnostics; /* while compiling */
    bool failed;
    bool asserts_formats; /* whatever the metaschemas say */
};

/* Nodes are map keys by their address. */
static struct slice node_key(struct arena *arena, const struct node *node)
{
    return arena_slice(arena, (struct slice){(const char *)&node, sizeof node});
}

static void *find_node(const struct map *map, const struct node *node)
{
    return map_get(map, (struct slice){(const char *)&node, sizeof node});
}

struct schema *schema_of_node(const struct map *by_node, const struct node *node)
{
    return find_node(by_node, node);
}

struct schema_set *schema_set_new(struct arena *arena)
{
    struct schema_set *set = arena_alloc(arena, sizeof *set);
    set->arena = arena;
    set->resources = map_new(arena);
    set->by_node = map_new(arena);
    set->bases = map_new(arena);
    return set;
}

/* ---- registering ---- */

static struct resource *add_resource(struct schema_set *set, struct slice uri,
                                     const struct node *root)
{
    struct resource *resource = arena_alloc(set->arena, sizeof *resource);
    resource->uri = uri;
    resource->root = root;
    resource->anchors = map_new(set->arena);
    resource->dynamic_anchors = map_new(set->arena);
    resource->validation = true;
    map_add(&set->resources, uri, resource);
    set->list = arena_grow(set->arena, set->list, set->resource_count, set->resource_count + 1,
                           sizeof(struct resource *));
    set->list[set->resource_count++] = resource;
    return resource;
}

/* How the value of a keyword holds subschemas. */
enum holds {
    HOLDS_NOTHING,
    HOLDS_SCHEMA,
    HOLDS_LIST,
    HOLDS_MAP,
};

static enum holds keyword_holds(struct slice keyword)
{
    static const char *const schemas[] = {
        "items", "contains", "additionalProperties", "propertyNames",         "not", "if",
        "then",  "else",     "unevaluatedItems",     "unevaluatedProperties", NULL};
    static const char *const lists[] = {"allOf", "anyOf", "oneOf", "prefixItems", NULL};
    static const char *const maps[] = {"properties", "patternProperties", "dependentSchemas",
                                       "$defs",      "definitions",       NULL};
    const struct {
        const char *const *words;
        enum holds holds;
    } kinds[] = {{schemas, HOLDS_SCHEMA}, {lists, HOLDS_LIST}, {maps, HOLDS_MAP}};
    for (size_t k = 0; k < 3; k++) {
        for (const char *const *word = kinds[k].words; *word != NULL; word++) {
            if (slice_is(keyword, *word)) {
                return kinds[k].holds;
            }
        }
    }
    return HOLDS_NOTHING;
}

static struct slice string_of(const struct node *node, const char *key)
{
    const struct node *value = node_get(node, key);
    return node_is(value, NODE_STRING) ? value->text : SLICE("");
}

static void *unconst(const struct node *node)
{
    return (void *)(uintptr_t)node;
}

static void note_identifiers(struct schema_set *set, const struct node *node,
                             struct resource **resource)
{
    struct slice id = string_of(node, "$id");
    if (id.length > 0 && node != (*resource)->root) {
        struct slice fragment;
        struct slice uri = uri_resolve(set->arena, (*resource)->uri, id);
        const struct resource *outer = *resource;
        *resource = add_resource(set, uri_split_fragment(uri, &fragment), node);
        (*resource)->validation = outer->validation;
        (*resource)->asserts_formats = outer->asserts_formats;
    }
    struct slice anchor = string_of(node, "$anchor");
    if (anchor.length > 0) {
        map_add(&(*resource)->anchors, anchor, unconst(node));
    }
    struct slice dynamic = string_of(node, "$dynamicAnchor");
    if (dynamic.length > 0) {
        map_add(&(*resource)->anchors, dynamic, unconst(node));
        map_add(&(*resource)->dynamic_anchors, dynamic, unconst(node));
    }
}

static void register_schema(struct schema_set *set, const struct node *node,
                            struct resource *resource)
{
    if (!node_is(node, NODE_MAPPING)) {
        return;
    }
    note_identifiers(set, node, &resource);
    map_add(&set->bases, node_key(set->arena, node), resource);
    for (size_t i = 0; i < node->count; i++) {
        const struct node *value = node->members[i].value;
        switch (keyword_holds(node->members[i].key->text)) {
        case HOLDS_SCHEMA:
            register_schema(set, value, resource);
            break;
        case HOLDS_LIST:
            for (size_t j = 0; value->kind == NODE_SEQUENCE && j < value->count; j++) {
                register_schema(set, value->items[j], resource);
            }
            break;
        case HOLDS_MAP:
            for (size_t j = 0; value->kind == NODE_MAPPING && j < value->count; j++) {
                register_schema(set, value->members[j].value, resource);
            }
            break;
        case HOLDS_NOTHING:
            break;
        }
    }
}

#define VOCABULARY "https://json-schema.org/draft/2020-12/vocab/"

/* What the metaschema of the resource's root says about vocabularies. */
static void note_vocabularies(const struct schema_set *set, struct resource *resource)
{
    struct slice fragment;
    struct slice uri = uri_split_fragment(string_of(resource->root, "$schema"), &fragment);
    const struct resource *metaschema = map_get(&set->resources, uri);
    const struct node *vocabulary =
        metaschema != NULL ? node_get(metaschema->root, "$vocabulary") : NULL;
    if (vocabulary != NULL) {
        resource->validation = node_get(vocabulary, VOCABULARY "validation") != NULL;
        resource->asserts_formats = node_get(vocabulary, VOCABULARY "format-assertion") != NULL;
    }
}

void schema_set_assert_formats(struct schema_set *set)
{
    set->asserts_formats = true;
}

bool schema_set_has(const struct schema_set *set, struct slice uri)
{
    return map_get(&set->resources, uri) != NULL;
}

void schema_set_add(struct schema_set *set, struct slice uri, const struct node *root)
{
    struct slice fragment;
    struct slice id = string_of(root, "$id");
    uri = uri_split_fragment(uri, &fragment);
    struct slice own = id.length > 0 ? uri_resolve(set->arena, uri, id) : uri;
    own = uri_split_fragment(own, &fragment);
    struct resource *resource = add_resource(set, arena_slice(set->arena, own), root);
    note_vocabularies(set, resource);
    if (!slice_equal(own, uri)) {
        map_add(&set->resources, arena_slice(set->arena, uri), resource);
    }
    register_schema(set, root, resource);
}

/* ---- compiling ---- */

static struct schema *compile_node(struct schema_set *set, const struct node *node,
                                   struct resource *resource);

#if defined(__GNUC__)
__attribute__((format(printf, 3, 4)))
#endif
static void
fail(struct schema_set *set, const struct node *node, const char *format, ...)
{
    char text[512];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    diag_report(set->diagnostics, E0108, node->source, node->range, "%s", text);
    set->failed = true;
}

/* Walks a JSON pointer from `resource`'s root; `*resource` changes where an `$id` is passed. */
static const struct node *follow_pointer(struct schema_set *set, struct slice pointer,
                                         struct resource **resource)
{
    const struct node *node = (*resource)->root;
    size_t at = 0;
    while (at < pointer.length && node != NULL) {
        size_t end = slice_find(pointer, "/", at + 1);
        end = end == SIZE_MAX ? pointer.length : end;
        struct builder token = builder_new(set->arena);
        for (size_t i = at + 1; i < end; i++) {
            char c = pointer.data[i];
            if (c == '~' && i + 1 < end) {
                c = pointer.data[++i] == '1' ? '/' : '~';
            }
            builder_add_char(&token, c);
        }
        struct slice key = builder_slice(&token);
        if (node->kind == NODE_SEQUENCE) {
            size_t index = 0;
            for (size_t i = 0; i < key.length && index <= node->count; i++) {
                index = index * 10 + (size_t)(key.data[i] - '0');
            }
            node = index < node->count ? node->items[index] : NULL;
        } else {
            struct member *member = node_member(node, key);
            node = member != NULL ? member->value : NULL;
        }
        struct resource *inner = node != NULL ? find_node(&set->bases, node) : NULL;
        *resource = inner != NULL ? inner : *resource;
        at = end;
    }
    return node;
}

/* The node that `reference`, seen from `resource`, names; its own resource in `*target`. */
static const struct node *resolve(struct schema_set *set, struct slice reference,
                                  const struct resource *resource, struct resource **target)
{
    struct slice fragment;
    struct slice uri = uri_resolve(set->arena, resource->uri, reference);
    struct slice base = uri_split_fragment(uri, &fragment);
    *target = map_get(&set->resources, base);
    if (*target == NULL) {
        return NULL;
    }
    fragment = uri_decode(set->arena, fragment);
    if (fragment.length == 0) {
        return (*target)->root;
    }
    if (fragment.data[0] == '/') {
        return follow_pointer(set, fragment, target);
    }
    return map_get(&(*target)->anchors, fragment);
}

static struct schema *compile_reference(struct schema_set *set, const struct node *value,
                                        struct resource *resource, const struct node **target)
{
    struct resource *home = NULL;
    *target = NULL;
    if (value->kind != NODE_STRING) {
        fail(set, value, "a reference must be text");
        return NULL;
    }
    *target = resolve(set, value->text, resource, &home);
    if (*target == NULL) {
        fail(set, value, "the reference `%.*s` leads nowhere", SLICE_ARG(value->text));
        return NULL;
    }
    return compile_node(set, *target, home);
}

static unsigned type_of_name(struct slice name)
{
    static const struct {
        const char *name;
        unsigned type;
    } types[] = {{"null", TYPE_NULL},     {"boolean", TYPE_BOOLEAN}, {"integer", TYPE_INTEGER},
                 {"number", TYPE_NUMBER}, {"string", TYPE_STRING},   {"array", TYPE_ARRAY},
                 {"object", TYPE_OBJECT}};
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++) {
        if (slice_is(name, types[i].name)) {
            return types[i].type;
        }
    }
    return 0;
}

static unsigned compile_types(struct schema_set *set, const struct node *value)
{
    unsigned types = 0;
    if (value->kind == NODE_STRING) {
        types = type_of_name(value->text);
    }
    for (size_t i = 0; value->kind == NODE_SEQUENCE && i < value->count; i++) {
        types |= type_of_name(value->items[i]->text);
    }
    if (types == 0) {
        fail(set, value, "`type` names no type of JSON");
    }
    return types;
}

static struct regex *compile_pattern(struct schema_set *set, const struct node *at,
                                     struct slice pattern)
{
    struct slice message = SLICE("");
    size_t offset = 0;
    struct regex *regex = regex_compile(set->arena, pattern, &message, &offset);
    if (regex == NULL) {
        fail(set, at, "the pattern `%.*s` does not compile: %.*s", SLICE_ARG(pattern),
             SLICE_ARG(message));
    }
    return regex;
}

static struct schema_list compile_list(struct schema_set *set, const struct node *value,
                                       struct resource *resource)
{
    struct schema_list list = {0};
    if (value->kind != NODE_SEQUENCE) {
        fail(set, value, "a list of schemas is expected here");
        return list;
    }
    list.items = arena_alloc_array(set->arena, value->count, sizeof *list.items);
    for (size_t i = 0; i < value->count; i++) {
        list.items[i] = compile_node(set, value->items[i], resource);
    }
    list.count = value->count;
    return list;
}

static void compile_properties(struct schema_set *set, struct schema *schema,
                               const struct node *value, struct resource *resource)
{
    for (size_t i = 0; i < value->count; i++) {
        map_add(&schema->properties, value->members[i].key->text,
                compile_node(set, value->members[i].value, resource));
    }
}

static void compile_pattern_properties(struct schema_set *set, struct schema *schema,
                                       const struct node *value, struct resource *resource)
{
    schema->pattern_properties =
        arena_alloc_array(set->arena, value->count, sizeof *schema->pattern_properties);
    for (size_t i = 0; i < value->count; i++) {
        const struct member *member = &value->members[i];
        struct regex *regex = compile_pattern(set, member->key, member->key->text);
        if (regex != NULL) {
            schema->pattern_properties[schema->pattern_property_count++] =
                (struct pattern_schema){regex, compile_node(set, member->value, resource)};
        }
    }
}

static void compile_dependent_schemas(struct schema_set *set, struct schema *schema,
                                      const struct node *value, struct resource *resource)
{
    schema->dependent_schemas =
        arena_alloc_array(set->arena, value->count, sizeof *schema->dependent_schemas);
    schema->dependent_schema_count = value->count;
    for (size_t i = 0; i < value->count; i++) {
        schema->dependent_schemas[i] = (struct keyed_schema){
            value->members[i].key->text, compile_node(set, value->members[i].value, resource)};
    }
}

/* The value of a size keyword: 3 and 3.0 are sizes; what is larger than memory is no limit. */
static size_t compile_size(struct schema_set *set, const struct node *value)
{
    bool valid =
        node_is_number(value) && decimal_is_integer(value->text) && value->text.data[0] != '-';
    if (!valid) {
        fail(set, value, "a non-negative integer is expected here");
        return 0;
    }
    size_t size = 0;
    for (size_t i = 0; i < value->text.length; i++) {
        char c = value->text.data[i];
        if (c == 'e' || c == 'E') {
            return SIZE_MAX;
        }
        if (c == '.') {
            break;
        }
        if (size > (SIZE_MAX - 9) / 10) {
            return SIZE_MAX;
        }
        size = size * 10 + (size_t)(c - '0');
    }
    return size;
}

/* The keywords of the validation vocabulary; true when `key` is one of them. */
static bool compile_validation(struct schema_set *set, struct schema *schema, struct slice key,
                               const struct node *value)
{
    const struct {
        const char *name;
        size_t *size;
    } sizes[] = {
        {"minLength", &schema->min_length},         {"maxLength", &schema->max_length},
        {"minItems", &schema->min_items},           {"maxItems", &schema->max_items},
        {"minContains", &schema->min_contains},     {"maxContains", &schema->max_contains},
        {"minProperties", &schema->min_properties}, {"maxProperties", &schema->max_properties},
    };
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        if (slice_is(key, sizes[i].name)) {
            *sizes[i].size = compile_size(set, value);
            return true;
        }
    }
    const struct {
        const char *name;
        const struct node **place;
        enum node_kind kind; /* NODE_NULL: a number; NODE_STRING: anything */
    } values[] = {
        {"const", &schema->constant, NODE_STRING},
        {"enum", &schema->enumeration, NODE_SEQUENCE},
        {"maximum", &schema->maximum, NODE_NULL},
        {"exclusiveMaximum", &schema->exclusive_maximum, NODE_NULL},
        {"minimum", &schema->minimum, NODE_NULL},
        {"exclusiveMinimum", &schema->exclusive_minimum, NODE_NULL},
        {"multipleOf", &schema->multiple_of, NODE_NULL},
        {"required", &schema->required, NODE_SEQUENCE},
        {"dependentRequired", &schema->dependent_required, NODE_MAPPING},
    };
    for (size_t i = 0; i < sizeof values / sizeof values[0]; i++) {
        if (slice_is(key, values[i].name)) {
            bool fits = values[i].kind == NODE_STRING || value->kind == values[i].kind ||
                        (values[i].kind == NODE_NULL && node_is_number(value));
            if (!fits) {
                fail(set, value, "`%s` has a value of the wrong type", values[i].name);
                return true;
            }
            *values[i].place = value;
            return true;
        }
    }
    if (slice_is(key, "type")) {
        schema->types = compile_types(set, value);
    } else if (slice_is(key, "uniqueItems")) {
        schema->unique_items = value->boolean;
    } else if (slice_is(key, "pattern") && value->kind == NODE_STRING) {
        schema->pattern = compile_pattern(set, value, value->text);
    } else {
        return false;
    }
    return true;
}

static void compile_dynamic_reference(struct schema_set *set, struct schema *schema,
                                      const struct node *value, struct resource *resource)
{
    const struct node *target;
    schema->dynamic_reference = compile_reference(set, value, resource, &target);
    if (target == NULL) {
        return;
    }
    struct slice fragment;
    uri_split_fragment(value->text, &fragment);
    struct slice dynamic = string_of(target, "$dynamicAnchor");
    if (dynamic.length > 0 && slice_equal(dynamic, fragment)) {
        schema->dynamic_name = dynamic;
        schema->by_anchor_node = &set->by_node;
    }
}

/* The keywords that hold schemas. */
static void compile_applicator(struct schema_set *set, struct schema *schema, struct slice key,
                               const struct node *value, struct resource *resource)
{
    const struct {
        const char *name;
        struct schema **place;
    } single[] = {
        {"items", &schema->items},
        {"contains", &schema->contains},
        {"unevaluatedItems", &schema->unevaluated_items},
        {"additionalProperties", &schema->additional_properties},
        {"propertyNames", &schema->property_names},
        {"unevaluatedProperties", &schema->unevaluated_properties},
        {"not", &schema->not },
        {"if", &schema->condition},
        {"then", &schema->consequence},
        {"else", &schema->alternative},
    };
    for (size_t i = 0; i < sizeof single / sizeof single[0]; i++) {
        if (slice_is(key, single[i].name)) {
            *single[i].place = compile_node(set, value, resource);
            return;
        }
    }
    const struct {
        const char *name;
        struct schema_list *place;
    } lists[] = {
        {"allOf", &schema->all_of},
        {"anyOf", &schema->any_of},
        {"oneOf", &schema->one_of},
        {"prefixItems", &schema->prefix_items},
    };
    for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++) {
        if (slice_is(key, lists[i].name)) {
            *lists[i].place = compile_list(set, value, resource);
            return;
        }
    }
    const struct node *target;
    if (slice_is(key, "$ref")) {
        schema->reference = compile_reference(set, value, resource, &target);
    } else if (slice_is(key, "$dynamicRef")) {
        compile_dynamic_reference(set, schema, value, resource);
    } else if (value->kind == NODE_MAPPING && slice_is(key, "properties")) {
        compile_properties(set, schema, value, resource);
    } else if (value->kind == NODE_MAPPING && slice_is(key, "patternProperties")) {
        compile_pattern_properties(set, schema, value, resource);
    } else if (value->kind == NODE_MAPPING && slice_is(key, "dependentSchemas")) {
        compile_dependent_schemas(set, schema, value, resource);
    }
}

static struct schema *compile_node(struct schema_set *set, const struct node *node,
                                   struct resource *resource)
{
    struct schema *schema = find_node(&set->by_node, node);
    if (schema != NULL) {
        return schema;
    }
    schema = arena_alloc(set->arena, sizeof *schema);
    map_add(&set->by_node, node_key(set->arena, node), schema);
    struct resource *own = find_node(&set->bases, node);
    schema->node = node;
    schema->resource = own != NULL ? own : resource;
    schema->properties = map_new(set->arena);
    schema->max_length = schema->max_items = schema->max_contains = schema->max_properties =
        SIZE_MAX;
    schema->min_contains = 1;
    if (node->kind == NODE_BOOLEAN) {
        schema->is_boolean = true;
        schema->boolean = node->boolean;
        return schema;
    }
    if (node->kind != NODE_MAPPING) {
        fail(set, node, "a schema is a mapping, true or false");
        return schema;
    }
    if (own == NULL) { /* behind an unknown keyword: only a reference leads here */
        register_schema(set, node, resource);
        schema->resource = find_node(&set->bases, node);
    }
    for (size_t i = 0; i < node->count; i++) {
        struct slice key = node->members[i].key->text;
        const struct node *value = node->members[i].value;
        bool done = schema->resource->validation && compile_validation(set, schema, key, value);
        bool asserts = set->asserts_formats || schema->resource->asserts_formats;
        if (asserts && slice_is(key, "format") && value->kind == NODE_STRING) {
            schema->format = format_find(set->arena, value->text);
        }
        if (!done) {
            compile_applicator(set, schema, key, value, schema->resource);
        }
    }
    schema->tracks = schema->unevaluated_items != NULL || schema->unevaluated_properties != NULL;
    return schema;
}

static void compile_dynamic_anchors(struct schema_set *set)
{
    for (size_t i = 0; i < set->resource_count; i++) {
        struct map *anchors = &set->list[i]->dynamic_anchors;
        for (size_t j = 0; j < anchors->capacity; j++) {
            if (anchors->entries[j].used) {
                compile_node(set, anchors->entries[j].value, set->list[i]);
            }
        }
    }
}

const struct schema *schema_compile(struct schema_set *set, struct slice uri,
                                    struct diagnostics *diagnostics)
{
    struct slice fragment;
    struct resource *resource = map_get(&set->resources, uri_split_fragment(uri, &fragment));
    if (resource == NULL) {
        return NULL;
    }
    set->diagnostics = diagnostics;
    set->failed = false;
    const struct schema *schema = compile_node(set, resource->root, resource);
    compile_dynamic_anchors(set);
    return set->failed ? NULL : schema;
}
