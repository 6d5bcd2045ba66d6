/*
 * Offers: what an author may write at the cursor. A file for each kind of place looks whether the
 * cursor is in one and adds what fits there; what the author has typed already is for the editor to
 * compare.
 */
#ifndef DIALOGC_EDITOR_COMPLETION_OFFERS_H
#define DIALOGC_EDITOR_COMPLETION_OFFERS_H

#include "editor/text/cursor.h"
#include "editor/text/names.h"
#include "editor/workspace/project_state.h"

/* The CompletionItemKinds of the Language Server Protocol. */
enum offer_kind {
    OFFER_FUNCTION = 3,
    OFFER_FIELD = 5,
    OFFER_VARIABLE = 6,
    OFFER_KEY = 10,
    OFFER_VALUE = 12,
    OFFER_WORD = 14,
    OFFER_NAME = 18,
    OFFER_OBJECT = 22,
};

/* What comes first. */
enum offer_rank {
    OFFER_REQUIRED,
    OFFER_USUAL,
    OFFER_LATER,
};

struct offer {
    enum offer_kind kind;
    enum offer_rank rank;
    struct slice label;         /* what the author sees, and types */
    struct slice detail;        /* a few words; may be empty */
    struct slice documentation; /* sentences; may be empty */
    struct slice text;          /* what is written; empty: the label */
    bool is_snippet;            /* the text has places to fill in: "title: $0" */
};

/* What is known of the cursor's file, and what has been found. */
struct offers {
    struct arena *arena;
    struct schema_texts *schemas;
    const char *path;
    const struct project_state *project; /* NULL: the file is in none */
    const struct compiler *compiler;     /* of the project; NULL: as above */
    const struct cursor *cursor;
    const struct node *dialog; /* of conversations: the template; NULL: not known */
    bool takes_snippets;
    struct range word; /* what an offer takes the place of: the word of the cursor, or more */
    struct offer *items;
    size_t count;
};

/* Adds an offer, unless there is one of its label already. */
void offers_add(struct offers *offers, struct offer offer);

/* Adds a name or a fixed value, in quotes where it needs them. */
void offers_add_value(struct offers *offers, struct offer offer);

/*
 * The name of this kind that a mapping around the cursor has, the nearest first: the object of an
 * operation, the fragment of parameters. Empty when there is none.
 */
struct slice offers_name_around(const struct offers *offers, enum name_kind kind);

/* Adds the definitions that a name of this kind can mean. */
void offers_add_names(struct offers *offers, enum name_kind kind, enum offer_kind as);

/* Calls `each` with every definition of the file and of the fragments that it uses. */
void offers_definitions(struct offers *offers,
                        void (*each)(struct offers *offers, const struct name *name, void *context),
                        void *context);

/* The fragment with this identifier, or NULL. */
const struct node *offers_fragment(const struct offers *offers, struct slice id);

/* ---- a file each ---- */

void offer_keys(struct offers *offers);
void offer_values(struct offers *offers);
void offer_names(struct offers *offers);
void offer_fields(struct offers *offers);
void offer_queries(struct offers *offers);
void offer_turns(struct offers *offers);
void offer_references(struct offers *offers);

/*
 * Offers codes where the byte `offset` of a text is in a comment that silences warnings; false
 * elsewhere. There is no cursor yet.
 */
bool offer_codes(struct offers *offers, struct slice text, uint32_t offset);

/* Adds picklists ("Lead.Rating"), and the values of the one that the cursor's mapping names. */
void offer_picklists(struct offers *offers);
void offer_values_of_picklist(struct offers *offers);

/* Adds the fields of an object, or NULL, to be read, and the relationships that lead on. */
void offer_fields_of(struct offers *offers, const struct sobject *object);

/* The object that a path ("Account.Owner.") leads to from `object`, or NULL. */
const struct sobject *offers_follow(struct offers *offers, const struct sobject *object,
                                    struct slice path);

/* The object that the operation around the cursor is about; NULL when it is not known. */
const struct sobject *offers_object_around(struct offers *offers);

/* Adds to an offer what the field of a Salesforce object is. */
void offer_describe_field(struct arena *arena, struct offer *offer,
                          const struct sobject_field *field);

#endif
