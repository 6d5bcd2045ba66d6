/*
 * References: what a text, a request or a condition takes from the conversation.
 *
 * A reference names something that the dialog knows: an entity, a part of a service's answer, a
 * variable. It is parsed here; where it leads is found out by src/language/check/references.c, once
 * all names are known, and kept in the analysis (language/model/analysis.h).
 *
 *     ${lastName}                        an entity
 *     ${createLeadService.body.id}       a part of an answer
 *     ${createLeadService.status}        its HTTP status
 *     ${createLeadService.error}         what went wrong, in words
 *     ${env.NAME} ${content.NAME}        bot variables
 *     ${params.NAME}                     a parameter of the project, put in at compile time
 *     ${user.firstName}                  the platform's user profile
 *     ${context.session.BotUserSession.x} anything else in the platform's context
 *     ${intent}                          the name of the recognised intent
 *     ${instanceUrl}                     the Salesforce organisation's own URL
 *     ${item.Name}                       in lists and tables: the record being shown
 *     ${now} ${today}                    the time and the day, when the dialog runs
 *     ${lastName?}                       may be missing
 *     $${                                a literal ${
 *
 * A reference can say more than a name (expression.c):
 *
 *     ${today + 2 weeks}                 a date, and an offset
 *     ${nickname ?? firstName ?? "you"}  the first of these that has a value
 *     ${createLeadService.body.Amount | number}  as a person reads it
 */
#ifndef DIALOGC_LANGUAGE_MODEL_REFERENCE_H
#define DIALOGC_LANGUAGE_MODEL_REFERENCE_H

#include "diag/diagnostic.h"
#include "document/tree/node.h"
#include "language/model/value_format.h"

/* Where a reference stands; decides which types fit and how its value is prepared. */
enum reference_use {
    USE_TEXT,     /* shown to the user; a value in a body that is not JSON */
    USE_URL_PART, /* a path segment or query value: percent-encoded */
    USE_LINK,     /* the URL of a button */
    USE_BODY,     /* a value in a JSON body */
    USE_SEARCH,   /* a SOSL term */
    USE_QUERY,    /* a SOQL literal */
    USE_HEADER,
    USE_CONDITION,
    USE_EXISTENCE, /* a condition that asks whether there is a value */
    USE_LIST,      /* a list to go through */
    USE_SECRET,    /* a credential of an auth profile */
};

/* One format that a value goes through. */
struct format_use {
    const struct value_format *format;
    struct slice argument; /* a code, or a text; empty: none */
    long long count;       /* of an offset, by `unit` */
    enum span_unit unit;
    struct range range; /* from its name, or sign, on */
};

struct reference {
    size_t index; /* among the references of its reader */
    enum reference_use use;
    const struct slice *segments; /* "createLeadService", "body", "id"; numbers are array indexes */
    size_t count;                 /* at least 1 */
    bool optional;                /* written with `?`, or USE_EXISTENCE, or another one follows */
    const struct format_use *formats; /* that the value goes through, in order */
    size_t format_count;
    struct reference *otherwise; /* behind `??`: what stands for a missing value; or NULL */
    bool is_alternative;         /* it is behind `??` */
    bool is_literal;             /* behind `??` only: a fixed value, without segments */
    bool is_number;              /* of a literal */
    struct slice literal;
    const struct node *node; /* the text that it stands in */
    const struct source *source;
    struct range range;           /* the whole ${…} */
    const struct reference *next; /* in the list of its owner */
};

/*
 * The references of a service, a message, a step…, in order of appearance. What follows `??` is a
 * reference of the list, too, unless it is a literal.
 */
struct references {
    const struct reference *first;
    const struct reference **end;
};

/* What text parsing needs to know. */
struct text_reader {
    struct arena *arena;
    struct diagnostics *diagnostics;
    const struct node *parameters; /* values of ${params.NAME}; NULL where there are none */
    size_t reference_count;        /* of those that have been read */
    bool has_malformed;            /* one could not be read, which has been reported */
};

/* True when the reference is only a name: nothing has to be computed. */
static inline bool reference_is_plain(const struct reference *reference)
{
    return reference->format_count == 0 && reference->otherwise == NULL;
}

/* True when the reference may have no value in the end, whatever stands behind `??`. */
static inline bool reference_may_be_missing(const struct reference *reference)
{
    while (reference->otherwise != NULL) {
        reference = reference->otherwise;
    }
    return reference->optional;
}

/* The name of the reference, without what follows it: "createLeadService.body.id". */
struct slice reference_name(struct arena *arena, const struct reference *reference);

/* The place of one segment, to point at the very word that is wrong. */
struct range reference_segment_range(const struct reference *reference, size_t index);

/* The segments from `from` on, joined with dots. */
struct slice reference_path(struct arena *arena, const struct reference *reference, size_t from);

#endif
