/*
 * Writing JavaScript (ECMAScript 5), the language of the platform's scripts and message scripts. *
 * Values are read with small helper functions that are put before a script when it uses them, so
 * that a missing part of an answer is never an exception.
 */
#ifndef DIALOGC_DIALOG_SCRIPT_H
#define DIALOGC_DIALOG_SCRIPT_H

#include "base/builder.h"
#include "dialog/formatting.h"
#include "language/model/analysis.h"
#include "language/model/phrase.h"
#include "language/operation/conversion.h"

enum script_helper {
    HELPER_READ = 1 << 0,      /* read(object, path): the value, or undefined */
    HELPER_SHOW = 1 << 1,      /* show(value): text for people */
    HELPER_REASON = 1 << 2,    /* reason(service): what went wrong, in words */
    HELPER_PART = 1 << 3,      /* part(value): percent-encoded for a URL */
    HELPER_TERM = 1 << 4,      /* term(value): escaped for SOSL */
    HELPER_LITERAL = 1 << 5,   /* literal(value, kind, like): a SOQL literal */
    HELPER_QUOTED = 1 << 6,    /* quoted(value, like): the inside of a SOQL text literal */
    HELPER_COUNT = 1 << 7,     /* count(value): a whole number of SOQL */
    HELPER_GIVEN = 1 << 8,     /* given(values): true when none is missing */
    HELPER_HEADER = 1 << 9,    /* header(value): safe inside the JSON text of headers */
    HELPER_WORDS = 1 << 10,    /* words(value): text, where there is a value */
    HELPER_NUMBER = 1 << 11,   /* number(value): without separators and currency */
    HELPER_YES = 1 << 12,      /* yes(value): true or false */
    HELPER_DATE = 1 << 13,     /* date(value): YYYY-MM-DD */
    HELPER_DATETIME = 1 << 14, /* datetime(value): ISO 8601 */
    HELPER_TIME = 1 << 15,     /* time(value): HH:MM:SS.000Z */
    HELPER_PICKS = 1 << 16,    /* picks(values): "A;B" */
    HELPER_ERRORS = 1 << 17,   /* errors(service): the list of errors of an answer */
    HELPER_FIELD = 1 << 18,    /* field(value): percent-encoded for a form */
    HELPER_FORM = 1 << 19,     /* form(name, value): the pairs of a form, one for each value */
    HELPER_XML = 1 << 20,      /* xml(value): escaped for XML and HTML */
    HELPER_LINK = 1 << 21,     /* link(value): a link that a user may follow, or "" */
};

struct script_writer {
    struct arena *arena;
    const struct analysis *analysis; /* says where references lead */
    struct builder body;
    unsigned helpers;    /* those that have been used */
    unsigned formats;    /* likewise: bits of enum format_kind */
    unsigned parts;      /* likewise, of enum format_part */
    unsigned operations; /* of Salesforce whose error codes reason() must know */
    struct slice locale;
    bool any_locale; /* the script is the same for all locales of the template */
};

struct script_writer script_writer_new(struct arena *arena, const struct analysis *analysis,
                                       struct slice locale);

/* The finished script: the helpers that it uses, then the body. */
struct slice script_finish(struct script_writer *writer);

/*
 * A script that sets the context variable to the key of the outcome that the answer's error codes
 * tell ("duplicate"), or to "".
 */
struct slice script_outcome(struct arena *arena, struct slice service, struct slice variable);

/* Appends a JavaScript string literal. */
void script_string(struct builder *out, struct slice text);

/* Appends an expression for a phrase; what goes into its places are expressions, too. */
void script_phrase(struct builder *out, struct slice text, const struct phrase_place *places,
                   size_t count);

/*
 * Appends an expression for the value of a reference (undefined when it is missing), with its
 * formats and what stands behind `??`.
 */
void script_value(struct script_writer *writer, const struct reference *reference);

/* An expression for what went wrong with the call of a service, in words. */
struct slice script_reason(struct script_writer *writer, const struct service *service);

/* Appends an expression for the value of an entity or, where it has none, for its default. */
void script_or_default(struct script_writer *writer, struct slice entity, const struct text *value);

/* As script_value, as a number of a query. */
void script_number(struct script_writer *writer, const struct reference *reference);

/* As script_value, made to fit a field; NULL: not known. */
void script_for_field(struct script_writer *writer, const struct reference *reference,
                      const struct sobject_field *field);

/* Appends an expression for a whole text, as it is shown to people. */
void script_text(struct script_writer *writer, const struct text *text);

/* As script_text, with the values, but not the literal text, through a helper of one argument. */
void script_text_through(struct script_writer *writer, const struct text *text,
                         enum script_helper helper);

/*
 * As script_text, for the URL of a link: references inside it are percent-encoded. Where a value
 * decides what the link begins with, it is "" unless a user may follow it.
 */
void script_link(struct script_writer *writer, const struct text *text);

/* True when the text itself says what the link begins with, and a user may follow it. */
bool script_link_is_fixed(const struct text *text);

/* Appends an expression for `condition`: true or false. */
void script_condition(struct script_writer *writer, const struct condition *condition);

/* The platform's path of a plain reference: "context.entities.lastName", "env.NAME". */
struct slice script_reference_path(struct arena *arena, const struct analysis *analysis,
                                   const struct reference *reference);

/* Platform text with {{…}}; only for texts that need no script. */
struct slice script_platform_text(struct arena *arena, const struct analysis *analysis,
                                  const struct text *text);

/* True when the text can only be said by a script: `error`, `?`, `|`, lists, a value as a link. */
bool script_is_needed(const struct analysis *analysis, const struct text *text);

#endif
