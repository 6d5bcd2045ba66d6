/* Following paths through the descriptions of objects. */
#include "salesforce/path.h"

#include <stdint.h>

#include "base/table.h"

struct slice *path_split(struct arena *arena, struct slice path, size_t *count)
{
    struct slice *segments = NULL;
    *count = 0;
    struct slice segment;
    for (size_t at = 0; slice_next_part(path, '.', &at, &segment);) {
        segments = arena_append(arena, segments, *count, sizeof *segments);
        segments[(*count)++] = segment;
    }
    return segments;
}

/* The fields and relationships of the object Name that records of all kinds may have. */
static bool is_of_name(struct slice name, bool *only_there)
{
    static const struct {
        const char *name;
        bool only_there; /* what other objects call so is something else, or they have none */
    } fields[] = {
        {"Alias", false},      {"Division", true},    {"Email", false},       {"FirstName", false},
        {"Id", false},         {"IsActive", false},   {"LastName", false},    {"MiddleName", true},
        {"Name", false},       {"NameOrAlias", true}, {"Phone", false},       {"Profile", false},
        {"ProfileId", false},  {"RecordType", true},  {"RecordTypeId", true}, {"Salutation", true},
        {"Suffix", true},      {"Title", false},      {"Type", true},         {"UserRole", true},
        {"UserRoleId", false}, {"Username", false},
    };
    for (size_t i = 0; i < TABLE_LENGTH(fields); i++) {
        if (slice_equal_ignoring_case(name, slice_of(fields[i].name))) {
            *only_there = fields[i].only_there;
            return true;
        }
    }
    return false;
}

const struct sobject *path_target(struct arena *arena, const struct sobject *object,
                                  const struct sobject_field *reference, struct slice next,
                                  bool *is_complete)
{
    const struct sobject *first = NULL;
    bool only_there = false;
    bool is_named = reference->reference_count > 1 && is_of_name(next, &only_there);
    if (is_named && only_there) {
        *is_complete = false;
        return NULL;
    }
    *is_complete = reference->reference_count > 0;
    for (size_t i = 0; i < reference->reference_count; i++) {
        const struct sobject *target =
            sobject_find(object->catalog, reference->references[i], arena);
        if (target == NULL) {
            *is_complete = false;
            continue;
        }
        first = first == NULL ? target : first;
        if (sobject_field_any_case(target, next) != NULL ||
            sobject_relationship_any_case(target, next) != NULL) {
            return target;
        }
    }
    return is_named ? NULL : first;
}

size_t path_beyond_name(struct arena *arena, const struct sobject *object,
                        const struct slice *segments, size_t count)
{
    for (size_t i = 0; i + 1 < count && object != NULL; i++) {
        const struct sobject_field *reference = sobject_relationship(object, segments[i]);
        bool is_complete, only_there;
        if (reference == NULL) {
            return count;
        }
        if (reference->reference_count > 1 && !is_of_name(segments[i + 1], &only_there)) {
            return i + 1;
        }
        object = path_target(arena, object, reference, segments[i + 1], &is_complete);
    }
    return count;
}

static void note_setting(struct path_result *result, const struct sobject_field *field)
{
    if (field != NULL && field->setting != 0 && result->by_setting == NULL) {
        result->by_setting = field;
        result->setting_segment = result->segment;
        result->setting_object = result->object;
    }
}

struct path_result path_follow(struct arena *arena, const struct sobject *object,
                               const struct slice *segments, size_t count)
{
    struct path_result result = {.object = object};
    for (size_t i = 0; i < count && result.object != NULL; i++) {
        result.segment = i;
        const struct sobject_field *field = sobject_field(result.object, segments[i]);
        bool last = i + 1 == count;
        note_setting(&result, last ? field : NULL);
        if (field != NULL &&
            (last || field->type == FIELD_ADDRESS || field->type == FIELD_LOCATION)) {
            result.field = last ? field : NULL;
            result.object = last ? result.object : NULL;
            return result;
        }
        const struct sobject_field *reference = sobject_relationship(result.object, segments[i]);
        if (reference == NULL) {
            result.is_custom = !result.object->is_complete && sobject_is_custom_name(segments[i]);
            result.is_missing = !result.is_custom;
            result.is_relationship = !last;
            return result;
        }
        note_setting(&result, reference);
        if (last) {
            result.is_record = true;
            return result;
        }
        bool is_complete;
        const struct sobject *target =
            path_target(arena, result.object, reference, segments[i + 1], &is_complete);
        bool unsure = target != NULL && !is_complete &&
                      sobject_field(target, segments[i + 1]) == NULL &&
                      sobject_relationship(target, segments[i + 1]) == NULL;
        result.object = unsure ? NULL : target;
    }
    return result;
}

struct path_result path_follow_text(struct arena *arena, const struct sobject *object,
                                    struct slice path)
{
    size_t count;
    const struct slice *segments = path_split(arena, path, &count);
    return path_follow(arena, object, segments, count);
}
