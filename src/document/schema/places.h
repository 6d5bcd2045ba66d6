/*
 * Places: what the texts of schemas say of a value, found by going down a document with them. For
 * what a person wants to know of a value, such as the order of its keys; whether it is valid, the
 * compiled schemas decide (validate.h).
 */
#ifndef DIALOGC_DOCUMENT_SCHEMA_PLACES_H
#define DIALOGC_DOCUMENT_SCHEMA_PLACES_H

#include "document/tree/node.h"

/* Where the documents are that a schema refers to. */
struct schema_documents {
    /* The document of this name ("fragment.schema.json"), or NULL. */
    const struct node *(*find)(void *context, struct slice name);
    void *context;
};

/* A schema and the document that it is in. */
struct schema_place {
    const struct node *schema;
    const struct node *document;
};

/* The schemas that a value may be under: references and alternatives are followed. */
struct schema_places {
    struct arena *arena;
    const struct schema_documents *documents;
    struct schema_place *items;
    size_t count;
};

static inline struct schema_places schema_places_new(struct arena *arena,
                                                     const struct schema_documents *documents)
{
    return (struct schema_places){.arena = arena, .documents = documents};
}

/* Adds a schema and all that it may stand for. */
void schema_places_add(struct schema_places *places, struct schema_place place);

/* The places of the items of a list. */
struct schema_places schema_places_items(const struct schema_places *places);

/* The places of the keys of a mapping with names for keys. */
struct schema_places schema_places_keys(const struct schema_places *places);

/*
 * The places of the value of `key` in a mapping. Of several schemas for the mapping those are meant
 * that know most of its keys.
 */
struct schema_places schema_places_member(const struct schema_places *places,
                                          const struct node *mapping, struct slice key);

/* How many of the keys of a mapping a schema knows. */
size_t schema_place_known(const struct schema_place *place, const struct node *mapping);

/* The text of the first place that has this keyword; empty when none has. */
struct slice schema_places_text(const struct schema_places *places, const char *keyword);

#endif
