/* Whether a value can meet the comparisons of a condition: one by one, and together. */
#include "language/check/families.h"

#include <stdlib.h>

#include "base/date.h"
#include "base/table.h"
#include "language/check/salesforce.h"
#include "language/operation/reference_value.h"
#include "language/operation/response.h"

static bool is_ordered(const struct test *test)
{
    return test->comparison == OPERATOR_GREATER || test->comparison == OPERATOR_GREATER_EQUAL ||
           test->comparison == OPERATOR_LESS || test->comparison == OPERATOR_LESS_EQUAL;
}

static bool is_equality(const struct test *test)
{
    return test->comparison == OPERATOR_EQUAL || test->comparison == OPERATOR_NOT_EQUAL;
}

/* ---- one comparison ---- */

/* That `literal` never equals a value of this kind, or is never less or greater. */
static struct diagnostic *report_never(struct check *check, const struct test *test,
                                       const char *kind)
{
    struct slice name = reference_name(check->arena, test->reference);
    return diag_report(check->diagnostics, W0225, test->reference->source, test->literal_range,
                       "`%.*s` is %s, and `%.*s` is not", SLICE_ARG(name), kind,
                       SLICE_ARG(test->literal));
}

static void check_date(struct check *check, const struct test *test)
{
    long long milliseconds;
    bool has_time;
    if (date_read(test->literal, &milliseconds, &has_time)) {
        return;
    }
    struct diagnostic *d = report_never(check, test, "a date");
    bool is_relative = slice_starts_with(test->literal, "today") ||
                       slice_starts_with(test->literal, "now") ||
                       slice_starts_with(test->literal, "tomorrow");
    diag_note(check->diagnostics, d, NULL, test->literal_range, "%s",
              is_relative
                  ? "conditions compare with fixed values; to compare with the present day, "
                    "`run` a script that sets a value, and compare that"
                  : "write a day that exists, such as 2026-05-31");
}

static void check_email(struct check *check, const struct test *test)
{
    if (slice_find(test->literal, "@", 0) == SIZE_MAX) {
        report_never(check, test, "an e-mail address");
    }
}

static void check_boolean(struct check *check, const struct test *test)
{
    struct slice literal = test->literal;
    if (slice_is(literal, "true") || slice_is(literal, "false")) {
        return;
    }
    struct diagnostic *d = report_never(check, test, "true or false");
    bool is_yes = slice_equal_ignoring_case(literal, SLICE("yes")) ||
                  slice_equal_ignoring_case(literal, SLICE("true")) || slice_is(literal, "1");
    bool is_no = slice_equal_ignoring_case(literal, SLICE("no")) ||
                 slice_equal_ignoring_case(literal, SLICE("false")) || slice_is(literal, "0");
    diag_suggest(check->diagnostics, d,
                 is_yes  ? SLICE("true")
                 : is_no ? SLICE("false")
                         : SLICE(""));
}

/* `${service.body.records} > 0`: the length was meant. */
static void check_compound(struct check *check, const struct test *test, enum value_kind kind)
{
    struct slice name = reference_name(check->arena, test->reference);
    struct diagnostic *d =
        diag_report(check->diagnostics, W0225, test->reference->source, test->reference->range,
                    "`%.*s` is %s, which equals no value", SLICE_ARG(name), value_kind_name(kind));
    if (kind == VALUE_LIST) {
        diag_suggest(check->diagnostics, d,
                     arena_printf(check->arena, "${%.*s.length}", SLICE_ARG(name)));
    } else {
        diag_note(check->diagnostics, d, NULL, test->reference->range,
                  "name one of its parts, after a dot");
    }
}

/* The values of a picklist of which the response holds one. */
static void check_picklist(struct check *check, const struct test *test)
{
    const struct resolution *to = check_resolution(check, test->reference);
    if (to->kind != REFERENCE_BODY || !is_equality(test)) {
        return;
    }
    const struct sobject_field *field = response_field(check->arena, to->service, test->reference);
    if (field != NULL && field->type == FIELD_PICKLIST && test->literal.length > 0) {
        check_picklist_value(check, field, test->reference->node, test->literal_range,
                             test->literal);
    }
}

static void check_choices(struct check *check, const struct test *test, const struct entity *entity)
{
    struct suggestion s = suggestion_new(test->literal);
    for (size_t i = 0; i < entity->choice_count; i++) {
        if (slice_equal(entity->choices[i].value, test->literal)) {
            return;
        }
        suggestion_offer(&s, entity->choices[i].value);
    }
    enum code code = test->comparison == OPERATOR_EQUAL ? E0209 : W0225;
    struct diagnostic *d =
        diag_report(check->diagnostics, code, test->reference->source, test->literal_range,
                    "`%.*s` is not one of the values of `%.*s`", SLICE_ARG(test->literal),
                    SLICE_ARG(entity->name));
    diag_suggest(check->diagnostics, d, s.best);
    if (s.best.length == 0 && entity->choice_count <= 12) {
        struct builder values = builder_new(check->arena);
        for (size_t i = 0; i < entity->choice_count; i++) {
            builder_printf(&values, "%s`%.*s`", i > 0 ? ", " : "",
                           SLICE_ARG(entity->choices[i].value));
        }
        diag_note(check->diagnostics, d, NULL, test->literal_range, "the values are %.*s",
                  SLICE_ARG(builder_slice(&values)));
    }
}

