/* Key prefixes of the standard objects, from the public object reference. */
#include "salesforce/record_id.h"

static const struct {
    const char *object;
    const char *prefix;
} prefixes[] = {
    {"Account", "001"},  {"Contact", "003"},        {"User", "005"},  {"Opportunity", "006"},
    {"Lead", "00Q"},     {"Task", "00T"},           {"Event", "00U"}, {"CampaignMember", "00v"},
    {"Product2", "01t"}, {"PricebookEntry", "01u"}, {"Case", "500"},  {"Campaign", "701"},
};

const char *record_id_prefix(struct slice object)
{
    for (size_t i = 0; i < sizeof prefixes / sizeof prefixes[0]; i++) {
        if (slice_is(object, prefixes[i].object)) {
            return prefixes[i].prefix;
        }
    }
    return NULL;
}

struct slice record_id_pattern(struct arena *arena, struct slice object)
{
    const char *prefix = record_id_prefix(object);
    if (prefix == NULL) {
        return SLICE("^[A-Za-z0-9]{15}(?:[A-Za-z0-9]{3})?$");
    }
    return arena_printf(arena, "^%s[A-Za-z0-9]{12}(?:[A-Za-z0-9]{3})?$", prefix);
}
