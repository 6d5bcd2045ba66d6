/* The table of conversions. */
#include "language/operation/conversion.h"

#include "base/ascii.h"
#include "language/operation/reference_value.h"
#include "language/operation/response.h"

static bool entity_fits(const struct entity *entity, enum entity_fits field)
{
    return (entity->type->fits & field) != 0;
}

/* ---- entities ---- */

static bool all_choices(const struct entity *entity, bool (*holds)(struct slice value))
{
    for (size_t i = 0; i < entity->choice_count; i++) {
        if (!holds(entity->choices[i].value)) {
            return false;
        }
    }
    return entity->choice_count > 0;
}

static bool is_truth(struct slice value)
{
    static const char *const words[] = {"yes", "no", "true", "false"};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (slice_equal_ignoring_case(value, slice_of(words[i]))) {
            return true;
        }
    }
    return false;
}

static bool is_number(struct slice value)
{
    size_t digits = 0;
    for (size_t i = 0; i < value.length; i++) {
        bool sign = i == 0 && value.data[i] == '-';
        digits += ascii_is_digit(value.data[i]);
        if (!ascii_is_digit(value.data[i]) && !sign && value.data[i] != '.') {
            return false;
        }
    }
    return digits > 0;
}

static enum conversion text_of_entity(const struct entity *entity)
{
    if (!entity_fits(entity, FITS_TEXT)) {
        return CONVERT_IMPOSSIBLE;
    }
    bool plain = entity->type->value == VALUE_TEXT && !entity->multiple;
    return plain ? CONVERT_NOTHING : CONVERT_TEXT;
}

/* The conversion of a value that a field of one kind takes; of several values none fits. */
static enum conversion of_single(const struct entity *entity, enum entity_fits field,
                                 enum conversion conversion)
{
    return entity_fits(entity, field) && !entity->multiple ? conversion : CONVERT_IMPOSSIBLE;
}

/* Choices fit by their values. */
static enum conversion of_choices(const struct entity *entity, bool (*holds)(struct slice value),
                                  enum conversion conversion)
{
    return all_choices(entity, holds) && !entity->multiple ? conversion : CONVERT_IMPOSSIBLE;
}

static enum conversion of_entity(const struct sobject_field *field, const struct entity *entity)
{
    switch (field->type) {
    case FIELD_STRING:
    case FIELD_TEXTAREA:
    case FIELD_ENCRYPTED:
    case FIELD_COMBOBOX:
        return text_of_entity(entity);
    case FIELD_INT:
    case FIELD_LONG:
    case FIELD_DOUBLE:
    case FIELD_CURRENCY:
    case FIELD_PERCENT:
        return entity_fits(entity, FITS_NUMBER) ? of_single(entity, FITS_NUMBER, CONVERT_NUMBER)
                                                : of_choices(entity, is_number, CONVERT_NUMBER);
    case FIELD_BOOLEAN:
        return of_choices(entity, is_truth, CONVERT_BOOLEAN);
    case FIELD_PICKLIST:
        return of_single(entity, FITS_PICKLIST, CONVERT_NOTHING);
    case FIELD_MULTIPICKLIST:
        return entity_fits(entity, FITS_PICKLIST) ? CONVERT_PICKS : CONVERT_IMPOSSIBLE;
    case FIELD_DATE:
        return of_single(entity, FITS_DATE, CONVERT_DATE);
    case FIELD_DATETIME:
        return of_single(entity, FITS_DATE, CONVERT_DATETIME);
    case FIELD_TIME:
        return of_single(entity, FITS_TIME, CONVERT_TIME);
    case FIELD_EMAIL:
        return of_single(entity, FITS_EMAIL, CONVERT_NOTHING);
    case FIELD_PHONE:
        return of_single(entity, FITS_PHONE, CONVERT_NOTHING);
    case FIELD_URL:
        return of_single(entity, FITS_URL, CONVERT_NOTHING);
    case FIELD_ID:
    case FIELD_REFERENCE:
        return of_single(entity, FITS_ID, CONVERT_NOTHING);
    case FIELD_ANY:
        return CONVERT_NOTHING;
    case FIELD_ADDRESS:
    case FIELD_LOCATION:
    case FIELD_BASE64:
        break;
    }
    return CONVERT_IMPOSSIBLE;
}

/* ---- answers ---- */

static bool is_textual(enum field_type type)
{
    return field_type_is_textual(type) || type == FIELD_TIME || type == FIELD_ID ||
           type == FIELD_REFERENCE;
}

