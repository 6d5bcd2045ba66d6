/* What types of fields and values go together in a query; private to src/language/check/. */
#ifndef DIALOGC_LANGUAGE_CHECK_QUERY_TYPES_H
#define DIALOGC_LANGUAGE_CHECK_QUERY_TYPES_H

#include "language/check/salesforce.h"

/* Reports a function that does not take a field of this type. */
void query_check_function(struct check *check, const struct soql_item *item,
                          const struct sobject_field *field);

/* "a number": what a value is, for messages. */
const char *query_value_name(const struct soql_value *value);

/* What was meant by a literal of another type than the field's: quotes more or less; or empty. */
struct slice query_value_meant(struct arena *arena, const struct sobject_field *field,
                               const struct soql_value *value);

/* Whether a value has the type that the function of a test gives; false when that is reported. */
bool query_check_part(struct check *check, const struct soql_test *test,
                      const struct soql_value *value);

/* Whether the operator suits the field; false when that has been reported. */
bool query_check_operator(struct check *check, const struct sobject_field *field,
                          const struct soql_test *test);

#endif
