/* Entity types. */
#include "language/model/entity_type.h"

#include "base/table.h"

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
