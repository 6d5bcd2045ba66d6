/* Whether a value can meet the comparisons of a condition: one by one, and together. */
#include "language/check/families.h"

#include <stdlib.h>

#include "base/ascii.h"
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

/* Of a choice, as many conditions are compared with each other. */
#define MOST_COMPARED 200

/* ---- one comparison ---- */

static double number_of(struct arena *arena, struct slice text)
{
    return strtod(arena_printf(arena, "%.*s", SLICE_ARG(text)).data, NULL);
}

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

bool check_has_choice(const struct entity *entity, struct slice value)
{
    for (size_t i = 0; i < entity->choice_count; i++) {
        if (slice_equal(entity->choices[i].value, value)) {
            return true;
        }
    }
    return false;
}

/* `normal, low` and `normal or low` as a list, when all of them are choices; else empty. */
static struct slice list_of_choices(struct arena *arena, const struct entity *entity,
                                    struct slice literal)
{
    struct builder list = builder_new(arena);
    for (size_t at = 0, parts = 0; at <= literal.length; parts++) {
        size_t comma = slice_find(literal, ",", at);
        size_t word = slice_find(literal, " or ", at);
        size_t end = comma < word ? comma : word;
        bool is_last = end == SIZE_MAX;
        size_t next = is_last ? literal.length + 1 : end + (end == comma ? 1 : 4);
        struct slice part = slice_trim(slice_part(literal, at, is_last ? literal.length : end));
        if (!check_has_choice(entity, part) || (parts == 0 && is_last)) {
            return SLICE("");
        }
        builder_printf(&list, "%s%.*s", parts == 0 ? "[" : ", ", SLICE_ARG(part));
        at = next;
    }
    builder_add_char(&list, ']');
    return builder_slice(&list);
}

/* `when: else`: what other languages have among the cases. */
static bool is_otherwise(struct slice literal)
{
    static const char *const words[] = {"else", "default", "otherwise", "other", "*", NULL};
    return slice_is_any(literal, words);
}

