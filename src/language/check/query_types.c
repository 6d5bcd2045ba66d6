/* What types of fields and values go together in a query. */
#include "base/ascii.h"
#include "base/table.h"
#include "language/check/query_types.h"
#include "salesforce/soql_types.h"

/* ---- functions ---- */

void query_check_function(struct check *check, const struct soql_item *item,
                          const struct sobject_field *field)
{
    enum soql_function function = item->function;
    const char *name = soql_function_name(function);
    if (soql_function_aggregates(function) && !soql_can_aggregate(field)) {
        soql_report(check->diagnostics, E0816, &item->path.place,
                    "%s cannot be used with %.*s: it is %s", name, SLICE_ARG(field->name),
                    field_type_name(field->type));
        return;
    }
    bool is_date = field->type == FIELD_DATE;
    bool is_time = field->type == FIELD_DATETIME;
    const char *needed = NULL;
    bool needs_time = function == SOQL_HOUR_IN_DAY || function == SOQL_DAY_ONLY ||
                      item->inner == SOQL_CONVERTTIMEZONE;
    if ((function == SOQL_SUM || function == SOQL_AVG) && !field_type_is_number(field->type)) {
        needed = "a number";
    } else if (needs_time && !is_time) {
        needed = "a date and time";
        name = item->inner == SOQL_CONVERTTIMEZONE ? "convertTimezone" : name;
    } else if (soql_function_takes_date(function) && !is_date && !is_time) {
        needed = "a date";
    } else if (function == SOQL_DISTANCE && field->type != FIELD_LOCATION &&
               field->type != FIELD_ADDRESS) {
        needed = "a location";
    } else if (function == SOQL_CONVERTCURRENCY && field->type != FIELD_CURRENCY) {
        needed = "an amount of money";
        name = "convertCurrency";
    } else if (function == SOQL_TOLABEL && !field_type_is_textual(field->type)) {
        needed = "a picklist";
        name = "toLabel";
    }
    if (needed != NULL && field->type != FIELD_ANY) {
        soql_report(check->diagnostics, E0816, &item->path.place, "%s needs %s, but %.*s is %s",
                    name, needed, SLICE_ARG(field->name), field_type_name(field->type));
    }
}

/* ---- comparisons ---- */

const char *query_value_name(const struct soql_value *value)
{
    static const char *const names[] = {
        [SOQL_NULL] = "null",           [SOQL_BOOLEAN] = "true or false",
        [SOQL_NUMBER] = "a number",     [SOQL_TEXT] = "text",
        [SOQL_DATE] = "a date",         [SOQL_DATETIME] = "a date and time",
        [SOQL_DATE_LITERAL] = "a date", [SOQL_PARAMETER] = "a reference",
        [SOQL_CURRENCY] = "an amount",  [SOQL_TIME] = "a time",
    };
    TABLE_HAS_ROWS(names, SOQL_PARAMETER + 1);
    return names[value->kind];
}

static bool is_number(struct slice text)
{
    size_t digits = 0;
    size_t points = 0;
    for (size_t i = text.length > 0 && text.data[0] == '-'; i < text.length; i++) {
        digits += ascii_is_digit(text.data[i]);
        points += text.data[i] == '.';
        if (!ascii_is_digit(text.data[i]) && text.data[i] != '.') {
            return false;
        }
    }
    return digits > 0 && points < 2;
}

/* The kind of value that a text would be without its quotes. */
static enum soql_value_kind kind_without_quotes(struct slice text)
{
    bool has_time;
    if (soql_is_date(text, &has_time)) {
        return has_time ? SOQL_DATETIME : SOQL_DATE;
    }
    if (soql_is_date_literal(text)) {
        return SOQL_DATE_LITERAL;
    }
    bool is_true = slice_equal_ignoring_case(text, SLICE("true"));
    if (is_true || slice_equal_ignoring_case(text, SLICE("false"))) {
        return SOQL_BOOLEAN;
    }
    return is_number(text) ? SOQL_NUMBER : SOQL_TEXT;
}

