/*
 * From schema documents to compiled schemas.
 *
 * Adding a document walks it once and notes its resources and anchors. Compiling follows the
 * keywords; a schema that is met again (a reference, recursion) is found by its node. Dynamic
 * anchors are compiled as well, since only validation knows which of them is meant.
 */
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>

#include "document/schema/compiled.h"
#include "document/schema/uri.h"
#include "document/tree/decimal.h"
#include "document/tree/pointer.h"

struct schema_set {
    struct arena *arena;
    struct map resources; /* absolute URI without fragment, to struct resource */
    struct map by_node;   /* node to its compiled schema */
    struct map bases;     /* node of a subschema to its resource */
    struct resource **list;
    size_t resource_count;
    struct pattern_table *patterns;
    struct diagnostics *diagnostics; /* while compiling */
    bool failed;
    bool asserts_formats; /* whatever the metaschemas say */
};

struct schema_set *schema_set_new(struct arena *arena)
{
    struct schema_set *set = arena_alloc(arena, sizeof *set);
    set->arena = arena;
    set->resources = map_new(arena);
    set->by_node = map_new(arena);
    set->bases = map_new(arena);
    set->patterns = pattern_table_new(arena, 0);
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
    resource->dynamic_nodes = map_new(set->arena);
    resource->dynamic = map_new(set->arena);
    resource->validation = true;
    map_add(&set->resources, uri, resource);
    set->list = arena_append(set->arena, set->list, set->resource_count, sizeof(struct resource *));
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

static void *drop_const(const struct node *node)
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
        map_add(&(*resource)->anchors, anchor, drop_const(node));
    }
    struct slice dynamic = string_of(node, "$dynamicAnchor");
    if (dynamic.length > 0) {
        map_add(&(*resource)->anchors, dynamic, drop_const(node));
        map_add(&(*resource)->dynamic_nodes, dynamic, drop_const(node));
    }
}

