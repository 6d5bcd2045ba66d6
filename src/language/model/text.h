/*
 * Text with references: "The lead ${lastName} has been created."
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
 *     ${lastName?}                       may be missing
 *     $${                                a literal ${
 */
#ifndef DIALOGC_LANGUAGE_MODEL_TEXT_H
#define DIALOGC_LANGUAGE_MODEL_TEXT_H

#include "diag/diagnostic.h"
#include "document/tree/node.h"
#include "document/tree/passage.h"

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

struct reference {
    size_t index; /* among the references of its reader */
    enum reference_use use;
    const struct slice *segments; /* "createLeadService", "body", "id"; numbers are array indexes */
    size_t count;                 /* at least 1 */
    bool optional;                /* written with `?`, or USE_EXISTENCE */
    const struct node *node;      /* the text that it stands in */
    const struct source *source;
    struct range range;           /* the whole ${…} */
    const struct reference *next; /* in the list of its owner */
};

/* The references of a service, a message, a step…, in order of appearance. */
struct references {
    const struct reference *first;
    const struct reference **end;
};

/* Literal text or a reference. */
struct text_part {
    struct slice literal;
    const struct reference *reference; /* NULL for literal text */
};

struct text {
    const struct node *node;
    const struct text_part *parts;
    size_t count;
    bool has_references;
    bool has_platform; /* literal parts hold {{…}} */
};

/* What text parsing needs to know. */
struct text_reader {
    struct arena *arena;
    struct diagnostics *diagnostics;
    const struct node *parameters; /* values of ${params.NAME}; NULL where there are none */
    size_t reference_count;        /* of those that have been read */
};

/*
 * Parses the string `node`; references are added to `*list`. A malformed reference is reported
 * (E0201) and stays literal text. Parameters are put in at once.
 */
struct text text_parse(struct text_reader *reader, const struct node *node, enum reference_use use,
                       struct references *list);

/*
 * Parses a part of `node`'s text: `content` lies inside node->text, behind what `trail` has
 * followed.
 */
struct text text_parse_part(struct text_reader *reader, struct passage_trail *trail,
                            const struct node *node, struct slice content, enum reference_use use,
                            struct references *list);

/* A text without references, as `literal` says it; `node` is where it is from. */
struct text text_of_literal(struct arena *arena, const struct node *node, struct slice literal);

/* The one reference that the text consists of, or NULL. */
const struct reference *text_single(const struct text *text);

/* The words of a text without references, parameters put in. */
struct slice text_fixed(const struct text *text);

/* The reference as the author wrote it, without ${ and }: "createLeadService.body.id". */
struct slice reference_name(struct arena *arena, const struct reference *reference);

/* The place of one segment, to point at the very word that is wrong. */
struct range reference_segment_range(const struct reference *reference, size_t index);

/* The segments from `from` on, joined with dots. */
struct slice reference_path(struct arena *arena, const struct reference *reference, size_t from);

/* ---- texts for locales and channels ---- */

struct text_variant {
    struct slice channel; /* "default" or a channel's name */
    struct slice locale;  /* empty: for every locale */
    size_t entry;         /* the variants of one entry are its locales; several entries of a channel
                             are said in turn */
    struct text text;
    bool is_script;          /* a hand-written message script */
    const struct node *data; /* a message as data, for which dialogc writes the script; or NULL */
};

/* One prompt, title, …: all of its variants, in the order written. */
struct texts {
    const struct node *node; /* NULL when the key is not there */
    const struct text_variant *variants;
    size_t count;
};

/* Parses a string, a map of locales, or a list of channel overrides. */
struct texts texts_parse(struct text_reader *reader, const struct node *node,
                         enum reference_use use, struct references *list);

/* As texts_parse, for titles and labels: a reference in them is reported (E0214). */
struct texts texts_parse_fixed(struct text_reader *reader, const struct node *node);

/* The words of a fixed text in a locale, or `fallback` where there is none. */
struct slice texts_fixed(const struct texts *texts, struct slice locale, struct slice fallback);

/* The variant for a channel and locale: of that locale, else for every locale; or NULL. */
const struct text_variant *texts_find(const struct texts *texts, struct slice channel,
                                      struct slice locale);

#endif
