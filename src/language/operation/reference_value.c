/* Kinds and lengths, by what a reference leads to. */
#include "language/operation/reference_value.h"

#include "base/utf8.h"
#include "language/operation/response.h"

enum { LONGEST_SHORT_TEXT = 40 }; /* of phone numbers, postal codes, times, colours, numbers */

enum value_kind reference_value(const struct analysis *analysis, const struct reference *reference)
{
    const struct resolution *to = analysis_resolution(analysis, reference);
    enum value_kind kind = VALUE_ANY;
    size_t segment;
    switch (to->kind) {
    case REFERENCE_ENTITY:
        if (reference->count > 1) {
            return VALUE_ANY;
        }
        return to->entity->multiple ? VALUE_LIST : to->entity->type->value;
    case REFERENCE_STATUS:
        return VALUE_NUMBER;
    case REFERENCE_BODY:
        return response_look_up(analysis->arena, to->service, reference, &kind, &segment, NULL,
                                NULL) == RESPONSE_FOUND
                   ? kind
                   : VALUE_ANY;
    case REFERENCE_ERROR:
    case REFERENCE_INTENT:
    case REFERENCE_INSTANCE:
    case REFERENCE_ENV:
    case REFERENCE_CONTENT:
        return VALUE_TEXT;
    case REFERENCE_UNKNOWN:
    case REFERENCE_PARAMETER:
    case REFERENCE_USER:
    case REFERENCE_CONTEXT:
    case REFERENCE_ITEM:
        return VALUE_ANY;
    }
    return VALUE_ANY;
}

/* ---- lengths ---- */

static long long longest_choice(const struct entity *entity)
{
    size_t longest = 0;
    size_t all = 0;
    for (size_t i = 0; i < entity->choice_count; i++) {
        size_t length = utf8_count(entity->choices[i].value);
        longest = length > longest ? length : longest;
        all += length + 2; /* ", " */
    }
    return (long long)(entity->multiple ? all : longest);
}

/* Values of these types are short, though their descriptions give no length. */
static bool is_short(enum field_type type)
{
    return field_type_is_number(type) || type == FIELD_DATE || type == FIELD_DATETIME ||
           type == FIELD_TIME || type == FIELD_BOOLEAN;
}

long long reference_longest(const struct analysis *analysis, const struct reference *reference)
{
    const struct resolution *to = analysis_resolution(analysis, reference);
    const struct entity *entity = to->entity;
    if (to->kind == REFERENCE_BODY) {
        const struct sobject_field *field = response_field(analysis->arena, to->service, reference);
        return field == NULL ? 0 : is_short(field->type) ? LONGEST_SHORT_TEXT : field->length;
    }
    if (to->kind == REFERENCE_STATUS) {
        return LONGEST_SHORT_TEXT;
    }
    if (to->kind != REFERENCE_ENTITY || reference->count > 1) {
        return 0;
    }
    if (entity_type_has_choices(entity->type)) {
        return longest_choice(entity);
    }
    return entity->multiple || entity->type->words == WORDS_FREE ? 0 : LONGEST_SHORT_TEXT;
}
