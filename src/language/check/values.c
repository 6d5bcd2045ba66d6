/* Whether a value fits the field that it goes to: types, picklists, lengths, ids. */
#include "language/check/salesforce.h"
#include "base/ascii.h"
#include "base/utf8.h"
#include "base/suggestion.h"
#include "language/operation/response.h"
#include "language/operation/conversion.h"
#include "language/operation/reference_value.h"
#include "salesforce/record_id.h"

/* ---- picklists ---- */

/* The values of a picklist as a note, when they are few enough to be read. */
static void note_values(struct check *check, struct diagnostic *d, struct range range,
                        const struct sobject_field *field)
{
    enum { MOST_VALUES = 12 };
    struct builder out = builder_new(check->arena);
    for (size_t i = 0; i < field->value_count; i++) {
        builder_printf(&out, "%s`%.*s`", i > 0 ? ", " : "", SLICE_ARG(field->values[i].value));
    }
    if (field->value_count > 0 && field->value_count <= MOST_VALUES) {
        diag_note(check->diagnostics, d, NULL, range, "the values are %.*s",
                  SLICE_ARG(builder_slice(&out)));
    }
}

void check_picklist_value(struct check *check, const struct sobject_field *field,
                          const struct node *node, struct range range, struct slice value)
{
    struct suggestion s = suggestion_new(value);
    if (field->value_count == 0 || sobject_field_has_value(field, value)) {
        return;
    }
    for (size_t i = 0; i < field->value_count; i++) {
        suggestion_offer(&s, field->values[i].value);
    }
    struct diagnostic *d = diag_report(
        check->diagnostics, field->restricted ? E0806 : W0807, node->source, range,
        "`%.*s` is not a value of the picklist %.*s", SLICE_ARG(value), SLICE_ARG(field->name));
    diag_suggest(check->diagnostics, d, s.best);
    if (s.best.length == 0) {
        note_values(check, d, range, field);
    }
    if (!field->restricted) {
        diag_note(check->diagnostics, d, NULL, range,
                  "Salesforce accepts other values here, but reports and rules do not expect them");
    }
}

/* ---- ids ---- */

static bool leads_to(const struct sobject_field *field, const struct sobject *owner,
                     struct slice object)
{
    if (field->type == FIELD_ID) {
        return owner == NULL || slice_equal(owner->name, object);
    }
    for (size_t i = 0; i < field->reference_count; i++) {
        if (slice_equal(field->references[i], object)) {
            return true;
        }
    }
    return field->reference_count == 0;
}

/* An id of `object` where `field` of `owner` leads elsewhere. */
static void report_foreign_id(struct check *check, const struct source *source, struct range range,
                              struct slice object, const struct sobject_field *field,
                              const struct sobject *owner)
{
    if (object.length == 0 || leads_to(field, owner, object) ||
        map_get(&check->unknown_names,
                arena_printf(check->arena, "object %.*s", SLICE_ARG(object))) != NULL) {
        return; /* of an object that does not exist, that is told */
    }
    struct slice targets =
        field->type == FIELD_ID ? owner->name : sobject_field_targets(check->arena, field);
    diag_report(check->diagnostics, E0811, source, range,
                "this is the id of a record of %.*s, but the id of %.*s is needed",
                SLICE_ARG(object), SLICE_ARG(targets));
}

void check_id_literal(struct check *check, const struct sobject *owner,
                      const struct sobject_field *field, const struct source *source,
                      struct range range, struct slice id)
{
    const char *mistake = record_id_mistake(id);
    if (mistake != NULL) {
        struct diagnostic *d = diag_report(check->diagnostics, E0808, source, range,
                                           "`%.*s` is not a record id", SLICE_ARG(id));
        if (template_entity(check->template, id) != NULL) {
            diag_suggest(check->diagnostics, d,
                         arena_printf(check->arena, "${%.*s}", SLICE_ARG(id)));
        } else {
            diag_note(check->diagnostics, d, NULL, range, "%s", mistake);
        }
        return;
    }
    const char *object = sobject_of_prefix(slice_part(id, 0, 3));
    report_foreign_id(check, source, range, slice_of(object != NULL ? object : ""), field, owner);
}

