/* The compiled form of a schema; private to src/document/schema/. */
#ifndef DIALOGC_DOCUMENT_SCHEMA_COMPILED_H
#define DIALOGC_DOCUMENT_SCHEMA_COMPILED_H

#include "base/map.h"
#include "document/schema/format.h"
#include "document/schema/pattern.h"
#include "document/schema/schema.h"

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
    const struct node *root;  /* NULL in a prepared schema: `document` is read when a report asks */
    struct slice document;    /* of a prepared schema: the embedded file's name */
    struct map anchors;       /* `$anchor` and `$dynamicAnchor`: name to struct node */
    struct map dynamic_nodes; /* `$dynamicAnchor` only: name to struct node */
    struct map dynamic;       /* the same names to struct subschema, once they are compiled */
    bool validation;          /* false when its metaschema leaves the validation vocabulary out */
    bool asserts_formats;     /* its metaschema has the format-assertion vocabulary */
};

/* A regular expression by its number in the schema's table. */
struct pattern {
    struct slice text;
    size_t index;
};

struct pattern_schema {
    struct pattern pattern;
    const struct subschema *schema;
};

struct keyed_schema {
    struct slice key;
    const struct subschema *schema;
};

struct schema_list {
    const struct subschema *const *items;
    size_t count;
};

/* The limits of numbers; NULL means that the keyword is not there. */
struct number_keywords {
    const struct node *maximum, *exclusive_maximum, *minimum, *exclusive_minimum, *multiple_of;
};

/* Lengths in code points; SIZE_MAX means without limit. */
struct string_keywords {
    size_t min_length, max_length;
    const struct pattern *pattern;
    const struct format *format; /* NULL when it is an annotation */
};

struct array_keywords {
    struct schema_list prefix_items;
    const struct subschema *items, *contains, *unevaluated_items;
    size_t min_items, max_items, min_contains, max_contains;
    bool unique_items;
};

struct object_keywords {
    const struct keyed_schema *properties; /* in the order of subschema_compare_keys */
    size_t property_count;
    const struct pattern_schema *pattern_properties;
    size_t pattern_property_count;
    const struct subschema *additional_properties, *property_names, *unevaluated_properties;
    const struct node *required; /* a list of names */
    const struct node *dependent_required;
    size_t min_properties, max_properties;
};

/* Keywords that apply schemas to the same value, but for `$ref`. */
struct in_place_keywords {
    struct schema_list all_of, any_of, one_of;
    const struct subschema * not, *condition, *consequence, *alternative;
    const struct keyed_schema *dependent_schemas;
    size_t dependent_schema_count;
    const struct subschema *dynamic_reference;
    struct slice dynamic_name; /* not empty: look the name up in the dynamic scope */
};

/*
 * A schema or one of its subschemas. Most have few keywords: they are in groups by what they look
 * at, and a group is NULL when none of its keywords is there. Compiled ones are never changed, and
 * the prepared ones (see prepared.h) are constants of the program.
 */
struct subschema {
    const struct node *node; /* NULL in a prepared one: `pointer` leads to it */
    const char *pointer;     /* JSON Pointer in the resource's document */
    const struct resource *resource;
    bool is_boolean; /* `true` or `false`, in `boolean` */
    bool boolean;
    bool tracks;    /* holds unevaluatedItems or unevaluatedProperties */
    unsigned types; /* 0 means any */
    const struct node *constant, *enumeration;
    const struct subschema *reference;
    const struct number_keywords *numbers;
    const struct string_keywords *strings;
    const struct array_keywords *arrays;
    const struct object_keywords *objects;
    const struct in_place_keywords *in_place;
};

/* What a caller holds: the outermost schema, and the patterns of all. */
struct schema {
    const struct subschema *root;
    struct pattern_table *patterns;
};

/* The property called `name`, or NULL; also when `schema` has no keywords of objects. */
const struct subschema *subschema_property(const struct subschema *schema, struct slice name);

/* The order of properties: by length, then by bytes. */
int subschema_compare_keys(struct slice a, struct slice b);

/* The name that a subschema requires first, or empty: it sets a branch of a oneOf apart. */
struct slice subschema_own_key(const struct subschema *schema);

#endif
