/* Comparing a value of a record with the values of a test of SOQL. */
#include "base/date.h"
#include "base/glob.h"
#include "base/letter_case.h"
#include "document/tree/decimal.h"
#include "salesforce/record_id.h"
#include "trial/organisation/parts.h"

/* The first day of a unit of time, `offset` units from the one that has `days` in it. */
static long long unit_start(struct slice unit, long long days, long long offset)
{
    struct date date = date_of_days(days);
    if (slice_is(unit, "WEEK")) {
        long long weekday = ((days + 4) % 7 + 7) % 7; /* Sunday is the first */
        return days - weekday + offset * 7;
    }
    if (slice_is(unit, "MONTH")) {
        return date_days((struct date){date.year, date.month + offset, 1});
    }
    if (slice_ends_with(unit, "QUARTER")) {
        return date_days((struct date){date.year, (date.month - 1) / 3 * 3 + 1 + offset * 3, 1});
    }
    if (slice_ends_with(unit, "YEAR")) {
        return date_days((struct date){date.year + offset, 1, 1});
    }
    return days + offset;
}

static struct slice remove_prefix(struct slice word, const char *prefix)
{
    return slice_starts_with(word, prefix) ? slice_part(word, strlen(prefix), word.length) : word;
}

/* The days that a date literal stands for: from the first to before the last. */
static void literal_range(struct slice literal, long long today, long long *first, long long *end)
{
    size_t colon = slice_find(literal, ":", 0);
    long long n = 0;
    for (size_t i = colon + 1; i < literal.length && i < colon + 8; i++) {
        n = literal.data[i] >= '0' && literal.data[i] <= '9' ? n * 10 + literal.data[i] - '0' : n;
    }
    struct slice word = slice_part(literal, 0, colon < literal.length ? colon : literal.length);
    if (slice_is(word, "TODAY") || slice_is(word, "YESTERDAY") || slice_is(word, "TOMORROW")) {
        *first = today + slice_is(word, "TOMORROW") - slice_is(word, "YESTERDAY");
        *end = *first + 1;
    } else if (slice_is(word, "LAST_90_DAYS")) {
        *first = today - 90; /* today and 90 more */
        *end = today + 1;
    } else if (slice_is(word, "NEXT_90_DAYS")) {
        *first = today + 1;
        *end = today + 91;
    } else if (slice_starts_with(word, "N_")) { /* N_DAYS_AGO:3 */
        struct slice unit = slice_part(word, 2, word.length - (word.length > 7 ? 5 : 0));
        *first = unit_start(unit, today, -n);
        *end = unit_start(unit, today, 1 - n);
    } else if (slice_starts_with(word, "LAST_N_")) {
        struct slice unit = remove_prefix(word, "LAST_N_");
        unit.length -= unit.length > 0; /* the plural */
        bool days = slice_is(unit, "DAY");
        *first = unit_start(unit, today, -n);
        *end = unit_start(unit, today, days); /* days alone count today, too */
    } else if (slice_starts_with(word, "NEXT_N_")) {
        struct slice unit = remove_prefix(word, "NEXT_N_");
        unit.length -= unit.length > 0;
        *first = unit_start(unit, today, 1);
        *end = unit_start(unit, today, n + 1);
    } else {
        long long offset = slice_starts_with(word, "LAST_") ? -1 : slice_starts_with(word, "NEXT_");
        struct slice unit =
            remove_prefix(remove_prefix(remove_prefix(word, "LAST_"), "NEXT_"), "THIS_");
        *first = unit_start(unit, today, offset);
        *end = unit_start(unit, today, offset + 1);
    }
}

/* -1, 0, 1: where a moment lies to the days of a value. */
static int compare_time(struct organisation *org, const struct node *value,
                        const struct soql_value *other)
{
    long long time = 0, first = 0, end = 0;
    bool has_time, other_has_time;
    date_read(value->text, &time, &has_time);
    if (other->kind == SOQL_DATE_LITERAL) {
        long long today = org->options.now / DATE_MILLISECONDS;
        literal_range(arena_upper_case(org->work, other->text), today, &first, &end);
        first *= DATE_MILLISECONDS;
        end *= DATE_MILLISECONDS;
    } else {
        date_read(other->text, &first, &other_has_time);
        end = first + (other->kind == SOQL_DATE && has_time ? DATE_MILLISECONDS : 1);
    }
    return time < first ? -1 : time >= end;
}

