/* Entity types. Error prompts are the platform's, as it writes them into new entities. */
#include "language/model/entity_type.h"

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
    {"string", "label", VALUE_TEXT, true, false, ERROR_STRING},
    {"choice", "list_of_values", VALUE_TEXT, true, true, ERROR_CHOICE},
    {"lookup", "list_of_items_lookup", VALUE_TEXT, true, true, ERROR_CHOICE},
    {"number", "number", VALUE_NUMBER, true, false, ERROR_NUMBER},
    {"phone", "phone_number", VALUE_TEXT, true, false, ERROR_PHONE},
    {"date", "date", VALUE_DATE, true, false, ERROR_DATE},
    {"time", "time", VALUE_TEXT, true, false, ERROR_TIME},
    {"person-name", "person_name", VALUE_TEXT, true, false, ERROR_PERSON},
    {"location", "location", VALUE_ANY, true, false, ERROR_LOCATION},
    {"pattern", "regex", VALUE_TEXT, true, false, ERROR_PATTERN},
    {"salesforce-id", "regex", VALUE_TEXT, true, false, ERROR_PATTERN},
    {"email", "email", VALUE_TEXT, true, false, ERROR_EMAIL},
    {"zip-code", "zipcode", VALUE_TEXT, true, false, NULL},
    {"attachment", "attachment", VALUE_ANY, true, false, NULL},
    {"date-time", "datetime", VALUE_DATE, false, false, ERROR_DATE},
    {"date-period", "dateperiod", VALUE_OBJECT, false, false, ERROR_DATE},
    {"time-zone", "timezone", VALUE_TEXT, false, false, NULL},
    {"currency", "currency", VALUE_NUMBER, false, false, ERROR_NUMBER},
    {"percentage", "percentage", VALUE_NUMBER, false, false, ERROR_NUMBER},
    {"quantity", "quantity", VALUE_ANY, false, false, ERROR_NUMBER},
    {"company", "company_name", VALUE_TEXT, false, false, NULL},
    {"address", "address", VALUE_TEXT, false, false, ERROR_LOCATION},
    {"city", "city", VALUE_TEXT, false, false, ERROR_LOCATION},
    {"country", "country", VALUE_OBJECT, false, false, NULL},
    {"airport", "airport", VALUE_OBJECT, false, false, NULL},
    {"url", "url", VALUE_TEXT, false, false, NULL},
    {"color", "color", VALUE_TEXT, false, false, NULL},
    {"description", "description", VALUE_TEXT, false, false, ERROR_STRING},
    {"composite", "composite", VALUE_OBJECT, false, false, NULL},
};

const struct entity_type *entity_type_find(struct slice name)
{
    const size_t count = sizeof types / sizeof types[0];
    for (size_t i = 0; i < count; i++) {
        if (slice_is(name, types[i].name)) {
            return &types[i];
        }
    }
    for (size_t i = 0; i < count; i++) {
        if (slice_is(name, types[i].platform_id)) {
            return &types[i];
        }
    }
    return NULL;
}

const char *value_kind_name(enum value_kind kind)
{
    static const char *const names[] = {
        [VALUE_ANY] = "a value",           [VALUE_TEXT] = "text",
        [VALUE_NUMBER] = "a number",       [VALUE_DATE] = "a date",
        [VALUE_BOOLEAN] = "true or false", [VALUE_OBJECT] = "an object",
        [VALUE_LIST] = "a list",
    };
    return names[kind];
}