static void register_schema(struct schema_set *set, const struct node *node,
                            struct resource *resource)
{
    if (!node_is(node, NODE_MAPPING)) {
        return;
    }
    note_identifiers(set, node, &resource);
    map_add_address(&set->bases, node, resource);
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

/* Which groups of keywords a schema has. */
enum group {
    GROUP_NUMBERS = 1,
    GROUP_STRINGS = 2,
    GROUP_ARRAYS = 4,
    GROUP_OBJECTS = 8,
    GROUP_IN_PLACE = 16,
};

/* A schema while its keywords are read. */
struct draft {
    struct subschema *schema;
    struct resource *resource;
    unsigned groups; /* of enum group: those with a keyword */
    struct number_keywords numbers;
    struct string_keywords strings;
    struct array_keywords arrays;
    struct object_keywords objects;
    struct in_place_keywords in_place;
};

static struct subschema *compile_node(struct schema_set *set, const struct node *node,
                                      struct resource *resource);

PRINTF_LIKE(3, 4)
static void fail(struct schema_set *set, const struct node *node, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    diag_vreport(set->diagnostics, E0108, node->source, node->range, format, arguments);
    va_end(arguments);
    set->failed = true;
}

/* Walks a JSON pointer from `resource`'s root; `*resource` changes where an `$id` is passed. */
static const struct node *follow_pointer(struct schema_set *set, struct slice pointer,
                                         struct resource **resource)
{
    const struct node *node = (*resource)->root;
    for (size_t at = 0; at < pointer.length && node != NULL;) {
        node = pointer_step(node, pointer_token(set->arena, pointer, &at));
        struct resource *inner = node != NULL ? map_get_address(&set->bases, node) : NULL;
        *resource = inner != NULL ? inner : *resource;
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

static struct subschema *compile_reference(struct schema_set *set, const struct node *value,
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
        fail(set, value, "`type` is not a JSON type");
    }
    return types;
}

/* False when the pattern is not valid. */
static bool compile_pattern(struct schema_set *set, const struct node *at, struct slice text,
                            struct pattern *pattern)
{
    struct slice message = SLICE("");
    size_t offset = 0;
    const struct regex *regex = regex_compile(set->arena, text, &message, &offset);
    if (regex == NULL) {
        fail(set, at, "the pattern `%.*s` does not compile: %.*s", SLICE_ARG(text),
             SLICE_ARG(message));
        return false;
    }
    *pattern = (struct pattern){text, pattern_table_add(set->patterns, regex)};
    return true;
}

static struct schema_list compile_list(struct schema_set *set, const struct node *value,
                                       struct resource *resource)
{
    if (value->kind != NODE_SEQUENCE) {
        fail(set, value, "expected a list of schemas here");
        return (struct schema_list){0};
    }
    const struct subschema **items = arena_alloc_array(set->arena, value->count, sizeof *items);
    for (size_t i = 0; i < value->count; i++) {
        items[i] = compile_node(set, value->items[i], resource);
    }
    return (struct schema_list){items, value->count};
}

/* The members of a mapping, in its order. */
static struct keyed_schema *compile_members(struct schema_set *set, const struct node *value,
                                            struct resource *resource)
{
    struct keyed_schema *members = arena_alloc_array(set->arena, value->count, sizeof *members);
    for (size_t i = 0; i < value->count; i++) {
        members[i] = (struct keyed_schema){value->members[i].key->text,
                                           compile_node(set, value->members[i].value, resource)};
    }
    return members;
}

static int compare_by_key(const void *a, const void *b)
{
    return subschema_compare_keys(((const struct keyed_schema *)a)->key,
                                  ((const struct keyed_schema *)b)->key);
}

static void compile_properties(struct schema_set *set, struct draft *draft,
                               const struct node *value)
{
    struct keyed_schema *properties = compile_members(set, value, draft->resource);
    qsort(properties, value->count, sizeof *properties, compare_by_key);
    draft->objects.properties = properties;
    draft->objects.property_count = value->count;
}

static void compile_pattern_properties(struct schema_set *set, struct draft *draft,
                                       const struct node *value)
{
    struct pattern_schema *schemas = arena_alloc_array(set->arena, value->count, sizeof *schemas);
    size_t count = 0;
    for (size_t i = 0; i < value->count; i++) {
        const struct member *member = &value->members[i];
        if (compile_pattern(set, member->key, member->key->text, &schemas[count].pattern)) {
            schemas[count++].schema = compile_node(set, member->value, draft->resource);
        }
    }
    draft->objects.pattern_properties = schemas;
    draft->objects.pattern_property_count = count;
}

/* The value of a size keyword: 3 and 3.0 are sizes; what is larger than memory is no limit. */
static size_t compile_size(struct schema_set *set, const struct node *value)
{
    bool valid =
        node_is_number(value) && decimal_is_integer(value->text) && value->text.data[0] != '-';
    if (!valid) {
        fail(set, value, "expected a non-negative integer here");
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
static bool compile_validation(struct schema_set *set, struct draft *draft, struct slice key,
                               const struct node *value)
{
    struct subschema *schema = draft->schema;
    const struct {
        const char *name;
        enum group group;
        size_t *size;
    } sizes[] = {
        {"minLength", GROUP_STRINGS, &draft->strings.min_length},
        {"maxLength", GROUP_STRINGS, &draft->strings.max_length},
        {"minItems", GROUP_ARRAYS, &draft->arrays.min_items},
        {"maxItems", GROUP_ARRAYS, &draft->arrays.max_items},
        {"minContains", GROUP_ARRAYS, &draft->arrays.min_contains},
        {"maxContains", GROUP_ARRAYS, &draft->arrays.max_contains},
        {"minProperties", GROUP_OBJECTS, &draft->objects.min_properties},
        {"maxProperties", GROUP_OBJECTS, &draft->objects.max_properties},
    };
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        if (slice_is(key, sizes[i].name)) {
            *sizes[i].size = compile_size(set, value);
            draft->groups |= sizes[i].group;
            return true;
        }
    }
    const struct {
        const char *name;
        unsigned group;
        const struct node **place;
        enum node_kind kind; /* NODE_NULL: a number; NODE_STRING: anything */
    } values[] = {
        {"const", 0, &schema->constant, NODE_STRING},
        {"enum", 0, &schema->enumeration, NODE_SEQUENCE},
        {"maximum", GROUP_NUMBERS, &draft->numbers.maximum, NODE_NULL},
        {"exclusiveMaximum", GROUP_NUMBERS, &draft->numbers.exclusive_maximum, NODE_NULL},
        {"minimum", GROUP_NUMBERS, &draft->numbers.minimum, NODE_NULL},
        {"exclusiveMinimum", GROUP_NUMBERS, &draft->numbers.exclusive_minimum, NODE_NULL},
        {"multipleOf", GROUP_NUMBERS, &draft->numbers.multiple_of, NODE_NULL},
        {"required", GROUP_OBJECTS, &draft->objects.required, NODE_SEQUENCE},
        {"dependentRequired", GROUP_OBJECTS, &draft->objects.dependent_required, NODE_MAPPING},
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
            draft->groups |= values[i].group;
            return true;
        }
    }
    if (slice_is(key, "type")) {
        schema->types = compile_types(set, value);
    } else if (slice_is(key, "uniqueItems")) {
        draft->arrays.unique_items = value->boolean;
        draft->groups |= GROUP_ARRAYS;
    } else if (slice_is(key, "pattern") && value->kind == NODE_STRING) {
        struct pattern *pattern = arena_alloc(set->arena, sizeof *pattern);
        draft->strings.pattern = compile_pattern(set, value, value->text, pattern) ? pattern : NULL;
        draft->groups |= GROUP_STRINGS;
    } else {
        return false;
    }
    return true;
}

static void compile_dynamic_reference(struct schema_set *set, struct draft *draft,
                                      const struct node *value)
{
    const struct node *target;
    draft->in_place.dynamic_reference = compile_reference(set, value, draft->resource, &target);
    if (target == NULL) {
        return;
    }
    struct slice fragment;
    uri_split_fragment(value->text, &fragment);
    struct slice dynamic = string_of(target, "$dynamicAnchor");
    if (dynamic.length > 0 && slice_equal(dynamic, fragment)) {
        draft->in_place.dynamic_name = dynamic;
    }
}

/* The keywords that hold schemas. */
static void compile_applicator(struct schema_set *set, struct draft *draft, struct slice key,
                               const struct node *value)
{
    struct array_keywords *arrays = &draft->arrays;
    struct object_keywords *objects = &draft->objects;
    struct in_place_keywords *in_place = &draft->in_place;
    const struct {
        const char *name;
        enum group group;
        const struct subschema **place;
    } single[] = {
        {"items", GROUP_ARRAYS, &arrays->items},
        {"contains", GROUP_ARRAYS, &arrays->contains},
        {"unevaluatedItems", GROUP_ARRAYS, &arrays->unevaluated_items},
        {"additionalProperties", GROUP_OBJECTS, &objects->additional_properties},
        {"propertyNames", GROUP_OBJECTS, &objects->property_names},
        {"unevaluatedProperties", GROUP_OBJECTS, &objects->unevaluated_properties},
        {"not", GROUP_IN_PLACE, &in_place->not },
        {"if", GROUP_IN_PLACE, &in_place->condition},
        {"then", GROUP_IN_PLACE, &in_place->consequence},
        {"else", GROUP_IN_PLACE, &in_place->alternative},
    };
    for (size_t i = 0; i < sizeof single / sizeof single[0]; i++) {
        if (slice_is(key, single[i].name)) {
            *single[i].place = compile_node(set, value, draft->resource);
            draft->groups |= single[i].group;
            return;
        }
    }
    const struct {
        const char *name;
        enum group group;
        struct schema_list *place;
    } lists[] = {
        {"allOf", GROUP_IN_PLACE, &in_place->all_of},
        {"anyOf", GROUP_IN_PLACE, &in_place->any_of},
        {"oneOf", GROUP_IN_PLACE, &in_place->one_of},
        {"prefixItems", GROUP_ARRAYS, &arrays->prefix_items},
    };
    for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++) {
        if (slice_is(key, lists[i].name)) {
            *lists[i].place = compile_list(set, value, draft->resource);
            draft->groups |= lists[i].group;
            return;
        }
    }
    const struct node *target;
    if (slice_is(key, "$ref")) {
        draft->schema->reference = compile_reference(set, value, draft->resource, &target);
    } else if (slice_is(key, "$dynamicRef")) {
        compile_dynamic_reference(set, draft, value);
        draft->groups |= GROUP_IN_PLACE;
    } else if (value->kind == NODE_MAPPING && slice_is(key, "properties")) {
        compile_properties(set, draft, value);
        draft->groups |= GROUP_OBJECTS;
    } else if (value->kind == NODE_MAPPING && slice_is(key, "patternProperties")) {
        compile_pattern_properties(set, draft, value);
        draft->groups |= GROUP_OBJECTS;
    } else if (value->kind == NODE_MAPPING && slice_is(key, "dependentSchemas")) {
        in_place->dependent_schemas = compile_members(set, value, draft->resource);
        in_place->dependent_schema_count = value->count;
        draft->groups |= GROUP_IN_PLACE;
    }
}

static void *copy_of(struct arena *arena, const void *group, size_t size)
{
    return memcpy(arena_alloc(arena, size), group, size);
}

/* Gives the schema the groups that it has. */
static void finish(struct schema_set *set, const struct draft *draft)
{
    struct subschema *schema = draft->schema;
    if ((draft->groups & GROUP_NUMBERS) != 0) {
        schema->numbers = copy_of(set->arena, &draft->numbers, sizeof draft->numbers);
    }
    if ((draft->groups & GROUP_STRINGS) != 0) {
        schema->strings = copy_of(set->arena, &draft->strings, sizeof draft->strings);
    }
    if ((draft->groups & GROUP_ARRAYS) != 0) {
        schema->arrays = copy_of(set->arena, &draft->arrays, sizeof draft->arrays);
    }
    if ((draft->groups & GROUP_OBJECTS) != 0) {
        schema->objects = copy_of(set->arena, &draft->objects, sizeof draft->objects);
    }
    if ((draft->groups & GROUP_IN_PLACE) != 0) {
        schema->in_place = copy_of(set->arena, &draft->in_place, sizeof draft->in_place);
    }
    schema->tracks =
        draft->arrays.unevaluated_items != NULL || draft->objects.unevaluated_properties != NULL;
}

static void compile_keywords(struct schema_set *set, struct subschema *schema,
                             const struct node *node, struct resource *resource)
{
    struct draft draft = {
        .schema = schema,
        .resource = resource,
        .strings = {.max_length = SIZE_MAX},
        .arrays = {.max_items = SIZE_MAX, .min_contains = 1, .max_contains = SIZE_MAX},
        .objects = {.max_properties = SIZE_MAX},
    };
    bool asserts = set->asserts_formats || resource->asserts_formats;
    for (size_t i = 0; i < node->count; i++) {
        struct slice key = node->members[i].key->text;
        const struct node *value = node->members[i].value;
        bool done = resource->validation && compile_validation(set, &draft, key, value);
        if (asserts && slice_is(key, "format") && value->kind == NODE_STRING) {
            draft.strings.format = format_find(set->arena, value->text);
            draft.groups |= GROUP_STRINGS;
        }
        if (!done) {
            compile_applicator(set, &draft, key, value);
        }
    }
    finish(set, &draft);
}

static struct subschema *compile_node(struct schema_set *set, const struct node *node,
                                      struct resource *resource)
{
    struct subschema *schema = map_get_address(&set->by_node, node);
    if (schema != NULL) {
        return schema;
    }
    schema = arena_alloc(set->arena, sizeof *schema);
    map_add_address(&set->by_node, node, schema);
    struct resource *own = map_get_address(&set->bases, node);
    own = own != NULL ? own : resource;
    schema->node = node;
    if (node->kind == NODE_BOOLEAN) {
        schema->is_boolean = true;
        schema->boolean = node->boolean;
    } else if (node->kind != NODE_MAPPING) {
        fail(set, node, "a schema must be a mapping, true or false");
    } else {
        if (map_get_address(&set->bases, node) == NULL) {
            /* behind an unknown keyword: only a reference leads here */
            register_schema(set, node, resource);
            own = map_get_address(&set->bases, node);
        }
        compile_keywords(set, schema, node, own);
    }
    schema->resource = own;
    return schema;
}

static void compile_dynamic_anchors(struct schema_set *set)
{
    for (size_t i = 0; i < set->resource_count; i++) {
        struct resource *resource = set->list[i];
        for (size_t j = 0; j < resource->dynamic_nodes.count; j++) {
            const struct map_entry *entry = &resource->dynamic_nodes.entries[j];
            map_add(&resource->dynamic, entry->key, compile_node(set, entry->value, resource));
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
    struct schema *schema = arena_alloc(set->arena, sizeof *schema);
    schema->root = compile_node(set, resource->root, resource);
    schema->patterns = set->patterns;
    compile_dynamic_anchors(set);
    return set->failed ? NULL : schema;
}
