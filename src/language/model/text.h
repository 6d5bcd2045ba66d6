/*
 * Text with references: "The lead ${lastName} has been created."
 *
 * What may stand in `${…}` is in reference.h and expression.h.
 */
#ifndef DIALOGC_LANGUAGE_MODEL_TEXT_H
#define DIALOGC_LANGUAGE_MODEL_TEXT_H

#include "document/tree/passage.h"
#include "language/model/reference.h"

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

/* The text that is one expression, without the `${` and `}` around it: "today + 1 day". */
struct text text_parse_expression(struct text_reader *reader, const struct node *node,
                                  enum reference_use use, struct references *list);

/* A text without references, as `literal` says it; `node` is where it is from. */
struct text text_of_literal(struct arena *arena, const struct node *node, struct slice literal);

/* The one reference that the text consists of, or NULL. */
const struct reference *text_single(const struct text *text);

/* The words of a text without references, parameters put in. */
struct slice text_fixed(const struct text *text);

/* ---- texts for locales and channels ---- */

struct text_variant {
    struct slice channel; /* "default" or a channel's name */
    struct slice locale;  /* empty: for every locale */
    size_t entry;         /* the variants of one entry are its locales; several entries of a channel
                             are said in turn */
    struct text text;
    bool borrowed;           /* the text is that of a variant before this one, in another locale */
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
