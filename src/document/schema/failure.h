/* Failures of a validation, and how they become findings; private to src/document/schema/. */
#ifndef DIALOGC_DOCUMENT_SCHEMA_FAILURE_H
#define DIALOGC_DOCUMENT_SCHEMA_FAILURE_H

#include "document/schema/compiled.h"
#include "document/schema/prepared.h"

/* Where the validator is: a value, and how it hangs in the values around it. */
struct place {
    const struct place *outer; /* NULL at the root */
    const struct node *node;
    const struct node *key; /* the key of a member, NULL for an item */
    size_t index;           /* of an item */
    bool is_name;           /* the value is the key itself (propertyNames) */
};

enum failure_kind {
    FAILURE_TYPE,
    FAILURE_ENUM,
    FAILURE_CONST,
    FAILURE_MISSING,
    FAILURE_UNKNOWN_KEY,
    FAILURE_PATTERN,
    FAILURE_FORMAT,
    FAILURE_MIN_LENGTH,
    FAILURE_MAX_LENGTH,
    FAILURE_MAXIMUM,
    FAILURE_EXCLUSIVE_MAXIMUM,
    FAILURE_MINIMUM,
    FAILURE_EXCLUSIVE_MINIMUM,
    FAILURE_MULTIPLE_OF,
    FAILURE_MIN_ITEMS,
    FAILURE_MAX_ITEMS,
    FAILURE_UNIQUE_ITEMS,
    FAILURE_MIN_CONTAINS,
    FAILURE_MAX_CONTAINS,
    FAILURE_MIN_PROPERTIES,
    FAILURE_MAX_PROPERTIES,
    FAILURE_NOT,
    FAILURE_FALSE,
    FAILURE_TOO_MANY_BRANCHES,
    FAILURE_NO_BRANCH, /* of several types, or of several alternative keys */
    FAILURE_DEPTH,
};

struct failure {
    enum failure_kind kind;
    const struct subschema *schema;
    const struct node *node;   /* the offending value */
    const struct node *key;    /* the key it hangs under; for an item, the key of its list */
    const struct node *parent; /* the mapping that holds the key, or the value itself */
    bool is_item;
    bool is_name;
    size_t depth;      /* how far below the root the place is */
    struct slice name; /* FAILURE_MISSING: the key; FAILURE_NO_BRANCH: what is expected */
    struct slice suggestion;
    struct slice remark; /* FAILURE_UNKNOWN_KEY: what it may be instead */
    struct failure *next;
    struct failure *sibling; /* FAILURE_UNKNOWN_KEY: the next one of the same mapping */
};

struct failures {
    struct arena *arena;
    struct documents *documents; /* the words of schemas, for the reports */
    struct failure *first;
    struct failure **end;
    size_t count;
};

struct failures failures_new(struct arena *arena, struct documents *documents);

void failures_add(struct failures *failures, enum failure_kind kind, const struct subschema *schema,
                  const struct place *place);
void failures_add_missing(struct failures *failures, const struct subschema *schema,
                          const struct place *place, struct slice name);

/*
 * Of a failed anyOf or oneOf whose branches failed as in `tried`, adds the failures of the branch
 * that the author most likely meant: the one that accepts the value's type and has the key that
 * sets it apart. When there is no such branch, adds one failure that names what is possible.
 */
void failures_add_best_branch(struct failures *failures, const struct subschema *schema,
                              const struct schema_list *branches, struct failures *tried,
                              const struct place *place);

/* A value that several branches of a oneOf accept: names the keys that set them apart. */
void failures_add_too_many(struct failures *failures, const struct subschema *schema,
                           const struct place *place);

/*
 * Joins failures that one mistake has caused: a missing key and an unknown one in the same mapping
 * are one misspelled key.
 */
void failures_join(struct failures *failures);

/* Turns the failures into findings; `patterns` are those of the schema. */
void failures_report(struct diagnostics *diagnostics, const struct failures *failures,
                     struct pattern_table *patterns);

/*
 * Whether people write `word` for the property `key`: the keyword `x-also` of its schema lists such
 * words ("insert" for `create`). Only suggestions look at it.
 */
bool schema_knows_as(struct documents *documents, const struct subschema *schema, struct slice key,
                     struct slice word);

#endif
