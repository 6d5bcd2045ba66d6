/*
 * Formats: how a reference says its value as a person reads it, `${service.body.Amount | number}`,
 * and what else is done to it, `${today + 2 weeks}`. The table is value_formats.def.
 */
#ifndef DIALOGC_LANGUAGE_MODEL_VALUE_FORMAT_H
#define DIALOGC_LANGUAGE_MODEL_VALUE_FORMAT_H

#include "base/arena.h"
#include "base/suggestion.h"
#include "language/model/entity_type.h"

enum format_kind {
#define FORMAT(kind, name, takes, taken, gives, argument, parts, function) FORMAT_##kind,
#include "language/model/value_formats.def"
#undef FORMAT
};

enum {
    FORMAT_KIND_COUNT = 0
#define FORMAT(kind, name, takes, taken, gives, argument, parts, function) +1
#include "language/model/value_formats.def"
#undef FORMAT
};

/* What a value may be, a set: a value of which nothing is known may be anything. */
enum value_class {
    CLASS_TEXT = 1 << 0,
    CLASS_NUMBER = 1 << 1,
    CLASS_DATE = 1 << 2,
    CLASS_DATE_TIME = 1 << 3,
    CLASS_TIME = 1 << 4,
    CLASS_BOOLEAN = 1 << 5,
    CLASS_LIST = 1 << 6,
    CLASS_OBJECT = 1 << 7,
    CLASS_ANY = (1 << 8) - 1,
};

/* What follows the name of a format. */
enum format_argument {
    ARGUMENT_NONE,
    ARGUMENT_CODE, /* of a currency: EUR; where there is none, that of the project */
    ARGUMENT_TEXT, /* in quotes */
    ARGUMENT_SPAN, /* + 2 weeks */
};

struct value_format {
    enum format_kind kind;
    const char *name;  /* NULL: it has a notation of its own */
    unsigned takes;    /* of enum value_class */
    const char *taken; /* the same in words */
    enum value_kind gives;
    enum format_argument argument;
};

/* The row of a kind. */
const struct value_format *value_format_of(enum format_kind kind);

/* The format of this name; NULL when there is none. */
const struct value_format *value_format_find(struct slice name);

/* What a format is called here that other languages call `name`; NULL when it is not such a word.
 */
const char *value_format_of_other(struct slice name);

/* Offers the names of all formats. */
void value_format_offer(struct suggestion *suggestion);

/* "`upper` and `lower`": the formats that take one of `classes`; empty when there are none. */
struct slice value_format_names(struct arena *arena, unsigned classes);

/* "text", "a number", "a date": what the classes have in common, for messages. */
const char *value_class_name(unsigned classes);

/* ---- units of time ---- */

/* Units as scripts count in them. */
enum span_unit {
    SPAN_MINUTE,
    SPAN_DAY,
    SPAN_MONTH,
};

/*
 * Reads "week" or "weeks", for an offset of `count`: sets the unit and how many of it are meant.
 * False when it is not a unit.
 */
bool span_read(struct slice word, long long *count, enum span_unit *unit);

/* Offers the names of all units. */
void span_offer(struct suggestion *suggestion);

/* "minute", "day", "month": as scripts call a unit. */
const char *span_unit_name(enum span_unit unit);

/* ---- currencies ---- */

/* True for a code of ISO 4217. */
bool currency_is_code(struct slice code);

/* Offers the codes of all currencies. */
void currency_offer(struct suggestion *suggestion);

#endif
