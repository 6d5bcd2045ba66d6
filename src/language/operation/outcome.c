/* Error codes and statuses, from the documentation of the REST API. */
#include "language/operation/outcome.h"

#define CREATES (OPERATION_BIT(OPERATION_CREATE) | OPERATION_BIT(OPERATION_UPSERT))
#define CHANGES (OPERATION_BIT(OPERATION_UPDATE) | OPERATION_BIT(OPERATION_UPSERT))
#define FINDS                                                                                      \
    (OPERATION_BIT(OPERATION_UPDATE) | OPERATION_BIT(OPERATION_UPSERT) |                           \
     OPERATION_BIT(OPERATION_RETRIEVE) | OPERATION_BIT(OPERATION_DELETE))
#define ALL (~0U)

static const struct outcome_info infos[] = {
    {OUTCOME_MISSING_FIELD, "missingField", "^REQUIRED_FIELD_MISSING$", CREATES | CHANGES},
    {OUTCOME_DUPLICATE, "duplicate", "^DUPLICATE", CREATES | CHANGES},
    {OUTCOME_INVALID_EMAIL, "invalidEmail", "^INVALID_EMAIL_ADDRESS$", CREATES | CHANGES},
    {OUTCOME_DELETED, "deleted", "^ENTITY_IS_DELETED$", FINDS},
    {OUTCOME_CONVERTED, "converted", "CONVERTED_LEAD$", CHANGES},
    {OUTCOME_NO_ACCESS, "noAccess", "^INSUFFICIENT_ACCESS|^API_.*DISABLED", ALL},
    {OUTCOME_LIMIT_EXCEEDED, "limitExceeded", "LIMIT_EXCEEDED$", ALL},
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

bool operation_succeeds(enum operation operation, long long status)
{
    switch (operation) {
    case OPERATION_REQUEST:
        return status < 400;
    case OPERATION_CREATE:
        return status == 201;
    case OPERATION_UPDATE:
    case OPERATION_DELETE:
        return status == 204;
    case OPERATION_UPSERT:
        return status == 200 || status == 201 || status == 204;
    default:
        return status == 200;
    }
}

const char *operation_success(enum operation operation)
{
    switch (operation) {
    case OPERATION_CREATE:
        return "201";
    case OPERATION_UPDATE:
    case OPERATION_DELETE:
        return "204, without a body";
    case OPERATION_UPSERT:
        return "201 (created), 200 or 204 (changed)";
    default:
        return "200";
    }
}
