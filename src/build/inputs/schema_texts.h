/* The texts of the schemas that are part of dialogc, each read once. */
#ifndef DIALOGC_BUILD_INPUTS_SCHEMA_TEXTS_H
#define DIALOGC_BUILD_INPUTS_SCHEMA_TEXTS_H

#include "base/map.h"
#include "document/schema/places.h"

struct schema_texts {
    struct arena *arena;
    struct map known;
    struct schema_documents documents; /* these, for what refers to each other */
};

/* In `arena`; the struct that `texts` points to must not move. */
void schema_texts_init(struct schema_texts *texts, struct arena *arena);

/* The schema of this name ("action-template"), or NULL. */
const struct node *schema_texts_find(struct schema_texts *texts, const char *name);

/*
 * What the root of a file of dialogc is under, by what it holds; of a fragment also what templates
 * say of its parts. None for other files.
 */
struct schema_places schema_texts_places(struct schema_texts *texts, struct arena *arena,
                                         const struct node *root, const char *path);

#endif