struct slice query_value_meant(struct arena *arena, const struct sobject_field *field,
                               const struct soql_value *value)
{
    struct slice written = value->place.text;
    struct soql_value bare = *value;
    if (value->kind == SOQL_TEXT && value->reference == NULL && field->type == FIELD_BOOLEAN) {
        bool is_yes = slice_equal_ignoring_case(value->text, SLICE("yes"));
        bool is_no = slice_equal_ignoring_case(value->text, SLICE("no"));
        if (is_yes || is_no) {
            return is_yes ? SLICE("true") : SLICE("false");
        }
    }
    if (value->kind == SOQL_TEXT && value->reference == NULL &&
        (field->type == FIELD_DATE || field->type == FIELD_DATETIME)) {
        const char *meant = soql_near_date_literal(arena, value->text);
        if (meant != NULL) {
            return slice_of(meant);
        }
    }
    if (value->kind == SOQL_TEXT && value->reference == NULL) {
        bare.kind = kind_without_quotes(value->text);
        bare.text = value->text;
    }
    bool is_text = field_type_is_textual(field->type) && value->kind != SOQL_TEXT;
    if (is_text || bare.text.length == 0) {
        return is_text ? arena_printf(arena, "'%.*s'", SLICE_ARG(written)) : SLICE("");
    }
    if (field->type == FIELD_DATETIME && bare.kind == SOQL_DATE) {
        return arena_printf(arena, "%.*sT00:00:00Z", SLICE_ARG(bare.text));
    }
    if (field->type == FIELD_DATE && bare.kind == SOQL_DATETIME) {
        return slice_part(bare.text, 0, sizeof "2026-01-31" - 1);
    }
    return bare.kind != value->kind && soql_value_fits(field, &bare) ? bare.text : SLICE("");
}

bool query_check_part(struct check *check, const struct soql_test *test,
                      const struct soql_value *value)
{
    bool number = soql_function_is_number(test->item.function);
    if (number && value->kind != SOQL_NUMBER && value->kind != SOQL_PARAMETER &&
        value->kind != SOQL_NULL && value->kind != SOQL_CURRENCY) {
        soql_report(check->diagnostics, E0816, &value->place,
                    "%s returns a number, but it is compared with %s",
                    soql_function_name(test->item.function), query_value_name(value));
        return false;
    }
    bool is_day = value->kind == SOQL_DATE || value->kind == SOQL_DATE_LITERAL ||
                  value->kind == SOQL_PARAMETER || value->kind == SOQL_NULL;
    if (test->item.function == SOQL_DAY_ONLY && !is_day) {
        soql_report(check->diagnostics, E0816, &value->place,
                    "DAY_ONLY returns a date, but it is compared with %s", query_value_name(value));
        return false;
    }
    return true;
}

/* Whether the operator suits the field; false when that has been reported. */
bool query_check_operator(struct check *check, const struct sobject_field *field,
                          const struct soql_test *test)
{
    bool has_order = test->comparison >= SOQL_LESS && test->comparison <= SOQL_GREATER_EQUAL;
    if (has_order && field->type == FIELD_BOOLEAN) {
        soql_report(check->diagnostics, E0816, &test->operator_place,
                    "%.*s is true or false, which can be compared only with `=` and `!=`",
                    SLICE_ARG(field->name));
        return false;
    }
    if (test->comparison == SOQL_LIKE &&
        (!field_type_is_textual(field->type) || field->type == FIELD_MULTIPICKLIST)) {
        soql_report(check->diagnostics, E0816, &test->operator_place,
                    "LIKE compares text, but %.*s is %s", SLICE_ARG(field->name),
                    field_type_name(field->type));
        return false;
    }
    if (test->comparison >= SOQL_INCLUDES && field->type != FIELD_MULTIPICKLIST) {
        soql_report(check->diagnostics, E0816, &test->operator_place,
                    "INCLUDES and EXCLUDES work only with multi-select picklists");
        return false;
    }
    return true;
}
