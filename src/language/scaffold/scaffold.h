/*
 * Scaffolding: the first version of a template for one operation on a Salesforce object, made of
 * its description: prompts from the labels, entity types from the types of the fields, choices from
 * the picklists. It passes `check` as it is.
 */
#ifndef DIALOGC_LANGUAGE_SCAFFOLD_SCAFFOLD_H
#define DIALOGC_LANGUAGE_SCAFFOLD_SCAFFOLD_H

#include "base/builder.h"
#include "salesforce/sobject.h"

enum scaffold_operation {
    SCAFFOLD_CREATE,
    SCAFFOLD_UPDATE,
    SCAFFOLD_VIEW,
    SCAFFOLD_SEARCH,
    SCAFFOLD_LIST,
    SCAFFOLD_DELETE,
};

/* "create", …, by enumerator, with a NULL behind them. */
extern const char *const scaffold_operation_names[];

/* Finds an operation by its name; false for other names. */
bool scaffold_operation_find(struct slice name, enum scaffold_operation *operation);

/* The name of an entity for a field: "lastName" of LastName, "region" of Region__c. */
struct slice scaffold_entity_name(struct arena *arena, struct slice field);

#define SCAFFOLD_ENTITY_COLUMN 2

/* Appends an entity that asks for a field, its name at the column SCAFFOLD_ENTITY_COLUMN. */
void scaffold_write_entity(struct arena *arena, const struct sobject *object,
                           const struct sobject_field *field, struct slice name,
                           struct builder *out);

struct scaffold {
    struct slice id; /* the template's identifier */
    const struct sobject *object;
    enum scaffold_operation operation;
    struct slice *fields; /* API names; none: those that are required */
    size_t field_count;
};

/*
 * Writes the template to `*out`. Returns an empty text, or what is wrong, for a message: an
 * operation that the object does not allow, a field that it does not have or that cannot be
 * written. Everything lives in `arena`.
 */
struct slice scaffold_write(struct arena *arena, const struct scaffold *scaffold,
                            struct builder *out);

#endif
