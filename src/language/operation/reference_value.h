/* What is known of the values that references stand for. */
#ifndef DIALOGC_LANGUAGE_OPERATION_REFERENCE_VALUE_H
#define DIALOGC_LANGUAGE_OPERATION_REFERENCE_VALUE_H

#include "language/model/analysis.h"

/* What the value of a resolved reference is; VALUE_ANY where that is not known. */
enum value_kind reference_value(const struct analysis *analysis, const struct reference *reference);

/* What the value of a resolved reference can be, before its formats: a set of value classes. */
unsigned reference_classes(const struct analysis *analysis, const struct reference *reference);

/* The same of one item of a list that the value is. */
unsigned reference_item_classes(const struct analysis *analysis, const struct reference *reference);

/* The most characters that the value can have as text; 0: no limit is known. */
long long reference_longest(const struct analysis *analysis, const struct reference *reference);

#endif
