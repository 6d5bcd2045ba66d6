/* What fields of which types can be used for in SOQL. */
#ifndef DIALOGC_SALESFORCE_SOQL_TYPES_H
#define DIALOGC_SALESFORCE_SOQL_TYPES_H

#include "salesforce/soql.h"

/* True for fields that aggregate functions take; SUM and AVG take numbers alone. */
bool soql_can_aggregate(const struct sobject_field *field);

/* True for fields that ORDER BY and GROUP BY take ("sortable", "groupable" of describe results). */
bool soql_can_sort(const struct sobject_field *field);
bool soql_can_group(const struct sobject_field *field);

/* True when a literal has the type of the field. */
bool soql_value_fits(const struct sobject_field *field, const struct soql_value *value);

#endif
