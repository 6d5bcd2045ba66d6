/*
 * Which value fits which field, and how it is made to.
 *
 *   text of any kind   text as it is; numbers and dates as text; several values with commas
 *   phone, URL         text
 *   e-mail             an `email` (or a `pattern`, whose author knows)
 *   picklist           a `choice`; several values of a multi-select picklist with semicolons
 *   boolean            a `choice` whose values are yes and no, or true and false
 *   numbers, money     a number, amount or percentage without separators and currency
 *   date               a date as YYYY-MM-DD; the date of a date and time
 *   date and time      ISO 8601; a date alone begins at midnight UTC
 *   time               HH:MM:SS.000Z
 *   id                 a `salesforce-id` of one of the field's objects, or an id of an answer
 */
#ifndef DIALOGC_LANGUAGE_OPERATION_CONVERSION_H
#define DIALOGC_LANGUAGE_OPERATION_CONVERSION_H

#include "language/model/analysis.h"

enum conversion {
    CONVERT_NOTHING, /* as it is */
    CONVERT_TEXT,
    CONVERT_NUMBER,
    CONVERT_BOOLEAN,
    CONVERT_DATE,
    CONVERT_DATETIME,
    CONVERT_TIME,
    CONVERT_PICKS,
    CONVERT_IMPOSSIBLE, /* the value does not fit the field */
};

/* How one value of those that a resolved reference joins by `??` becomes a value of `field`. */
enum conversion conversion_find(const struct analysis *analysis, const struct sobject_field *field,
                                const struct reference *reference);

#endif
