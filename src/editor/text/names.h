/*
 * Names: where a file defines them, and where it uses them. The schemas say so: a value under
 * `x-defines` is the name of something, or a mapping with names for keys; one under `x-names` uses
 * such a name. What texts refer to (`${name}`) and scripts read (`context.entities.name`) are uses,
 * too.
 */
#ifndef DIALOGC_EDITOR_TEXT_NAMES_H
#define DIALOGC_EDITOR_TEXT_NAMES_H

#include "build/inputs/schema_texts.h"

enum name_kind {
#define NAME_KIND(id, ...) NAME_##id,
#include "editor/text/name_kinds.def"
#undef NAME_KIND
    NAME_KIND_COUNT,
};

struct name_kind_info {
    const char *word; /* "entity" */
    unsigned symbol;  /* its SymbolKind */
};

const struct name_kind_info *name_kind_info(enum name_kind kind);

/* A name at a place. */
struct name {
    enum name_kind kind;
    struct slice text;
    struct range range;      /* of the name alone, without quotes */
    bool is_definition;      /* else a use */
    const struct node *what; /* of a definition: what is defined, or NULL */
};

struct names {
    struct name *items;
    size_t count;
};

/* The names in a file of dialogc, in the order of the tree; all lives in `arena`. */
struct names names_of(struct arena *arena, struct schema_texts *schemas, const char *path,
                      const struct node *root);

/* True when a use of kind `use` can mean a definition of kind `defined`. */
bool name_kind_can_mean(enum name_kind use, enum name_kind defined);

/* True for names that are known in one template alone, with the fragments that it uses. */
bool name_kind_is_local(enum name_kind kind);

/* The kind of name that the schemas say is defined, or used, at a place; false when none is. */
bool name_kind_defined(const struct schema_places *places, enum name_kind *kind);
bool name_kind_used(const struct schema_places *places, enum name_kind *kind);

/* The name at a byte, or right before it; NULL when there is none. */
const struct name *names_at(const struct names *names, uint32_t offset);

#endif
