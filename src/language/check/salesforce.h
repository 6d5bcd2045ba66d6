/* What the checks of Salesforce operations share; private to src/language/check/. */
#ifndef DIALOGC_LANGUAGE_CHECK_SALESFORCE_H
#define DIALOGC_LANGUAGE_CHECK_SALESFORCE_H

#include "language/check/families.h"

/* Whether a value fits `field`, a field of `owner` (values.c). */
void check_field_value(struct check *check, const struct sobject_field *field,
                       const struct sobject *owner, const struct body *value);
void check_text_value(struct check *check, const struct sobject_field *field,
                      const struct sobject *owner, const struct text *text);
void check_reference_value(struct check *check, const struct sobject_field *field,
                           const struct sobject *owner, const struct reference *reference);

/* Whether a literal id has the form of one, and of a record that `field` of `owner` can lead to. */
void check_id_literal(struct check *check, const struct sobject *owner,
                      const struct sobject_field *field, const struct source *source,
                      struct range range, struct slice id);

/* Reports `value` unless it is one of the picklist's (values.c). */
void check_picklist_value(struct check *check, const struct sobject_field *field,
                          const struct node *node, struct range range, struct slice value);

/* Reports that `object` is not known; quiet about those that cannot be known (unknown.c). */
void check_report_unknown_object(struct check *check, const struct node *node, struct range range,
                                 struct slice object);

/* Reports that `object` has no field `name`, with what was meant (unknown.c). */
void check_report_unknown_field(struct check *check, const struct sobject *object,
                                const struct source *source, struct range range, struct slice name,
                                bool is_relationship);

/* Warns of a field that `object` has only in organisations with some setting (unknown.c). */
void check_report_setting(struct check *check, const struct sobject *object,
                          const struct source *source, struct range range,
                          const struct sobject_field *field);

/* Reports a query whose request Salesforce rejects for its length (query_length.c). */
void check_query_length(struct check *check, const struct service *service);

/* The rules for what a search returns (queries.c). */
void check_search(struct check *check, const struct sosl *sosl);

/* The rules for one query (queries.c). */
void check_query(struct check *check, const struct soql *soql);

#endif