/* The object whose id a reference holds; empty when it is not known. */
static struct slice object_of_id(const struct check *check, const struct reference *reference)
{
    const struct resolution *to = check_resolution(check, reference);
    if (to->kind == REFERENCE_ENTITY) {
        return to->entity->object;
    }
    if (to->kind != REFERENCE_BODY) {
        return SLICE("");
    }
    const struct sobject_field *from = response_field(check->arena, to->service, reference);
    if (from == NULL || from->type == FIELD_ID) {
        bool own = from != NULL && reference->count <= 5; /* no related record's */
        const struct sobject *object = service_sobject(to->service);
        return own && object != NULL && sobject_field(object, SLICE("Id")) == from ? object->name
                                                                                   : SLICE("");
    }
    return from->type == FIELD_REFERENCE && from->reference_count == 1 ? from->references[0]
                                                                       : SLICE("");
}

/* ---- literals ---- */

static bool digits_at(struct slice text, size_t start, size_t end)
{
    for (size_t i = start; i < end; i++) {
        if (i >= text.length || !ascii_is_digit(text.data[i])) {
            return false;
        }
    }
    return true;
}

static int two_digits(struct slice text, size_t at)
{
    return (text.data[at] - '0') * 10 + text.data[at + 1] - '0';
}

static bool is_date(struct slice text)
{
    bool shape = text.length >= 10 && digits_at(text, 0, 4) && text.data[4] == '-' &&
                 digits_at(text, 5, 7) && text.data[7] == '-' && digits_at(text, 8, 10);
    return shape && two_digits(text, 5) >= 1 && two_digits(text, 5) <= 12 &&
           two_digits(text, 8) >= 1 && two_digits(text, 8) <= 31;
}

static bool is_datetime(struct slice text)
{
    bool shape = is_date(text) && text.length >= 20 && text.data[10] == 'T' &&
                 digits_at(text, 11, 13) && text.data[13] == ':' && digits_at(text, 14, 16);
    if (!shape) {
        return false;
    }
    struct slice rest = slice_part(text, 16, text.length);
    return slice_ends_with(rest, "Z") || slice_find(rest, "+", 0) != SIZE_MAX ||
           slice_find(rest, "-", 0) != SIZE_MAX;
}

static bool is_email(struct slice text)
{
    size_t at = slice_find(text, "@", 0);
    return at != SIZE_MAX && at > 0 && slice_find(text, ".", at + 2) != SIZE_MAX &&
           slice_find(text, " ", 0) == SIZE_MAX && slice_find(text, "@", at + 1) == SIZE_MAX;
}

/* What a literal of the field's type looks like, when `text` is not one; NULL when it is. */
static const char *literal_mistake(const struct sobject_field *field, struct slice text)
{
    if (field_type_is_number(field->type)) {
        return "a number, without quotes";
    }
    switch (field->type) {
    case FIELD_BOOLEAN:
        return "`true` or `false`, without quotes";
    case FIELD_DATE:
        return is_date(text) && text.length == 10 ? NULL : "a date: YYYY-MM-DD";
    case FIELD_DATETIME:
        return is_datetime(text) ? NULL : "a date and time with its zone: 2026-05-31T09:30:00Z";
    case FIELD_TIME:
        return text.length >= 8 && digits_at(text, 0, 2) && text.data[2] == ':'
                   ? NULL
                   : "a time: 09:30:00.000Z";
    case FIELD_EMAIL:
        return is_email(text) ? NULL : "an e-mail address";
    case FIELD_ANY:
    case FIELD_ID:
    case FIELD_STRING:
    case FIELD_TEXTAREA:
    case FIELD_ENCRYPTED:
    case FIELD_PICKLIST:
    case FIELD_MULTIPICKLIST:
    case FIELD_COMBOBOX:
    case FIELD_INT:
    case FIELD_LONG:
    case FIELD_DOUBLE:
    case FIELD_CURRENCY:
    case FIELD_PERCENT:
    case FIELD_PHONE:
    case FIELD_URL:
    case FIELD_REFERENCE:
    case FIELD_ADDRESS:
    case FIELD_LOCATION:
    case FIELD_BASE64:
        break;
    }
    return NULL;
}

