/* Entity types: names of the language, ids of the platform, what a value is. */
#ifndef DIALOGC_LANGUAGE_MODEL_ENTITY_TYPE_H
#define DIALOGC_LANGUAGE_MODEL_ENTITY_TYPE_H

#include "base/slice.h"
#include "language/model/phrase.h"

/* One enumerator for each row of entity_types.def. */
enum entity_kind {
#define ENTITY_TYPE(kind, name, platform_id, value, words, fits, reading, error) ENTITY_##kind,
#include "language/model/entity_types.def"
#undef ENTITY_TYPE
};

enum {
    ENTITY_KIND_COUNT = 0
#define ENTITY_TYPE(kind, name, platform_id, value, words, fits, reading, error) +1
#include "language/model/entity_types.def"
#undef ENTITY_TYPE
};

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

/* How much of the user's own words a value can hold. */
enum entity_words {
    WORDS_NONE, /* digits, or one of the author's choices */
    WORDS_FEW,  /* a short text */
    WORDS_FREE, /* a text of any length */
};

/* Fields that a value fits, a set. Numbers become text where they are put into one. */
enum entity_fits {
    FITS_NOTHING = 0,
    FITS_TEXT = 1 << 0,
    FITS_PICKLIST = 1 << 1,
    FITS_NUMBER = 1 << 2,
    FITS_DATE = 1 << 3, /* and a date with a time */
    FITS_TIME = 1 << 4,
    FITS_EMAIL = 1 << 5,
    FITS_PHONE = 1 << 6,
    FITS_URL = 1 << 7,
    FITS_ID = 1 << 8,
};

/* How an answer of the user is understood. */
enum entity_reading {
    READ_TEXT,
    READ_CHOICE,
    READ_NUMBER,
    READ_QUANTITY,
    READ_DATE,
    READ_TIME,
    READ_DATE_TIME,
    READ_PERIOD,
    READ_EMAIL,
    READ_PHONE,
    READ_URL,
    READ_PATTERN,
    READ_NAME,
    READ_ZIP_CODE,
    READ_COUNTRY,
    READ_AIRPORT,
    READ_FILE,
};

struct entity_type {
    enum entity_kind kind;
    const char *name;
    const char *platform_id;
    enum value_kind value;
    enum entity_words words;
    unsigned fits; /* of enum entity_fits */
    enum entity_reading reading;
    enum phrase error; /* what the bot says when it has not understood the answer */
};

/* The row of a kind. */
const struct entity_type *entity_type_of(enum entity_kind kind);

/* The row for a name or a platform id, or NULL. */
const struct entity_type *entity_type_find(struct slice name);

/* The row for an entityType of an export, or NULL. */
const struct entity_type *entity_type_of_platform(struct slice platform_id);

/* True for types whose values the author lists. */
static inline bool entity_type_has_choices(const struct entity_type *type)
{
    return type->reading == READ_CHOICE;
}

/*
 * True for types whose possible answers the channel shows (`applyDefaultTemplate`), unless the
 * author says otherwise: 29 of 32 such entities in exports that have the key do. Lookups are for
 * lists that are too long for that.
 */
static inline bool entity_type_shows_answers(const struct entity_type *type)
{
    return type->kind == ENTITY_CHOICE;
}

/* "text", "a number", … for messages. */
const char *value_kind_name(enum value_kind kind);

#endif
