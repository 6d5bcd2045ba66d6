/* Error codes and statuses, from the documentation of the REST API. */
#include "language/operation/outcome.h"

#define WRITES (DOES_CREATE | DOES_CHANGE)

static const struct outcome_info infos[] = {
    {OUTCOME_MISSING_FIELD, "missingField", "^REQUIRED_FIELD_MISSING$", WRITES},
    {OUTCOME_DUPLICATE, "duplicate", "^DUPLICATE", WRITES},
    {OUTCOME_INVALID_EMAIL, "invalidEmail", "^INVALID_EMAIL_ADDRESS$", WRITES},
    {OUTCOME_DELETED, "deleted", "^ENTITY_IS_DELETED$", DOES_FIND},
    {OUTCOME_CONVERTED, "converted", "CONVERTED_LEAD$", DOES_CHANGE},
    {OUTCOME_NO_ACCESS, "noAccess", "^INSUFFICIENT_ACCESS|^API_.*DISABLED", 0},
    {OUTCOME_LIMIT_EXCEEDED, "limitExceeded", "LIMIT_EXCEEDED$", 0},
};

const struct outcome_info *outcome_infos(size_t *count)
{
    *count = sizeof infos / sizeof infos[0];
    return infos;
}

bool outcome_is_coded(enum outcome outcome)
{
    for (size_t i = 0; i < sizeof infos / sizeof infos[0]; i++) {
        if (infos[i].outcome == outcome) {
            return true;
        }
    }
    return false;
}

unsigned outcome_operations(const struct outcome_info *info)
{
    return info->does == 0 ? ~0U : operations_that(info->does);
}