/* `[startWith]` */
static void check_operator_name(struct check *check, const struct test *test)
{
    static const char *const known[] = {"startsWith", "endsWith"};
    struct suggestion s = suggestion_new(test->operator_name);
    for (size_t i = 0; i < TABLE_LENGTH(known); i++) {
        suggestion_offer(&s, slice_of(known[i]));
    }
    if (s.best.length > 0 && !slice_equal(s.best, test->operator_name)) {
        struct diagnostic *d =
            diag_report(check->diagnostics, W0225, test->reference->source,
                        passage_range(test->reference->node, test->operator_name),
                        "dialogc does not know the operator `[%.*s]` of the platform",
                        SLICE_ARG(test->operator_name));
        diag_suggest(check->diagnostics, d, s.best);
    }
}

static void check_order(struct check *check, const struct test *test, enum value_kind kind)
{
    struct slice name = reference_name(check->arena, test->reference);
    const struct source *source = test->reference->source;
    if (kind == VALUE_TEXT) {
        diag_report(check->diagnostics, E0209, source, test->range,
                    "greater and less compare numbers, but `%.*s` is text", SLICE_ARG(name));
    } else if (!test->is_number && kind != VALUE_DATE) {
        diag_report(check->diagnostics, E0209, source, test->range,
                    "greater and less compare numbers, but `%.*s` is not a number",
                    SLICE_ARG(test->literal));
    }
}

/* `${x} == null`, where the literal is only a word. */
static bool is_null(const struct test *test)
{
    return is_equality(test) &&
           (slice_is(test->literal, "null") || slice_is(test->literal, "undefined"));
}

static void report_null(struct check *check, const struct test *test)
{
    struct diagnostic *d =
        diag_report(check->diagnostics, W0225, test->reference->source, test->literal_range,
                    "`%.*s` is a word here, like any other", SLICE_ARG(test->literal));
    diag_note(check->diagnostics, d, NULL, test->literal_range,
              "to ask whether there is a value, write `${%.*s} %s`",
              SLICE_ARG(reference_name(check->arena, test->reference)),
              test->comparison == OPERATOR_EQUAL ? "missing" : "exists");
}

static void check_test(struct check *check, const struct test *test)
{
    if (test->reference == NULL) {
        return;
    }
    if (test->comparison == OPERATOR_PLATFORM) {
        check_operator_name(check, test);
        return;
    }
    if (!is_ordered(test) && !is_equality(test)) {
        return;
    }
    enum value_kind kind = reference_value(check->analysis, test->reference);
    const struct resolution *to = check_resolution(check, test->reference);
    const struct entity *entity = to->kind == REFERENCE_ENTITY ? to->entity : NULL;
    if (is_null(test) && (entity == NULL || !entity->optional)) {
        report_null(check, test);
        return;
    }
    bool is_simple = test->reference->count == 1 && reference_is_plain(test->reference);
    if ((kind == VALUE_LIST || kind == VALUE_OBJECT) && entity == NULL) {
        check_compound(check, test, kind);
    } else if (is_ordered(test) && kind != VALUE_DATE) {
        check_order(check, test, kind);
    } else if (kind == VALUE_DATE && entity != NULL) {
        check_date(check, test);
    } else if (kind == VALUE_NUMBER && !test->is_number) {
        struct slice name = reference_name(check->arena, test->reference);
        diag_report(check->diagnostics, E0209, test->reference->source, test->range,
                    "`%.*s` is a number, so it never equals `%.*s`", SLICE_ARG(name),
                    SLICE_ARG(test->literal));
    } else if (kind == VALUE_BOOLEAN) {
        check_boolean(check, test);
    } else if (entity != NULL && is_simple && entity->type->reading == READ_EMAIL) {
        check_email(check, test);
    }
    if (entity != NULL && entity->choice_count > 0 && is_equality(test)) {
        check_choices(check, test, entity);
    }
    check_picklist(check, test);
}

/* ---- several comparisons ---- */

static bool has_one_value(const struct test *a, const struct test *b)
{
    const struct reference *x = a->reference;
    const struct reference *y = b->reference;
    bool same = x != NULL && y != NULL && x->count == y->count && reference_is_plain(x) &&
                reference_is_plain(y);
    for (size_t i = 0; same && i < x->count; i++) {
        same = slice_equal(x->segments[i], y->segments[i]);
    }
    return same;
}

static double number_of(struct arena *arena, struct slice text)
{
    return strtod(arena_printf(arena, "%.*s", SLICE_ARG(text)).data, NULL);
}

