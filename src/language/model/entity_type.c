/* Entity types. Error prompts are the platform's, as it writes them into new entities. */
#include "language/model/entity_type.h"

#include "base/table.h"

#define ERROR_STRING "I'm sorry, I am unable to recognize the string. Please enter again."
#define ERROR_NUMBER                                                                               \
    "I'm sorry, I did not recognize the number you entered. Please enter a number again. "
#define ERROR_CHOICE                                                                               \
    "I'm sorry, I did not recognize the value you have entered. Please select a value from "       \
    "the list."
#define ERROR_DATE                                                                                 \
    "I'm sorry, I am unable to recognize the date you entered. Please enter the date again, "      \
    "in the YYYY-MM-DD or MM-DD-YYYY form."
#define ERROR_TIME                                                                                 \
    "I apologize. I am unable to recognize the time you entered. Please enter a time "             \
    "including whether this time is in the AM or PM."
#define ERROR_EMAIL                                                                                \
    "I'm sorry, I did not recognize the email you entered. Please enter the email again. An "      \
    "example of an email address is JohnDoe@abc.com."
#define ERROR_PHONE                                                                                \
    "I apologize, I am unable to recognize the phone number you entered. Please enter the "        \
    "phone number including the area code."
#define ERROR_PERSON                                                                               \
    "I'm sorry, I did not recognize the name you entered. Please enter the name of the "           \
    "person including both the first and last name."
#define ERROR_LOCATION                                                                             \
    "I'm sorry, I am unable to recognize the location you entered. Please enter the location "     \
    "again, including the full address."
#define ERROR_PATTERN "I'm sorry, I am unable to recognize your input. Please enter a valid input."

static const struct entity_type types[] = {
#define ENTITY_TYPE(kind, name, platform_id, value, words, fits, reading, error)                   \
    {ENTITY_##kind, name, platform_id, value, words, fits, reading, error},
#include "language/model/entity_types.def"
#undef ENTITY_TYPE
};

const struct entity_type *entity_type_of(enum entity_kind kind)
{
    return &types[kind];
}

const struct entity_type *entity_type_of_platform(struct slice platform_id)
{
    for (size_t i = 0; i < TABLE_LENGTH(types); i++) {
        if (slice_is(platform_id, types[i].platform_id)) {
            return &types[i];
        }
    }
    return NULL;
}

const struct entity_type *entity_type_find(struct slice name)
{
    for (size_t i = 0; i < TABLE_LENGTH(types); i++) {
        if (slice_is(name, types[i].name)) {
            return &types[i];
        }
    }
    return entity_type_of_platform(name);
}

const char *value_kind_name(enum value_kind kind)
{
    static const char *const names[] = {
        [VALUE_ANY] = "a value",           [VALUE_TEXT] = "text",
        [VALUE_NUMBER] = "a number",       [VALUE_DATE] = "a date",
        [VALUE_BOOLEAN] = "true or false", [VALUE_OBJECT] = "an object",
        [VALUE_LIST] = "a list",
    };
    TABLE_HAS_ROWS(names, VALUE_LIST + 1);
    return names[kind];
}