static void check_literal_picks(struct check *check, const struct sobject_field *field,
                                const struct node *node, struct slice text)
{
    for (size_t start = 0; start <= text.length;) {
        size_t end = slice_find(text, ";", start);
        end = end == SIZE_MAX ? text.length : end;
        struct slice value = slice_part(text, start, end);
        check_picklist_value(check, field, node, passage_range(node, value), value);
        start = end + 1;
    }
}

static void check_literal_text(struct check *check, const struct sobject_field *field,
                               const struct sobject *owner, const struct node *node,
                               struct range range, struct slice text)
{
    const char *wanted = literal_mistake(field, text);
    size_t length = utf8_count(text);
    if (wanted != NULL) {
        struct diagnostic *d = diag_report(check->diagnostics, E0808, node->source, range,
                                           "`%.*s` is not a valid value of %.*s, which takes %s",
                                           SLICE_ARG(text), SLICE_ARG(field->name), wanted);
        bool is_entity = template_entity(check->template, text) != NULL;
        diag_suggest(check->diagnostics, d,
                     is_entity ? arena_printf(check->arena, "${%.*s}", SLICE_ARG(text))
                               : SLICE(""));
    } else if (field->type == FIELD_PICKLIST) {
        check_picklist_value(check, field, node, range, text);
    } else if (field->type == FIELD_MULTIPICKLIST) {
        check_literal_picks(check, field, node, text);
    } else if (field->type == FIELD_REFERENCE || field->type == FIELD_ID) {
        check_id_literal(check, owner, field, node->source, range, text);
    } else if (field->length > 0 && length > (size_t)field->length) {
        diag_report(check->diagnostics, E0808, node->source, range,
                    "this text has %zu characters, but %.*s allows %lld", length,
                    SLICE_ARG(field->name), field->length);
    }
}

static void report_kind(struct check *check, const struct sobject_field *field,
                        const struct node *node)
{
    bool fraction = node->kind == NODE_FLOAT && field_type_is_number(field->type);
    struct slice given = fraction ? node->text : slice_of(node_kind_name(node->kind));
    struct diagnostic *d =
        diag_report(check->diagnostics, E0808, node->source, node->range, "%.*s takes %s, not %.*s",
                    SLICE_ARG(field->name), field_type_name(field->type), SLICE_ARG(given));
    if (field_type_is_textual(field->type) && node->kind != NODE_NULL) {
        diag_note(check->diagnostics, d, NULL, node->range, "put it in quotes to make it text");
    } else if (field->type == FIELD_BOOLEAN && node->kind == NODE_INTEGER) {
        diag_suggest(check->diagnostics, d,
                     slice_is(node->text, "0") ? SLICE("false") : SLICE("true"));
    }
}

static void report_empty(struct check *check, const struct sobject_field *field,
                         const struct node *node)
{
    diag_report(check->diagnostics, E0808, node->source, node->range, "%.*s cannot be empty",
                SLICE_ARG(field->name));
}

static void check_plain(struct check *check, const struct sobject_field *field,
                        const struct node *node)
{
    bool number = field_type_is_number(field->type);
    switch (node->kind) {
    case NODE_NULL:
        if (!field->nillable) {
            report_empty(check, field, node);
        }
        break;
    case NODE_BOOLEAN:
        if (field->type != FIELD_BOOLEAN && field->type != FIELD_ANY) {
            report_kind(check, field, node);
        }
        break;
    case NODE_INTEGER:
    case NODE_FLOAT: {
        bool whole = field->type == FIELD_INT || field->type == FIELD_LONG;
        if ((!number && field->type != FIELD_ANY) || (whole && node->kind == NODE_FLOAT)) {
            report_kind(check, field, node);
        }
        break;
    }
    case NODE_STRING:
    case NODE_SEQUENCE:
    case NODE_MAPPING:
        break;
    }
}

/* ---- references ---- */