static void check_choices(struct check *check, const struct test *test, const struct entity *entity)
{
    if (check_has_choice(entity, test->literal)) {
        return;
    }
    struct suggestion s = suggestion_new(test->literal);
    for (size_t i = 0; i < entity->choice_count; i++) {
        suggestion_offer(&s, entity->choices[i].value);
    }
    enum code code = test->comparison == OPERATOR_EQUAL ? E0209 : W0225;
    struct diagnostic *d =
        diag_report(check->diagnostics, code, test->reference->source, test->literal_range,
                    "`%.*s` is not one of the values of `%.*s`", SLICE_ARG(test->literal),
                    SLICE_ARG(entity->name));
    struct slice list = list_of_choices(check->arena, entity, test->literal);
    diag_suggest(check->diagnostics, d, list.length > 0 ? list : s.best);
    if (is_otherwise(test->literal)) {
        diag_note(check->diagnostics, d, NULL, test->literal_range,
                  "what is done for all other values is the key `else` beside the cases");
    } else if (list.length == 0 && s.best.length == 0 && entity->choice_count <= 12) {
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
        char *end;
        struct slice copy = arena_printf(check->arena, "%.*s", SLICE_ARG(test->literal));
        strtod(copy.data, &end);
        bool is_quoted = copy.length > 0 && end == copy.data + copy.length;
        struct diagnostic *d =
            diag_report(check->diagnostics, E0209, source, test->range,
                        is_quoted ? "greater and less compare numbers, but `%.*s` is text in quotes"
                                  : "greater and less compare numbers, but `%.*s` is not a number",
                        SLICE_ARG(test->literal));
        if (is_quoted) {
            diag_note(check->diagnostics, d, NULL, test->range, "leave out the quotes");
        }
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

/* `${interests} == Cloud` of an entity that holds several values. */
static void check_multiple(struct check *check, const struct test *test)
{
    struct slice name = reference_name(check->arena, test->reference);
    struct slice key = arena_printf(check->arena, "values of %.*s", SLICE_ARG(name));
    if (check_is_reported(check, key, test->reference->source, test->reference->range)) {
        return;
    }
    struct diagnostic *d =
        diag_report(check->diagnostics, W0225, test->reference->source, test->reference->range,
                    "`%.*s` has several values, so it never equals one", SLICE_ARG(name));
    check_note_unknown(check, key, d);
    diag_note(check->diagnostics, d, NULL, test->reference->range,
              "to ask whether a value is among them, write `${%.*s} contains %.*s`",
              SLICE_ARG(name), SLICE_ARG(test->literal));
}

/* Salesforce's list of records is there even when it is empty. */
static void check_presence(struct check *check, const struct test *test)
{
    static const char *const lists[] = {"records", "searchRecords", "recentItems", NULL};
    const struct reference *reference = test->reference;
    const struct resolution *to = check_resolution(check, reference);
    if (to->kind != REFERENCE_BODY || to->service->kind != SERVICE_SALESFORCE ||
        reference->count != 3 || !slice_is_any(reference->segments[2], lists)) {
        return;
    }
    struct slice name = reference_name(check->arena, reference);
    struct diagnostic *d = diag_report(check->diagnostics, W0225, reference->source, test->range,
                                       "`%.*s` is there even when it is empty", SLICE_ARG(name));
    diag_suggest(check->diagnostics, d,
                 arena_printf(check->arena, "${%.*s.length} %s 0", SLICE_ARG(name),
                              test->comparison == OPERATOR_MISSING ? "==" : ">"));
}

/* `${list.length} < 0` is never met, `>= 0` always. */
static bool check_length(struct check *check, const struct test *test)
{
    const struct reference *reference = test->reference;
    bool is_length = reference->count > 2 && test->is_number &&
                     slice_is(reference->segments[reference->count - 1], "length");
    double limit = is_length ? number_of(check->arena, test->literal) : 0;
    bool never = (test->comparison == OPERATOR_LESS && limit <= 0) ||
                 (test->comparison == OPERATOR_LESS_EQUAL && limit < 0) ||
                 (test->comparison == OPERATOR_EQUAL && limit < 0);
    bool always = (test->comparison == OPERATOR_GREATER_EQUAL && limit <= 0) ||
                  (test->comparison == OPERATOR_GREATER && limit < 0);
    if (!is_length || (!never && !always)) {
        return false;
    }
    struct diagnostic *d =
        diag_report(check->diagnostics, W0225, reference->source, test->range,
                    "a length is never less than 0, so this is %s met", never ? "never" : "always");
    diag_note(check->diagnostics, d, NULL, test->range,
              "an empty list has the length 0: compare with `== 0` or `> 0`");
    return true;
}

/* `${topics} contains price`: one of several values, all of which are choices. */
static void check_among(struct check *check, const struct test *test)
{
    const struct entity *entity = check_resolution(check, test->reference)->entity;
    if (test->comparison == OPERATOR_CONTAINS && entity != NULL && entity->multiple &&
        entity->choice_count > 0 && check->template->imported == NULL) {
        check_choices(check, test, entity);
    }
}

/* Whether all texts that a variable can have are words, and none of them is a number. */
static bool is_of_words(struct check *check, struct slice name)
{
    const struct slice *texts;
    size_t count = check_variable_texts(check, name, &texts);
    for (size_t i = 0; i < count; i++) {
        bool has_digit = false;
        for (size_t j = 0; j < texts[i].length; j++) {
            has_digit = has_digit || ascii_is_digit(texts[i].data[j]);
        }
        if (has_digit || texts[i].length == 0) {
            return false;
        }
    }
    return count > 0;
}

/* What is compared; that of a variable follows from what sets it. */
static enum value_kind kind_compared(struct check *check, const struct reference *reference)
{
    bool is_variable = check_resolution(check, reference)->kind == REFERENCE_CONTEXT &&
                       reference->count == 2 && check->template->imported == NULL;
    enum value_kind kind =
        is_variable ? check_variable_kind(check, reference->segments[1]) : VALUE_ANY;
    /* the platform compares a text that looks like a number as one */
    bool is_open = kind == VALUE_TEXT && !is_of_words(check, reference->segments[1]);
    return !is_variable || is_open ? reference_value(check->analysis, reference) : kind;
}

/* `${context.state} == opne`, where all that sets it writes `open` and `closed`. */
static bool check_variable(struct check *check, const struct test *test)
{
    const struct reference *reference = test->reference;
    const struct slice *texts;
    bool is_variable = check_resolution(check, reference)->kind == REFERENCE_CONTEXT &&
                       reference->count == 2 && is_equality(test) &&
                       check->template->imported == NULL;
    size_t count = is_variable ? check_variable_texts(check, reference->segments[1], &texts) : 0;
    struct suggestion s = suggestion_new(test->literal);
    struct builder names = builder_new(check->arena);
    for (size_t i = 0; i < count; i++) {
        if (slice_equal(texts[i], test->literal)) {
            return true;
        }
        suggestion_offer(&s, texts[i]);
        builder_printf(&names, "%s`%.*s`",
                       i == 0          ? ""
                       : i + 1 < count ? ", "
                                       : " or ",
                       SLICE_ARG(texts[i]));
    }
    if (count == 0 || test->literal.length == 0) {
        return false;
    }
    struct slice name = reference_name(check->arena, reference);
    struct diagnostic *d =
        diag_report(check->diagnostics, W0225, reference->source, test->literal_range,
                    "nothing sets `%.*s` to `%.*s`", SLICE_ARG(name), SLICE_ARG(test->literal));
    diag_suggest(check->diagnostics, d, s.best);
    if (s.best.length == 0) {
        diag_note(check->diagnostics, d, NULL, test->literal_range, "it is set to %.*s",
                  SLICE_ARG(builder_slice(&names)));
    }
    return true;
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
        if (test->comparison == OPERATOR_EXISTS || test->comparison == OPERATOR_MISSING) {
            check_presence(check, test);
        } else {
            check_among(check, test);
        }
        return;
    }
    if (check_length(check, test)) {
        return;
    }
    enum value_kind kind = kind_compared(check, test->reference);
    const struct resolution *to = check_resolution(check, test->reference);
    const struct entity *entity = to->kind == REFERENCE_ENTITY ? to->entity : NULL;
    if (is_null(test) && (entity == NULL || !entity->optional)) {
        report_null(check, test);
        return;
    }
    if (entity != NULL && entity->multiple && is_equality(test) &&
        check->template->imported == NULL) {
        check_multiple(check, test);
        return;
    }
    if (check_variable(check, test)) {
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
        struct diagnostic *d =
            diag_report(check->diagnostics, E0209, test->reference->source, test->range,
                        "`%.*s` is a number, so it never equals `%.*s`", SLICE_ARG(name),
                        SLICE_ARG(test->literal));
        diag_note(check->diagnostics, d, NULL, test->range,
                  test->literal.length > 0 ? "write a number, without quotes, such as `== 0`"
                                           : "to ask whether there is a value, write `exists` or "
                                             "`missing`");
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

/* Whether two comparisons are the same. */
static bool is_same_test(const struct test *a, const struct test *b)
{
    return has_one_value(a, b) && a->comparison == b->comparison &&
           slice_equal(a->literal, b->literal);
}

/* Conditions are tried in order, so the second of two that are the same is never met. */
static void check_same_condition(struct check *check, const struct condition *first,
                                 const struct condition *second)
{
    bool same = first->count == second->count && first->any == second->any && first->count > 0;
    same = same && first->tests[0].reference != NULL && second->tests[0].reference != NULL &&
           first->tests[0].reference->range.start != second->tests[0].reference->range.start;
    for (size_t i = 0; same && i < first->count; i++) {
        same = is_same_test(&first->tests[i], &second->tests[i]);
    }
    if (!same || check->template->imported != NULL) {
        return;
    }
    const struct test *test = &second->tests[0];
    struct diagnostic *d = diag_report(check->diagnostics, E0301, test->reference->source,
                                       test->range, "an earlier case has the same condition");
    diag_note(check->diagnostics, d, first->tests[0].reference->source, first->tests[0].range,
              "the earlier case");
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
        for (size_t j = 0; j < i && i < MOST_COMPARED; j++) {
            check_same_condition(check, &step->branches[j].condition, condition);
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
            for (size_t k = 0; k < j && j < MOST_COMPARED; k++) {
                check_same_condition(check, &message->choice.items[k].condition,
                                     &message->choice.items[j].condition);
            }
        }
    }
}
