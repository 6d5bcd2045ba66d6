/* The compiled form of a schema; private to src/schema/. */
#ifndef DIALOGC_SCHEMA_COMPILED_H
#define DIALOGC_SCHEMA_COMPILED_H

#include "base/map.h"
#include "schema/format.h"
#include "schema/regex.h"
#include "schema/schema.h"

enum schema_type {
    TYPE_NULL = 1,
    TYPE_BOOLEAN = 2,
    TYPE_INTEGER = 4,
    TYPE_NUMBER = 8,
    TYPE_STRING = 16,
    TYPE_ARRAY = 32,
    TYPE_OBJECT = 64,
};

/* A schema resource: what has an `$id`, or a whole document. */
struct resource {
    struct slice uri;
    const struct node *root;
    struct map anchors;         /* `$anchor` and `$dynamicAnchor`: name to struct node */
    struct map dynamic_anchors; /* `$dynamicAnchor` only */
    bool validation;            /* false when its metaschema leaves the validation vocabulary out */
    bool asserts_formats;       /* its metaschema has the format-assertion vocabulary */
};

struct pattern_schema {
    struct regex *regex;
    struct schema *schema;
};

struct keyed_schema {
    struct slice key;
    struct schema *schema;
};

struct schema_list {
    struct schema **items;
    size_t count;
};

struct schema {
    const struct node *node;
    struct resource *resource;
    bool is_boolean; /* `true` or `false`, in `boolean` */
    bool boolean;
    bool tracks; /* holds unevaluatedItems or unevaluatedProperties */

    /* any type; 0 and NULL mean that the keyword is not there */
    unsigned types;
    const struct node *constant;
    const struct node *enumeration;

    /* numbers */
    const struct node *maximum, *exclusive_maximum, *minimum, *exclusive_minimum, *multiple_of;

    /* strings, lengths in code points; SIZE_MAX means without limit */
    size_t min_length, max_length;
    struct regex *pattern;
    const struct format *format; /* NULL when it is an annotation */

    /* arrays */
    struct schema_list prefix_items;
    struct schema *items, *contains, *unevaluated_items;
    size_t min_items, max_items, min_contains, max_contains;
    bool unique_items;

    /* objects */
    struct map properties; /* name to struct schema */
    struct pattern_schema *pattern_properties;
    size_t pattern_property_count;
    struct schema *additional_properties, *property_names, *unevaluated_properties;
    const struct node *required; /* a list of names */
    const struct node *dependent_required;
    struct keyed_schema *dependent_schemas;
    size_t dependent_schema_count;
    size_t min_properties, max_properties;

    /* applied in place */
    struct schema_list all_of, any_of, one_of;
    struct schema * not, *condition, *consequence, *alternative;
    struct schema *reference;
    struct schema *dynamic_reference;
    struct slice dynamic_name;  /* not empty: look the name up in the dynamic scope */
    struct map *by_anchor_node; /* the set's node-to-schema map, for dynamic look-ups */
};

/* The compiled schema of a dynamic anchor; compiled with the rest of the set. */
struct schema *schema_of_node(const struct map *by_node, const struct node *node);

#endif