static void check_choice_values(struct check *check, const struct sobject_field *field,
                                const struct reference *reference)
{
    const struct entity *entity = check_resolution(check, reference)->entity;
    bool picklist = field->type == FIELD_PICKLIST || field->type == FIELD_MULTIPICKLIST;
    if (!picklist || field->value_count == 0 || entity->from_field == field) {
        return;
    }
    if (!entity_type_has_choices(entity->type)) {
        struct diagnostic *d =
            diag_report(check->diagnostics, field->restricted ? E0806 : W0807, reference->source,
                        reference->range, "`%.*s` can be any text, but %.*s is a picklist",
                        SLICE_ARG(entity->name), SLICE_ARG(field->name));
        diag_note(check->diagnostics, d, NULL, reference->range,
                  "make it a `choice` with the picklist's values: `choices: {from: …}`");
        return;
    }
    for (size_t i = 0; i < entity->choice_count; i++) {
        const struct choice *choice = &entity->choices[i];
        check_picklist_value(check, field, choice->node, choice->node->range, choice->value);
        if (entity->from != NULL && !sobject_field_has_value(field, choice->value)) {
            break; /* all of them stand at one place */
        }
    }
}

static void report_unfit(struct check *check, const struct sobject_field *field,
                         const struct reference *reference)
{
    const struct resolution *to = check_resolution(check, reference);
    const struct entity *entity = to->entity;
    const struct sobject_field *from =
        to->kind == REFERENCE_BODY ? response_field(check->arena, to->service, reference) : NULL;
    struct slice name = reference_name(check->arena, reference);
    const char *kind = from != NULL ? field_type_name(from->type)
                                    : value_kind_name(reference_value(check->analysis, reference));
    struct diagnostic *d;
    if (reference->format_count > 0) {
        d = diag_report(check->diagnostics, E0805, reference->source, reference->range,
                        "%.*s takes %s, but a formatted value is text for people",
                        SLICE_ARG(field->name), field_type_name(field->type));
        diag_suggest(check->diagnostics, d,
                     arena_printf(check->arena, "${%.*s%s}", SLICE_ARG(name),
                                  reference->optional ? "?" : ""));
        return;
    }
    if (entity != NULL) {
        d = diag_report(check->diagnostics, E0805, reference->source, reference->range,
                        "%.*s takes %s, but `%.*s` has the type `%s`%s", SLICE_ARG(field->name),
                        field_type_name(field->type), SLICE_ARG(name), entity->type->name,
                        entity->multiple ? " with several values" : "");
    } else {
        d = diag_report(check->diagnostics, E0805, reference->source, reference->range,
                        "%.*s takes %s, but `%.*s` is %s", SLICE_ARG(field->name),
                        field_type_name(field->type), SLICE_ARG(name), kind);
    }
    const char *help = field->type == FIELD_BOOLEAN
                           ? "use a `choice` with the values `yes` and `no`; dialogc converts it"
                       : field->type == FIELD_PICKLIST || field->type == FIELD_MULTIPICKLIST
                           ? "use a `choice` with `choices: {from: …}`"
                       : field->type == FIELD_DATE || field->type == FIELD_DATETIME
                           ? "use the type `date` or `date-time`"
                       : field->type == FIELD_EMAIL        ? "use the type `email`"
                       : field_type_is_number(field->type) ? "use the type `number` or `currency`"
                       : field->type == FIELD_REFERENCE || field->type == FIELD_ID
                           ? "use the type `salesforce-id`, or an id from a response"
                           : NULL;
    if (help != NULL && entity != NULL) {
        diag_note(check->diagnostics, d, NULL, reference->range, "%s", help);
    }
}

/* ---- lengths ---- */

/*
 * A text that holds one free answer can be kept short by a check of that answer; any other that
 * may grow too long is reported.
 */
