/* Whether a value is one that its entity can have. */
#include "language/check/constant.h"

#include "base/composed.h"
#include "base/date.h"
#include "base/suggestion.h"
#include "document/schema/regex.h"
#include "language/operation/reference_value.h"

static void check_date(struct diagnostics *diagnostics, const struct constant *constant)
{
    const struct node *value = constant->node;
    long long milliseconds;
    bool has_time;
    bool open = constant->is_imported || slice_find(value->text, "{{", 0) != SIZE_MAX;
    if (open || date_read(value->text, &milliseconds, &has_time)) {
        return;
    }
    struct diagnostic *d = diag_report(diagnostics, E0409, value->source, value->range,
                                       "`%.*s` is a date, but its %s is not",
                                       SLICE_ARG(constant->entity->name), constant->what);
    diag_note(diagnostics, d, NULL, value->range,
              constant->what[0] == 'd'
                  ? "write a day (2026-05-31), or count from today: today + 1 day"
                  : "write a day (2026-05-31), or a reference: "
                    "${today + 1 day}");
}

static void note_choices(struct arena *arena, struct diagnostics *diagnostics,
                         struct diagnostic *finding, const struct entity *entity)
{
    enum { MOST_LISTED = 12 };
    struct builder out = builder_new(arena);
    for (size_t i = 0; i < entity->choice_count; i++) {
        builder_printf(&out, "%s`%.*s`", i > 0 ? ", " : "", SLICE_ARG(entity->choices[i].value));
    }
    if (entity->choice_count <= MOST_LISTED) {
        diag_note(diagnostics, finding, NULL, finding->range, "the choices are %.*s",
                  SLICE_ARG(builder_slice(&out)));
    }
}

static void check_choice(struct arena *arena, struct diagnostics *diagnostics,
                         const struct constant *constant)
{
    const struct entity *entity = constant->entity;
    const struct node *value = constant->node;
    struct suggestion s = suggestion_new(value->text);
    for (size_t i = 0; i < entity->choice_count; i++) {
        if (composed_equal(arena, entity->choices[i].value, value->text)) {
            return;
        }
        suggestion_offer(&s, entity->choices[i].value);
    }
    struct diagnostic *d = diag_report(diagnostics, E0409, value->source, value->range,
                                       "the %s of `%.*s` is not one of its choices", constant->what,
                                       SLICE_ARG(entity->name));
    diag_suggest(diagnostics, d, s.best);
    if (s.best.length == 0) {
        note_choices(arena, diagnostics, d, entity);
    }
}

void constant_check(struct arena *arena, struct diagnostics *diagnostics,
                    const struct constant *constant)
{
    const struct entity *entity = constant->entity;
    const struct node *value = constant->node;
    if (entity->type->value == VALUE_NUMBER) {
        if (!node_is_number(value)) {
            struct diagnostic *d = diag_report(diagnostics, E0409, value->source, value->range,
                                               "`%.*s` is a number, but its %s is not",
                                               SLICE_ARG(entity->name), constant->what);
            diag_note(diagnostics, d, NULL, value->range,
                      "write digits without quotes, such as 10");
        }
        return;
    }
    if (entity->type->reading == READ_DATE || entity->type->reading == READ_DATE_TIME) {
        check_date(diagnostics, constant);
        return;
    }
    if (entity->type->reading == READ_EMAIL && !constant->is_imported &&
        slice_find(value->text, "@", 0) == SIZE_MAX &&
        slice_find(value->text, "{{", 0) == SIZE_MAX) {
        diag_report(diagnostics, E0409, value->source, value->range,
                    "`%.*s` is an e-mail address, but its %s is not", SLICE_ARG(entity->name),
                    constant->what);
        return;
    }
    if (entity->choice_count > 0) {
        check_choice(arena, diagnostics, constant);
        return;
    }
    struct slice message;
    size_t offset;
    const struct regex *regex = entity->pattern.length > 0
                                    ? regex_compile(arena, entity->pattern, &message, &offset)
                                    : NULL;
    if (regex != NULL &&
        regex_search(regex_scratch_new(arena), regex, value->text) == REGEX_NO_MATCH) {
        diag_report(diagnostics, E0409, value->source, value->range,
                    "the %s of `%.*s` does not match its pattern", constant->what,
                    SLICE_ARG(entity->name));
    }
}

/* Whether an entity whose values are of the kind `wanted` can take one of the kind `kind`. */
static bool takes(const struct entity *entity, enum value_kind kind)
{
    enum value_kind wanted = entity->type->value;
    if (entity_type_has_choices(entity->type)) {
        return kind != VALUE_DATE;
    }
    return wanted == VALUE_TEXT || wanted == kind || kind == VALUE_ANY ||
           (kind != VALUE_DATE && wanted != VALUE_NUMBER && wanted != VALUE_DATE);
}

void constant_check_reference(const struct analysis *analysis, struct diagnostics *diagnostics,
                              const struct entity *entity, const struct text *value)
{
    const struct reference *reference = text_single(value);
    if (reference == NULL) {
        return;
    }
    const struct resolution *to = analysis_resolution(analysis, reference);
    bool is_answer = to->kind == REFERENCE_ENTITY && reference->count == 1 &&
                     reference_is_plain(reference) && !to->entity->multiple && !entity->multiple;
    bool is_day = to->kind == REFERENCE_TODAY || to->kind == REFERENCE_NOW;
    enum value_kind kind = is_day ? VALUE_DATE : reference_value(analysis, reference);
    if ((!is_answer && !is_day) || takes(entity, kind)) {
        return;
    }
    diag_report(diagnostics, E0409, reference->source, reference->range,
                "`%.*s` takes %s, and this is %s", SLICE_ARG(entity->name),
                entity_type_has_choices(entity->type) ? "one of its choices"
                                                      : value_kind_name(entity->type->value),
                value_kind_name(kind));
}