static int compare(struct organisation *org, const struct node *value,
                   const struct soql_value *other)
{
    if (other->kind == SOQL_DATE || other->kind == SOQL_DATETIME ||
        other->kind == SOQL_DATE_LITERAL) {
        return node_is(value, NODE_STRING) ? compare_time(org, value, other) : -1;
    }
    if (other->kind == SOQL_NUMBER || other->kind == SOQL_CURRENCY) {
        struct slice amount = other->text;
        if (other->kind == SOQL_CURRENCY) { /* USD5000: there is one currency here */
            amount = slice_part(amount, 3, amount.length);
        }
        return node_is_number(value) ? decimal_compare(value->text, amount) : -1;
    }
    if (other->kind == SOQL_BOOLEAN) {
        bool wanted = slice_equal_ignoring_case(other->text, SLICE("true"));
        return node_is(value, NODE_BOOLEAN) ? value->boolean - wanted : -1;
    }
    if (!node_is(value, NODE_STRING)) {
        return -1;
    }
    if (record_id_mistake(value->text) == NULL && record_id_mistake(other->text) == NULL &&
        record_id_equal(value->text, other->text)) {
        return 0;
    }
    return slice_compare(letter_small_text(org->work, value->text),
                         letter_small_text(org->work, other->text));
}

/* LIKE: `%` for any text, `_` for one character, a backslash in front of either for itself. */
static bool is_like(struct arena *arena, struct slice text, struct slice pattern)
{
    struct glob glob = {.arena = arena};
    text = letter_small_text(arena, text);
    pattern = letter_small_text(arena, pattern);
    for (size_t i = 0; i < pattern.length; i++) {
        bool escaped = pattern.data[i] == '\\' && i + 1 < pattern.length;
        char c = pattern.data[escaped ? ++i : i];
        glob_add(&glob,
                 escaped || (c != '%' && c != '_') ? GLOB_BYTE
                 : c == '%'                        ? GLOB_ANY
                                                   : GLOB_ONE,
                 c);
    }
    return glob_matches(&glob, text);
}

static bool has_value(struct arena *arena, struct slice values, struct slice wanted)
{
    struct slice value;
    for (size_t at = 0; slice_next_part(values, ';', &at, &value);) {
        if (slice_equal(letter_small_text(arena, value), letter_small_text(arena, wanted))) {
            return true;
        }
    }
    return false;
}

/* A picklist of several values is text between semicolons, and so is what it must have of them. */
static bool includes(struct arena *arena, struct slice values, struct slice wanted)
{
    struct slice value;
    for (size_t at = 0; slice_next_part(wanted, ';', &at, &value);) {
        if (!has_value(arena, values, value)) {
            return false;
        }
    }
    return true;
}

bool query_test(struct organisation *org, const struct soql_test *test, const struct node *value)
{
    bool any = false;
    for (size_t i = 0; i < test->value_count; i++) {
        const struct soql_value *other = &test->values[i];
        if (other->kind == SOQL_NULL) {
            any = any || value == NULL;
        } else if (value != NULL &&
                   (test->comparison == SOQL_INCLUDES || test->comparison == SOQL_EXCLUDES)) {
            any = any || includes(org->work, value->text, other->text);
        } else if (value != NULL) {
            any = any || compare(org, value, other) == 0;
        }
    }
    bool comparable = value != NULL && test->values[0].kind != SOQL_NULL;
    switch (test->comparison) {
    case SOQL_EQUAL:
    case SOQL_IN:
    case SOQL_INCLUDES:
        return any;
    case SOQL_NOT_EQUAL:
    case SOQL_NOT_IN:
    case SOQL_EXCLUDES:
        return !any;
    case SOQL_LIKE:
        return node_is(value, NODE_STRING) &&
               is_like(org->work, value->text, test->values[0].pattern);
    case SOQL_LESS:
        return comparable && compare(org, value, &test->values[0]) < 0;
    case SOQL_LESS_EQUAL:
        return comparable && compare(org, value, &test->values[0]) <= 0;
    case SOQL_GREATER:
        return comparable && compare(org, value, &test->values[0]) > 0;
    case SOQL_GREATER_EQUAL:
        return comparable && compare(org, value, &test->values[0]) >= 0;
    }
    return false;
}
