/* Kinds and lengths, by what a reference leads to. */
#include "language/operation/reference_value.h"

#include "base/ascii.h"
#include "base/table.h"
#include "base/utf8.h"
#include "language/operation/response.h"

enum {
    LONGEST_SHORT_TEXT = 40, /* of phone numbers, postal codes, times, colours, numbers */
    LONGEST_FORMATTED = 60,  /* of dates and amounts in words */
};

/* What the name leads to, without formats and without what stands behind `??`. */
static enum value_kind value_at(const struct analysis *analysis, const struct reference *reference)
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
        return response_look_up(analysis->arena, to->service, reference, RESPONSE_OF_ANY, &kind,
                                &segment, NULL, NULL) == RESPONSE_FOUND
                   ? kind
                   : VALUE_ANY;
    case REFERENCE_ERROR:
    case REFERENCE_INTENT:
    case REFERENCE_INSTANCE:
    case REFERENCE_ENV:
    case REFERENCE_CONTENT:
        return VALUE_TEXT;
    case REFERENCE_NOW:
    case REFERENCE_TODAY:
        return VALUE_DATE;
    case REFERENCE_UNKNOWN:
    case REFERENCE_PARAMETER:
    case REFERENCE_USER:
    case REFERENCE_CONTEXT:
    case REFERENCE_ITEM:
        return VALUE_ANY;
    }
    return VALUE_ANY;
}

/* One value of those that `??` joins, with its formats. */
static enum value_kind single_value(const struct analysis *analysis,
                                    const struct reference *reference)
{
    if (reference->format_count > 0) {
        return reference->formats[reference->format_count - 1].format->gives;
    }
    if (reference->is_literal) {
        return reference->is_number ? VALUE_NUMBER : VALUE_TEXT;
    }
    return value_at(analysis, reference);
}

enum value_kind reference_value(const struct analysis *analysis, const struct reference *reference)
{
    enum value_kind kind = single_value(analysis, reference);
    for (const struct reference *r = reference->otherwise; r != NULL; r = r->otherwise) {
        kind = single_value(analysis, r) == kind ? kind : VALUE_ANY;
    }
    return kind;
}

/* ---- classes ---- */

static unsigned classes_of_field(const struct sobject_field *field)
{
    if (field_type_is_number(field->type)) {
        return CLASS_NUMBER;
    }
    return field->type == FIELD_DATE                                       ? CLASS_DATE
           : field->type == FIELD_DATETIME                                 ? CLASS_DATE_TIME
           : field->type == FIELD_TIME                                     ? CLASS_TIME
           : field->type == FIELD_BOOLEAN                                  ? CLASS_BOOLEAN
           : field->type == FIELD_ANY                                      ? CLASS_ANY
           : field->type == FIELD_ADDRESS || field->type == FIELD_LOCATION ? CLASS_OBJECT
                                                                           : CLASS_TEXT;
}

static unsigned classes_of_kind(enum value_kind kind)
{
    static const unsigned classes[] = {
        [VALUE_ANY] = CLASS_ANY,
        [VALUE_TEXT] = CLASS_ANY & ~(unsigned)(CLASS_LIST | CLASS_OBJECT | CLASS_BOOLEAN),
        [VALUE_NUMBER] = CLASS_NUMBER,
        [VALUE_DATE] = CLASS_DATE | CLASS_DATE_TIME,
        [VALUE_BOOLEAN] = CLASS_BOOLEAN,
        [VALUE_OBJECT] = CLASS_OBJECT,
        [VALUE_LIST] = CLASS_LIST,
    };
    TABLE_HAS_ROWS(classes, VALUE_LIST + 1);
    return classes[kind];
}

/* Whether one of the choices has a digit, as numbers, dates and times do. */
static bool has_digits(const struct entity *entity)
{
    bool has = false;
    for (size_t i = 0; i < entity->choice_count; i++) {
        struct slice value = entity->choices[i].value;
        for (size_t j = 0; j < value.length; j++) {
            has = has || ascii_is_digit(value.data[j]);
        }
    }
    return has;
}

/* One value of the entity: typed text is text; choices and patterns may be numbers and dates. */
static unsigned classes_of_value(const struct entity *entity)
{
    enum entity_reading reading = entity->type->reading;
    bool words = entity->choice_count > 0 && entity->variable == NULL && !has_digits(entity);
    bool open = (reading == READ_CHOICE && !words) || reading == READ_PATTERN;
    return open                                ? classes_of_kind(VALUE_TEXT)
           : reading == READ_DATE              ? CLASS_DATE
           : reading == READ_DATE_TIME         ? CLASS_DATE_TIME
           : reading == READ_TIME              ? CLASS_TIME
           : entity->type->value == VALUE_TEXT ? CLASS_TEXT
                                               : classes_of_kind(entity->type->value);
}

static unsigned classes_of_entity(const struct entity *entity)
{
    return entity->multiple ? (unsigned)CLASS_LIST : classes_of_value(entity);
}

unsigned reference_item_classes(const struct analysis *analysis, const struct reference *reference)
{
    const struct resolution *to = analysis_resolution(analysis, reference);
    bool is_entity = to->kind == REFERENCE_ENTITY && reference->count == 1;
    return is_entity && entity_type_has_choices(to->entity->type)
               ? classes_of_value(to->entity)
               : CLASS_ANY & ~(unsigned)CLASS_LIST;
}

unsigned reference_classes(const struct analysis *analysis, const struct reference *reference)
{
    const struct resolution *to = analysis_resolution(analysis, reference);
    const struct sobject_field *field =
        to->kind == REFERENCE_BODY ? response_field(analysis->arena, to->service, reference) : NULL;
    if (field != NULL) {
        return classes_of_field(field);
    }
    if (to->kind == REFERENCE_ENTITY && reference->count == 1) {
        return classes_of_entity(to->entity);
    }
    if (to->kind == REFERENCE_BODY && response_has_sampled_dates(to->service, reference)) {
        return CLASS_DATE | CLASS_DATE_TIME | CLASS_TIME | CLASS_TEXT;
    }
    return to->kind == REFERENCE_NOW     ? CLASS_DATE_TIME
           : to->kind == REFERENCE_TODAY ? CLASS_DATE
                                         : classes_of_kind(value_at(analysis, reference));
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

/* Formats of text and lists are as long as what they get. */
static bool keeps_length(const struct reference *reference)
{
    unsigned takes = reference->formats[reference->format_count - 1].format->takes;
    return (takes & (CLASS_TEXT | CLASS_LIST)) != 0;
}

/* As reference_longest, of one value of those that `??` joins. */
static long long longest_single(const struct analysis *analysis, const struct reference *reference)
{
    if (reference->is_literal) {
        return (long long)utf8_count(reference->literal);
    }
    if (reference->format_count > 0 && !keeps_length(reference)) {
        return LONGEST_FORMATTED;
    }
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

long long reference_longest(const struct analysis *analysis, const struct reference *reference)
{
    long long longest = longest_single(analysis, reference);
    for (const struct reference *r = reference->otherwise; r != NULL && longest != 0;
         r = r->otherwise) {
        long long other = longest_single(analysis, r);
        longest = other == 0 || other > longest ? other : longest;
    }
    return longest;
}
