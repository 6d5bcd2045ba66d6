/*
 * Fields that only some organisations have: RecordTypeId where there are record types,
 * CurrencyIsoCode where there is more than one currency. They are no part of descriptions, so that
 * nothing lists them; they are found when somebody asks for them.
 */
#ifndef DIALOGC_SALESFORCE_SETTING_FIELD_H
#define DIALOGC_SALESFORCE_SETTING_FIELD_H

#include "salesforce/sobject.h"

/* What an organisation has that has the field, "record types"; NULL for fields of every one. */
const char *setting_of(const struct sobject_field *field);

/* The field of this name, in any letter case, that `object` has by a setting; or NULL. */
const struct sobject_field *setting_field(struct slice object, struct slice name);

/* The one whose relationship has this name. */
const struct sobject_field *setting_relationship(struct slice object, struct slice name);

#endif