static void check_length(struct check *check, const struct sobject_field *field,
                         const struct text *text)
{
    long long room = field->length;
    const struct reference *unlimited = NULL;
    const struct entity *answer = NULL;
    size_t free_texts = 0;
    if (room == 0) {
        return;
    }
    for (size_t i = 0; i < text->count; i++) {
        const struct reference *r = text->parts[i].reference;
        if (r == NULL) {
            room -= (long long)utf8_count(text->parts[i].literal);
            continue;
        }
        long long longest = reference_longest(check->analysis, r);
        const struct entity *entity = check_resolution(check, r)->entity;
        bool limited = entity != NULL && r->count == 1 && reference_is_plain(r) &&
                       !entity->multiple && entity->type->words == WORDS_FREE;
        if (limited) {
            answer = entity;
            free_texts++;
        } else if (longest == 0) {
            unlimited = r;
        }
        room -= longest;
    }
    if (free_texts == 1 && unlimited == NULL && room > 0) {
        long long *longest = &check->analysis->entities[answer->index].longest;
        *longest = *longest == 0 || room < *longest ? room : *longest;
        return;
    }
    enum reference_kind kind =
        unlimited != NULL ? check_resolution(check, unlimited)->kind : REFERENCE_UNKNOWN;
    bool is_open = kind == REFERENCE_BODY || kind == REFERENCE_ENTITY || kind == REFERENCE_ERROR;
    if (room < 0 || free_texts > 0 || is_open) {
        struct diagnostic *d =
            diag_report(check->diagnostics, W0809, text->node->source, text->node->range,
                        "this text can be longer than the %lld characters that %.*s allows",
                        field->length, SLICE_ARG(field->name));
        diag_note(check->diagnostics, d, NULL, text->node->range,
                  "dialogc can check the length only of a single answer, when the user gives it");
    }
}

/* ---- the whole ---- */

static void check_single_value(struct check *check, const struct sobject_field *field,
                               const struct sobject *owner, const struct reference *reference)
{
    const struct resolution *to = check_resolution(check, reference);
    if (to->kind == REFERENCE_UNKNOWN) {
        return;
    }
    if (conversion_find(check->analysis, field, reference) == CONVERT_IMPOSSIBLE) {
        report_unfit(check, field, reference);
        return;
    }
    if (reference->format_count > 0) {
        return;
    }
    if (field->type == FIELD_REFERENCE || field->type == FIELD_ID) {
        report_foreign_id(check, reference->source, reference->range,
                          object_of_id(check, reference), field, owner);
    }
    if (to->kind == REFERENCE_ENTITY && reference->count == 1) {
        check_choice_values(check, field, reference);
    }
}

void check_reference_value(struct check *check, const struct sobject_field *field,
                           const struct sobject *owner, const struct reference *reference)
{
    for (const struct reference *r = reference; r != NULL; r = r->otherwise) {
        if (!r->is_literal) {
            check_single_value(check, field, owner, r);
        } else if (!(r->is_number && field_type_is_number(field->type))) {
            check_literal_text(check, field, owner, r->node, r->range, r->literal);
        }
    }
}

void check_text_value(struct check *check, const struct sobject_field *field,
                      const struct sobject *owner, const struct text *text)
{
    const struct reference *single = text_single(text);
    bool takes_text = field_type_is_textual(field->type) || field->type == FIELD_ANY;
    if (!text->has_references) {
        if (!text->has_platform) {
            check_literal_text(check, field, owner, text->node, text->node->range,
                               text_fixed(text));
        }
        return;
    }
    if (single != NULL) {
        size_t errors = check->diagnostics->error_count;
        check_reference_value(check, field, owner, single);
        if (check->diagnostics->error_count > errors) {
            return;
        }
    } else if (!takes_text || field->type == FIELD_EMAIL) {
        struct diagnostic *d =
            diag_report(check->diagnostics, E0805, text->node->source, text->node->range,
                        "%.*s takes %s, but this is text that contains a reference",
                        SLICE_ARG(field->name), field_type_name(field->type));
        diag_note(check->diagnostics, d, NULL, text->node->range,
                  "write one reference alone, without words around it");
        return;
    }
    bool limited = takes_text && field->type != FIELD_PICKLIST &&
                   field->type != FIELD_MULTIPICKLIST && field->type != FIELD_ANY;
    if (limited) {
        check_length(check, field, text);
    }
}

void check_field_value(struct check *check, const struct sobject_field *field,
                       const struct sobject *owner, const struct body *value)
{
    bool is_text = value->node->kind == NODE_STRING;
    if (is_text && !field->nillable && slice_trim(value->node->text).length == 0) {
        report_empty(check, field, value->node);
    } else if (is_text) {
        check_text_value(check, field, owner, &value->text);
    } else {
        check_plain(check, field, value->node);
    }
}
