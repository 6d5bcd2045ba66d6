/* The table of entity types: names of the language, ids of the platform, what a value is. */
#ifndef DIALOGC_LANGUAGE_MODEL_ENTITY_TYPE_H
#define DIALOGC_LANGUAGE_MODEL_ENTITY_TYPE_H

#include "base/slice.h"

/* What the platform puts into context.entities for a type. */
enum value_kind {
    VALUE_ANY, /* not known */
    VALUE_TEXT,
    VALUE_NUMBER,
    VALUE_DATE,
    VALUE_BOOLEAN,
    VALUE_OBJECT,
    VALUE_LIST,
};

struct entity_type {
    const char *name;        /* in templates */
    const char *platform_id; /* entityType in exports; also accepted in templates */
    enum value_kind value;
    bool measured; /* the id was seen in real exports (docs/format.md lists the others) */
    bool has_choices;
    const char *error; /* the platform's own error prompt, or NULL: of `string` */
};

/* The row for a name or a platform id, or NULL. */
const struct entity_type *entity_type_find(struct slice name);

/* "text", "a number", … for messages. */
const char *value_kind_name(enum value_kind kind);

#endif