/* Whether `value` meets the comparison of a number. */
static bool meets(enum operator_kind comparison, double value, double limit)
{
    switch (comparison) {
    case OPERATOR_EQUAL:
        return value == limit;
    case OPERATOR_NOT_EQUAL:
        return value != limit;
    case OPERATOR_GREATER:
        return value > limit;
    case OPERATOR_GREATER_EQUAL:
        return value >= limit;
    case OPERATOR_LESS:
        return value < limit;
    case OPERATOR_LESS_EQUAL:
        return value <= limit;
    case OPERATOR_CONTAINS:
    case OPERATOR_EXISTS:
    case OPERATOR_MISSING:
    case OPERATOR_PLATFORM:
        break;
    }
    return true;
}

/*
 * Whether a number can meet both comparisons: where two intervals meet at all, they do so at one of
 * their limits, or between them, or right beside them.
 */
static bool can_meet_both(struct arena *arena, const struct test *a, const struct test *b)
{
    double x = number_of(arena, a->literal);
    double y = number_of(arena, b->literal);
    const double tried[] = {x, y, (x + y) / 2, (x < y ? x : y) - 1, (x > y ? x : y) + 1};
    for (size_t i = 0; i < TABLE_LENGTH(tried); i++) {
        if (meets(a->comparison, tried[i], x) && meets(b->comparison, tried[i], y)) {
            return true;
        }
    }
    return false;
}

/* Whether the two, joined by `and`, exclude each other. */
static bool excludes(struct check *check, const struct test *a, const struct test *b)
{
    if (a->is_number && b->is_number) {
        return !can_meet_both(check->arena, a, b);
    }
    bool same = slice_equal(a->literal, b->literal);
    bool a_equal = a->comparison == OPERATOR_EQUAL;
    bool b_equal = b->comparison == OPERATOR_EQUAL;
    return (a_equal && b_equal && !same) ||
           (a_equal != b_equal && is_equality(a) && is_equality(b) && same) ||
           (a->comparison == OPERATOR_EXISTS && b->comparison == OPERATOR_MISSING) ||
           (a->comparison == OPERATOR_MISSING && b->comparison == OPERATOR_EXISTS);
}

/* `${x} != a or ${x} != b`: one of them is always met. */
static bool exhausts(const struct test *a, const struct test *b)
{
    return a->comparison == OPERATOR_NOT_EQUAL && b->comparison == OPERATOR_NOT_EQUAL &&
           !slice_equal(a->literal, b->literal);
}

static void check_pair(struct check *check, const struct condition *condition,
                       const struct test *first, const struct test *second)
{
    if (!has_one_value(first, second) ||
        !(condition->any ? exhausts(first, second) : excludes(check, first, second))) {
        return;
    }
    const struct source *source = second->reference->source;
    struct diagnostic *d =
        diag_report(check->diagnostics, W0225, source, second->range,
                    condition->any ? "every value meets one of these two comparisons"
                                   : "no value meets both comparisons");
    diag_note(check->diagnostics, d, first->reference->source, first->range, "the other one");
    diag_note(check->diagnostics, d, NULL, second->range, "join them with `%s`, or remove one",
              condition->any ? "and" : "or");
}

/* ---- the whole ---- */

/*
 * Cases are tried in order, so the second one for a value is never taken. The tests of cases have
 * the reference of one place; `seen` has the earlier tests by their values.
 */
static void check_repeated_case(struct check *check, struct map *seen, const struct test *test)
{
    const struct test *earlier = map_get(seen, test->literal);
    if (earlier == NULL) {
        map_add(seen, test->literal, (void *)test);
        return;
    }
    if (earlier->reference == NULL || test->reference == NULL ||
        earlier->reference->range.start != test->reference->range.start) {
        return;
    }
    const struct source *source = test->reference->source;
    struct diagnostic *d = diag_report(check->diagnostics, E0301, source, test->literal_range,
                                       "this case is never taken: `%.*s` has an earlier one",
                                       SLICE_ARG(test->literal));
    diag_note(check->diagnostics, d, source, earlier->literal_range, "the earlier case");
}

static void check_condition(struct check *check, const struct condition *condition)
{
    for (size_t i = 0; i < condition->count; i++) {
        check_test(check, &condition->tests[i]);
        for (size_t j = 0; j < i; j++) {
            check_pair(check, condition, &condition->tests[j], &condition->tests[i]);
        }
    }
}

static void check_branches(struct check *check, const struct step *step)
{
    struct map seen = map_new(check->arena);
    for (size_t i = 0; i < step->branch_count; i++) {
        const struct condition *condition = &step->branches[i].condition;
        check_condition(check, condition);
        for (size_t j = 0; j < condition->count && check->template->imported == NULL; j++) {
            check_repeated_case(check, &seen, &condition->tests[j]);
        }
    }
}

void check_comparisons(struct check *check)
{
    for (size_t i = 0; i < check->graph->count && !diagnostics_full(check->diagnostics); i++) {
        check_branches(check, check->graph->nodes[i].step);
    }
    for (size_t i = 0; i < check->template->message_count; i++) {
        const struct message *message = &check->template->messages[i];
        size_t count = message->kind == MESSAGE_CHOICE ? message->choice.count : 0;
        for (size_t j = 0; j < count; j++) {
            check_condition(check, &message->choice.items[j].condition);
        }
    }
}