static enum conversion of_field(const struct sobject_field *field, const struct sobject_field *from)
{
    bool from_date = from->type == FIELD_DATE || from->type == FIELD_DATETIME;
    bool id = field->type == FIELD_ID || field->type == FIELD_REFERENCE;
    if (field->type == from->type || field->type == FIELD_ANY || from->type == FIELD_ANY) {
        return CONVERT_NOTHING;
    }
    if (field_type_is_text(field->type)) {
        return is_textual(from->type) ? CONVERT_NOTHING : CONVERT_TEXT;
    }
    if (field_type_is_number(field->type)) {
        return field_type_is_number(from->type) ? CONVERT_NOTHING : CONVERT_IMPOSSIBLE;
    }
    if (id) {
        return from->type == FIELD_ID || from->type == FIELD_REFERENCE ? CONVERT_NOTHING
                                                                       : CONVERT_IMPOSSIBLE;
    }
    if (field->type == FIELD_DATE || field->type == FIELD_DATETIME) {
        return !from_date                  ? CONVERT_IMPOSSIBLE
               : field->type == FIELD_DATE ? CONVERT_DATE
                                           : CONVERT_DATETIME;
    }
    bool text = is_textual(field->type) && field_type_is_text(from->type);
    return text ? CONVERT_NOTHING : CONVERT_IMPOSSIBLE;
}

/* Values of which only the kind is known. */
static enum conversion of_kind(const struct sobject_field *field, enum value_kind kind)
{
    if (kind == VALUE_ANY || field->type == FIELD_ANY) {
        return CONVERT_NOTHING;
    }
    if (kind == VALUE_OBJECT || kind == VALUE_LIST) {
        return CONVERT_IMPOSSIBLE;
    }
    if (field_type_is_text(field->type)) {
        return kind == VALUE_TEXT ? CONVERT_NOTHING : CONVERT_TEXT;
    }
    bool number = field_type_is_number(field->type);
    bool boolean = field->type == FIELD_BOOLEAN;
    bool date = field->type == FIELD_DATE || field->type == FIELD_DATETIME;
    bool fits = number    ? kind == VALUE_NUMBER
                : boolean ? kind == VALUE_BOOLEAN
                : date    ? kind == VALUE_DATE || kind == VALUE_TEXT
                          : kind == VALUE_TEXT;
    return !fits                                ? CONVERT_IMPOSSIBLE
           : field->type == FIELD_DATE          ? CONVERT_DATE
           : field->type == FIELD_DATETIME      ? CONVERT_DATETIME
           : field->type == FIELD_MULTIPICKLIST ? CONVERT_PICKS
                                                : CONVERT_NOTHING;
}

static enum conversion of_response(const struct analysis *analysis,
                                   const struct sobject_field *field,
                                   const struct reference *reference)
{
    const struct service *service = analysis_resolution(analysis, reference)->service;
    const struct sobject_field *from = response_field(analysis->arena, service, reference);
    return from != NULL ? of_field(field, from)
                        : of_kind(field, reference_value(analysis, reference));
}

/* What a format has made is words for people, or one of several values. */
static enum conversion of_formatted(const struct sobject_field *field, enum value_kind gives)
{
    bool text = field_type_is_textual(field->type) || field->type == FIELD_ANY;
    return gives == VALUE_ANY ? CONVERT_NOTHING : text ? CONVERT_TEXT : CONVERT_IMPOSSIBLE;
}

enum conversion conversion_find(const struct analysis *analysis, const struct sobject_field *field,
                                const struct reference *reference)
{
    if (reference->is_literal) {
        return CONVERT_NOTHING;
    }
    for (size_t i = 0; i < reference->format_count; i++) {
        if (reference->formats[i].format->kind != FORMAT_OFFSET) {
            enum format_kind last = reference->formats[reference->format_count - 1].format->kind;
            return of_formatted(field, value_format_of(last)->gives);
        }
    }
    const struct resolution *to = analysis_resolution(analysis, reference);
    switch (to->kind) {
    case REFERENCE_ENTITY:
        return reference->count > 1 ? CONVERT_NOTHING : of_entity(field, to->entity);
    case REFERENCE_BODY:
        return of_response(analysis, field, reference);
    case REFERENCE_STATUS:
        return of_kind(field, VALUE_NUMBER);
    case REFERENCE_ERROR:
    case REFERENCE_INTENT:
    case REFERENCE_INSTANCE:
        return of_kind(field, VALUE_TEXT);
    case REFERENCE_NOW:
    case REFERENCE_TODAY:
        return of_kind(field, VALUE_DATE);
    case REFERENCE_UNKNOWN:
    case REFERENCE_ENV:
    case REFERENCE_CONTENT:
    case REFERENCE_PARAMETER:
    case REFERENCE_USER:
    case REFERENCE_CONTEXT:
    case REFERENCE_ITEM: /* variables may hold anything */
        break;
    }
    return CONVERT_NOTHING;
}
