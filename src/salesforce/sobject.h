/*
 * What dialogc knows of Salesforce objects: their fields, and what can be done with them.
 *
 * The descriptions of the standard objects are part of the program (schemas/sobjects/, from the
 * public object reference); those of a project, mostly imported from its organisation, replace or
 * extend them. A description is loaded when it is first asked for.
 */
#ifndef DIALOGC_SALESFORCE_SOBJECT_H
#define DIALOGC_SALESFORCE_SOBJECT_H

#include "base/map.h"
#include "diag/diagnostic.h"
#include "document/tree/node.h"

/* The types of a describe result. */
enum field_type {
    FIELD_ANY, /* not checked */
    FIELD_ID,
    FIELD_STRING,
    FIELD_TEXTAREA,
    FIELD_ENCRYPTED,
    FIELD_PICKLIST,
    FIELD_MULTIPICKLIST,
    FIELD_COMBOBOX, /* a picklist that takes any text */
    FIELD_BOOLEAN,
    FIELD_INT,
    FIELD_LONG,
    FIELD_DOUBLE,
    FIELD_CURRENCY,
    FIELD_PERCENT,
    FIELD_DATE,
    FIELD_DATETIME,
    FIELD_TIME,
    FIELD_EMAIL,
    FIELD_PHONE,
    FIELD_URL,
    FIELD_REFERENCE,
    FIELD_ADDRESS,
    FIELD_LOCATION,
    FIELD_BASE64,
};

struct picklist_value {
    struct slice value; /* what the record holds */
    struct slice label; /* what people see */
};

struct sobject_field {
    struct slice name;
    struct slice label; /* the name where there is none */
    enum field_type type;
    long long length; /* characters; 0: not known */
    bool createable, updateable, nillable;
    bool required; /* a new record needs a value */
    bool restricted, external_id, id_lookup, name_field, filterable;
    bool is_unsaid; /* its description does not say whether it can be written: then it cannot */
    const struct node *default_value; /* NULL: none that is fixed */
    struct picklist_value *values;
    size_t value_count;
    struct slice *references; /* names of objects */
    size_t reference_count;
    struct slice relationship; /* empty: none */
    unsigned char setting;     /* 0; or of what only some organisations have: setting_field.h */
};

struct sobject_catalog;

struct sobject {
    struct slice name;
    struct slice label;
    struct slice plural;
    struct slice key_prefix; /* empty: not known */
    bool createable, updateable, deletable, queryable, searchable;
    bool is_complete;                   /* described by the project: what it lacks does not exist */
    const struct node *required_one_of; /* a list of lists of names, or NULL */
    struct sobject_field *fields;
    size_t field_count;
    struct map by_name;
    struct sobject_catalog *catalog;
};

/* A catalog of the standard objects; it lives in `arena`. */
struct sobject_catalog *sobject_catalog_new(struct arena *arena);

/*
 * Adds a project's description, a tree that is valid under sobject.schema.json and outlives the
 * catalog. Reports a second description of one object (E0818) and one that extends an object of
 * which nothing is known (E0801). Not while other threads use the catalog.
 */
bool sobject_catalog_add(struct sobject_catalog *catalog, const struct node *root,
                         struct diagnostics *diagnostics);

/*
 * Notes that the file of this object has errors. What is unknown of it may be in that file, and is
 * no mistake of those who use it.
 */
void sobject_catalog_note_broken(struct sobject_catalog *catalog, struct slice name);

/* Notes that a path to descriptions is not there: any custom object may have been in it. */
void sobject_catalog_note_missing(struct sobject_catalog *catalog);

bool sobject_catalog_has_broken(const struct sobject_catalog *catalog, struct slice name);

/*
 * The object of this API name, or NULL. Any number of threads may ask; `arena` is the asking
 * thread's, unwound when memory runs out.
 */
const struct sobject *sobject_find(struct sobject_catalog *catalog, struct slice name,
                                   struct arena *arena);

/*
 * The same catalog as one template sees it: the names that are asked for are noted, those that it
 * does not know as well. It lives in `arena`, for one thread.
 */
struct sobject_catalog *sobject_catalog_observe(struct arena *arena,
                                                struct sobject_catalog *catalog);

/* The names that were asked for, each once, in order; `*count` of them. */
const struct slice *sobject_catalog_asked(const struct sobject_catalog *catalog, size_t *count);

/* As sobject_find, whatever the letter case of the name. */
const struct sobject *sobject_find_any_case(struct sobject_catalog *catalog, struct slice name,
                                            struct arena *arena);

/* The standard object whose record ids begin with `prefix`, or NULL. */
const char *sobject_of_prefix(struct slice prefix);

/* Calls `offer` with the name of every object that the catalog can describe. */
void sobject_catalog_offer(const struct sobject_catalog *catalog,
                           void (*offer)(void *context, struct slice name), void *context);

/* True for a standard object that exists though dialogc has no description of it. */
bool sobject_is_known_standard(struct slice name);

/* True for names that an organisation gives (`Invoice__c`), relationships (`__r`) included. */
bool sobject_is_custom_name(struct slice name);

/* The field of this API name, or NULL. */
const struct sobject_field *sobject_field(const struct sobject *object, struct slice name);

/* The reference field whose relationship has this name, or NULL. */
const struct sobject_field *sobject_relationship(const struct sobject *object, struct slice name);

/* As both, whatever the letter case of the name. */
const struct sobject_field *sobject_field_any_case(const struct sobject *object, struct slice name);
const struct sobject_field *sobject_relationship_any_case(const struct sobject *object,
                                                          struct slice name);

/* "Account", or "Contact, Lead" when a reference may lead to several objects. */
struct slice sobject_field_targets(struct arena *arena, const struct sobject_field *field);

/* True when `value` is one of the picklist's values. */
bool sobject_field_has_value(const struct sobject_field *field, struct slice value);

/* "a date", "a picklist": for messages. */
const char *field_type_name(enum field_type type);

/* The name of a type in describe results ("datetime"). */
const char *field_type_word(enum field_type type);

/* The type of this name; FIELD_ANY for other names. */
enum field_type field_type_find(struct slice word);

static inline bool field_type_is_number(enum field_type type)
{
    return type >= FIELD_INT && type <= FIELD_PERCENT;
}

/* Types whose values are text of any content. */
static inline bool field_type_is_text(enum field_type type)
{
    return type == FIELD_STRING || type == FIELD_TEXTAREA || type == FIELD_ENCRYPTED ||
           type == FIELD_COMBOBOX;
}

/* Types whose values are text in JSON that no zone, sign or form restricts. */
static inline bool field_type_is_textual(enum field_type type)
{
    return field_type_is_text(type) || type == FIELD_PICKLIST || type == FIELD_PHONE ||
           type == FIELD_EMAIL || type == FIELD_URL || type == FIELD_MULTIPICKLIST;
}

#endif
