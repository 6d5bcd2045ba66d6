/* What fields of which types can be used for in SOQL. */
#include "salesforce/soql_types.h"

/* "Support for Field Types in Aggregate Functions" */
bool soql_can_aggregate(const struct sobject_field *field)
{
    enum field_type type = field->type;
    return type != FIELD_BASE64 && type != FIELD_BOOLEAN && type != FIELD_TIME &&
           type != FIELD_ADDRESS && type != FIELD_LOCATION && type != FIELD_ENCRYPTED &&
           type != FIELD_MULTIPICKLIST;
}

/* What a function says of its field's type. */
enum { LONG_TEXT = 255 }; /* characters: a text area with more is a long one */

bool soql_can_sort(const struct sobject_field *field)
{
    return !(field->type == FIELD_TEXTAREA && field->length > LONG_TEXT) &&
           field->type != FIELD_MULTIPICKLIST && field->type != FIELD_BASE64 &&
           field->type != FIELD_ADDRESS && field->type != FIELD_LOCATION &&
           field->type != FIELD_ENCRYPTED;
}

bool soql_can_group(const struct sobject_field *field)
{
    bool has_decimals = field->type == FIELD_DOUBLE || field->type == FIELD_CURRENCY ||
                        field->type == FIELD_PERCENT;
    return soql_can_sort(field) && !has_decimals && field->type != FIELD_DATETIME &&
           field->type != FIELD_TIME;
}

bool soql_value_fits(const struct sobject_field *field, const struct soql_value *value)
{
    switch (value->kind) {
    case SOQL_BOOLEAN:
        return field->type == FIELD_BOOLEAN;
    case SOQL_NUMBER:
        return field_type_is_number(field->type);
    case SOQL_TEXT:
        return field_type_is_textual(field->type) || field->type == FIELD_ID ||
               field->type == FIELD_REFERENCE || field->type == FIELD_TIME;
    case SOQL_DATE:
        return field->type == FIELD_DATE;
    case SOQL_DATETIME:
        return field->type == FIELD_DATETIME;
    case SOQL_DATE_LITERAL:
        return field->type == FIELD_DATE || field->type == FIELD_DATETIME;
    case SOQL_CURRENCY:
        return field->type == FIELD_CURRENCY;
    case SOQL_TIME:
        return field->type == FIELD_TIME;
    case SOQL_NULL:
    case SOQL_PARAMETER:
        break;
    }
    return true;
}
