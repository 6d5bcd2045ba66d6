/* The table of operations, and what follows from it. */
#include "salesforce/operation.h"

#include "base/table.h"

static const struct operation_info infos[] = {
#define OPERATION(name, key, ...) [OPERATION_##name] = {#key, __VA_ARGS__},
#include "salesforce/operation.def"
#undef OPERATION
    [OPERATION_NONE] = {.key = "", .method = "get", .route = "", .said = "200"},
};

TABLE_HAS_ROWS(infos, OPERATION_NONE + 1);
_Static_assert(OPERATION_NONE < 32, "sets of operations are bits of an unsigned");

const struct operation_info *operation_info(enum operation operation)
{
    return &infos[operation];
}

const char *operation_key(enum operation operation)
{
    return operation_info(operation == OPERATION_SOSL ? OPERATION_SEARCH : operation)->key;
}

bool operation_takes(enum operation operation, enum route_part part)
{
    struct slice route = slice_of(infos[operation].route);
    struct route_piece piece;
    while (route_take(&route, &piece)) {
        if (piece.kind == ROUTE_PART && piece.part == part) {
            return true;
        }
    }
    return false;
}

bool operation_has_optional_parts(enum operation operation)
{
    return strchr(infos[operation].route, '[') != NULL;
}

bool operation_writes(enum operation operation)
{
    return (infos[operation].does & (DOES_CREATE | DOES_CHANGE)) != 0;
}

bool operation_only_creates(enum operation operation)
{
    return (infos[operation].does & (DOES_CREATE | DOES_CHANGE)) == DOES_CREATE;
}

bool operation_is_of_login(enum operation operation)
{
    return infos[operation].route[0] == '/';
}

bool operation_succeeds(enum operation operation, long long status)
{
    if (operation == OPERATION_NONE) {
        return status < 400;
    }
    unsigned bit = status == 200   ? ANSWERS_200
                   : status == 201 ? ANSWERS_201
                   : status == 204 ? ANSWERS_204
                                   : 0;
    return (infos[operation].success & bit) != 0;
}

bool operation_has_empty_answer(enum operation operation)
{
    return infos[operation].success == ANSWERS_204;
}

unsigned operations_that(unsigned does)
{
    unsigned set = 0;
    for (unsigned i = 0; i < OPERATION_NONE; i++) {
        set |= (infos[i].does & does) != 0 ? OPERATION_BIT(i) : 0;
    }
    return set;
}
