/* Finding the fields that an edition or a setting brings. */
#include "salesforce/setting_field.h"

#include "base/table.h"

enum setting {
    SETTING_NONE,
#define SETTING(name, text) SETTING_##name,
#include "salesforce/setting_field.def"
    SETTING_COUNT
};

static const char *const settings[] = {
    [SETTING_NONE] = NULL,
#define SETTING(name, text) [SETTING_##name] = text,
#include "salesforce/setting_field.def"
};
TABLE_HAS_ROWS(settings, SETTING_COUNT);

#define TEXT(word)                                                                                 \
    {                                                                                              \
#word, sizeof #word - 1                                                                    \
    }
#define WRITEABLE .createable = true, .updateable = true, .nillable = true, .filterable = true

/* What a reference leads to: one array of one name for each. */
enum reference_row {
#define REFERENCE(object, name, relationship, target, setting) REFERENCE_##object##_##name,
#include "salesforce/setting_field.def"
    REFERENCE_COUNT
};

static struct slice targets[] = {
#define REFERENCE(object, name, relationship, target, setting)                                     \
    [REFERENCE_##object##_##name] = TEXT(target),
#include "salesforce/setting_field.def"
};
TABLE_HAS_ROWS(targets, REFERENCE_COUNT);

static const struct {
    struct slice object; /* "Any": all of them */
    struct sobject_field field;
} fields[] = {
#define FIELD(object, field_name, field_type, setting_name)                                        \
    {TEXT(object),                                                                                 \
     {.setting = SETTING_##setting_name,                                                           \
      .name = TEXT(field_name),                                                                    \
      .label = TEXT(field_name),                                                                   \
      .type = FIELD_##field_type,                                                                  \
      WRITEABLE}},
#define REFERENCE(object, field_name, relationship_name, target, setting_name)                     \
    {TEXT(object),                                                                                 \
     {.setting = SETTING_##setting_name,                                                           \
      .name = TEXT(field_name),                                                                    \
      .label = TEXT(field_name),                                                                   \
      .type = FIELD_REFERENCE,                                                                     \
      .references = &targets[REFERENCE_##object##_##field_name],                                   \
      .reference_count = 1,                                                                        \
      .relationship = TEXT(relationship_name),                                                     \
      WRITEABLE}},
#include "salesforce/setting_field.def"
};

const char *setting_of(const struct sobject_field *field)
{
    return settings[field->setting];
}

static bool is_of(size_t row, struct slice object)
{
    return slice_equal(fields[row].object, object) || slice_is(fields[row].object, "Any");
}

const struct sobject_field *setting_field(struct slice object, struct slice name)
{
    for (size_t i = 0; i < TABLE_LENGTH(fields); i++) {
        if (slice_equal_ignoring_case(fields[i].field.name, name) && is_of(i, object)) {
            return &fields[i].field;
        }
    }
    return NULL;
}

const struct sobject_field *setting_relationship(struct slice object, struct slice name)
{
    for (size_t i = 0; name.length > 0 && i < TABLE_LENGTH(fields); i++) {
        if (slice_equal_ignoring_case(fields[i].field.relationship, name) && is_of(i, object)) {
            return &fields[i].field;
        }
    }
    return NULL;
}
